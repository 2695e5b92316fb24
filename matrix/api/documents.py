"""What the API says of the matrix, as documents."""

from rest_framework import serializers

from communities.api.documents import Moment
from communities.models import Cycle
from matrix.upkeep import Condition
from stories.models import Step


class Sum(serializers.Serializer):
    """Distinct tellers whom one knows, and stories."""

    tellers = serializers.IntegerField()
    stories = serializers.IntegerField()


ByTense = type("ByTense", (serializers.Serializer,), {name: Sum() for name in Step.Tense.values})
ByValue = type("ByValue", (serializers.Serializer,), {name: Sum() for name in Step.Value.values})


class CellDocument(Sum):
    """`unknown_teller_stories`: stories whose teller nobody knows; they are no tellers. A story with
    several steps may be in several of the tenses and values."""

    unknown_teller_stories = serializers.IntegerField()
    tense = ByTense()
    value = ByValue()


class NewestDocument(serializers.Serializer):
    """The newest value: a number, a level of a scale, or words."""

    start = serializers.DateField()
    end = serializers.DateField()
    value = serializers.JSONField()


class BoxDocument(CellDocument):
    code = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(
        choices=["both", "numbers", "stories", "empty"], help_text="What there is of it."
    )
    agreed_without = serializers.ListField(child=serializers.CharField())
    observation = NewestDocument(allow_null=True)


class CycleSums(Sum):
    key = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Cycle.Kind.choices)
    no_indicator = CellDocument()
    indicators = BoxDocument(many=True)


class MatrixDocument(Sum):
    """As of `built_at`; `behind`: changes wait to be added."""

    built_version = serializers.IntegerField()
    built_at = Moment(allow_null=True)
    behind = serializers.BooleanField()
    cycles = CycleSums(many=True)


class EdgeDocument(serializers.Serializer):
    """`citations`: the distinct (story, link) that tell it."""

    to = serializers.CharField()
    tellers = serializers.IntegerField()
    citations = serializers.IntegerField()

    def get_fields(self):
        # `from` is no name that a class body could hold.
        return {"from": serializers.CharField(), **super().get_fields()}


class PairDocument(EdgeDocument):
    stories = serializers.IntegerField()


class RobustnessDocument(serializers.Serializer):
    """The least number of claims, and of tellers, one would have to doubt to break every path."""

    citations = serializers.IntegerField()
    sources = serializers.IntegerField()


class PathDocument(serializers.Serializer):
    """`is_stitched`: no single story tells all of it."""

    indicators = serializers.ListField(child=serializers.CharField())
    tellers = serializers.IntegerField()
    stories = serializers.IntegerField()
    is_stitched = serializers.BooleanField()


class PathsDocument(Sum):
    """`tellers` and `stories`: of whom one story leads all the way."""

    unknown_teller_stories = serializers.IntegerField()
    robustness = RobustnessDocument(allow_null=True)
    min_cut = EdgeDocument(many=True, allow_null=True)
    stitched = EdgeDocument(many=True)
    paths = PathDocument(many=True)


class UpkeepDocument(serializers.Serializer):
    state = serializers.ChoiceField(choices=Condition.choices, source="condition")
    since = Moment(allow_null=True)
    pending = serializers.IntegerField()
    built_version = serializers.IntegerField()
    built_at = Moment(allow_null=True)
    attempts = serializers.IntegerField()
    error = serializers.CharField()
