"""What the mails of a negotiation say. Whether one still matters is asked when it is sent."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.addresses import site_address
from communities.mail import Message, kind, post
from communities.permissions import Permission
from communities.viewer import Viewer

from .calendars import calendar_of
from .definitions import changes
from .hearing import people_of
from .models import Decision, Indicator, Round, Stance

# Who has not spoken is reminded so long before the last day ends.
REMINDED_BEFORE = timedelta(days=3)


def call(round):
    """Tells those who are asked, once it is open; until then `call_due` looks again."""
    if round.phase != Round.Phase.OPEN or round.called_at:
        return
    for user in persons(round):
        post("round_opened", user=user, round=round.pk)
    round.called_at = timezone.now()
    round.save(update_fields=["called_at"])


def remind(round):
    """Tells those who have not spoken of the version in force, once, near the last day. Not where
    they were called no longer ago than that."""
    is_near = (
        round.closes_on and round.closes_on - round.indicator.community.today < REMINDED_BEFORE
    )
    if round.phase != Round.Phase.OPEN or round.reminded_at or not is_near:
        return
    if round.called_at and timezone.now() - round.called_at > REMINDED_BEFORE:
        for user in persons(round):
            if not has_spoken(round, user):
                post("round_closing", user=user, round=round.pk)
    round.reminded_at = timezone.now()
    round.save(update_fields=["reminded_at"])


def ask_again(indicator):
    """Tells those who spoke of an earlier version what was changed."""
    round = indicator.rounds.undecided().first()
    if round:
        for stance in spoken_of_earlier(round):
            post("round_changed", user=stance.user, stance=stance.pk)


def tell_objector(stance):
    if stance.user:
        post("objection_answered", user=stance.user, stance=stance.pk)


def tell_decided(decision):
    if decision.round:
        said = decision.round.stances.current().exclude(user=decision.decided_by)
        for stance in said.exclude(user=None).select_related("user"):
            post("round_decided", user=stance.user, decision=decision.pk)


def persons(round):
    return [one.user for one in people_of(round.asked.all()).select_related("user").order_by("pk")]


def has_spoken(round, user):
    definition = round.indicator.definition_id
    return round.stances.current().filter(user=user, definition=definition).exists()


def spoken_of_earlier(round):
    said = round.stances.current().exclude(definition=round.indicator.definition_id)
    return said.exclude(user=None).select_related("user", "definition")


def open_round_of(mail):
    """The round where its reader is still asked, and it is open."""
    rounds = Round.objects.undecided().select_related("indicator__community")
    round = rounds.filter(pk=mail.about["round"]).first()
    if not round or round.phase != Round.Phase.OPEN:
        return None
    return round if people_of(round.asked.all()).filter(user=mail.user).exists() else None


def message(mail, indicator, subject, paragraphs, calendar=None):
    """None for somebody who may no longer read it."""
    viewer = Viewer.of(mail.user, indicator.community)
    if not viewer or not viewer.can(Permission.NEGOTIATE):
        return None
    address = reverse("negotiation", args=[indicator.community.slug, indicator.code])
    return Message(
        to=mail.user.email,
        subject=subject % indicator,
        paragraphs=[one for one in paragraphs if one],
        button=(_("Read it"), site_address(address)),
        calendar=calendar,
    )


def until(round):
    if not round.closes_on:
        return ""
    return _("It is open until %s; that day counts.") % date_format(round.closes_on)


def blind(round):
    return round.is_hidden and _("Until then nobody reads what the others said.")


@kind("round_opened", gettext_lazy("My group is asked about an indicator"))
def round_opened(mail):
    round = open_round_of(mail)
    if not round:
        return None
    indicator = round.indicator
    return message(
        mail,
        indicator,
        _("Does “%s” matter to you?"),
        [
            _("“%(community)s” talks about looking at this: %(indicator)s")
            % {"community": indicator.community, "indicator": indicator},
            indicator.definition.text,
            _("Your group is asked why it matters to you, or what speaks against it."),
            until(round),
            blind(round),
        ],
        calendar_of(round),
    )


@kind("round_closing", gettext_lazy("A question to my group is about to close"))
def round_closing(mail):
    round = open_round_of(mail)
    if not round or has_spoken(round, mail.user):
        return None
    asked = _("You have not said yet whether this matters to you: %s") % round.indicator
    subject = _("Soon closed: does “%s” matter to you?")
    return message(mail, round.indicator, subject, [asked, until(round), blind(round)])


@kind("round_changed", gettext_lazy("What I spoke of was changed"))
def round_changed(mail):
    rows = Stance.objects.current().select_related("definition", "round__indicator__definition")
    stance = rows.filter(pk=mail.about["stance"], round__decided_at=None).first()
    indicator = stance and stance.round.indicator
    if not stance or stance.definition_id == indicator.definition_id:
        return None
    changed = [
        f"{label}: {before or '–'} → {after or '–'}"
        for label, before, after in changes(stance.definition, indicator.definition)
    ]
    asked = _("Does what you said still hold? You can say so with one click, or say it anew.")
    opening = _("What you spoke of was changed since:")
    return message(mail, indicator, _("“%s” was changed"), [opening, *changed, asked])


@kind("objection_answered", gettext_lazy("My objection was answered"))
def objection_answered(mail):
    rows = Stance.objects.current().select_related("round__indicator__community")
    stance = rows.filter(pk=mail.about["stance"], answered_at__isnull=False).first()
    if not stance or stance.round.decided_at:
        return None
    paragraphs = [
        _("You objected: %s") % stance.reason,
        _("The answer: %s") % stance.answer,
        _("If that does not answer it, say so: you can object again."),
    ]
    return message(
        mail, stance.round.indicator, _("Your objection to “%s” was answered"), paragraphs
    )


@kind("round_decided", gettext_lazy("What I spoke of was decided"))
def round_decided(mail):
    rows = Decision.objects.filter(undone_at=None).select_related("definition__indicator")
    decision = rows.filter(pk=mail.about["decision"]).first()
    if not decision:
        return None
    indicator = Indicator.objects.select_related("community", "definition").get(
        pk=decision.definition.indicator_id
    )
    paragraphs = [
        _("The community has decided: %s") % decision.get_outcome_display(),
        decision.rationale,
        _("What you said is kept with it."),
    ]
    return message(mail, indicator, _("“%s” was decided"), paragraphs)
