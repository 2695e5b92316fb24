"""Indicators, their definitions, numbers and negotiation, as documents."""

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from communities.api.documents import Document, Moment, Number, document_of
from communities.models import Cycle
from communities.permissions import Permission
from indicators.forms import DefinitionFields, ProposalForm
from indicators.models import (
    Comment,
    Decision,
    Definition,
    GamingCheck,
    Indicator,
    Observation,
    Round,
    Stance,
    Target,
)
from indicators.negotiation_forms import (
    CommentForm,
    DecisionForm,
    GamingForm,
    StanceForm,
    TargetForm,
)

# What a definition says besides its words.
CONTENT = [name for name in Definition.CONTENT if name != "text"]


def value_of(observation):
    """The value as JSON has it: a number (of a percentage, out of 100), a level, or words."""
    number = observation.number
    if number is None:
        return observation.level or observation.words
    return int(number) if number == int(number) else float(number)


class Person(serializers.CharField):
    """The name of who said it, None where they are no longer here."""

    def __init__(self, **kwargs):
        super().__init__(allow_null=True, **kwargs)


class Names(serializers.ListField):
    child = serializers.CharField()


class DefinitionDocument(serializers.ModelSerializer):
    baseline = Number(allow_null=True)
    definition = serializers.CharField(source="text")
    created_at = Moment()

    class Meta:
        model = Definition
        fields = ["number", *CONTENT, "definition", "created_at"]


class IndicatorDocument(serializers.ModelSerializer):
    """`version`: the number of the definition in force, whose content this is."""

    cycle = serializers.CharField(source="cycle.key")
    merged_into = serializers.CharField(source="merged_into.code", default=None, allow_null=True)
    version = serializers.IntegerField(source="definition.number")
    name = serializers.CharField(source="definition.name")
    definition = serializers.CharField(source="definition.text")
    kind = serializers.ChoiceField(source="definition.kind", choices=Definition.Kind.choices)
    unit = serializers.CharField(source="definition.unit")
    levels = Names(source="definition.levels")
    direction = serializers.ChoiceField(
        source="definition.direction", choices=Definition.Direction.choices
    )
    cumulative = serializers.BooleanField(source="definition.cumulative")
    data_source = serializers.CharField(source="definition.data_source")
    collector = serializers.CharField(source="definition.collector")
    frequency = serializers.CharField(source="definition.frequency")
    categories = Names(source="definition.categories")
    baseline = Number(source="definition.baseline", allow_null=True)
    created_at = Moment()

    class Meta:
        model = Indicator
        fields = ["code", "name", "definition", "state", "cycle", "capital", "reason"]
        fields += ["merged_into", "version", *CONTENT[1:], "created_at"]


class RoundDocument(serializers.ModelSerializer):
    """A time in which the community talks about it. `asked`: the numbers of the stakeholder groups."""

    phase = serializers.ChoiceField(choices=Round.Phase.choices)
    asked = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = Round
        fields = ["number", "phase", "opens_on", "closes_on", "is_blind", "asked"]


class StanceDocument(serializers.ModelSerializer):
    """What a person says, and of which version. `is_noted`: a facilitator wrote it down for them."""

    said_by = Person(source="user.name", default=None)
    stakeholder_group = serializers.IntegerField(source="stakeholder_group_id")
    round = serializers.IntegerField(source="round.number")
    version = serializers.IntegerField(source="definition.number")
    is_noted = serializers.SerializerMethodField()
    answered_at = Moment(allow_null=True)
    created_at = Moment()

    class Meta:
        model = Stance
        fields = ["id", "round", "version", "said_by", "stakeholder_group", "choice", "reason"]
        fields += ["would_answer", "answer", "answered_at", "is_noted", "created_at"]

    def get_is_noted(self, stance) -> bool:
        return stance.recorded_by_id is not None


class GamingCheckDocument(serializers.ModelSerializer):
    """How it could be gamed or mislead. `is_current`: it was not answered anew since."""

    version = serializers.IntegerField(source="definition.number")
    answered_by = Person(source="answered_by.name", default=None)
    counter_indicator = serializers.CharField(
        source="counter_indicator.code", default=None, allow_null=True
    )
    is_current = serializers.SerializerMethodField()
    answered_at = Moment()

    class Meta:
        model = GamingCheck
        fields = ["version", "judged", "cheapest_way", "losers", "hidden", "safeguard"]
        fields += ["counter_indicator", "review_on", "answered_by", "answered_at", "is_current"]

    def get_is_current(self, check) -> bool:
        return check.replaced_at is None


class CommentDocument(serializers.ModelSerializer):
    """`parent`: the number of the comment that it answers."""

    said_by = Person(source="author.name", default=None)
    parent = serializers.IntegerField(source="parent_id", allow_null=True)
    created_at = Moment()

    class Meta:
        model = Comment
        fields = ["id", "parent", "said_by", "text", "created_at"]


class SpokenGroup(serializers.Serializer):
    """A group that was asked, as it stood: how many could speak, and who said what."""

    name = serializers.CharField()
    axis = serializers.CharField()
    people = serializers.IntegerField(allow_null=True)
    stances = serializers.DictField(child=serializers.IntegerField())
    heard = serializers.BooleanField()


class DecisionDocument(serializers.ModelSerializer):
    """`present`, who was there, is for whoever may know the people."""

    version = serializers.IntegerField(source="definition.number")
    present = serializers.SerializerMethodField()
    into = serializers.CharField(source="into.code", default=None, allow_null=True)
    groups = SpokenGroup(many=True)
    decided_at = Moment()
    undone_at = Moment(allow_null=True)

    class Meta:
        model = Decision
        fields = ["id", "version", "outcome", "how", "rationale", "present", "into", "groups"]
        fields += ["decided_at", "undone_at"]

    def get_present(self, decision) -> str:
        return decision.present if self.context["viewer"].can(Permission.SEE_PEOPLE) else ""


class TargetDocument(serializers.ModelSerializer):
    value = Number()
    version = serializers.IntegerField(source="definition.number")

    class Meta:
        model = Target
        fields = ["id", "version", "start", "end", "value"]


class ObservationDocument(serializers.ModelSerializer):
    """A value in a period, both days included, under the definition of this `version`. `number`: as one
    number, a percentage out of 100."""

    version = serializers.IntegerField(source="definition.number")
    value = Number(allow_null=True)
    numerator = Number(allow_null=True)
    denominator = Number(allow_null=True)
    number = serializers.SerializerMethodField()
    recorded_at = Moment()

    class Meta:
        model = Observation
        fields = ["id", "version", *Observation.CONTENT, "number", "recorded_at"]

    def get_number(self, observation) -> float | None:
        return None if observation.number is None else value_of(observation)


class NewObservation(Document):
    """What fits the indicator's kind: `value`; `numerator` and `denominator`; `level`; or `words`."""

    start = serializers.DateField()
    end = serializers.DateField()
    category = serializers.CharField(required=False, allow_blank=True)
    value = Number(required=False, allow_null=True)
    numerator = Number(required=False, allow_null=True)
    denominator = Number(required=False, allow_null=True)
    level = serializers.CharField(required=False, allow_blank=True)
    words = serializers.CharField(required=False, allow_blank=True)
    source = serializers.CharField(required=False, allow_blank=True)
    note = serializers.CharField(required=False, allow_blank=True)


class ObservationChange(NewObservation):
    """What is left out stays as it is."""

    start = serializers.DateField(required=False)
    end = serializers.DateField(required=False)


class TargetChange(Document):
    """What is left out stays as it is."""

    start = serializers.DateField(required=False)
    end = serializers.DateField(required=False)
    value = Number(required=False)


NewStance = document_of(StanceForm, "NewStance")
NewGamingCheck = document_of(GamingForm, "NewGamingCheck")
NewComment = document_of(CommentForm, "NewComment")
NewTarget = document_of(TargetForm, "NewTarget")


class NewDecision(document_of(DecisionForm, "NewDecision")):
    outcome = serializers.ChoiceField(choices=["agree", "change", "decline"])


NewIndicator = type(
    "NewIndicator",
    (document_of(ProposalForm, "NewIndicator", optional={"reason"}, without={"text"}),),
    {
        "__doc__": "`code`: kept where it is free. `start`, `end`, `value`: a first target.",
        "code": serializers.CharField(required=False, allow_blank=True),
        "definition": serializers.CharField(required=False, allow_blank=True),
    },
)


class FilterForm(forms.Form):
    """Which indicators are asked for."""

    state = forms.ChoiceField(choices=Indicator.State, required=False)
    cycle = forms.ModelChoiceField(Cycle.objects.none(), to_field_name="key", required=False)

    def __init__(self, *args, community, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["cycle"].queryset = community.cycles.all()

    @property
    def asked(self):
        return {name: value for name, value in self.cleaned_data.items() if value}


class AmendForm(DefinitionFields):
    """The content of a definition, and where the indicator belongs."""

    cycle = forms.ModelChoiceField(Cycle.objects.none(), label=_("Where does it belong?"))
    capital = ProposalForm.base_fields["capital"]

    def __init__(self, *args, indicator, **kwargs):
        place = {"cycle": indicator.cycle, "capital": indicator.capital}
        super().__init__(*args, initial=indicator.definition.content() | place, **kwargs)
        self.fields["cycle"].queryset = indicator.community.cycles.all()


Amendment = type(
    "Amendment",
    (
        document_of(
            AmendForm,
            "Amendment",
            optional=set(AmendForm.base_fields),
            without={"text"},
        ),
    ),
    {
        "__doc__": "What is left out stays as it is.",
        "definition": serializers.CharField(required=False, allow_blank=True),
    },
)


def as_form(content):
    """What a document calls the definition, the form calls its text."""
    content = dict(content)
    if "definition" in content:
        content["text"] = content.pop("definition")
    return content
