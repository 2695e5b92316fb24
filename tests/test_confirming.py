"""Only the teller knows: what others wrote down of a story is answered by its teller, part by part."""

import pytest
from django.test import Client
from django.urls import reverse

from matrix import sync
from matrix.reading import read

from .make import make_indicator, make_member, make_published, make_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(cast):
    """A published story with a step, a touch and a link that its recorder proposed."""
    recorder = make_member(cast.community)
    indicator = make_indicator(cast.community, "applied", "Visits")
    steps = [make_step(cast.community, text="Told.")]
    story = make_published(cast.community, cast.member, steps, recorder=recorder)
    proposed = {"status": "proposed", "said_by": recorder}
    cycle = cast.community.cycles.get(key="applied")
    step = story.steps.create(position=2, cycle=cycle, text="Proposed.", **proposed)
    step.touches.create(indicator=indicator, **proposed)
    story.links.create(from_step=story.steps.first(), to_step=step, how="so it went", **proposed)
    return story


def address(story, name):
    return reverse(f"stories:{name}", args=[story.community.slug, story.pk])


def parts(client, story):
    return [
        (part.kind, str(part.pk)) for part in client.get(address(story, "story")).context["parts"]
    ]


def counted(community):
    sync.sync(community)
    boxes = read(community, 2).boxes.values()
    [box] = [box for box in boxes if box.indicator]
    return box.cell.stories


def test_the_teller_answers_on_the_storys_page_and_it_counts(cast, client, story):
    client.force_login(cast.member)
    mine = reverse("stories:mine", args=[cast.community.slug])
    assert "asks whether it is so" in client.get(mine).content.decode()
    assert [kind for kind, _pk in parts(client, story)] == ["step", "touch", "link"]
    assert counted(cast.community) == 0
    for (kind, pk), is_so in zip(parts(client, story), ["yes", "yes", "no"], strict=True):
        sent = {"kind": kind, "part": pk, "is_so": is_so}
        assert client.post(address(story, "confirm"), sent).status_code == 302
    assert parts(client, story) == []
    assert counted(cast.community) == 1
    assert story.links.get().status == "rejected"
    assert "asks whether it is so" not in client.get(mine).content.decode()


def test_nobody_else_is_asked_or_answers(cast, story):
    step = story.steps.last()
    for user in (cast.facilitator, story.recorder, make_member(cast.community)):
        client = Client()
        client.force_login(user)
        assert client.get(address(story, "story")).context["parts"] == ()
        sent = {"kind": "step", "part": step.pk, "is_so": "yes"}
        assert client.post(address(story, "confirm"), sent).status_code == 403
    step.refresh_from_db()
    assert step.status == "proposed"


@pytest.mark.parametrize(
    "sent", [{}, {"kind": "step"}, {"kind": "story", "part": "1"}, {"kind": "step", "part": "x"}]
)
def test_what_is_not_there_to_answer_is_said(cast, client, story, sent):
    client.force_login(cast.member)
    page = client.post(address(story, "confirm"), sent, follow=True)
    assert page.status_code == 200
    assert "was taken out or answered meanwhile" in page.content.decode()
    assert len(parts(client, story)) == 3
