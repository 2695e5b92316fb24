"""Writes of a negotiation: a round is opened, persons say where they stand, the community decides.

What is said is never changed or taken out: who says something else adds to it."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.signals import tell

from .models import Asked, Comment, Decision, GamingCheck, Indicator, Round, Stance


@transaction.atomic
def open_round(*, indicator, by, groups, closes_on=None):
    """Asks these stakeholder groups. One round is open at a time; another one comes after a decision."""
    indicator = locked(indicator)
    if not groups:
        raise ValidationError({"groups": _("Choose who is asked.")})
    if any(group.community_id != indicator.community_id for group in groups):
        raise ValidationError({"groups": _("Choose groups of this community.")})
    if indicator.state not in {Indicator.State.PROPOSED, Indicator.State.AGREED}:
        raise ValidationError(
            _("“%(name)s” is %(state)s; there is nothing to talk about.")
            % {"name": indicator, "state": indicator.get_state_display().lower()}
        )
    opened = Round(
        indicator=indicator,
        number=indicator.rounds.count() + 1,
        opened_by=by,
        closes_on=closes_on,
    )
    if closes_on and opened.is_over:
        raise ValidationError({"closes_on": _("This day is past.")})
    opened.full_clean()
    opened.save()
    Asked.objects.bulk_create(Asked(round=opened, stakeholder_group=group) for group in groups)
    return opened


@transaction.atomic
def take_stance(*, round, by, group, choice, reason, would_answer=""):
    """What `by` says now, for their group; what they said before is kept as replaced."""
    round = open_one(round)
    if not group or not round.asked.filter(pk=group.pk).exists():
        raise ValidationError(
            _("Your group is not asked here. A facilitator can put you into one that is.")
        )
    round.stances.current().filter(user=by).update(replaced_at=timezone.now())
    stance = Stance(
        round=round,
        definition=round.indicator.definition,
        user=by,
        stakeholder_group=group,
        choice=choice,
        reason=reason.strip(),
        would_answer=would_answer.strip() if choice == Stance.Choice.OBJECT else "",
    )
    stance.full_clean()
    stance.save()
    return stance


@transaction.atomic
def answer_objection(*, stance, by, answer):
    """The objector reads it, and may object again."""
    round = open_one(stance.round)
    stance = round.stances.current().filter(pk=stance.pk, choice=Stance.Choice.OBJECT).first()
    if not stance:
        raise ValidationError(_("This objection was taken back or changed meanwhile."))
    if not answer.strip():
        raise ValidationError({"answer": _("Write what the answer is.")})
    stance.answer, stance.answered_by, stance.answered_at = answer.strip(), by, timezone.now()
    stance.save(update_fields=["answer", "answered_by", "answered_at"])
    return stance


@transaction.atomic
def check_gaming(*, indicator, by, **answers):
    """How the version in force could be gamed or mislead; answered again, the newer words stand."""
    indicator = locked(indicator)
    counter = answers.get("counter_indicator")
    if counter and counter.community_id != indicator.community_id:
        raise ValidationError({"counter_indicator": _("Choose an indicator of this community.")})
    if counter == indicator:
        raise ValidationError({"counter_indicator": _("Choose another indicator.")})
    check = GamingCheck.objects.filter(definition=indicator.definition).first()
    check = check or GamingCheck(definition=indicator.definition)
    for name, value in answers.items():
        setattr(check, name, value)
    check.answered_by, check.answered_at = by, timezone.now()
    check.full_clean()
    check.save()
    return check


@transaction.atomic
def comment(*, indicator, by, text, parent=None):
    if parent and parent.indicator_id != indicator.pk:
        raise ValidationError(_("This is about another indicator."))
    said = Comment(indicator=indicator, author=by, parent=parent, text=text.strip())
    said.full_clean()
    said.save()
    return said


@transaction.atomic
def agree(*, round, by, rationale, present="", how):
    """The community agrees: refused with what still stands between this and a decision. The groups
    and what they said are kept with it as they stood."""
    round = open_one(round)
    faults = list(between(round))
    if not rationale.strip():
        faults.append(_("Write down why the community decided so."))
    if faults:
        raise ValidationError(faults)
    indicator = round.indicator
    decision = Decision(
        definition=indicator.definition,
        outcome=Decision.Outcome.AGREE,
        rationale=rationale.strip(),
        present=present.strip(),
        how=how,
        decided_by=by,
    )
    close(indicator, decision)
    indicator.state = Indicator.State.AGREED
    indicator.save(update_fields=["state"])
    tell(indicator.community, ())
    return decision


def close(indicator, decision):
    """Stores the decision; it ends the open round, where there is one, and keeps with it the groups
    and what they said, as they stood."""
    round = indicator.rounds.filter(decided_at=None).first()
    if round:
        round.indicator = indicator
        decision.round = round
        decision.groups = [voice.frozen() for voice in voices(round)]
        round.decided_at = timezone.now()
        round.save(update_fields=["decided_at"])
    decision.full_clean()
    decision.save()


@dataclass(frozen=True)
class Voice:
    """A group that is asked, with what its persons say now."""

    group: object
    stances: list[Stance]
    version: int

    @property
    def is_heard(self):
        """One of its people gave a reason, about the version in force."""
        return any(stance.definition.number == self.version for stance in self.stances)

    def frozen(self):
        choices = [stance.choice for stance in self.stances]
        counts = {choice: choices.count(choice) for choice in Stance.Choice.values}
        said = {choice: count for choice, count in counts.items() if count}
        return {"name": self.group.name, "axis": self.group.axis, "stances": said}


def voices(round):
    """[Voice] of the groups that are asked, in the order of their names."""
    stances = {}
    said = round.stances.current().select_related("definition", "user", "stakeholder_group")
    for stance in said:
        stances.setdefault(stance.stakeholder_group_id, []).append(stance)
    version = round.indicator.definition.number
    return [
        Voice(group, stances.get(group.pk, []), version)
        for group in round.asked.order_by("name", "pk")
    ]


def between(round, heard=None):
    """What still stands between this and a decision, in sentences (framework.md: preconditions)."""
    for voice in voices(round) if heard is None else heard:
        names = {"group": voice.group}
        if voice.stances and not voice.is_heard:
            names["number"] = max(stance.definition.number for stance in voice.stances)
            yield _("“%(group)s” spoke of version %(number)d: does it still hold?") % names
        elif not voice.stances and not round.is_over:
            yield _("“%(group)s” has not said yet why it matters to them.") % names
        for stance in voice.stances:
            if stance.is_open_objection:
                yield _("An objection from “%(group)s” has no answer yet.") % names
    if not GamingCheck.objects.filter(definition=round.indicator.definition_id).exists():
        yield _("It is not said yet how this could be gamed or mislead.")


def silent(round, heard):
    """The groups that were asked and did not speak until the last day."""
    return [voice.group for voice in heard if not voice.stances] if round.is_over else []


def locked(indicator):
    rows = Indicator.objects.select_for_update(of=("self",))
    return rows.select_related("definition", "community").get(pk=indicator.pk)


def open_one(round):
    """The round with its indicator, both locked: nobody amends what is being decided. The indicator
    first, as in every other act. ValidationError where the round was decided meanwhile."""
    indicator = locked(round.indicator)
    round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    round.indicator = indicator
    if not round.is_open:
        raise ValidationError(_("This was decided meanwhile."))
    return round
