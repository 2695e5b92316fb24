"""This story is about me: anybody who can open a story says so; it is hidden at once, and reaches the
facilitators alone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.mail import deliver
from communities.models import Mail
from stories import actions, purge
from stories.concerns import answer_concern, raise_concern
from stories.models import Concern, Story

from .make import make_published, make_story

pytestmark = pytest.mark.django_db
SAID = {"words": "That ward is mine.", "contact": "ada@example.org", "hide": "on"}


@pytest.fixture
def story(cast):
    cast.community.is_public = True
    cast.community.save()
    return make_published(cast.community, cast.member)


def address(cast, story=None):
    args = [cast.community.slug] + ([story.pk] if story else [])
    return reverse("stories:story_about_me" if story else "stories:about_me", args=args)


def test_anybody_says_so_without_an_account_and_the_story_is_gone(cast, story, client):
    page = reverse("stories:story", args=[cast.community.slug, story.pk])
    assert address(cast, story) in client.get(page).content.decode()
    assert client.post(address(cast, story), SAID).status_code == 302
    assert client.get(page).status_code == 404
    concern = Concern.objects.get()
    assert (concern.story, concern.words, concern.contact) == (
        story,
        "That ward is mine.",
        "ada@example.org",
    )
    story.refresh_from_db()
    assert (story.status, story.note) == (
        "hidden",
        "Somebody says that this story is about them. A facilitator looks at it.",
    )


def test_it_need_not_be_hidden(cast, story, client):
    client.post(address(cast, story), {"words": "Only to tell you."})
    story.refresh_from_db()
    assert (story.status, Concern.objects.get().has_hidden) == ("published", False)


def test_once_a_facilitator_has_looked_nobody_keeps_it_hidden(cast, story, client):
    client.post(address(cast, story), SAID)
    answer_concern(concern=Concern.objects.get())
    actions.publish(story=story, by=cast.facilitator, others="agreed")
    client.post(address(cast, story), SAID)
    story.refresh_from_db()
    assert story.status == "published"
    assert Concern.objects.waiting().count() == 1


def test_on_any_other_page_a_story_is_named_in_words(cast, story, client):
    assert address(cast) in client.get(f"/c/{cast.community.slug}/").content.decode()
    client.post(address(cast), SAID)
    assert Concern.objects.get().story is None
    story.refresh_from_db()
    assert story.status == "published"


def test_what_one_may_not_open_is_not_there(cast, story, client):
    hidden = make_story(cast.community, cast.member)
    assert client.post(address(cast, hidden), SAID).status_code == 404
    cast.community.is_public = False
    cast.community.save()
    assert client.post(address(cast, story), SAID).status_code == 302
    assert not Concern.objects.exists()


def test_nothing_said_is_asked_for_again_and_kept(cast, story, client):
    answer = client.post(address(cast, story), {"words": " ", "contact": "ada@example.org"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["words"]
    assert "ada@example.org" in answer.content.decode()


def test_saying_so_again_and_again_is_slowed(cast, story, client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"concern": "2/h/ip"}
    answers = [client.post(address(cast), SAID).status_code for _ in range(3)]
    assert answers == [302, 302, 429]


def test_facilitators_read_it_and_nobody_else(cast, story, client):
    client.post(address(cast, story), SAID)
    page = reverse("stories:concerns", args=[cast.community.slug])
    for user, status in ((cast.facilitator, 200), (cast.member, 403), (cast.funder, 403)):
        other = Client()
        other.force_login(user)
        answer = other.get(page)
        assert answer.status_code == status
        assert ("ada@example.org" in answer.content.decode()) == (status == 200)
    waiting = reverse("stories:waiting", args=[cast.community.slug])
    client.force_login(cast.facilitator)
    assert "1 person says that a story is about them" in client.get(waiting).content.decode()


def test_the_mail_says_that_and_no_word_of_it(cast, story, client):
    Mail.objects.all().delete()
    client.post(address(cast, story), SAID)
    for one in Mail.objects.all():
        deliver(one.pk)
    [sent] = mail.outbox
    assert sent.to == [cast.facilitator.email]
    assert "It is hidden until a facilitator has looked at it." in sent.body
    for private in ("ward is mine", "ada@example.org", story.title):
        assert private not in sent.body + sent.subject


def test_a_neighbour_answers_nothing_here(cast, story):
    concern = raise_concern(community=cast.community, words="Mine.")
    client = Client()
    client.force_login(cast.neighbours_facilitator)
    for slug in (cast.community.slug, cast.neighbour.slug):
        assert client.post(reverse("stories:answer", args=[slug, concern.pk])).status_code == 404
    assert Concern.objects.waiting().count() == 1


def test_its_words_go_with_the_retention_time_once_it_is_answered(cast, story):
    waiting = raise_concern(community=cast.community, words="Waits.", contact="x")
    old = raise_concern(community=cast.community, words="Old.", contact="y")
    answer_concern(concern=old)
    Concern.objects.filter(pk=old.pk).update(answered_at=timezone.now() - timedelta(days=31))
    purge.purge()
    assert list(Concern.objects.order_by("pk").values_list("pk", "words", "contact")) == [
        (waiting.pk, "Waits.", "x"),
        (old.pk, "", ""),
    ]


def test_the_list_makes_the_same_number_of_queries_at_1_and_3_rows(
    cast, client, django_assert_num_queries
):
    client.force_login(cast.facilitator)
    page = reverse("stories:concerns", args=[cast.community.slug])
    for rows in (1, 3):
        while Concern.objects.count() < rows:
            story = make_published(cast.community, cast.member)
            raise_concern(community=cast.community, words="Mine.", story=story, hide=True)
        with django_assert_num_queries(7):
            assert len(client.get(page).context["rows"]) == rows
    assert Story.objects.filter(status="hidden").count() == 3
