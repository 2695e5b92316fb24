"""Writes of a negotiation: a round is opened, persons say where they stand.

What is said is never changed or taken out: who says something else adds to it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communities.signals import tell

from . import letters
from .models import Asked, Comment, GamingCheck, Indicator, Round, Stance


@transaction.atomic
def open_round(*, indicator, by, groups, opens_on=None, closes_on=None, is_blind=False):
    """Asks these stakeholder groups. One round is open at a time; another one comes after a decision,
    and a declined or retired indicator is being negotiated again."""
    indicator = locked(indicator)
    if not groups:
        raise ValidationError({"groups": _("Choose who is asked.")})
    require_groups(indicator, groups)
    if indicator.state == Indicator.State.MERGED:
        raise ValidationError(
            _("“%(name)s” is %(state)s; there is nothing to talk about.")
            % {"name": indicator, "state": indicator.get_state_display().lower()}
        )
    today = indicator.community.today
    opened = Round(
        indicator=indicator,
        number=indicator.rounds.count() + 1,
        opened_by=by,
        opens_on=opens_on or today,
        closes_on=closes_on,
        is_blind=is_blind,
    )
    require_to_come(opened, "opens_on", "closes_on")
    opened.full_clean()
    opened.save()
    ask(opened, groups)
    if not indicator.is_offered:
        bring_back(indicator)
    letters.call(opened)
    return opened


@transaction.atomic
def extend(*, round, by, closes_on=None, groups=()):
    """A later last day, or none; and perhaps others are asked, too. What was hidden until the day
    that is past stays readable."""
    round = undecided(round)
    require_groups(round.indicator, groups)
    if closes_on and round.closes_on and closes_on < round.closes_on:
        raise ValidationError(
            {"closes_on": _("It is open until %s already.") % date_format(round.closes_on)}
        )
    if round.is_over:
        round.is_blind = False
    round.closes_on, round.reminded_at = closes_on, None
    require_to_come(round, "closes_on")
    round.full_clean()
    round.save()
    ask(round, [group for group in groups if not round.asked.filter(pk=group.pk).exists()])
    return round


@transaction.atomic
def take_stance(*, round, by, choice, reason, would_answer="", recorded_by=None):
    """What `by` says now, for their group; what they said before is kept as replaced. `recorded_by`:
    the facilitator who notes what `by` said in a meeting."""
    round = speaking(round)
    if recorded_by and round.is_blind:
        raise ValidationError(_("In a blind round everybody speaks for themselves."))
    members = round.indicator.community.memberships.filter(user=by, user__is_active=True)
    membership = members.select_related("stakeholder_group").first()
    group = membership and membership.stakeholder_group
    if not group or not round.asked.filter(pk=group.pk).exists():
        raise ValidationError(
            _("The group of %s is not asked here.") % by
            if recorded_by
            else _("Your group is not asked here. A facilitator can put you into one that is.")
        )
    stance = Stance(
        round=round,
        definition=round.indicator.definition,
        user=by,
        stakeholder_group=group,
        choice=choice,
        reason=reason.strip(),
        would_answer=would_answer.strip() if choice == Stance.Choice.OBJECT else "",
        recorded_by=recorded_by,
    )
    replace(round, by)
    stance.full_clean()
    stance.save()
    return stance


@transaction.atomic
def hold(*, stance, by):
    """What `by` said of an earlier version holds for the one in force. An objection that holds is
    open again: it was answered for the earlier one."""
    round = speaking(stance.round)
    said = round.stances.current().filter(pk=stance.pk, user=by).first()
    if not said:
        raise ValidationError(_("You have said something else meanwhile."))
    if said.definition_id == round.indicator.definition_id:
        return said
    return take_stance(
        round=round,
        by=by,
        choice=said.choice,
        reason=said.reason,
        would_answer=said.would_answer,
    )


def replace(round, user):
    round.stances.current().filter(user=user).update(replaced_at=timezone.now())


@transaction.atomic
def answer_objection(*, stance, by, answer):
    """The objector reads it, and may object again."""
    round = undecided(stance.round)
    require_readable(round)
    stance = round.stances.current().filter(pk=stance.pk, choice=Stance.Choice.OBJECT).first()
    if not stance:
        raise ValidationError(_("This objection was taken back or changed meanwhile."))
    if not answer.strip():
        raise ValidationError({"answer": _("Write what the answer is.")})
    stance.answer, stance.answered_by, stance.answered_at = answer.strip(), by, timezone.now()
    stance.full_clean()
    stance.save(update_fields=["answer", "answered_by", "answered_at"])
    letters.tell_objector(stance)
    return stance


@transaction.atomic
def check_gaming(*, indicator, by, **answers):
    """How the version in force could be gamed or mislead; answered anew, the newer words stand."""
    indicator = locked(indicator)
    counter = answers.get("counter_indicator")
    if counter and counter.community_id != indicator.community_id:
        raise ValidationError({"counter_indicator": _("Choose an indicator of this community.")})
    if counter == indicator:
        raise ValidationError({"counter_indicator": _("Choose another indicator.")})
    earlier = GamingCheck.objects.current().filter(definition=indicator.definition)
    earlier.update(replaced_at=timezone.now())
    check = GamingCheck(definition=indicator.definition, answered_by=by, **answers)
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


def bring_back(indicator):
    """A declined or retired indicator is being negotiated again."""
    was_drawn = indicator.is_drawn
    indicator.state = Indicator.State.PROPOSED
    indicator.save(update_fields=["state"])
    # A declined indicator's touches come back from their cycles; a retired one's were there.
    tell(indicator.community, () if was_drawn else None)


def ask(round, groups):
    Asked.objects.bulk_create(Asked(round=round, stakeholder_group=group) for group in groups)


def require_groups(indicator, groups):
    if any(group.community_id != indicator.community_id for group in groups):
        raise ValidationError({"groups": _("Choose groups of this community.")})


def require_to_come(round, *days):
    """These days are not past by the community's clock."""
    today = round.indicator.community.today
    past = [day for day in days if getattr(round, day) and getattr(round, day) < today]
    if past:
        raise ValidationError({day: _("This day is past.") for day in past})


def require_readable(round):
    if round.is_hidden:
        raise ValidationError(
            _("Nobody reads what the others said until %s has ended.")
            % date_format(round.closes_on)
        )


def locked(indicator):
    # Not the key: a story that touches it meanwhile does not wait.
    rows = Indicator.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("definition", "community").get(pk=indicator.pk)


def undecided(round):
    """The round with its indicator, both locked: nobody amends what is being decided. The indicator
    first, as in every other act. ValidationError where the round was decided meanwhile."""
    indicator = locked(round.indicator)
    round = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    round.indicator = indicator
    if round.decided_at:
        raise ValidationError(_("This was decided meanwhile."))
    return round


def speaking(round):
    """As `undecided`; ValidationError before its first day and after its last."""
    round = undecided(round)
    if round.phase == Round.Phase.WAITING:
        raise ValidationError(_("It opens on %s.") % date_format(round.opens_on))
    if round.is_over:
        raise ValidationError(
            _("It was open until %s. A facilitator can open it for longer.")
            % date_format(round.closes_on)
        )
    return round
