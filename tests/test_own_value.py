"""What taking part was worth to one person: their own stories, in all their communities; and their
open hopes."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.actions import add_member
from communities.permissions import Audience
from stories import actions
from stories.models import Story

from .make import make_member, make_published, make_step, make_story

pytestmark = pytest.mark.django_db


def shown(client, **asked):
    return [row.story.title for row in client.get(reverse("own_value"), asked).context["rows"]]


def test_ones_own_from_every_community_newest_first(cast, client):
    add_member(community=cast.neighbour, user=cast.member, roles=["member"])
    make_published(cast.community, cast.member, title="First", audience=Audience.FACILITATORS)
    make_published(cast.neighbour, cast.member, title="Second")
    make_published(cast.community, make_member(cast.community), title="Another's")
    gone = make_published(cast.community, cast.member, title="Taken back")
    actions.withdraw(story=gone, by=cast.member)
    make_story(cast.community, cast.member, title="Only me", audience=Audience.ME)
    client.force_login(cast.member)
    assert shown(client) == ["Second", "First"]
    assert shown(client, private="on") == ["Only me", "Second", "First"]
    client.force_login(cast.facilitator)
    assert shown(client, private="on") == []


def test_a_period_and_what_is_wrong_with_it(cast, client):
    story = make_published(cast.community, cast.member, title="Old")
    make_published(cast.community, cast.member, title="New")
    old = timezone.now().replace(year=2024, month=2, day=3)
    Story.objects.filter(pk=story.pk).update(created_at=old)
    client.force_login(cast.member)
    assert shown(client, since="2024-02-03", until="2024-02-03") == ["Old"]
    assert shown(client, since="2024-02-04") == ["New"]
    page = client.get(reverse("own_value"), {"since": "2024-03-01", "until": "2024-02-01"})
    assert "This is before the first day." in page.content.decode()
    assert client.get(reverse("own_value"), {"since": "x"}).status_code == 200


def test_proposed_parts_and_communities_one_left_are_not_in_it(cast, client):
    story = make_published(cast.community, cast.member, title="The lamp")
    cycle = story.steps.get().cycle
    story.steps.create(position=2, cycle=cycle, text="Not mine.", status="proposed")
    client.force_login(cast.member)
    page = client.get(reverse("own_value")).content.decode()
    assert ("Something happened." in page, "Not mine." in page) == (True, False)
    cast.community.memberships.filter(user=cast.member).delete()
    assert shown(client, private="on") == []


def test_queries_do_not_grow(cast, client, django_assert_num_queries):
    client.force_login(cast.member)
    for _more in (1, 2):
        make_published(cast.community, cast.member, [make_step(cast.community)] * 2, [(0, 1)])
        with django_assert_num_queries(7):
            client.get(reverse("own_value"))


def test_open_hopes_stand_with_my_stories_until_they_are_answered(cast, client):
    hoped = make_step(cast.community, text="It will spread.", tense="hoped")
    story = make_published(cast.community, cast.member, [hoped])
    make_published(
        cast.community,
        make_member(cast.community),
        [make_step(cast.community, text="Somebody else's.", tense="hoped")],
    )
    client.force_login(cast.member)
    mine = reverse("stories:mine", args=[cast.community.slug])
    assert [step.text for step in client.get(mine).context["hopes"]] == ["It will spread."]
    revise = reverse("stories:revise", args=[cast.community.slug, story.pk])
    assert f'href="{revise}#write-1"' in client.get(mine).content.decode()
    story.steps.update(tense="did_not_happen")
    assert not client.get(mine).context["hopes"]


def test_the_note_of_a_story_that_came_back_stands_in_the_list(cast, client):
    story = actions.submit(
        story=make_story(cast.community, cast.member), by=cast.member, others="nobody"
    )
    actions.return_(story=story, by=cast.facilitator, note="Whose lamp was it?")
    client.force_login(cast.member)
    mine = client.get(reverse("stories:mine", args=[cast.community.slug])).content.decode()
    assert "Whose lamp was it?" in mine
