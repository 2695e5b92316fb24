"""script/screenshots sizes FOLDER: the matrix at many sizes, to look at one by one. On servers of its own."""

import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

from . import ROOT, Refusal, say
from .browser import find_chromium
from .demo import collect_static
from .processes import manage, python, spawn
from .tests import throw_away_servers

INDICATORS = (5, 17, 60, 200)
STORIES = (1, 12, 50, 500, 5_000)
WIDTHS = (360, 768, 1280, 1920)
# All of them at one width; and these at every width, light and dark, and on paper.
CLOSELY = {(5, 1), (17, 12), (17, 50), (60, 500), (200, 5_000)}
SHEETS = ("a4", "a3")
PATIENCE = 60
# The demo's funder belongs to the measured community, and may so look at it.
JOIN = """
from communities.actions import add_member
from communities.models import Community, User
for community in Community.objects.filter(slug__startswith="size-"):
    add_member(
        community=community, user=User.objects.get(email="funder@example.org"), roles=["funder"]
    )
"""


def main(arguments, flags):
    if len(arguments) != 1:
        raise Refusal("Say into which folder the pictures go: script/screenshots sizes FOLDER")
    chromium = find_chromium()
    if not chromium:
        raise Refusal("No Chromium was found; install one, or name it in CHROMIUM.")
    into = Path(arguments[0])
    into.mkdir(parents=True, exist_ok=True)
    with throw_away_servers() as (folder, environment), sync_playwright() as playwright:
        options = {"env": environment, "cwd": ROOT}
        collect_static(folder.log("preparation"), options)
        run(options, "migrate", "-v0")
        run(options, "load_example")
        for indicators in INDICATORS:
            for stories in STORIES:
                run(options, *seeding(indicators, stories))
        run(options, "shell", "-v0", "-c", JOIN)
        address, web = serve(options)
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        try:
            for indicators in INDICATORS:
                for stories in STORIES:
                    take(browser, address, into, indicators, stories)
        finally:
            browser.close()
            web.terminate()
            web.wait(PATIENCE)


def run(options, *command):
    if status := spawn(manage(*command), **options).wait():
        sys.exit(status)


def slug_of(indicators, stories):
    return f"size-{indicators}-{stories}"


def seeding(indicators, stories):
    tellers = max(1, stories // 2)
    sizes = {"indicators": indicators, "stories": stories, "tellers": tellers}
    named = (f"--{name}={value}" for name, value in sizes.items())
    return ["seed_bench", *named, "--slug", slug_of(indicators, stories)]


def serve(options):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    arguments = ["--bind", f"127.0.0.1:{port}", "--no-control-socket", "--log-level", "warning"]
    web = spawn(python("-m", "gunicorn", "valuecreation.wsgi", *arguments), **options)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address)
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return address, web
    raise Refusal("The web process did not answer.")


def take(browser, address, into, indicators, stories):
    """At 1280 px; those looked at closely at every width, light and dark, as print, and as sheets."""
    name = slug_of(indicators, stories)
    closely = (indicators, stories) in CLOSELY
    for scheme in ("light", "dark") if closely else ("light",):
        context = browser.new_context(
            base_url=address, color_scheme=scheme, locale="en", reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto("/")
        page.click('form[action="/demo/enter/funder/"] button')
        page.goto(f"/c/{name}/")
        for width in WIDTHS if closely else (1280,):
            page.set_viewport_size({"width": width, "height": 1000})
            part = page.locator(".loom" if width < 640 else ".drawing").first
            part.screenshot(path=into / f"{name}-{width}-{scheme}.png")
        if closely and scheme == "light":
            page.emulate_media(media="print")
            page.locator(".drawing").first.screenshot(path=into / f"{name}-print.png")
            for sheet in SHEETS:
                answer = context.request.get(f"/c/{name}/picture/{sheet}/")
                (into / f"{name}-{sheet}.pdf").write_bytes(answer.body())
        context.close()
    say(name)
