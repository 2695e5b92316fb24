"""The forms of a negotiation: each does one act of a person, and shows its refusal at the field."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from communities.adminforms import by_field
from communities.fields import normalise

from . import negotiating
from .models import Decision, GamingCheck, Stance

LONG = 5_000


class Words(forms.CharField):
    """A few sentences."""

    def __init__(self, *, rows=3, **kwargs):
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(widget=widget, max_length=LONG, **kwargs)

    def to_python(self, value):
        return normalise(super().to_python(value))


class TalkForm(forms.Form):
    """`do(talk, by)` calls the action and gives back whether it was done."""

    def do(self, talk, by):
        try:
            self.act(talk, by, self.cleaned_data)
        except ValidationError as error:
            for name, faults in by_field(error).items():
                self.add_error(name if name in self.fields else None, faults)
            return False
        return True


class RoundForm(TalkForm):
    groups = forms.ModelMultipleChoiceField(
        None, label=_("Who is asked?"), widget=forms.CheckboxSelectMultiple
    )
    closes_on = forms.DateField(
        label=_("Until when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("The day itself counts. Who has not spoken by then is silent. Empty: no end."),
    )

    def __init__(self, *args, talk, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = talk.community.stakeholder_groups.order_by("name", "pk")
        self.fields["groups"].initial = self.fields["groups"].queryset

    def act(self, talk, by, given):
        negotiating.open_round(indicator=talk.indicator, by=by, **given)


class StanceForm(TalkForm):
    choice = forms.ChoiceField(
        label=_("Where do you stand?"), choices=Stance.Choice, widget=forms.RadioSelect
    )
    reason = Words(
        label=_("Why does it matter to you?"),
        help_text=_("Everybody who talks about it here reads this, with your name and group."),
    )
    would_answer = Words(label=_("If you object: what would answer it?"), required=False, rows=2)

    def __init__(self, *args, talk, **kwargs):
        if talk.own:
            said = {name: getattr(talk.own, name) for name in self.base_fields}
            kwargs["initial"] = said
        super().__init__(*args, **kwargs)

    def act(self, talk, by, given):
        negotiating.take_stance(round=talk.round, by=by, group=talk.own_group, **given)


class AnswerForm(TalkForm):
    stance = forms.IntegerField(widget=forms.HiddenInput)
    answer = Words(label=_("What is the answer?"), rows=2)

    def __init__(self, *args, talk, **kwargs):
        super().__init__(*args, **kwargs)

    def act(self, talk, by, given):
        stance = talk.round.stances.filter(pk=given["stance"]).first()
        if not stance:
            raise ValidationError(_("This objection was taken back or changed meanwhile."))
        negotiating.answer_objection(stance=stance, by=by, answer=given["answer"])


class GamingForm(TalkForm):
    judged = Words(label=_("Who is judged by it?"), rows=2)
    cheapest_way = Words(
        label=_("What is the cheapest way to look good without any value?"), rows=2
    )
    losers = Words(label=_("Who could lose by it?"), rows=2)
    hidden = Words(label=_("What would it hide?"), rows=2)
    safeguard = Words(
        label=_("What guards against that?"),
        required=False,
        rows=2,
        help_text=_("Or choose an indicator below that would show it."),
    )
    counter_indicator = forms.ModelChoiceField(
        None, label=_("An indicator that would show it"), required=False, empty_label="–"
    )
    review_on = forms.DateField(
        label=_("When do you look at this again?"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args, talk, **kwargs):
        if talk.gaming:
            kwargs["initial"] = {name: getattr(talk.gaming, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        others = talk.community.indicators.offered().exclude(pk=talk.indicator.pk)
        self.fields["counter_indicator"].queryset = others.in_reading_order()

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned["safeguard"] or cleaned["counter_indicator"]):
            guard = GamingCheck._meta.constraints[0]
            self.add_error("safeguard", guard.violation_error_message)
        return cleaned

    def act(self, talk, by, given):
        negotiating.check_gaming(indicator=talk.indicator, by=by, **given)


class CommentForm(TalkForm):
    parent = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text = Words(label=_("What would you like to say?"), rows=2)

    def __init__(self, *args, talk, **kwargs):
        super().__init__(*args, **kwargs)

    def act(self, talk, by, given):
        parent = None
        if given["parent"] is not None:
            parent = talk.indicator.comments.filter(pk=given["parent"]).first()
            if not parent:
                raise ValidationError(_("This is about another indicator."))
        negotiating.comment(indicator=talk.indicator, by=by, text=given["text"], parent=parent)


class AgreeForm(TalkForm):
    rationale = Words(label=_("Why did the community decide so?"))
    present = Words(label=_("Who was there?"), required=False, rows=2)
    how = forms.ChoiceField(
        label=_("How was it decided?"), choices=Decision.How, widget=forms.RadioSelect
    )

    def __init__(self, *args, talk, **kwargs):
        super().__init__(*args, **kwargs)

    def act(self, talk, by, given):
        negotiating.agree(round=talk.round, by=by, **given)
