"""A language for tests: every translated text in letters that no text of ours has, every word that
people wrote behind a mark. A plain letter on a page is then a text that nobody can translate."""

import re
from html.parser import HTMLParser
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings

from communities.fields import NameField, WordsField
from indicators.models import Decision
from valuecreation import catalogues

LANGUAGE = "en-xa"
MARK = "◊"
LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "áƀćďéƒǵĥíĵķłɱñóƥɋŕšťúṽŵẋýžÁɃĆĎÉƑǴĤÍĴĶŁṀÑÓƤɊŔŠŤÚṼŴẊÝŽ",
)
# What a translator leaves as it is: what is filled in, and tags.
KEPT = re.compile(r"(%\(\w+\)[-#0+.\d]*[a-z]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;)")


def pseudo(text):
    parts = KEPT.split(text)
    changed = [part if i % 2 else part.translate(LETTERS) for i, part in enumerate(parts)]
    return "⟦" + "".join(changed) + "⟧" if text.strip() else text


def everything_translated():
    """Our messages, and those of what we build on: Django, its admin, allauth."""
    folders = {Path(app.path) / "locale" for app in apps.get_app_configs()}
    folders.add(Path(apps.get_app_config("admin").path).parents[1] / "conf" / "locale")
    yield from catalogues.extracted()
    for folder in sorted(folders):
        path = folder / "en" / "LC_MESSAGES" / "django.po"
        if path.exists():
            with path.open("rb") as file:
                yield from read_po(file, locale="en")


def use(folder, test_settings):
    """Makes the language known; its catalogue is written below `folder`."""
    catalogue = Catalog(locale="en")
    for message in everything_translated():
        if message.id:
            several = isinstance(message.id, tuple)
            string = tuple(map(pseudo, message.id)) if several else pseudo(message.id)
            catalogue.add(message.id, string, context=message.context)
    target = folder / "en_XA" / "LC_MESSAGES" / "django.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)
    test_settings.LOCALE_PATHS = [folder]
    test_settings.LANGUAGES = [*settings.LANGUAGES, (LANGUAGE, "Pseudo")]


def is_written_by_people(field):
    return isinstance(getattr(field, "base_field", field), (NameField, WordsField))


def marked(value):
    if isinstance(value, list):
        return [marked(one) for one in value]
    return re.sub(r"\S+", lambda word: MARK + word[0], value)


def mark_what_people_wrote():
    """Each word in each field of words, in every row, behind the mark."""
    for model in apps.get_models():
        names = [field.attname for field in model._meta.fields if is_written_by_people(field)]
        for row in model.objects.all() if names else []:
            changed = {name: marked(getattr(row, name)) for name in names}
            model.objects.filter(pk=row.pk).update(**changed)
    # Kept with a decision as it stood.
    for decision in Decision.objects.exclude(groups=[]):
        for group in decision.groups:
            group["name"] = marked(group["name"])
        decision.save()


SHOWN = {"title", "aria-label", "aria-description", "placeholder", "alt", "label", "data-text"}
SILENT = {"script", "style"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
PLAIN = re.compile("[A-Za-z]")


class Reader(HTMLParser):
    """What a page shows or says aloud, but for what is marked as not to be translated."""

    def __init__(self):
        super().__init__()
        self.open = []
        self.found = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in VOID:
            self.open.append((tag, tag in SILENT or attributes.get("translate") == "no"))
        if attributes.get("translate") == "no" or self.is_silent():
            return
        names = SHOWN | ({"value"} if attributes.get("type") in {"submit", "button"} else set())
        self.found += [attributes[name] for name in names & attributes.keys()]

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not self.is_silent():
            self.found.append(data)

    def is_silent(self):
        return any(silent for _, silent in self.open)


def untranslated(html):
    """The texts of a page in which a plain word stands, each once, in order."""
    reader = Reader()
    reader.feed(html)
    plain = (" ".join(text.split()) for text in reader.found)
    return list(dict.fromkeys(text for text in plain if has_plain_words(text)))


def has_plain_words(text):
    """Whether a word starts with plain letters. What follows the mark is somebody's own; an address
    is nobody's to translate."""
    return any(PLAIN.search(word.partition(MARK)[0]) for word in text.split() if "@" not in word)
