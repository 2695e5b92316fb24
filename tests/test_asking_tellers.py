"""What others wrote down counts only when the teller says that it is so: they are asked by mail."""

import pytest
from django.core import mail
from django.utils import timezone

from communities import mail as outbox
from communities.models import Mail
from stories import actions, confirming, elsewhere, offering, proposed
from stories.merging import split

from .make import make_indicator, make_member, make_published, make_step
from .test_negotiation import AGREED

pytestmark = pytest.mark.django_db
SUBJECT = "A question to you in “Wound care circle”"


def sent():
    Mail.objects.unsent().update(due_at=timezone.now())
    outbox.sweep()
    return sorted((one.to[0], one.subject) for one in mail.outbox if one.subject == SUBJECT)


def words():
    """Those of the last of them."""
    return [one.body for one in mail.outbox if one.subject == SUBJECT][-1]


def offer(cast, *stories, indicator=None, by=None):
    steps = [story.steps.first() for story in stories]
    indicator = indicator or make_indicator(cast.community)
    return offering.offer(indicator=indicator, steps=steps, by=by or cast.facilitator)


def answer_all(story, user):
    for part in proposed.parts_to_confirm(story):
        confirming.answer(story=story, kind=part.kind, pk=str(part.pk), is_so=True, by=user)


def test_of_two_stories_their_teller_is_asked_once(cast):
    offer(cast, *(make_published(cast.community, cast.member) for _each in range(2)))
    offer(cast, make_published(cast.community, cast.member))
    assert sent() == [(cast.member.email, SUBJECT)]
    body = words()
    assert "3 of your stories ask whether it is so." in body
    assert f"http://127.0.0.1:8000/c/{cast.community.slug}/stories/mine/" in body
    # What is asked later is another question.
    offer(cast, make_published(cast.community, cast.member))
    assert sent() == [(cast.member.email, SUBJECT)] * 2


def test_nobody_is_asked_of_what_they_wrote_down_themselves(cast):
    offer(cast, make_published(cast.community, cast.member), by=cast.member)
    assert sent() == []


@pytest.mark.parametrize("meanwhile", ["answered", "withdrawn", "left"])
def test_of_what_asks_nothing_any_more_no_mail_goes(cast, meanwhile):
    story = make_published(cast.community, cast.member)
    offer(cast, story)
    if meanwhile == "answered":
        answer_all(story, cast.member)
    elif meanwhile == "withdrawn":
        actions.withdraw(story=story, by=cast.member)
    else:
        cast.community.memberships.filter(user=cast.member).delete()
    assert sent() == []


def test_each_teller_of_a_split_indicator_is_asked(cast):
    indicator = make_indicator(cast.community)
    other = make_member(cast.community)
    for teller in (cast.member, other):
        make_published(cast.community, teller, [make_step(cast.community, "immediate", indicator)])
    split(indicator=indicator, names=["By day", "By night"], by=cast.facilitator, **AGREED)
    assert sent() == sorted((one.email, SUBJECT) for one in (cast.member, other))


def test_whose_story_somebody_else_wrote_down_is_asked(cast):
    step = make_step(cast.community, "immediate")
    elsewhere.write_down(
        community=cast.community,
        teller=make_published(cast.community, cast.member).teller,
        by=cast.facilitator,
        title="What she told me",
        language="en",
        steps=[step],
    )
    assert sent() == [(cast.member.email, SUBJECT)]
    assert "1 of your stories asks whether it is so." in words()
