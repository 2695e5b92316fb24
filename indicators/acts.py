"""What can be done in a negotiation: one table, which the page and the admin both offer from.

Each act is a form; `stories` adds the acts that move touches."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.adminforms import show_faults
from communities.permissions import Permission


class TalkForm(forms.Form):
    """One act of a person; its refusal is shown at the field."""

    def __init__(self, *args, talk, **kwargs):
        kwargs.setdefault("initial", self.beginning(talk))
        super().__init__(*args, **kwargs)
        self.prepare(talk)

    @staticmethod
    def beginning(talk):
        """What the fields hold at first."""
        return {}

    def prepare(self, talk):
        """Sets what can be chosen."""

    def act(self, talk, by, given):
        """What it makes, or changes."""
        raise NotImplementedError

    def do(self, talk, by):
        """Whether it was done."""
        try:
            self.act(talk, by, self.cleaned_data)
        except ValidationError as error:
            show_faults(self, error)
            return False
        return True


@dataclass(frozen=True)
class Act:
    """`when`: whether the state of the Talk allows it. `done`: what is said then."""

    key: str
    form: type[TalkForm]
    permission: Permission
    label: str
    done: str
    when: Callable
    decides: bool = False

    def is_offered(self, talk):
        return talk.viewer.can(self.permission) and bool(self.when(talk))

    def form_for(self, talk, data=None):
        return self.form(data, talk=talk, auto_id=f"{self.key}-%s")

    def do(self, talk, by, data):
        """(the form, whether it was done); no form where the state does not allow it any more."""
        if not self.is_offered(talk):
            return None, False
        form = self.form_for(talk, data)
        return form, form.is_valid() and form.do(talk, by)


ACTS = {}
TOO_LATE = _("This can't be done now: things have moved on meanwhile.")


def act(key, **about):
    """Registers a form as an act."""

    def register(form):
        ACTS[key] = Act(key, form, **about)
        return form

    return register
