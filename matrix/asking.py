"""What somebody asks the matrix to show, as the page's address says it: a part of it, for an audience."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

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
# As codes of languages are written, and the number of a story.
LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(-[a-zA-Z0-9]{1,8})*")
NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Asked:
    """`query`: the address's own words for it, to be kept in links; `draw`: "threads", "ribbons" or ""
    for what suits their number; `story`: the one whose thread is lifted out of the others."""

    audience: Audience
    chosen: Filter = Filter()
    cycle: Cycle | None = None
    draw: str = ""
    story: Story | None = None
    query: str = ""

    @property
    def is_part(self):
        return bool(self.chosen or self.cycle)

    def query_with(self, story=None):
        """The address's words for the same with this story (an id) lifted, or with none. Ribbons have no
        story in them, so who asks for one has not asked for ribbons."""
        said = [(name, value) for name, value in parse_qsl(self.query) if name != "story"]
        if story:
            said = [one for one in said if one != ("draw", "ribbons")] + [("story", story)]
        return urlencode(said)

    def mark(self, community):
        """Two with the same mark show the same, of an unchanged matrix."""
        chosen = self.chosen.mark(community, self.audience) if self.chosen else ""
        cycle, story = (one and one.pk for one in (self.cycle, self.story))
        return f"{int(self.audience)}:{chosen}:{cycle}:{self.draw}:{story}"


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

    story = forms.ChoiceField(
        label=_("One story"),
        required=False,
        # The same of one that does not exist, and of one that is not open here.
        error_messages={"invalid_choice": _("There is no such story here.")},
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
        self.one = None
        self.offer_story(self.data.get("story", ""))

    def offer_story(self, asked_for):
        """There is nothing to choose from: a story is asked for beside its name and in an address."""
        if not asked_for:
            del self.fields["story"]
            return
        stories = Story.objects.counted_for(self.seen_by).filter(community=self.viewer.community)
        if NUMBER.fullmatch(asked_for):
            self.one = stories.filter(pk=int(asked_for)).first()
        self.offer({"story": [(asked_for, str(self.one))] if self.one else []})

    @property
    def seen_by(self):
        """For which audience it is shown: one's own, or a wider one as which a facilitator looks."""
        as_whom = self.data.get("audience", "") if "audience" in self.fields else ""
        return max(SEEN_AS.get(as_whom, self.viewer.audience), self.viewer.audience)

    @property
    def filters(self):
        return [self[name] for name in self.fields]

    @property
    def chosen(self):
        """Which story is lifted is said beside the drawing."""
        asked = [field for field in self.filters if field.value() and field.name != "story"]
        return [(field.label, self.said(field)) for field in asked]

    @property
    def asked(self):
        """The Asked that a valid form says."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        as_text = {name: self.data[name] for name in said}
        for name in ("audience", "story"):
            said.pop(name, None)
        cycle = said.pop("cycle", None)
        draw = said.pop("draw", "")
        if "group" in said:
            said["group"] = int(said["group"])
        if said.pop("mine", False):
            said["teller"] = self.viewer.user.pk
        return Asked(
            audience=self.seen_by,
            chosen=Filter(**said),
            cycle=cycle and self.viewer.community.cycles.get(key=cycle),
            draw=draw,
            story=self.one,
            query=urlencode(as_text),
        )


def asked_by(data, viewer):
    """(form, Asked), None for what can't be said; without a question, the whole as this viewer has it."""
    form = AskForm(data, viewer=viewer)
    return form, form.asked if form.is_valid() else None
