"""The ids of a neighbouring community, put into every form and every address, change nothing there and
bring nothing from there."""

import logging
import re
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from communities import actions as people
from communities.permissions import Role
from indicators import actions as indicators
from stories import actions
from stories.concerns import raise_concern
from stories.tellers import match_teller

from .crawling import Reader, configured
from .make import (
    make_community,
    make_indicator,
    make_member,
    make_published,
    make_step,
    make_story,
    make_stub,
)
from .world import FIRST, begin_tables_together

pytestmark = pytest.mark.django_db
# Each community's rows have numbers of their own: 7,000,000 and so on here, 8,000,000 next door.
NEXT_DOOR, AFTER = FIRST + 1_000_000, FIRST + 2_000_000
NUMBER = re.compile(rf"{FIRST // 1000}\d\d\d")
TRIED = 6


def furnish(name, slug):
    """A community in which there is one of everything; gives its facilitator and a member."""
    community = make_community(name, slug)
    facilitator = make_member(community, Role.FACILITATOR)
    member = make_member(community)
    terms = {"community": community, "by": facilitator}
    indicator = make_indicator(community, by=facilitator)
    period = {"start": date(2026, 1, 1), "end": date(2026, 3, 31)}
    numbers = {"indicator": indicator, "by": facilitator, "value": Decimal(3), **period}
    indicators.record_observation(**numbers)
    indicators.set_target(**numbers)
    steps = [make_step(community, "immediate", indicator), make_step(community, "applied")]
    draft = make_story(community, member, steps, [(0, 1)])
    submitted = make_story(community, member, steps, [(0, 1)])
    actions.submit(story=submitted, by=member, others="nobody")
    make_published(community, member, steps, [(0, 1)])
    guests = [people.add_guest_teller(community=community, name=one) for one in ("A", "B")]
    match_teller(teller=guests[0], user=member, by=facilitator)
    people.add_group(community=community, name="Nurses", axis="horizontal")
    people.invite(people=[("", f"guest@{slug}.example.org")], roles=["member"], **terms)
    people.make_address(roles=["member"], **terms)
    raise_concern(community=community, story=draft, words="Mine.")
    make_stub(community, by=facilitator)
    return community, {"facilitator": facilitator, "member": member}


@pytest.fixture
def doors(db, settings):
    settings.DEMO = False
    settings.ACCOUNT_RATE_LIMITS = False
    logging.disable(logging.ERROR)
    begin_tables_together()
    here = furnish("Wound care circle", "wound-care")
    begin_tables_together(NEXT_DOOR)
    furnish("Night shift", "night-shift")
    begin_tables_together(AFTER)
    yield here
    logging.disable(logging.NOTSET)


def own_models():
    for label in ("communities", "indicators", "stories", "matrix"):
        yield from apps.get_app_config(label).get_models()


def asked_of_the_database():
    """(what is next door, what points there from elsewhere) as two statements."""
    rows, crossings = [], []
    for model in own_models():
        table, pk = model._meta.db_table, model._meta.pk.column
        inside = f"BETWEEN {NEXT_DOOR} AND {AFTER - 1}"
        rows.append(
            f"SELECT '{table}', md5(string_agg(t::text, ',' ORDER BY \"{pk}\"))"
            f' FROM "{table}" t WHERE "{pk}" {inside}'
        )
        for one in model._meta.fields:
            if one.is_relation and one.related_model in set(own_models()) and not one.primary_key:
                crossings.append(
                    f'SELECT \'{table}.{one.column}\', "{pk}", "{one.column}" FROM "{table}"'
                    f' WHERE "{pk}" NOT {inside} AND "{one.column}" {inside}'
                )
    return " UNION ALL ".join(rows), " UNION ALL ".join(crossings)


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return sorted(cursor.fetchall())


def forms_of(client, community):
    """(page, form) of every form that this viewer is shown in pages of the community."""
    shown = set()
    pools = {
        "slug": [community.slug],
        "pk": range(FIRST, FIRST + 8),
        "object_id": range(FIRST, FIRST + 4),
        "role": ["member"],
        "code": [community.indicators.get().code],
        "key": ["applied"],
        "secret": ["nothing"],
        "app_label": ["stories"],
    }
    for addresses in configured(pools, lambda values: True):
        for address in addresses:
            answer = client.get(address)
            if answer.status_code == 200 and "html" in answer.headers.get("Content-Type", ""):
                reader = Reader()
                reader.feed(answer.content.decode())
                for form in reader.forms:
                    action = (form.action or address).partition("#")[0]
                    shape = NUMBER.sub("#", action), tuple(sorted(form.fields))
                    if form.method == "post" and shape not in shown:
                        shown.add(shape)
                        yield action, form


def forged(community, neighbour, action, form, data):
    """(address, what is sent) with a number from next door in each place where one of here stands."""
    numbers = [str(NEXT_DOOR + count) for count in range(TRIED)]
    if NUMBER.search(action):
        for number in numbers:
            yield NUMBER.sub(number, action), data
    if community.slug in action:
        moved = action.replace(community.slug, neighbour)
        yield moved, data
        yield NUMBER.sub(numbers[0], moved), data
    for name in sorted({name for name, value in form.choices if NUMBER.search(value)}):
        value = next(
            value for other, value in form.choices if other == name and NUMBER.search(value)
        )
        for number in numbers:
            yield action, data | {name: NUMBER.sub(number, value)}


@pytest.mark.parametrize("who", ["facilitator", "member"])
def test_ids_from_next_door_change_nothing(doors, who):
    community, users = doors
    client = Client()
    client.force_login(users[who])
    next_door, crossings = asked_of_the_database()
    before = run(next_door)
    assert run(crossings) == []
    sent, done = 0, []
    for action, form in list(forms_of(client, community)):
        tries = [
            one
            for data in form.sent()
            for one in forged(community, "night-shift", action, form, data)
        ]
        for address, data in tries:
            with transaction.atomic():
                cookies = dict(client.cookies)
                answer = client.post(address, data)
                assert answer.status_code < 500
                if run(next_door) != before or run(crossings):
                    done.append((address, data))
                transaction.set_rollback(True)
                client.cookies.clear()
                client.cookies.update(cookies)
            sent += 1
    assert done == []
    assert sent > 250


def test_a_form_that_takes_a_number_from_next_door_is_noticed(doors):
    _community, users = doors
    next_door, crossings = asked_of_the_database()
    before = run(next_door)
    with transaction.atomic():
        actions.withdraw(story=actions.Story.objects.filter(pk__gte=NEXT_DOOR).first(), by=None)
        assert run(next_door) != before
        transaction.set_rollback(True)
    users["member"].tellers.update(community=NEXT_DOOR)
    assert [row[0] for row in run(crossings)] == ["communities_teller.community_id"]
