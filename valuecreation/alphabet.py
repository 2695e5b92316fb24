"""Names in the order of the reader's alphabet; the database sorts by code point."""

import unicodedata

from django.utils.translation import get_language

# Letters of their own, and the letters that they follow; other accents only break a tie.
OWN_LETTERS = {"es": {"ñ": "n"}}
AFTER_ALL = "\U0010ffff"


def place_of(name):
    """The key to sort a name by: without regard to case, and to accents only between equals."""
    text = unicodedata.normalize("NFC", name).casefold()
    for letter, before in OWN_LETTERS.get((get_language() or "")[:2], {}).items():
        text = text.replace(letter, before + AFTER_ALL)
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return plain, text, name
