"""The forms of a negotiation."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.fields import WordsFormField
from communities.models import Membership, StakeholderGroup
from communities.permissions import Permission

from . import actions, deciding, negotiating
from .acts import TalkForm, act
from .forms import DayField
from .models import Decision, Indicator, Stance, Target
from .models.negotiation import GUARD_NEEDED

KEEP, NEGOTIATE = Permission.KEEP_INDICATORS, Permission.NEGOTIATE
KEPT = _("Thank you. That is kept.")


class GroupsField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


@act(
    "open",
    permission=KEEP,
    label=_("Ask the groups"),
    done=_("Opened. Everybody who is asked is told by mail when it begins."),
    when=lambda talk: talk.may_be_opened,
)
class RoundForm(TalkForm):
    groups = GroupsField(StakeholderGroup.objects.none(), label=_("Who is asked?"))
    opens_on = DayField(label=_("From when?"), required=False, help_text=_("Empty: from now on."))
    closes_on = DayField(
        label=_("Until when?"),
        required=False,
        help_text=_("The day itself counts. Who has not spoken by then is silent. Empty: no end."),
    )
    is_blind = forms.BooleanField(
        label=_("Nobody reads what the others said until it closes"), required=False
    )

    def prepare(self, talk):
        self.fields["groups"].queryset = talk.community.stakeholder_groups.order_by("name", "pk")
        self.fields["groups"].initial = self.fields["groups"].queryset

    def act(self, talk, by, given):
        return negotiating.open_round(indicator=talk.indicator, by=by, **given)


@act(
    "extend",
    permission=KEEP,
    label=_("Ask for longer, or ask others too"),
    done=KEPT,
    when=lambda talk: talk.round,
)
class ExtendForm(TalkForm):
    closes_on = DayField(
        label=_("Until when?"), required=False, help_text=_("The day itself counts.")
    )
    groups = GroupsField(
        StakeholderGroup.objects.none(), label=_("Who is asked, too?"), required=False
    )

    @staticmethod
    def beginning(talk):
        return {"closes_on": talk.round.closes_on}

    def prepare(self, talk):
        groups = talk.community.stakeholder_groups.exclude(rounds=talk.round)
        self.fields["groups"].queryset = groups.order_by("name", "pk")

    def act(self, talk, by, given):
        return negotiating.extend(round=talk.round, by=by, **given)


@act(
    "stance",
    permission=NEGOTIATE,
    label=_("Your word"),
    done=_("Thank you. Your words stand there now."),
    when=lambda talk: talk.is_open,
)
class StanceForm(TalkForm):
    choice = forms.ChoiceField(
        label=_("Where do you stand?"), choices=Stance.Choice, widget=forms.RadioSelect
    )
    reason = WordsFormField(
        label=_("Why does it matter to you?"),
        help_text=_("Everybody who talks about it here reads this, with your name and group."),
    )
    would_answer = WordsFormField(
        label=_("If you object: what would answer it?"), required=False, rows=2
    )

    @staticmethod
    def beginning(talk):
        names = StanceForm.base_fields
        return {name: getattr(talk.own, name) for name in names} if talk.own else {}

    def act(self, talk, by, given):
        return negotiating.take_stance(round=talk.round, by=by, **given)


@act(
    "hold",
    permission=NEGOTIATE,
    label=_("It still holds"),
    done=_("Thank you. Your words stand there now."),
    when=lambda talk: talk.is_open and talk.changed,
)
class HoldForm(TalkForm):
    def act(self, talk, by, given):
        return negotiating.hold(stance=talk.own, by=by)


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, membership):
        return f"{membership.user}, {membership.stakeholder_group}"


@act(
    "record",
    permission=KEEP,
    label=_("Note what somebody said"),
    done=KEPT,
    when=lambda talk: talk.is_open and not talk.is_hidden,
)
class RecordForm(TalkForm):
    """What a person said in a meeting; they read it, and may say it anew."""

    person = PersonField(Membership.objects.none(), label=_("Who said it?"))
    choice = forms.ChoiceField(
        label=_("Where do they stand?"), choices=Stance.Choice, widget=forms.RadioSelect
    )
    reason = WordsFormField(label=_("Why does it matter to them?"))
    would_answer = WordsFormField(
        label=_("If they object: what would answer it?"), required=False, rows=2
    )

    def prepare(self, talk):
        asked = talk.community.memberships.filter(
            stakeholder_group__rounds=talk.round, user__is_active=True
        )
        people = asked.select_related("user", "stakeholder_group")
        self.fields["person"].queryset = people.order_by("user__name", "pk")

    def act(self, talk, by, given):
        person = given.pop("person").user
        return negotiating.take_stance(round=talk.round, by=person, recorded_by=by, **given)


class ObjectionField(forms.ModelChoiceField):
    default_error_messages = {
        "invalid_choice": _("This objection was taken back or changed meanwhile.")
    }

    def label_from_instance(self, stance):
        return f"{stance.stakeholder_group}: {stance.reason[:80]}"


@act(
    "answer",
    permission=KEEP,
    label=_("Answer an objection"),
    done=_("Answered. Whoever objected is told, and may object again."),
    when=lambda talk: talk.is_readable and talk.objections,
)
class AnswerForm(TalkForm):
    stance = ObjectionField(Stance.objects.none(), label=_("Which objection?"), empty_label=None)
    answer = WordsFormField(label=_("What is the answer?"), rows=2)

    def prepare(self, talk):
        said = talk.round.stances.current().filter(choice=Stance.Choice.OBJECT)
        said = said.select_related("stakeholder_group")
        self.fields["stance"].queryset = said.order_by("answered_at", "pk")

    def act(self, talk, by, given):
        return negotiating.answer_objection(by=by, **given)


@act(
    "gaming",
    permission=NEGOTIATE,
    label=_("How it could be gamed or mislead"),
    done=KEPT,
    when=lambda talk: talk.is_in_use,
)
class GamingForm(TalkForm):
    judged = WordsFormField(label=_("Who is judged by it?"), rows=2)
    cheapest_way = WordsFormField(
        label=_("What is the cheapest way to look good without any value?"), rows=2
    )
    losers = WordsFormField(label=_("Who could lose by it?"), rows=2)
    hidden = WordsFormField(label=_("What would it hide?"), rows=2)
    safeguard = WordsFormField(
        label=_("What guards against that?"),
        required=False,
        rows=2,
        help_text=_("Or choose an indicator below that would show it."),
    )
    counter_indicator = forms.ModelChoiceField(
        Indicator.objects.none(),
        label=_("An indicator that would show it"),
        required=False,
        empty_label="–",
    )
    review_on = DayField(label=_("When do you look at this again?"))

    @staticmethod
    def beginning(talk):
        names = GamingForm.base_fields
        return {name: getattr(talk.gaming, name) for name in names} if talk.gaming else {}

    def prepare(self, talk):
        others = talk.community.indicators.offered().exclude(pk=talk.indicator.pk)
        self.fields["counter_indicator"].queryset = others.in_reading_order()

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned["safeguard"] or cleaned["counter_indicator"]):
            self.add_error("safeguard", GUARD_NEEDED)
        return cleaned

    def act(self, talk, by, given):
        return negotiating.check_gaming(indicator=talk.indicator, by=by, **given)


@act(
    "comment",
    permission=NEGOTIATE,
    label=_("Say something else"),
    done=KEPT,
    when=lambda talk: True,
)
class CommentForm(TalkForm):
    parent = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = WordsFormField(label=_("What would you like to say?"), rows=2)

    def act(self, talk, by, given):
        parent = None
        if given["parent"] is not None:
            parent = talk.indicator.comments.filter(pk=given["parent"]).first()
            if not parent:
                raise ValidationError(_("This is about another indicator."))
        return negotiating.comment(
            indicator=talk.indicator, by=by, text=given["text"], parent=parent
        )


@act(
    "target",
    permission=KEEP,
    label=_("Set a target"),
    done=KEPT,
    when=lambda talk: talk.takes_targets,
)
class TargetForm(TalkForm):
    start = DayField(label=_("From"))
    end = DayField(label=_("To"))
    value = Target._meta.get_field("value").formfield(label=_("What do you hope for?"))

    def act(self, talk, by, given):
        return actions.set_target(indicator=talk.indicator, by=by, **given)


class DecisionForm(TalkForm):
    """What the community decided, as the facilitator records it."""

    rationale = WordsFormField(label=_("Why did the community decide so?"))
    present = WordsFormField(label=_("Who was there?"), required=False, rows=2)
    how = forms.ChoiceField(
        label=_("How was it decided?"), choices=Decision.How, widget=forms.RadioSelect
    )


@act(
    "agree",
    permission=KEEP,
    label=_("Agreed"),
    done=_("Agreed, and kept as it stood."),
    when=lambda talk: talk.is_readable,
    decides=True,
)
class AgreeForm(DecisionForm):
    def act(self, talk, by, given):
        return deciding.agree(round=talk.round, by=by, **given)


@act(
    "change",
    permission=KEEP,
    label=_("To be changed first"),
    done=_("Kept as it stood. Change it now, then ask the groups again."),
    when=lambda talk: talk.is_readable,
    decides=True,
)
class ChangeForm(DecisionForm):
    def act(self, talk, by, given):
        return deciding.change(round=talk.round, by=by, **given)


@act(
    "decline",
    permission=KEEP,
    label=_("Declined"),
    done=_("Declined, and kept as it stood."),
    when=lambda talk: talk.is_in_use and not talk.is_hidden,
    decides=True,
)
class DeclineForm(DecisionForm):
    def act(self, talk, by, given):
        return deciding.decline(indicator=talk.indicator, by=by, **given)


@act(
    "retire",
    permission=KEEP,
    label=_("Retired"),
    done=_("Retired. What it counted stays."),
    when=lambda talk: talk.indicator.is_offered and not talk.is_hidden,
    decides=True,
)
class RetireForm(DecisionForm):
    def act(self, talk, by, given):
        return deciding.retire(indicator=talk.indicator, by=by, **given)
