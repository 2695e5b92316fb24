"""Faults that were seen in other products, each with the whole kind it belongs to."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from communities.actions import add_member
from stories.models import Sketch, Story

from .make import make_file, make_member, make_published, make_story
from .running import cookie_of, wait_for
from .test_tell import form_of


def rows(client, address):
    """The stories on every page of a list, by its own links to the next one."""
    found, page = [], client.get(address).context["page"]
    while True:
        found += [story.pk for story in page]
        if not page.has_next():
            return found
        page = client.get(address, {"page": page.next_page_number()}).context["page"]


@pytest.mark.django_db
def test_stories_of_one_moment_are_each_on_one_page(cast, client):
    template = make_published(cast.community, cast.member)
    moment = timezone.now()
    Story.objects.bulk_create(
        Story(
            community=cast.community,
            teller=template.teller,
            title=f"{number}",
            status="published",
            audience=4,
            published_at=moment,
            created_at=moment,
        )
        for number in range(499)
    )
    Story.objects.update(created_at=moment, published_at=moment)
    client.force_login(cast.member)
    everything = set(Story.objects.values_list("pk", flat=True))
    for name in ("stories", "mine"):
        found = rows(client, reverse(f"stories:{name}", args=[cast.community.slug]))
        assert (len(found), set(found)) == (500, everything)


@pytest.mark.django_db
def test_what_was_begun_in_one_community_is_not_in_another(cast, client):
    add_member(community=cast.neighbour, user=cast.member, roles=["member"])
    client.force_login(cast.member)
    here, there = (
        reverse("stories:tell", args=[one.slug]) for one in (cast.community, cast.neighbour)
    )
    autosave = reverse("stories:autosave", args=[cast.community.slug])
    client.post(autosave, form_of(cast.community, "The heron."))
    sketch = Sketch.objects.get()
    make_file(sketch, original_name="heron.pdf")
    assert "heron" not in client.get(there).content.decode().lower()
    page = client.get(f"{there}?sketch={sketch.key}").content.decode().lower()
    assert "heron" not in page
    assert "The heron." in client.get(f"{here}?sketch={sketch.key}").content.decode()
    # Nor does saving it there take it away here.
    sent = form_of(cast.neighbour, "Another.", key=sketch.key, save="1")
    assert client.post(there, sent).status_code == 302
    assert Sketch.objects.get().attachments.count() == 1
    assert Story.objects.get().community == cast.neighbour


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["draft", "returned", "submitted", "published"])
def test_an_old_page_never_blanks_a_story(cast, client, status):
    story = make_story(cast.community, cast.member, title="The lamp")
    Story.objects.filter(pk=story.pk).update(status=status, version=5, published_at=timezone.now())
    client.force_login(cast.member)
    blank = form_of(cast.community, "", title="", key=story.key, version=1, save="1")
    for name, args in (("tell", []), ("revise", [story.pk])):
        address = reverse(f"stories:{name}", args=[cast.community.slug, *args])
        assert client.post(address, blank).status_code in {409, 422}
    story.refresh_from_db()
    assert (story.title, story.steps.get().text) == ("The lamp", "Something happened.")


@pytest.mark.django_db
def test_a_person_who_is_gone_is_a_former_member_in_every_list(cast, client):
    gone = make_member(cast.community, name="Gertrud")
    story = make_published(cast.community, gone, recorder=cast.facilitator)
    story.teller.kind, story.teller.user = "former", None
    story.teller.save()
    gone.delete()
    client.force_login(cast.facilitator)
    for name, args in (
        ("stories", []),
        ("story", [story.pk]),
        ("history", [story.pk]),
    ):
        answer = client.get(reverse(f"stories:{name}", args=[cast.community.slug, *args]))
        page = answer.content.decode()
        assert (answer.status_code, "Gertrud" in page) == (200, False)
        assert "Former member" in page or name == "history"
    assert client.get(reverse("matrix:matrix", args=[cast.community.slug])).status_code == 200


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_after_a_save_that_did_not_go_through_typing_is_kept_again(cast, live_server, new_context):
    name, value = cookie_of(cast.member).split("=", 1)
    context = new_context(base_url=live_server.url, viewport={"width": 360, "height": 740})
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto(reverse("stories:tell", args=[cast.community.slug]))
    field = page.locator("[name=steps-0-text]")
    field.fill("One.")
    # The browser is stopped on its way: the page stays as it is.
    page.evaluate("""() => {
        const form = document.querySelector('form[data-autosave]');
        form.addEventListener('submit', (event) => event.preventDefault(), { once: true });
        form.requestSubmit();
    }""")
    field.press_sequentially(" Two.")
    expect(page.get_by_text(re.compile("Kept at"))).to_be_visible()
    wait_for(
        lambda: [one.fields["steps-0-text"] for one in Sketch.objects.all()] == [["One. Two."]],
        "what was typed",
    )
