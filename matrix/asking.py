"""What somebody asks the matrix to show, as the page's address says it: a part of it, for an audience."""

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Cycle
from communities.permissions import Audience, Permission
from stories.filters import ANY, Choices, PeriodForm, languages_of, name_of, steps_choices
from stories.models import Story

from .filtering import Filter

# "As a funder sees it": the wider audiences that a facilitator may look as.
SEEN_AS = {"members": Audience.MEMBERS, "funders": Audience.FUNDERS, "public": Audience.PUBLIC}
SEEN_AS_WORDS = {
    "members": _("as members see it"),
    "funders": _("as funders see it"),
    "public": _("as everybody sees it"),
}
# As codes of languages are written.
LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")


@dataclass(frozen=True)
class Asked:
    """`query`: the address's own words for it, to be kept in links; `draw`: "threads", "ribbons" or ""
    for what suits their number."""

    audience: Audience
    chosen: Filter = Filter()
    cycle: Cycle | None = None
    draw: str = ""
    query: str = ""

    @property
    def is_part(self):
        return bool(self.chosen or self.cycle)

    def mark(self, community):
        """Two with the same mark show the same, of an unchanged matrix."""
        chosen = self.chosen.mark(community, self.audience) if self.chosen else ""
        return f"{int(self.audience)}:{chosen}:{self.cycle and self.cycle.pk}:{self.draw}"


class AskForm(Choices, PeriodForm):
    cycle = forms.ChoiceField(label=_("Cycle"), required=False)
    template = forms.ChoiceField(label=_("Kind of story"), required=False)
    tense = forms.ChoiceField(label=_("Did it happen?"), required=False)
    value = forms.ChoiceField(label=_("Was it of value?"), required=False)
    group = forms.ChoiceField(
        label=_("Group"),
        required=False,
        help_text=_("Stories that its people tell under their own name."),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    mine = forms.BooleanField(label=_("Only what I told"), required=False)
    audience = forms.ChoiceField(
        label=_("Seen"), required=False, choices=[ANY, *SEEN_AS_WORDS.items()]
    )
    draw = forms.ChoiceField(
        label=_("Draw"),
        required=False,
        choices=[
            ("", _("what suits")),
            ("threads", _("each story")),
            ("ribbons", _("ribbons of stories")),
        ],
    )

    field_order = ["since", "until"]

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        community = viewer.community
        self.fields["since"].label, self.fields["until"].label = _("From"), _("Until")
        stories = Story.objects.counted_for(viewer.audience).filter(community=community)
        groups = community.stakeholder_groups.order_by("name").values_list("pk", "name")
        self.offer(
            steps_choices(community)
            | {
                "template": Story.Template.choices,
                "group": [(str(pk), name) for pk, name in groups],
                "language": languages_of(stories),
            }
        )
        # That the last story in a language is gone is no fault of whoever goes on asking for it.
        asked_for = self.data.get("language", "")
        if LANGUAGE.fullmatch(asked_for) and not self.fields["language"].valid_value(asked_for):
            self.fields["language"].choices += [(asked_for, name_of(asked_for))]
        # Who belongs to which group is not the public's to know, nor has nobody told anything.
        if not viewer.can(Permission.NEGOTIATE):
            del self.fields["group"]
        if not viewer.can(Permission.TELL_STORY):
            del self.fields["mine"]
        if not viewer.can(Permission.KEEP_COMMUNITY):
            del self.fields["audience"]

    @property
    def filters(self):
        return [self[name] for name in self.fields]

    @property
    def asked(self):
        """The Asked that a valid form says."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        as_text = {name: self.data[name] for name in said}
        seen_as = SEEN_AS.get(said.pop("audience", ""), self.viewer.audience)
        cycle = said.pop("cycle", None)
        draw = said.pop("draw", "")
        if "group" in said:
            said["group"] = int(said["group"])
        if said.pop("mine", False):
            said["teller"] = self.viewer.user.pk
        return Asked(
            audience=max(seen_as, self.viewer.audience),
            chosen=Filter(**said),
            cycle=cycle and self.viewer.community.cycles.get(key=cycle),
            draw=draw,
            query=urlencode(as_text),
        )


def asked_by(data, viewer):
    """(form, Asked), None for what can't be said; without a question, the whole as this viewer has it."""
    form = AskForm(data, viewer=viewer)
    return form, form.asked if form.is_valid() else None
