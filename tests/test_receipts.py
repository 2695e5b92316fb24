"""The receipt: its holder narrows or withdraws without an account. And what is purged later."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from communities import actions as people
from communities.permissions import Audience
from matrix import reading, sync
from stories import actions, purge, receipts
from stories.models import Attachment, Consent, Step, Story

from .make import make_indicator, make_published, make_step, make_story

pytestmark = pytest.mark.django_db
PAGE = "/receipt/"


def published(cast, teller=None, **fields):
    used = make_indicator(cast.community)
    steps = [make_step(cast.community, "immediate", used, text="We met at night.")]
    fields = {"title": "The lamp", "audience": Audience.PUBLIC} | fields
    return make_published(cast.community, teller or cast.member, steps, **fields)


def counted(cast):
    return reading.read(cast.community, Audience.FUNDERS).whole.stories


def test_a_story_gets_its_receipt_when_it_is_submitted(cast, client):
    story = make_story(cast.community, cast.member)
    assert receipts.receipt_of(story) == ""
    story = actions.submit(story=story, by=cast.member, others="nobody")
    code = receipts.receipt_of(story)
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    address = f"/c/{cast.community.slug}/stories/{story.pk}/"
    for user, reads in ((cast.member, True), (cast.facilitator, False)):
        client.force_login(user)
        assert (code in client.get(address).content.decode()) == reads
    stored = [str(value) for value in Story.objects.values().get(pk=story.pk).values()]
    assert not any(code.replace("-", "") in value for value in stored)


def test_its_holder_withdraws_at_once_however_they_type_it(cast):
    story = published(cast, people.add_guest_teller(community=cast.community, name="Rosa"))
    code = receipts.receipt_of(story).lower().replace("-", " ").replace("o", "0").replace("i", "1")
    client = Client()
    page = client.post(PAGE, {"code": code}).content.decode()
    assert "The lamp" in page and "We met at night." not in page and "Rosa" not in page
    sync.sync(cast.community)
    assert counted(cast) == 1
    answer = client.post(PAGE, {"code": code, "withdraw": "1"})
    assert "Your story is withdrawn." in answer.content.decode()
    story.refresh_from_db()
    assert (story.status, counted(cast)) == ("withdrawn", 0)
    assert "Take the story back" not in client.post(PAGE, {"code": code}).content.decode()


def test_its_holder_narrows_and_never_widens(cast):
    story = published(cast, audience=Audience.FUNDERS)
    sync.sync(cast.community)
    assert counted(cast) == 1
    code = receipts.receipt_of(story)
    client = Client()
    for wider in ("3", "4", "9", "x"):
        answer = client.post(PAGE, {"code": code, "audience": wider})
        assert "Choose a smaller circle than now." in answer.content.decode()
    client.post(PAGE, {"code": code, "audience": "2"})
    story.refresh_from_db()
    assert (story.audience, story.status, counted(cast)) == (2, "published", 0)
    client.post(PAGE, {"code": code, "audience": "0"})
    story.refresh_from_db()
    assert (story.audience, story.status) == (0, "draft")
    assert list(Consent.objects.order_by("pk").values_list("audience", flat=True)) == [3, 2, 0]


@pytest.mark.parametrize("code", ["", "   ", "AAAA-BBBB-CCCC", "é" * 12, "\0", "-" * 40])
def test_any_other_code_gets_one_plain_answer(cast, code):
    published(cast)
    answer = Client().post(PAGE, {"code": code})
    assert answer.status_code == 422
    assert "There is no story with this code." in answer.content.decode()


def test_guessing_is_slowed(cast):
    client = Client()
    answers = [client.post(PAGE, {"code": "AAAA-BBBB-CCCC"}).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]


def withdrawn(cast, days, **fields):
    story = published(cast, **fields)
    actions.withdraw(story=story, by=cast.member)
    Story.objects.filter(pk=story.pk).update(withdrawn_at=timezone.now() - timedelta(days=days))
    return story


def test_words_are_purged_after_the_communitys_time_and_the_fact_stays(cast, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    old = withdrawn(cast, 31, attribution="pseudonym", pseudonym="Kestrel", title="Old")
    young = withdrawn(cast, 29, title="Young")
    kept = published(cast, title="Kept")
    file = Attachment.objects.create(
        story=old, file=ContentFile(b"words", "words.txt"), original_name="words.txt", size=5
    )
    code = receipts.receipt_of(old)
    printed = StringIO()
    call_command("purge", stdout=printed)
    assert printed.getvalue() == "1 stories purged.\n"
    old.refresh_from_db()
    assert (old.status, old.title, old.pseudonym, old.receipt_hash) == ("withdrawn", "", "", None)
    assert not Step.objects.filter(story=old).exists()
    assert not Attachment.objects.filter(pk=file.pk).exists()
    assert receipts.find(code) is None
    assert old.consents.count() == 2
    assert {one.pk for one in Story.objects.filter(purged_at=None)} == {young.pk, kept.pk}
    assert purge.purge() == 0


def test_a_community_may_keep_withdrawn_words_for_a_shorter_time(cast):
    story = withdrawn(cast, 2)
    assert purge.purge() == 0
    people.change_community(community=cast.community, by=cast.facilitator, retention_days=1)
    assert purge.purge() == 1
    story.refresh_from_db()
    assert story.purged_at


def test_what_was_purged_is_gone_for_its_teller_too(cast, client):
    story = withdrawn(cast, 31)
    client.force_login(cast.member)
    address = f"/c/{cast.community.slug}/stories/{story.pk}/"
    assert client.get(address).status_code == 200
    purge.purge()
    assert client.get(address).status_code == 404


def test_the_database_keeps_no_words_of_what_was_purged(cast):
    story = withdrawn(cast, 31)
    purge.purge()
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.filter(pk=story.pk).update(title="Back")


@pytest.mark.django_db(transaction=True)
def test_the_file_goes_with_the_row(cast, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    story = withdrawn(cast, 31)
    Attachment.objects.create(
        story=story, file=ContentFile(b"words", "words.txt"), original_name="words.txt", size=5
    )
    assert [one.name for one in tmp_path.rglob("*.txt")] == ["words.txt"]
    purge.purge()
    assert list(tmp_path.rglob("*.txt")) == []
