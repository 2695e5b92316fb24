"""Text as members write it: Unicode in one normal form (NFC), without NUL."""

import unicodedata

from django.core.validators import ProhibitNullCharactersValidator
from django.db import models


def normalise(text):
    return unicodedata.normalize("NFC", text) if isinstance(text, str) else text


class NormalisedMixin:
    """Stores text as NFC, so that equal words are equal bytes. NUL is refused by validation."""

    default_validators = [ProhibitNullCharactersValidator()]

    def to_python(self, value):
        return normalise(super().to_python(value))

    def get_prep_value(self, value):
        return normalise(super().get_prep_value(value))


class NameField(NormalisedMixin, models.CharField):
    """One line of text."""


class WordsField(NormalisedMixin, models.TextField):
    """Any number of lines of text."""
