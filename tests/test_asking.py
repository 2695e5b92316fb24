"""A part of the matrix, as the address asks for it: what is shown and left out, as whom, and that every
number is the length of the list behind it."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from communities.permissions import Audience
from communities.viewer import Viewer
from indicators import actions as indicators
from matrix import page, reading, sync
from matrix.asking import AskForm, asked_by
from stories import actions

from .make import make_indicator, make_member, make_published, make_step

pytestmark = pytest.mark.django_db
LONG_AGO = date(2020, 5, 1)


@pytest.fixture
def told(cast):
    """Three stories by two people: one long ago, one hoped for, one of which nothing came, which funders
    do not see."""
    met = make_indicator(cast.community, "immediate", "People who met")
    used = make_indicator(cast.community, "applied", "Lists in use")
    other = make_member(cast.community, name="Bo")

    def publish(teller, tense="happened", value="positive", **fields):
        steps = [
            make_step(cast.community, "immediate", met, value=value),
            make_step(cast.community, "applied", used, tense=tense, value=value),
            make_step(cast.community, "realized"),
        ]
        return make_published(cast.community, teller, steps, [(0, 1), (1, 2)], **fields)

    stories = {
        "old": publish(cast.member, happened_from=LONG_AGO, happened_to=LONG_AGO),
        "hoped": publish(other, tense="hoped", value="unset", language="es"),
        "lost": publish(other, value="none_created", audience=Audience.MEMBERS),
    }
    sync.sync(cast.community)
    return {"met": met, "used": used, **stories}


def ask(client, cast, **asked):
    return client.get(reverse("matrix:matrix", args=[cast.community.slug]), asked)


def shown(answer):
    """What the page says is shown, and left out."""
    found = re.search(r'class="shown-of" role="status">([^<]*)', answer.content.decode())
    return found and found[1].strip()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": LONG_AGO, "until": LONG_AGO}, "1 story by 1 teller. Left out: 2 stories."),
        ({"since": LONG_AGO + timedelta(days=1)}, "2 stories by 1 teller. Left out: 1 story."),
        ({"language": "es"}, "1 story by 1 teller. Left out: 2 stories."),
        ({"tense": "hoped"}, "1 story by 1 teller. Left out: 2 stories."),
        ({"value": "none_created"}, "1 story by 1 teller. Left out: 2 stories."),
        ({"template": "specific"}, "3 stories by 2 tellers. Left out: 0 stories."),
        ({"mine": "on"}, "1 story by 1 teller. Left out: 2 stories."),
        ({"cycle": "applied"}, "3 stories by 2 tellers. Left out: 0 stories."),
        ({"cycle": "reframing"}, "0 stories by 0 tellers. Left out: 3 stories."),
    ],
)
def test_what_is_shown_and_left_out_is_said_with_counts(cast, client, told, asked, said):
    client.force_login(cast.member)
    answer = ask(client, cast, **asked)
    assert answer.status_code == 200
    assert shown(answer) == f"Shown: {said}" + (
        " No story that is open here is like that." if said.startswith("0") else ""
    )


def test_the_whole_says_nothing_of_a_part(cast, client, told):
    client.force_login(cast.member)
    assert shown(ask(client, cast)) is None
    assert shown(ask(client, cast, draw="ribbons")) is None


@pytest.mark.parametrize(
    "asked", [{}, {"tense": "happened"}, {"value": "none_created"}, {"until": "2021-01-01"}]
)
def test_each_number_is_the_length_of_the_list_behind_it(cast, client, told, asked):
    client.force_login(cast.member)
    html = ask(client, cast, **asked).content.decode()
    rows = re.findall(
        r'data-row="\d+">\s*<th[^>]*><a href="([^"]+)".*?</th>\s*<td>(\d+)</td>\s*<td>(\d+)',
        html,
        re.S,
    )
    assert len(rows) == 7
    for address, tellers, stories in rows:
        page = client.get(address.replace("&amp;", "&"))
        assert page.context["page"].paginator.count == int(stories), address
        assert page.context["box"].cell.tellers == int(tellers), address


def test_a_pair_in_the_table_leads_to_as_many_stories(cast, client, told):
    client.force_login(cast.member)
    html = ask(client, cast, tense="happened").content.decode()
    address = reverse(
        "matrix:pair", args=[cast.community.slug, told["met"].code, told["used"].code]
    )
    assert f'href="{address}?tense=happened"' in html
    page = client.get(address, {"tense": "happened"})
    assert page.context["page"].paginator.count == page.context["sums"].stories == 2
    assert client.get(address).context["page"].paginator.count == 3
    assert client.get(address.replace(told["used"].code, "no-such-thing")).status_code == 404
    without = reverse("matrix:pair", args=[cast.community.slug, told["used"].code, "~realized"])
    assert client.get(without).context["page"].paginator.count == 3


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"since": "2026-02-30"}, "Enter a valid date."),
        ({"since": "2026-03-01", "until": "2026-02-01"}, "This is before the first day."),
        ({"tense": "tomorrow"}, "tomorrow is not one of the available choices."),
        ({"group": "999999999"}, "999999999 is not one of the available choices."),
        ({"cycle": "\x00"}, "is not one of the available choices."),
    ],
)
def test_what_can_not_be_asked_is_answered_in_words_and_without_figures(
    cast, client, told, asked, said
):
    client.force_login(cast.member)
    answer = ask(client, cast, **asked)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert said in html and "can't be shown as it is asked for" in html
    assert "data-live=" not in html and "tellers</strong>" not in html
    part = client.get(page_part(cast), asked, headers={"HX-Request": "true"})
    assert (part.status_code, part.content) == (400, b"")
    box = reverse("matrix:indicator", args=[cast.community.slug, told["met"].code])
    assert client.get(box, asked).status_code == 200


def test_a_facilitator_sees_it_as_a_funder_does(cast, client, told):
    client.force_login(cast.funder)
    as_it_is = client.get(page_part(cast), headers={"HX-Request": "true"}).content.decode()
    client.force_login(cast.facilitator)
    address = f"{page_part(cast)}?audience=funders"
    as_seen = client.get(address, headers={"HX-Request": "true"}).content.decode()
    for asked, unasked in (("?audience=funders&amp;", "?"), ("?audience=funders", "")):
        as_seen = as_seen.replace(asked, unasked)
    assert as_seen == as_it_is
    assert "<strong>2 tellers</strong> · 2 stories" in as_seen
    assert "3 stories" in ask(client, cast).content.decode()


def page_part(cast):
    return reverse("matrix:matrix", args=[cast.community.slug])


def test_nobody_else_looks_as_somebody_else(cast, told):
    for user, fields in ((cast.member, {"group", "mine"}), (cast.funder, {"group"})):
        form = AskForm({}, viewer=Viewer.of(user, cast.community))
        assert fields == {"group", "mine", "audience"} & form.fields.keys()
    # Asked all the same, it is not heard.
    _form, asked = asked_by({"audience": "public"}, Viewer.of(cast.funder, cast.community))
    assert asked.audience == Audience.FUNDERS
    # Nor does anybody look further than they may.
    cast.community.is_public = True
    _form, asked = asked_by({"group": "1", "mine": "on"}, Viewer(cast.community))
    assert (asked.audience, bool(asked.chosen)) == (Audience.PUBLIC, False)


def test_languages_that_are_offered_are_those_of_stories_that_count(cast, told):
    make_published(cast.community, cast.member, language="ar", audience=Audience.FACILITATORS)
    viewer = Viewer.of(cast.member, cast.community)
    form = AskForm({}, viewer=viewer)
    assert [code for code, _name in form.fields["language"].choices] == ["", "en", "es"]


def test_own_stories_are_drawn_first_and_lifted(cast, client, told):
    client.force_login(cast.member)
    html = ask(client, cast).content.decode()
    # In the drawing, and in its form for phones.
    assert len(re.findall(r'class="trail mine"', html)) == 2
    assert "My story:" in html
    client.force_login(cast.funder)
    html = ask(client, cast).content.decode()
    assert "trail mine" not in html and "My story" not in html


def test_numbers_are_those_of_the_period(cast, client, told):
    for year, value in ((2020, 7), (2026, 9)):
        indicators.record_observation(
            indicator=told["used"],
            by=cast.facilitator,
            start=date(year, 1, 1),
            end=date(year, 12, 31),
            value=value,
        )
    client.force_login(cast.member)
    value = re.compile(r"<bdi>(\d)</bdi>")
    assert value.findall(ask(client, cast, until="2021-01-01").content.decode()) == ["7"]
    assert value.findall(ask(client, cast).content.decode()) == ["9"]
    assert (
        "nothing in this part" in ask(client, cast, mine="on", since="2030-01-01").content.decode()
    )


def test_a_retired_one_is_drawn_only_where_it_was_used(cast, client, told):
    told["used"].state = "retired"
    told["used"].save()
    client.force_login(cast.member)
    assert "Lists in use" in ask(client, cast).content.decode()
    assert "Lists in use" not in ask(client, cast, since="2030-01-01").content.decode()


def test_a_part_that_has_not_changed_is_not_sent_again(cast, client, told):
    client.force_login(cast.member)
    address = f"{page_part(cast)}?language=es"
    first = client.get(address, headers={"HX-Request": "true"})
    again = {"HX-Request": "true", "If-None-Match": first["ETag"]}
    assert client.get(address, headers=again).status_code == 304
    assert client.get(page_part(cast), headers=again).status_code == 200
    actions.withdraw(story=told["hoped"], by=None)
    assert "0 tellers" in client.get(address, headers=again).content.decode()


def lifted_in(html):
    """(how many drawings have a lifted thread, the numbers they lift, what is said of it)."""
    said = re.search(r'class="lifted-story">(.*?)</p>', html, re.S)
    numbers = set(re.findall(r'data-lifted="(\d+)"', html))
    words = said and " ".join(re.sub(r"<[^>]+>", "", said[1]).split())
    return len(re.findall(r'class="trail[^"]* lifted"', html)), numbers, words


def test_one_story_is_lifted_out_of_the_others(cast, client, told):
    client.force_login(cast.funder)
    story = told["hoped"]
    html = ask(client, cast, story=story.pk, language="es").content.decode()
    said = f"Story 1 stands out here, the others are dim: {story}. Show all stories alike"
    assert lifted_in(html) == (2, {"1"}, said)
    assert html.count(" lifting") == 2 and 'data-copy=""' in html
    # The way back keeps what else is asked for, and so does the form, which goes on asking for the story.
    assert f'<a href="{page_part(cast)}?language=es">Show all stories alike' in html
    assert f'<option value="{story.pk}" selected>{story}</option>' in html
    whole = ask(client, cast).content.decode()
    assert lifted_in(whole) == (0, set(), None)
    assert 'name="story"' not in whole
    assert f'href="{page_part(cast)}?story={story.pk}" data-lifting' in whole


def test_one_that_is_not_among_the_newest_is_drawn_and_lifted(cast, client, told, monkeypatch):
    monkeypatch.setattr(reading, "MOST_THREADS", 2)
    monkeypatch.setattr(page, "MOST_AS_THREADS", 2)
    other = make_member(cast.community)
    for _each in range(2):
        make_published(cast.community, other)
    sync.sync(cast.community)
    client.force_login(cast.facilitator)
    whole = ask(client, cast).content.decode()
    assert "data-thread=" not in whole.split('class="loom"')[0] and "data-ribbon=" in whole
    # Ribbons have no story in them, so it is drawn among threads; also where ribbons are asked for.
    for more in ({}, {"draw": "ribbons"}):
        html = ask(client, cast, story=told["lost"].pk, **more).content.decode()
        assert lifted_in(html)[:2] == (2, {"1"})
        assert "data-ribbon=" not in html


def test_one_that_is_not_in_the_part_is_named_and_nothing_lifted(cast, client, told):
    client.force_login(cast.member)
    html = ask(client, cast, story=told["old"].pk, language="es").content.decode()
    said = f"This story is not in what is shown here: {told['old']}. Show all stories alike"
    assert lifted_in(html) == (0, set(), said)


def test_one_that_is_not_open_here_is_answered_as_one_that_is_not_there(cast, client, told):
    neighbours = make_published(cast.neighbour, make_member(cast.neighbour))
    client.force_login(cast.funder)
    sentences = set()
    for asked in (told["lost"].pk, neighbours.pk, 999_999_999, 10**30, "0", "-1", "x", "\x00", "٣"):
        answer = ask(client, cast, story=asked)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert "data-live=" not in html and "tellers</strong>" not in html
        assert str(told["lost"]) not in html or asked != told["lost"].pk
        sentences.add(re.search(r'id="[^"]*error[^"]*"[^>]*><strong>([^<]*)', html)[1])
        part = client.get(page_part(cast), {"story": asked}, headers={"HX-Request": "true"})
        assert (part.status_code, part.content) == (400, b"")
    assert sentences == {"There is no such story here."}
    # A facilitator sees it, but not as a funder does.
    client.force_login(cast.facilitator)
    assert lifted_in(ask(client, cast, story=told["lost"].pk).content.decode())[0] == 2
    as_funder = ask(client, cast, story=told["lost"].pk, audience="funders").content.decode()
    assert "There is no such story here." in as_funder and "data-live=" not in as_funder


def test_a_lifted_part_is_a_part_of_its_own(cast, client, told):
    client.force_login(cast.funder)
    etags = []
    for address in ("", f"?story={told['old'].pk}", f"?story={told['hoped'].pk}"):
        first = client.get(page_part(cast) + address, headers={"HX-Request": "true"})
        again = {"HX-Request": "true", "If-None-Match": first["ETag"]}
        assert client.get(page_part(cast) + address, headers=again).status_code == 304
        etags.append(first["ETag"])
    assert len(set(etags)) == 3
    actions.withdraw(story=told["hoped"], by=None)
    assert client.get(page_part(cast) + address, headers=again).status_code == 400


def test_the_json_is_asked_as_the_page_is(cast, client, told):
    client.force_login(cast.facilitator)
    address = reverse("api:matrix", args=[cast.community.slug])
    assert client.get(address).json()["stories"] == 3
    assert client.get(address, {"audience": "funders"}).json()["stories"] == 2
    one = client.get(address, {"cycle": "applied", "tense": "hoped"}).json()
    assert [(each["key"], each["stories"]) for each in one["cycles"]] == [("applied", 1)]
    refused = client.get(address, {"tense": "tomorrow"})
    assert refused.status_code == 400
    assert list(refused.json()["errors"]) == ["tense"]


def test_queries_do_not_grow(cast, client, told, django_assert_num_queries):
    client.force_login(cast.facilitator)
    for _round in range(2):
        with django_assert_num_queries(29):
            ask(client, cast, tense="happened", audience="members", cycle="applied")
        for _each in range(3):
            make_published(cast.community, make_member(cast.community))
            make_indicator(cast.community, "applied")
        sync.sync(cast.community)
