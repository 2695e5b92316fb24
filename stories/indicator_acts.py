"""The acts of a negotiation that move what stories touch: added to the table of `indicators.acts`."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.adminforms import LinesField
from communities.permissions import Permission
from indicators.acts import TalkForm, act
from indicators.models import Definition, Indicator
from indicators.negotiation_forms import DecisionForm

from .merging import merge, split, undo_merge
from .models import IndicatorMerge
from .uses import delete

KEEP = Permission.KEEP_INDICATORS


def is_decidable(talk):
    return talk.is_in_use and not talk.is_hidden


@act(
    "merge",
    permission=KEEP,
    label=_("Merged into another"),
    done=_("Merged. Its numbers are shown there under its own name."),
    when=is_decidable,
    decides=True,
)
class MergeForm(DecisionForm):
    field_order = ["into"]
    into = forms.ModelChoiceField(Indicator.objects.none(), label=_("Into which indicator?"))

    def prepare(self, talk):
        others = talk.community.indicators.offered().exclude(pk=talk.indicator.pk)
        self.fields["into"].queryset = others.in_reading_order()

    def act(self, talk, by, given):
        return merge(indicator=talk.indicator, by=by, **given)


@act(
    "split",
    permission=KEEP,
    label=_("Split into several"),
    done=_("Split. Who told of it is asked which part they mean."),
    when=is_decidable,
    decides=True,
)
class SplitForm(DecisionForm):
    field_order = ["names"]
    names = LinesField(
        most=Definition._meta.get_field("name").max_length,
        label=_("What are the parts called? One a line."),
    )

    def act(self, talk, by, given):
        return split(indicator=talk.indicator, by=by, **given)


@act(
    "undo_merge",
    permission=KEEP,
    label=_("Make them two again"),
    done=_("They are two again."),
    when=lambda talk: talk.indicator.state == Indicator.State.MERGED,
)
class UndoMergeForm(TalkForm):
    def act(self, talk, by, given):
        merges = IndicatorMerge.objects.filter(gone=talk.indicator, undone_at=None)
        return undo_merge(merge=merges.get(), by=by)


@act(
    "delete",
    permission=KEEP,
    label=_("Delete it"),
    done=_("Deleted."),
    when=lambda talk: talk.indicator.state == Indicator.State.PROPOSED and not talk.round,
)
class DeleteForm(TalkForm):
    """Of one that was proposed by mistake."""

    def act(self, talk, by, given):
        return delete(indicator=talk.indicator, by=by)
