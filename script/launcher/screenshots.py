"""script/screenshots: the pictures of README and docs, from the running demo; with `sizes` those of a
matrix at many sizes."""

import os
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright

from . import ROOT, Refusal, plain_words, say, sizes
from .browser import find_chromium
from .folder import DEFAULT, DataFolder

DOCS = ROOT / "docs"
# What the first page shows.
IMG = ROOT / "static" / "img"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
FLAGS += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
COMMUNITY = "/c/primary-care/"


@dataclass(frozen=True)
class Picture:
    name: str
    role: str
    path: str
    width: int = 1280
    height: int = 1000
    dark: bool = False
    # A link to follow from `path`, by its words.
    follow: str = ""
    whole: bool = False
    # Only this part of the page, and where it goes.
    part: str = ""
    folder: Path = DOCS


PICTURES = [
    Picture("matrix", "funder", COMMUNITY, part=".drawing", folder=IMG),
    Picture("matrix-dark", "funder", COMMUNITY, part=".drawing", folder=IMG, dark=True),
    Picture("landing", "", "/"),
    Picture("matrix", "funder", COMMUNITY, height=1180),
    Picture("matrix-dark", "funder", COMMUNITY, height=1180, dark=True),
    Picture("matrix-phone", "funder", COMMUNITY, width=360),
    Picture("story", "funder", f"{COMMUNITY}stories/", follow="Sixteen tablets", whole=True),
    Picture("tell-phone", "member", f"{COMMUNITY}stories/tell/", width=360),
    Picture("genomics", "funder", "/c/amr-genomics/", height=1300),
    Picture("people", "facilitator", f"{COMMUNITY}people/", height=900),
    Picture("invite-phone", "facilitator", f"{COMMUNITY}people/invitations/invite/", width=360),
    Picture("found-phone", "facilitator", "/communities/found/", width=360),
    Picture("sign-in-phone", "", "/accounts/login/code/", width=360, height=640),
    Picture("indicators", "facilitator", "/admin/indicators/indicator/"),
]


def main(name, arguments):
    with plain_words():
        if arguments[:1] == ["sizes"]:
            return sizes.main(arguments[1:], FLAGS)
        address = address_of_the_demo()
        chromium = find_chromium()
        if not chromium:
            raise Refusal("No Chromium was found; install one, or name it in CHROMIUM.")
    DOCS.mkdir(exist_ok=True)
    IMG.mkdir(exist_ok=True)
    wanted = [one for one in PICTURES if not arguments or one.name in arguments]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for picture in wanted:
            say(str((picture.folder / f"{picture.name}.png").relative_to(ROOT)))
            take(browser, address, picture)
        browser.close()


def take(browser, address, picture):
    context = browser.new_context(
        base_url=address,
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
        locale="en",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto("/")
    if picture.role:
        page.click(f'form[action="/demo/enter/{picture.role}/"] button')
    page.goto(picture.path)
    if picture.follow:
        page.get_by_role("link", name=picture.follow).first.click()
    page.wait_for_load_state("networkidle")
    path = picture.folder / f"{picture.name}.png"
    if picture.part:
        page.locator(picture.part).first.screenshot(path=path)
    else:
        page.screenshot(path=path, full_page=picture.whole)
    context.close()


def address_of_the_demo():
    folder = os.environ.get("VC_DATA") or DEFAULT
    running = DataFolder(folder).running()
    if not running:
        raise Refusal(f"No demo runs on the data in {folder}. Start script/demo first.")
    return running["url"]
