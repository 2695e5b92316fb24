"""What a facilitator cannot see or change in the admin: anything of another community, by any door.

Asked of every model of the site, so that one registered later is asked too."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.forms import ModelChoiceField
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.actions import add_member
from communities.admin import site
from communities.permissions import Audience, Role
from indicators import actions as indicators
from indicators.models import Indicator, Observation, Target
from stories.actions import change_audience, submit, withdraw
from stories.models import Story

from .desk import Desk, address, everything, faults, filled, form_of
from .make import make_indicator, make_member, make_published, make_story

MODELS = sorted(site._registry, key=lambda model: model._meta.label)
PERIOD = {"start": date(2026, 1, 1), "end": date(2026, 3, 31)}
# A word that stands in everything the neighbour says.
WORD = "Lantern"


def each_model(test):
    return pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.model_name)(test)


def make_rows(community, word):
    """One row of each registered model, in this community."""
    indicator = make_indicator(community, "applied", f"{word} hours", data_source=word)
    teller = make_member(community, Role.MEMBER, name=f"{word} teller")
    rows = [
        indicator,
        indicators.record_observation(
            indicator=indicator, by=None, value=3, source=word, note=word, **PERIOD
        ),
        indicators.set_target(indicator=indicator, by=None, value=5, **PERIOD),
        submit(
            story=make_story(community, teller, title=f"{word} story"), by=teller, others="nobody"
        ),
    ]
    return {type(row): row for row in rows}


@dataclass
class Scene:
    desk: Desk
    mine: dict
    theirs: dict


@pytest.fixture
def scene(cast):
    return Scene(
        Desk(cast.facilitator),
        make_rows(cast.community, "Own"),
        make_rows(cast.neighbour, WORD),
    )


def fields_of(model, row):
    """What a new row of the model may be made of, so that only a forged value is at fault."""
    return {
        Indicator: lambda: {
            "community": row.community_id,
            "cycle": row.cycle_id,
            "name": "New",
        },
        Observation: lambda: {"indicator": row.indicator_id, "value": "1"} | LATER,
        Target: lambda: {"indicator": row.definition.indicator_id, "value": "1"} | LATER,
    }[model]()


LATER = {"start": "2026-04-01", "end": "2026-06-30"}


def test_a_row_of_every_model_is_asked_for(scene):
    assert set(scene.mine) == set(MODELS)


def queries_of_list(answer):
    """Every address that the list itself links to: filters, orders, facets."""
    changelist = answer.context["cl"]
    for spec in changelist.filter_specs:
        yield from (choice["query_string"] for choice in spec.choices(changelist))
    for number in range(1, len(changelist.list_display)):
        yield from (f"?o={number}", f"?o=-{number}")
    yield "?_facets=True"


@each_model
def test_lists_hold_the_own_rows_alone(scene, model):
    answer = scene.desk.get(model, "changelist")
    assert list(answer.context["cl"].result_list) == [scene.mine[model]]
    assert WORD not in answer.content.decode()
    for query in queries_of_list(answer):
        found = scene.desk.client.get(address(model, "changelist") + query)
        assert found.status_code == 200
        assert set(found.context["cl"].result_list) <= {scene.mine[model]}
        assert WORD not in found.content.decode()


@each_model
def test_search_finds_the_own_rows_alone(scene, model):
    def found(words):
        return list(scene.desk.get(model, "changelist", q=words).context["cl"].result_list)

    assert found("Own") == [scene.mine[model]]
    assert found(WORD) == []
    # Not searched for: all of them.
    assert found("\0") == [scene.mine[model]]


@each_model
@pytest.mark.parametrize(
    "lookup",
    ["community", "community__slug", "pk", "id__in", "status__regex", "state__exact", "_to_field"],
)
def test_no_address_of_a_list_leads_to_the_neighbour(scene, model, lookup):
    for value in ("night-shift", str(scene.theirs[model].pk), "(", "\0"):
        answer = scene.desk.get(model, "changelist", **{lookup: value})
        assert answer.status_code in {200, 302, 400}
        if answer.status_code == 200:
            assert set(answer.context["cl"].result_list) <= {scene.mine[model]}


@each_model
def test_the_neighbours_rows_are_not_there_by_address(scene, model):
    theirs, before = scene.theirs[model], everything()
    for send in (scene.desk.client.get, scene.desk.client.post):
        found = {what: send(address(model, what, theirs.pk)) for what in ("change", "history")}
        assert {what: answer.status_code for what, answer in found.items()} == {
            "change": 404,
            "history": 404,
        }
        # Nothing is deleted here, whoever's it is.
        for row in (theirs, scene.mine[model]):
            assert send(address(model, "delete", row.pk)).status_code == 403
    for nothing in ("0", "abc", "9" * 30, "1_002F"):
        assert scene.desk.client.get(address(model, "change", nothing)).status_code == 404
    assert everything() == before


def form_pages(scene, model):
    """The addresses of the model's forms, with what to send there."""
    mine = scene.mine[model]
    change = address(model, "change", mine.pk)
    yield change, filled(scene.desk.client.get(change))
    add = scene.desk.client.get(address(model, "add"))
    if add.status_code == 200:
        yield address(model, "add"), filled(add) | fields_of(model, mine)


@each_model
def test_forms_offer_and_take_the_own_rows_alone(scene, model):
    for url, fields in form_pages(scene, model):
        page = scene.desk.client.get(url)
        assert WORD not in page.content.decode()
        for name, field in form_of(page).fields.items():
            if not isinstance(field, ModelChoiceField):
                continue
            offered = {choice.pk for choice in field.queryset}
            others = field.queryset.model.objects.exclude(pk__in=offered)
            assert others
            before = everything()
            for other in others:
                answer = scene.desk.client.post(url, fields | {name: other.pk})
                assert faults(answer) == {
                    name: [
                        "Select a valid choice. That choice is not one of the available choices."
                    ]
                }
            assert everything() == before


@each_model
def test_what_the_forms_are_filled_with_is_taken(scene, model):
    """Otherwise a forged value would not be what was refused."""
    for url, fields in form_pages(scene, model):
        assert scene.desk.client.post(url, fields).status_code == 302


@each_model
def test_a_form_may_not_be_filled_in_for_the_neighbour(scene, model):
    theirs = scene.theirs[Indicator]
    forged = {"community": theirs.community_id, "cycle": theirs.cycle_id, "indicator": theirs.pk}
    answer = scene.desk.get(model, "add", **forged)
    if answer.status_code == 200:
        assert WORD not in answer.content.decode()
        assert "night-shift" not in answer.content.decode()


@each_model
def test_acts_on_forged_rows_change_nothing(scene, model):
    page = scene.desk.get(model, "changelist")
    form = page.context["action_form"]
    acts = [act for act, label in form.fields["action"].choices if act] if form else []
    before = everything()
    for act in [*acts, "delete_selected"]:
        scene.desk.act(act, scene.theirs[model])
        everything_else = {"select_across": "1", "index": "0"}
        other = address(model, "changelist") + "?q=nothing-of-this-name"
        chosen = {"action": act, "_selected_action": [scene.theirs[model].pk]}
        scene.desk.client.post(other, chosen | everything_else)
    assert everything() == before


def test_nothing_is_deleted_in_a_list(scene):
    for model in MODELS:
        form = scene.desk.get(model, "changelist").context["action_form"]
        acts = {act for act, label in form.fields["action"].choices} if form else set()
        assert "delete_selected" not in acts


@pytest.mark.parametrize(
    "path",
    [
        "autocomplete/?app_label=indicators&model_name=observation&field_name=indicator",
        "login/",
        "logout/",
        "password_change/",
        "r/1/1/",
    ],
)
def test_doors_that_nobody_needs_are_not_there(scene, path):
    assert scene.desk.client.get(f"/admin/{path}").status_code == 404


# Several communities ----------------------------------------------------------------------------
@pytest.fixture
def both(cast, scene):
    add_member(community=cast.neighbour, user=cast.facilitator, roles=[Role.FACILITATOR])
    return scene


@each_model
def test_who_looks_after_two_communities_sees_both(both, model):
    changelist = both.desk.get(model, "changelist").context["cl"]
    assert set(changelist.result_list) == {both.mine[model], both.theirs[model]}
    one = both.desk.get(model, "changelist", community="night-shift").context["cl"]
    assert list(one.result_list) == [both.theirs[model]]


def test_two_communities_cannot_be_combined(both):
    mine, theirs = both.mine[Indicator], both.theirs[Indicator]
    before = everything()
    added = both.desk.add(
        Indicator, community=mine.community_id, cycle=theirs.cycle_id, name="Mixed"
    )
    assert faults(added) == {"cycle": ["Choose a cycle of this community."]}
    changed = both.desk.change(mine, cycle=theirs.cycle_id)
    assert list(faults(changed)) == ["cycle"]
    assert everything() == before
    # The community of a row is not a field of its form.
    assert both.desk.change(mine, community=theirs.community_id).status_code == 302
    assert everything()["indicators.Indicator"] == before["indicators.Indicator"]


def test_choices_of_two_communities_say_whose_they_are(both):
    field = form_of(both.desk.get(Observation, "add")).fields["indicator"]
    assert sorted(label for value, label in field.choices if value) == [
        "Night shift: Lantern hours",
        "Wound care circle: Own hours",
    ]


def test_who_left_a_community_is_out_at_once(cast, both):
    both.desk.change(both.theirs[Indicator], name="Lantern days")
    assert WORD in LogEntry.objects.get().object_repr
    cast.neighbour.memberships.filter(user=cast.facilitator).delete()
    for model in MODELS:
        assert list(both.desk.get(model, "changelist").context["cl"].result_list) == [
            both.mine[model]
        ]
    assert WORD not in both.desk.client.get("/admin/").content.decode()
    cast.community.memberships.filter(user=cast.facilitator).delete()
    assert both.desk.client.get("/admin/").status_code == 403


# Stories ----------------------------------------------------------------------------------------
def hidden_stories(cast):
    """What a facilitator does not look after: drafts (their own too), for the teller alone, and
    what was withdrawn."""
    draft = make_story(cast.community, cast.member, title="A draft")
    own = make_story(cast.community, cast.facilitator, title="A draft of my own")
    alone = make_published(cast.community, cast.member, title="For me alone")
    change_audience(story=alone, by=cast.member, audience=Audience.ME)
    withdrawn = make_published(cast.community, cast.member, title="Taken back")
    withdraw(story=withdrawn, by=cast.member)
    own_withdrawn = make_published(cast.community, cast.facilitator, title="Taken back by me")
    withdraw(story=own_withdrawn, by=cast.facilitator)
    return [draft, own, alone, withdrawn, own_withdrawn]


def test_stories_that_are_not_for_review_appear_nowhere(cast, scene):
    stories = hidden_stories(cast)
    before = everything()
    listed = scene.desk.get(Story, "changelist").context["cl"]
    assert list(listed.result_list) == [scene.mine[Story]]
    for story in stories:
        assert (
            list(scene.desk.get(Story, "changelist", q=story.title).context["cl"].result_list) == []
        )
        for what in ("change", "history"):
            assert scene.desk.get(Story, what, story.pk).status_code == 404
        sent = {"review": "publish", "note": ""}
        assert scene.desk.client.post(address(Story, "change", story.pk), sent).status_code == 404
        assert scene.desk.act("publish", story) == []
    for status in Story.Status:
        found = scene.desk.get(Story, "changelist", status__exact=status).context["cl"]
        assert set(found.result_list) <= {scene.mine[Story]}
    assert everything() == before


def test_an_anonymous_tellers_name_appears_nowhere(cast, scene):
    teller = make_member(cast.community, Role.MEMBER, name="Zenobia")
    story = make_story(cast.community, teller, attribution="anonymous", title="Unsigned")
    submit(story=story, by=teller, others="nobody")
    scene.desk.change(story, review="publish", others="nobody")
    pages = [
        scene.desk.get(Story, "changelist"),
        scene.desk.get(Story, "change", story.pk),
        scene.desk.get(Story, "history", story.pk),
        scene.desk.client.get("/admin/"),
    ]
    assert story in pages[0].context["cl"].result_list
    for name in ("Zenobia", teller.email):
        assert list(scene.desk.get(Story, "changelist", q=name).context["cl"].result_list) == []
    for page in pages:
        text = page.content.decode()
        assert "Zenobia" not in text and teller.email not in text
    logged = [f"{entry.object_repr} {entry.change_message}" for entry in LogEntry.objects.all()]
    assert logged == [f"story {story.pk} Publish"]


@pytest.mark.parametrize(
    "lookup", ["teller", "teller__exact", "teller__user__name", "recorder", "published_by"]
)
def test_stories_are_not_sorted_out_by_who_told_them(scene, lookup):
    """The stories of one teller, some with the name and some without, would name the latter."""
    story = scene.mine[Story]
    assert scene.desk.get(Story, "changelist", **{lookup: story.teller_id}).status_code == 400


# Who enters -------------------------------------------------------------------------------------
def addresses(scene):
    yield reverse("admin:index")
    yield reverse("admin:app_list", args=["stories"])
    for model, row in scene.mine.items():
        yield address(model, "changelist")
        yield address(model, "add")
        for what in ("change", "history", "delete"):
            yield address(model, what, row.pk)
    yield "/admin/nothing-of-this-name/"


@pytest.mark.parametrize("who", ["member", "funder", "stranger"])
def test_others_may_not_enter(cast, scene, who):
    client = Desk(getattr(cast, who)).client
    before = everything()
    for url in addresses(scene):
        assert [client.get(url).status_code, client.post(url).status_code] == [403, 403]
    assert everything() == before


def test_nobody_is_sent_to_sign_in_and_back(scene):
    for url in addresses(scene):
        answer = Client().get(url)
        assert (answer.status_code, answer.url) == (302, f"/accounts/login/code/?next={url}")


def test_the_head_leads_back_to_the_community(cast, scene):
    page = scene.desk.client.get("/admin/").content.decode()
    slug = cast.community.slug
    for url in ("/", f"/c/{slug}/", f"/c/{slug}/stories/", reverse("account_change_password")):
        assert f'href="{url}"' in page
    assert f'action="{reverse("account_logout")}"' in page


# Queries ----------------------------------------------------------------------------------------
QUERIES = {Indicator: 11, Observation: 8, Target: 8, Story: 9}


@each_model
def test_a_list_asks_the_same_number_of_queries_for_one_and_three_rows(cast, scene, model):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = scene.desk.get(model, "changelist")
        return len(answer.context["cl"].result_list), len(queries)

    scene.desk.get(model, "changelist")
    one = count()
    make_rows(cast.community, "Second")
    make_rows(cast.community, "Third")
    assert [one, count()] == [(1, QUERIES[model]), (3, QUERIES[model])]
