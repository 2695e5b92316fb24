"""Names in the order of the reader's alphabet (the database sorts by code point); and words without
regard to case and accents."""

import unicodedata

from django.utils.translation import get_language

# Letters of their own, and the letters that they follow; other accents only break a tie.
OWN_LETTERS = {"es": {"ñ": "n"}}
AFTER_ALL = "\U0010ffff"
# Letters that people type without their stroke, and that Unicode does not take apart.
STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)


def folded(text):
    """The text as it is compared when searched: no case, no accents, spaces as one."""
    plain = without_accents(unicodedata.normalize("NFKC", text).casefold()).translate(STROKES)
    return " ".join(plain.split())


def without_accents(text):
    """Letters alone, without the marks above and below them."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def place_of(name):
    """The key to sort a name by: without regard to case, and to accents only between equals."""
    text = unicodedata.normalize("NFC", name).casefold()
    for letter, before in OWN_LETTERS.get((get_language() or "")[:2], {}).items():
        text = text.replace(letter, before + AFTER_ALL)
    return without_accents(text), text, name
