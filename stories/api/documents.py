"""A story as one document: as it is read, and as it is sent."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from communities.api.documents import Document, Moment
from communities.permissions import Audience, Permission
from indicators.models import Capital
from stories.models import Link, Part, Step, Story
from stories.reading import helpers_of, is_inside, knows_how, trail
from stories.rights import acts_open_to

# The audiences by the words that the address of the matrix has for them, too.
AUDIENCES = {one.name.lower(): one for one in Audience}


class AudienceField(serializers.ChoiceField):
    def __init__(self, **kwargs):
        super().__init__(choices=list(AUDIENCES), **kwargs)

    def to_internal_value(self, data):
        return AUDIENCES[super().to_internal_value(data)]

    def to_representation(self, value):
        return Audience(value).name.lower()


class GuestDocument(Document):
    name = serializers.CharField(max_length=200)
    email = serializers.EmailField(required=False, allow_blank=True)


TELLER = {
    "description": "A person's number, a guest, or null for somebody whom nobody knows.",
    "oneOf": [
        {"type": "integer"},
        {
            "type": "object",
            "required": ["guest"],
            "additionalProperties": False,
            "properties": {
                "guest": {
                    "type": "object",
                    "required": ["name"],
                    "additionalProperties": False,
                    "properties": {
                        "name": {"type": "string", "maxLength": 200},
                        "email": {
                            "type": "string",
                            "description": "To ask them; it is never told again.",
                        },
                    },
                }
            },
        },
        {"type": "null"},
    ],
}


@extend_schema_field(TELLER)
class TellerField(serializers.Field):
    """A person's number, `{"guest": {"name": …}}`, or null for somebody whom nobody knows."""

    default_error_messages = {
        "invalid": _("Give a person's number, {“guest”: {“name”: …}}, or null.")
    }

    def to_internal_value(self, data):
        if type(data) is int:
            return data
        if isinstance(data, dict) and set(data) == {"guest"}:
            guest = GuestDocument(data=data["guest"])
            guest.is_valid(raise_exception=True)
            return guest.validated_data
        self.fail("invalid")


class MinutesDocument(Document):
    """What telling it took."""

    teller = serializers.IntegerField(min_value=0, max_value=100_000, default=0)
    elicitor = serializers.IntegerField(min_value=0, max_value=100_000, default=0)
    recorder = serializers.IntegerField(min_value=0, max_value=100_000, default=0)


class MinutesSpent(serializers.Serializer):
    teller = serializers.IntegerField()
    elicitor = serializers.IntegerField()
    recorder = serializers.IntegerField()


class Codes(serializers.ListField):
    child = serializers.CharField()


class NewStep(Document):
    """`ref`: a word of yours by which links call it; without one it is called by its place, "1" first.
    Of a stored step its number: then it is kept."""

    ref = serializers.CharField(required=False, max_length=100)
    cycle = serializers.CharField(help_text="The key of a cycle.")
    text = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    tense = serializers.ChoiceField(choices=Step.Tense.choices, default=Step.Tense.HAPPENED)
    value = serializers.ChoiceField(choices=Step.Value.choices, default=Step.Value.UNSET)
    capital = serializers.ChoiceField(choices=Capital.choices, allow_blank=True, default="")
    indicators = Codes(default=list, help_text="The codes of what it says something about.")


class NewLink(Document):
    """How one step led to another; `from` and `to` are their refs."""

    to = serializers.CharField()
    how = serializers.CharField(required=False, allow_blank=True)
    would_have_happened_anyway = serializers.CharField(required=False, allow_blank=True)
    other_influences = serializers.CharField(required=False, allow_blank=True)
    corroborator = serializers.CharField(required=False, allow_blank=True)

    def get_fields(self):
        # `from` is no name that a class body could hold.
        return {"from": serializers.CharField(), **super().get_fields()}


class StoryContent(Document):
    title = serializers.CharField(required=False, allow_blank=True)
    template = serializers.ChoiceField(choices=Story.Template.choices, required=False)
    language = serializers.RegexField(
        r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})?$", required=False, max_length=10
    )
    audience = AudienceField(required=False)
    attribution = serializers.ChoiceField(choices=Story.Attribution.choices, required=False)
    pseudonym = serializers.CharField(required=False, allow_blank=True)
    quotable = serializers.BooleanField(required=False)
    happened_from = serializers.DateField(required=False, allow_null=True)
    happened_to = serializers.DateField(required=False, allow_null=True)
    steps = NewStep(many=True, required=False)
    links = NewLink(many=True, required=False)


class NewStory(StoryContent):
    """Left out, `teller` is you. Of somebody else only a facilitator writes down a story: as its teller
    told it elsewhere (`told`, `told_where`, `told_on`), or for its teller to confirm. `status`: how far it
    goes at once; `others`: says whether it names or describes somebody who has not agreed."""

    teller = TellerField(required=False, allow_null=True)
    elicitor = serializers.IntegerField(required=False, allow_null=True)
    recorder = serializers.IntegerField(required=False, allow_null=True)
    minutes = MinutesDocument(required=False)
    told = serializers.BooleanField(required=False)
    told_where = serializers.CharField(required=False, allow_blank=True)
    told_on = serializers.DateField(required=False, allow_null=True)
    external_id = serializers.CharField(required=False, allow_blank=True, max_length=200)
    status = serializers.ChoiceField(choices=["draft", "submitted", "published"], required=False)
    others = serializers.ChoiceField(choices=Story.Others.choices, required=False)


class StoryChange(StoryContent):
    """The story in your new words: its steps and links take the place of those there are. `version`: the
    one that you saw, where you send no `If-Match`."""

    version = serializers.IntegerField(required=False)
    steps = NewStep(many=True)


class OthersDocument(Document):
    others = serializers.ChoiceField(
        choices=Story.Others.choices,
        required=False,
        help_text="Does it name or describe somebody who has not agreed?",
    )


class NoteDocument(Document):
    note = serializers.CharField(
        required=False, allow_blank=True, help_text="A few words for the teller."
    )


class AudienceDocument(Document):
    audience = AudienceField()


class StepDocument(serializers.Serializer):
    """`status`: proposed parts wait for the teller, and count nowhere."""

    ref = serializers.CharField()
    cycle = serializers.CharField()
    text = serializers.CharField()
    tense = serializers.ChoiceField(choices=Step.Tense.choices)
    value = serializers.ChoiceField(choices=Step.Value.choices)
    capital = serializers.ChoiceField(choices=Capital.choices, allow_blank=True)
    indicators = Codes()
    status = serializers.ChoiceField(choices=Part.Status.choices)


class LinkDocument(serializers.Serializer):
    to = serializers.CharField()
    how = serializers.CharField()
    would_have_happened_anyway = serializers.CharField()
    other_influences = serializers.CharField()
    corroborator = serializers.CharField()
    status = serializers.ChoiceField(choices=Part.Status.choices)

    def get_fields(self):
        return {"from": serializers.CharField(), **super().get_fields()}


class StoryDocument(serializers.ModelSerializer):
    """As whoever asks may read it. `told_by`: the teller as they want to be shown, null for somebody who
    stays unnamed; `teller`: who that is, where they are shown by name; `elicitor` and `recorder`: for
    whoever may know people here; `minutes`, `external_id`: for the story's own people and facilitators;
    `acts`: what you can do now."""

    audience = AudienceField()
    told_by = serializers.SerializerMethodField()
    teller = serializers.SerializerMethodField()
    elicitor = serializers.SerializerMethodField()
    recorder = serializers.SerializerMethodField()
    minutes = serializers.SerializerMethodField()
    external_id = serializers.SerializerMethodField()
    told_where = serializers.SerializerMethodField()
    told_on = serializers.SerializerMethodField()
    note = serializers.SerializerMethodField()
    steps = serializers.SerializerMethodField()
    links = serializers.SerializerMethodField()
    acts = serializers.SerializerMethodField()
    created_at = Moment()
    published_at = Moment(allow_null=True)

    class Meta:
        model = Story
        fields = ["id", "version", "status", "title", "template", "language", "audience"]
        fields += ["attribution", "quotable", "told_by", "teller", "elicitor", "recorder"]
        fields += ["minutes", "told_where", "told_on", "external_id"]
        fields += ["happened_from", "happened_to", "note", "steps", "links", "acts"]
        fields += ["created_at", "published_at"]

    def to_representation(self, story):
        self.trail = trail(story, self.viewer)
        return super().to_representation(story)

    @property
    def viewer(self):
        return self.context["viewer"]

    def get_told_by(self, story) -> str | None:
        if story.attribution == Story.Attribution.ANONYMOUS:
            return None
        if story.attribution == Story.Attribution.PSEUDONYM:
            return story.pseudonym
        return name_of(story.teller)

    @extend_schema_field(TELLER)
    def get_teller(self, story):
        is_named = story.attribution == Story.Attribution.NAME
        if not (is_named and self.viewer.can(Permission.SEE_PEOPLE)):
            return None
        if story.teller.user_id:
            return story.teller.user_id
        return {"guest": {"name": story.teller.name}} if story.teller.name else None

    def get_elicitor(self, story) -> int | None:
        return getattr(helpers_of(story, self.viewer).get("elicitor"), "pk", None)

    def get_recorder(self, story) -> int | None:
        return getattr(helpers_of(story, self.viewer).get("recorder"), "pk", None)

    @extend_schema_field(MinutesSpent(allow_null=True))
    def get_minutes(self, story):
        if not is_inside(story, self.viewer):
            return None
        return {role: getattr(story, f"minutes_{role}") for role in MinutesSpent().fields}

    def get_external_id(self, story) -> str:
        return story.external_id if is_inside(story, self.viewer) else ""

    def get_told_where(self, story) -> str:
        return story.told_where if knows_how(story, self.viewer) else ""

    def get_told_on(self, story) -> date | None:
        return story.told_on if knows_how(story, self.viewer) else None

    def get_note(self, story) -> str:
        return story.note if is_inside(story, self.viewer) else ""

    @extend_schema_field(StepDocument(many=True))
    def get_steps(self, story):
        return [
            {
                "ref": str(one.step.pk),
                "cycle": one.step.cycle.key,
                "text": one.step.text,
                "tense": one.step.tense,
                "value": one.step.value,
                "capital": one.step.capital,
                "indicators": [touch.indicator.code for touch in one.touches],
                "status": one.step.status,
            }
            for one in self.trail
        ]

    @extend_schema_field(LinkDocument(many=True))
    def get_links(self, story):
        return [
            {"from": str(link.from_step_id), "to": str(link.to_step_id)}
            | {name: getattr(link, name) for name in Link.CONTENT}
            | {"status": link.status}
            for one in self.trail
            for link in (arrival.link for arrival in one.arrivals)
        ]

    def get_acts(self, story) -> list[str]:
        return sorted(acts_open_to(story, self.viewer) - {"undo"})


def name_of(teller):
    return teller.user.name if teller.user else teller.name or None
