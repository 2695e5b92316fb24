"""Text as members write it: Unicode in one normal form (NFC), one kind of line end, without NUL."""

import unicodedata

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models


def normalise(text):
    if not isinstance(text, str):
        return text
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n"))


def as_stored(model, content):
    """The values of these fields as the database will give them back, for comparison."""
    return {name: model._meta.get_field(name).to_python(value) for name, value in content.items()}


def clean_email(email):
    """An address as it is stored and looked up: trimmed, lower-case and NFC, in one Python
    function, since `lower` differs between PostgreSQL versions."""
    if not isinstance(email, str):
        return email
    return unicodedata.normalize("NFC", email.strip().lower())


class AddressField(models.EmailField):
    """An e-mail address; whatever its case or the spaces around it, one address."""

    def to_python(self, value):
        return clean_email(super().to_python(value))

    def get_prep_value(self, value):
        return clean_email(super().get_prep_value(value))


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


class NormalisedCharField(forms.CharField):
    """What is typed into a form, normalised."""

    def to_python(self, value):
        return normalise(super().to_python(value))

    def widget_attrs(self, widget):
        """The limit for a counter, instead of `maxlength`, with which a browser cuts what is pasted
        without a word."""
        attrs = super().widget_attrs(widget)
        if most := attrs.pop("maxlength", None):
            attrs["data-most"] = most
        return attrs


class WordsFormField(NormalisedCharField):
    """A few sentences."""

    def __init__(self, *, rows=3, **kwargs):
        kwargs.setdefault("max_length", 5_000)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
