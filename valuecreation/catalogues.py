"""The catalogues of translations: found in the code, kept as .po, compiled to .mo; all without gettext."""

import io
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locale"
# Hold only what is translated so far; the rest of a page is English.
INCOMPLETE = {"ar"}
SOURCES = ("communities", "indicators", "matrix", "stories", "templates", "valuecreation")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def sources():
    """Our Python and our templates, in one order on every machine."""
    found = (path for name in SOURCES for path in (ROOT / name).rglob("*"))
    return sorted(
        path for path in found if path.suffix in {".py", ".html", ".txt"} and path.is_file()
    )


def as_python(path):
    """A template's translated texts as calls of gettext, one file in and one out."""
    text = path.read_text()
    if path.suffix != ".py":
        # Indentation means nothing in a template.
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    return text


def messages_of(path):
    """The (message, context) of a file; a message with a plural is a pair."""
    source = io.BytesIO(as_python(path).encode())
    for _, message, _, context in extract("python", source, KEYWORDS):
        yield message, context


def extracted():
    """Everything of ours that is to be translated."""
    catalogue = Catalog()
    for path in sources():
        for message, context in messages_of(path):
            catalogue.add(message, context=context)
    return catalogue


def file_of(language):
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def languages():
    """Those that have a catalogue."""
    return sorted(path.parent.parent.name for path in LOCALES.glob("*/LC_MESSAGES/django.po"))


def stored(language):
    with file_of(language).open("rb") as file:
        return read_po(file, locale=language)


def is_translated(message):
    """Whether somebody wrote it, in every plural form."""
    if not message or message.fuzzy:
        return False
    return all(message.string if isinstance(message.string, tuple) else [message.string])


def update(language):
    """Brings a catalogue to what the code says: new messages empty, what is gone taken out. No
    places, no dates, no guesses: a commit shows what changed in words."""
    path = file_of(language)
    catalogue = stored(language) if path.exists() else Catalog(locale=language)
    catalogue.update(extracted(), no_fuzzy_matching=True)
    if language in INCOMPLETE:
        for message in [one for one in catalogue if one.id and not is_translated(one)]:
            catalogue.delete(message.id, message.context)
    written = io.BytesIO()
    write_po(
        written, catalogue, width=100, no_location=True, omit_header=True, ignore_obsolete=True
    )
    header = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n\n'
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + written.getvalue().decode().strip() + "\n")


def compile_all():
    """Writes each .mo in one move: a process that reads it meanwhile has the old or the new."""
    for language in languages():
        target = file_of(language).with_suffix(".mo")
        unfinished = target.with_suffix(".unfinished")
        with unfinished.open("wb") as file:
            write_mo(file, stored(language))
        unfinished.replace(target)
