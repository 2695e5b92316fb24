"""The crawl: secrets of every private kind are planted, every address is asked as every viewer, and no
secret appears where the table of who sees what does not allow it."""

import logging

import pytest
from django.core import mail
from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone

from communities.mail import deliver
from communities.models import Mail
from stories.models import Story, StoryQuerySet
from valuecreation import urls

from .crawling import told
from .world import EVERYBODY, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db, settings):
    # The demo's mailbox shows every mail to everybody.
    settings.DEMO = False
    logging.disable(logging.ERROR)
    yield World()
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("viewer", sorted(EVERYBODY))
def test_nobody_comes_upon_what_is_not_theirs(world, viewer):
    found = world.crawl(viewer)
    assert world.leaks(viewer, found) == {}
    # It went everywhere: what is theirs was come upon.
    texts = "".join(found.values()).casefold()
    theirs = {mark for mark, allowed in world.secrets.items() if viewer in allowed}
    assert {mark for mark in theirs if mark not in texts} == set()


def test_no_mail_says_what_its_reader_may_not_see(world):
    # Those that wait until nothing can be undone, too.
    Mail.objects.update(due_at=timezone.now())
    for one in Mail.objects.order_by("pk"):
        deliver(one.pk)
    viewers = {user.email: name for name, user in world.users.items()}
    sent = [(one.to[0], one.message().as_string().casefold()) for one in mail.outbox]
    assert len(sent) > 10
    for address, text in sent:
        own = {address.partition("@")[0]}
        leaks = set(world.leaks_in(text, viewers.get(address, "nobody")))
        assert {leak for leak in leaks if leak not in own} == set(), address


def title_of(pk, status):
    return getattr(Story.objects.filter(pk=pk, status=status).first(), "title", "")


def exported(request, slug, pk):
    return JsonResponse({"title": title_of(pk, "draft")})


def named(request, pk):
    header = f'inline; filename="{title_of(pk, "hidden")}.txt"'
    return HttpResponse("", content_type="text/plain", headers={"Content-Disposition": header})


def swapped(request, pk):
    return HttpResponse(title_of(pk, "withdrawn") if request.htmx else "")


class Leaking:
    """The product's addresses, and some that leak: in content, in a header, in a part."""

    handler500 = urls.handler500
    urlpatterns = [
        *urls.urlpatterns,
        path("c/<slug:slug>/exported/<int:pk>/", exported, name="exported"),
        path("named/<int:pk>/", named, name="named"),
        path("swapped/<int:pk>/", swapped, name="swapped"),
    ]


def test_the_crawl_finds_leaks_that_nobody_told_it_of(world, settings, monkeypatch):
    settings.ROOT_URLCONF = Leaking
    monkeypatch.setattr(
        StoryQuerySet,
        "newest_first",
        lambda stories: stories.model.objects.filter(
            Q(pk__in=stories.values("pk")) | Q(status="returned")
        ).order_by("pk"),
    )
    leaks = world.leaks("funder", world.crawl("funder"))
    assert sorted(leaks) == [
        "zqdraftzq",
        "zqhiddenzq",
        "zqnarrowedzq",
        "zqonlymezq",
        "zqreturnedzq",
        "zqsittingzq",
        "zqstubtitlezq",
        "zqwithdrawnzq",
    ]


def test_what_nobody_can_read_fails_the_crawl(world):
    answer = HttpResponse(b"PK", content_type="application/zip")
    with pytest.raises(AssertionError, match="nobody can read application/zip"):
        told(answer)
