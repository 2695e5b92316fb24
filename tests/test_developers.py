"""The page for developers: its five minutes with curl are walked, command by command."""

import json
import os
import shutil
import subprocess
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.test import Client

from communities.actions import make_token
from communities.api.describing import schema
from communities.developers_page import WALK

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def run(command, **variables):
    """What the command answers, in a shell as one would type it."""
    done = subprocess.run(
        ["bash", "-euc", command],
        env={"PATH": os.environ["PATH"]} | variables,
        capture_output=True,
        timeout=60,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.skipif(not shutil.which("curl"), reason="there is no curl")
def test_five_minutes_with_curl(cast, running):
    running.web()
    _token, secret = make_token(user=cast.member, name="Walk", scope="tell")
    known = {
        "SITE": f"http://127.0.0.1:{running.port}",
        "TOKEN": secret,
        "COMMUNITY": cast.community.slug,
    }
    communities, community, matrix, told = (run(stop.command, **known) for stop in WALK[:4])
    assert [one["slug"] for one in communities] == [cast.community.slug]
    assert community["name"] == "Wound care circle"
    assert [one["key"] for one in matrix["cycles"]][0] == "immediate"
    assert (told["title"], told["status"]) == ("A new dressing", "draft")
    assert run(WALK[3].command, **known)["id"] == told["id"]
    known["STORY"] = str(told["id"])
    refused, handed_in, found = (run(stop.command, **known) for stop in WALK[4:])
    assert list(refused["errors"]) == ["others"]
    assert handed_in["status"] == "submitted"
    assert [one["id"] for one in found["results"]] == [told["id"]]


def test_the_page_shows_each_command(db):
    page = Client().get("/developers/")
    assert page.context["walk"] == WALK
    for stop in WALK:
        assert stop.command.splitlines()[-1].split("/api/")[1] in unescape(page.content.decode())


@pytest.mark.browser
def test_every_address_is_there_to_be_tried_by_hand(cast, running, page):
    running.web()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"http://127.0.0.1:{running.port}/api/v1/docs/")
    described = sum(len(one) for one in schema()["paths"].values())
    page.wait_for_function("n => document.querySelectorAll('.opblock').length === n", arg=described)
    assert said == []
    assert {urlsplit(one).netloc for one in asked} == {f"127.0.0.1:{running.port}"}
