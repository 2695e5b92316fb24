"""JSON documents that are sent: a page's form, filled in by a program.

The form checks them and says what is wrong, so that page and API say the same; here is looked only
whether each value is of JSON's type.
"""

from datetime import UTC

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from communities.adminforms import LinesField
from communities.permissions import Role

NO_FIELD = _("There is no such field here.")
REQUIRED = forms.Field.default_error_messages["required"]
NO_CHOICE = lazy(
    lambda: str(forms.ChoiceField.default_error_messages["invalid_choice"]).replace(
        "%(value)s", "{input}"
    ),
    str,
)()


class Document(serializers.Serializer):
    """Refuses what it does not know: a slip of the pen is no reason to leave something out in
    silence."""

    def get_fields(self):
        """What is wrong is said in the words of Django's forms, as on the pages."""
        fields = super().get_fields()
        for field in fields.values():
            own = field._kwargs.get("error_messages", {})
            field.error_messages |= {"required": REQUIRED, "invalid_choice": NO_CHOICE} | own
        return fields

    def to_internal_value(self, data):
        if isinstance(data, dict) and (
            unknown := [name for name in data if name not in self.fields]
        ):
            raise serializers.ValidationError({str(name): [NO_FIELD] for name in unknown})
        return super().to_internal_value(data)


class Moment(serializers.DateTimeField):
    """In UTC, whoever asks."""

    def to_representation(self, value):
        return plain(value)


def plain(moment):
    """A moment as documents have it."""
    return moment and moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Word(serializers.ChoiceField):
    """One of some words; which, the form says."""

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return data


class Roles(serializers.ListField):
    child = serializers.ChoiceField(choices=Role.choices)


# What rows are called in documents, the first that they have; others by their number.
NAMES = ("code", "key")


def name_of(model):
    fields = {field.name for field in model._meta.get_fields()}
    return next((name for name in NAMES if name in fields), "pk")


def document_of(form, name, *, optional=(), without=()):
    """The serializer of a form's document. `name`: its name in the schema; `optional`: fields that the
    page asks for and a program may leave out; `without`: those that are no program's."""
    fields = {
        key: written(field, is_needed=field.required and key not in optional)
        for key, field in form.base_fields.items()
        if key not in without
    }
    return type(name, (Document,), fields)


def written(field, is_needed):
    kind, about = kind_of(field)
    about |= {
        "required": is_needed and field.initial is None,
        "help_text": " ".join(str(one) for one in (field.label, field.help_text) if one),
    }
    if not field.required and kind not in {serializers.ListField, serializers.BooleanField}:
        about["allow_null"] = True
    if "required" in field.error_messages:
        words = field.error_messages["required"]
        about["error_messages"] = {"required": words, "null": words}
    return kind(**about)


def kind_of(field):
    """(serializer field, what it is made with)."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return serializers.ListField, {"child": named(field)()}
    if isinstance(field, forms.ModelChoiceField):
        return named(field), {}
    if isinstance(field, forms.MultipleChoiceField):
        return serializers.ListField, {"child": Word(choices=choices_of(field))}
    if isinstance(field, forms.ChoiceField):
        return Word, {"choices": choices_of(field), "allow_blank": not field.required}
    if isinstance(field, LinesField):
        return serializers.ListField, {"child": serializers.CharField()}
    for of_form, of_document in (
        (forms.BooleanField, serializers.BooleanField),
        (forms.DateField, serializers.DateField),
        (forms.DecimalField, Number),
        (forms.IntegerField, serializers.IntegerField),
    ):
        if isinstance(field, of_form):
            return of_document, {}
    return serializers.CharField, {"allow_blank": True, "trim_whitespace": False}


class Number(serializers.DecimalField):
    """Digits, so that none is lost on the way; a JSON number is taken too."""

    def __init__(self, **kwargs):
        super().__init__(max_digits=20, decimal_places=4, **kwargs)

    def to_representation(self, value):
        return None if value is None else f"{value.normalize():f}"


def choices_of(field):
    """Without labels and groups: which words there are."""
    found = []
    for value, label in field.choices:
        inner = label if isinstance(label, list | tuple) else [(value, label)]
        found += [str(one) for one, _label in inner if one not in {"", None}]
    return found


def named(field):
    """Rows are called by their number, or by a word."""
    is_number = name_of(field.queryset.model) == "pk"
    return serializers.IntegerField if is_number else serializers.CharField


def checked(document, data):
    """What is in a document of this class. Raises DRF's ValidationError."""
    sent = document(data=data)
    sent.is_valid(raise_exception=True)
    return sent.validated_data


def filled(form, document, data, **kwargs):
    """The form (a class) with what the document holds; what is left out stands as on the page at first.
    Raises DRF's ValidationError where it is no such document."""
    return fill(form(**kwargs), checked(document, data))


def fill(form, content):
    """The form with this content, bound. Raises DRF's ValidationError where it has no such field here:
    without groups, for example, nobody is put into one."""
    if unknown := [name for name, said in content.items() if said and name not in form.fields]:
        raise ValidationError({name: [NO_FIELD] for name in unknown})
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField):
            name = name_of(field.queryset.model)
            field.to_field_name = None if name == "pk" else name
    form.data = {name: form[name].value() for name in form.fields}
    form.data |= {
        name: "\n".join(content[name]) if isinstance(field, LinesField) else content[name]
        for name, field in form.fields.items()
        if name in content
    }
    form.is_bound = True
    return form


def require_valid(form):
    """The form, or its faults as they stand on the page."""
    if not form.is_valid():
        raise ValidationError(
            {name: [str(one) for one in said] for name, said in form.errors.items()}
        )
    return form
