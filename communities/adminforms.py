"""Forms of the facilitators' admin: each does one act of a person."""

from decimal import Decimal

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .fields import normalise
from .models import Community


class ActForm(forms.ModelForm):
    """An admin form that does one act: `act()` returns the row; its refusal is shown as the form's
    faults. The admin's own transaction takes everything back where a later step fails.

    `CommunityAdmin.get_form` sets `by`, the person, and `choices`: model → what they may choose."""

    by = None
    choices = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        several = self.choices(Community).count() > 1
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = self.choices(field.queryset.model)
                field.label_from_instance = self.label_with_community if several else self.label
                if not several and field.queryset.model is Community:
                    self.initial[name] = field.queryset.get().pk
        self.initial |= {
            name: f"{value.normalize():f}"
            for name, value in self.initial.items()
            if isinstance(value, Decimal)
        }

    def label(self, row):
        return str(row)

    def label_with_community(self, row):
        return (
            self.label(row) if isinstance(row, Community) else f"{row.community}: {self.label(row)}"
        )

    def act(self):
        raise NotImplementedError

    def _post_clean(self):
        if self.errors:
            return
        try:
            with transaction.atomic():
                self.instance = self.act()
        except ValidationError as error:
            show_faults(self, error)

    def save(self, commit=True):
        return self.instance

    def save_m2m(self):
        pass

    def written(self, names):
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}


class LinesField(forms.CharField):
    """A list of names, one a line, so that a name may hold a comma."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, *, most, **kwargs):
        self.most = most
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = (line.strip() for line in normalise(super().to_python(value)).split("\n"))
        return [line for line in lines if line]

    def has_changed(self, initial, data):
        return self.to_python(data or "") != (initial or [])

    def validate(self, value):
        super().validate(value)
        if any(len(line) > self.most for line in value):
            raise ValidationError(
                _("A line has at most %(most)d characters.") % {"most": self.most}
            )
        if len(set(value)) < len(value):
            raise ValidationError(_("The same line stands here twice."))

    def run_validators(self, value):
        for line in value:
            super().run_validators(line)


def show_faults(form, error):
    """Shows what an act refused at the fields that it names, and the rest above the form."""
    faults = getattr(error, "error_dict", None) or {NON_FIELD_ERRORS: error}
    for name, said in faults.items():
        form.add_error(name if name in form.fields else None, ValidationError(said))
