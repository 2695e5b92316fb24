"""The page of the matrix in a browser: the panel beside the drawing, two boxes, zoom, a change that comes in
by itself; by mouse, keys and fingers, on a phone and on a laptop."""

import re

import pytest
from playwright.sync_api import expect

from matrix import sync
from stories import actions

from .make import make_indicator, make_published, make_step
from .running import cookie_of
from .test_accessibility import COLOURS, violations_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = [360, 1280]
SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def told(cast):
    """Who came → Nights → Calm in one story, and Alone, of which nobody tells."""
    community = cast.community
    cast.came = make_indicator(community, "immediate", "Who came")
    cast.nights = make_indicator(community, "applied", "Nights")
    cast.calm = make_indicator(community, "realized", "Calm")
    cast.alone = make_indicator(community, "immediate", "Alone")
    tell(cast, cast.member, title="The lamp")
    return cast


def tell(cast, teller, **fields):
    community = cast.community
    steps = [
        make_step(community, "immediate", cast.came),
        make_step(community, "applied", cast.nights),
        make_step(community, "realized", cast.calm),
    ]
    story = make_published(community, teller, steps, [(0, 1), (1, 2)], **fields)
    sync.sync(community)
    return story


@pytest.fixture
def enter(told, live_server, new_context):
    """Opens the matrix for the member, in a context of the test's choosing. In the end nothing is asked of
    a database that is being emptied."""
    contexts, flying = [], set()

    def enter(width=1280, path="", user=told.member, **options):
        options = {
            "reduced_motion": "reduce",
            "viewport": {"width": width, "height": 800},
        } | options
        context = new_context(base_url=live_server.url, **options)
        contexts.append(context)
        context.on("request", lambda request: flying.add(request))
        context.on("requestfinished", lambda request: flying.discard(request))
        context.on("requestfailed", lambda request: flying.discard(request))
        name, value = cookie_of(user).split("=", 1)
        context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto(f"/c/{told.community.slug}/{path}")
        return page

    yield enter
    for context in contexts:
        for page in context.pages:
            hide(page)
    for context in contexts:
        while flying:
            context.pages[0].wait_for_timeout(20)


def hide(page, is_hidden=True):
    """What the page learns when another tab is chosen, or it is."""
    page.evaluate(
        """is => {
            Object.defineProperty(document, 'hidden', {value: is, configurable: true});
            document.dispatchEvent(new Event('visibilitychange'));
        }""",
        is_hidden,
    )


def box(page, indicator):
    """The box that is seen: of the matrix, or of the loom on a phone."""
    place = "loom" if page.viewport_size["width"] < 640 else "drawing"
    return page.locator(f"#matrix > .{place} a[data-box][href*='/{indicator.code}/']")


def panel(page):
    return page.locator("[data-panel]")


def heading(page):
    return panel(page).get_by_role("heading").first


def address_of(told, path=""):
    return f"/c/{told.community.slug}/{path}"


def opened(told, path):
    return re.compile(re.escape(f"?open={address_of(told, path)}") + "$")


def closed(told):
    return re.compile(re.escape(address_of(told)) + "$")


def asked_again(page):
    """Looks whether anything changed, as when one comes back to the tab."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def press(locator):
    """As a finger or pointer would, at its upper corner, where no thread runs."""
    locator.scroll_into_view_if_needed()
    locator.locator(".edge").click(position={"x": 20, "y": 14})


@pytest.mark.parametrize("width", WIDTHS)
def test_a_box_opens_beside_the_drawing_and_its_address_can_be_sent(told, enter, width):
    page = enter(width)
    expect(panel(page)).to_be_hidden()
    press(box(page, told.nights))
    expect(heading(page)).to_have_text("Nights")
    expect(heading(page)).to_be_focused()
    expect(panel(page)).to_contain_text("1 teller")
    expect(panel(page).get_by_role("link", name="The lamp")).to_be_visible()
    expect(page).to_have_url(opened(told, f"indicators/{told.nights.code}/"))
    expect(box(page, told.nights)).to_have_attribute("aria-current", "true")
    expect(page.locator("svg[data-picture] a.chosen:visible")).to_have_count(1)
    assert not page.evaluate(SIDEWAYS)

    other = page.context.new_page()
    other.goto(page.url)
    expect(heading(other)).to_have_text("Nights")
    other.keyboard.press("Escape")
    expect(panel(other)).to_be_hidden()
    expect(other).to_have_url(closed(told))
    expect(box(other, told.nights)).to_be_focused()

    whole = panel(page).get_by_role("link", name="Open as a page")
    expect(whole).to_have_attribute("href", address_of(told, f"indicators/{told.nights.code}/"))
    page.go_back()
    expect(panel(page)).to_be_hidden()
    expect(page).to_have_url(closed(told))
    expect(box(page, told.nights)).to_be_focused()
    page.go_forward()
    expect(heading(page)).to_have_text("Nights")


@pytest.mark.parametrize("width", WIDTHS)
def test_escape_and_close_give_the_focus_back(told, enter, width):
    page = enter(width)
    for leave in ("Escape", "Close"):
        box(page, told.calm).focus()
        page.keyboard.press("Enter")
        expect(heading(page)).to_be_focused()
        if leave == "Close":
            panel(page).get_by_role("button", name="Close").click()
        else:
            page.keyboard.press("Escape")
        expect(panel(page)).to_be_hidden()
        expect(box(page, told.calm)).to_be_focused()
        expect(page).to_have_url(closed(told))
    assert page.locator("svg[data-picture] [aria-current]").count() == 0


def test_back_goes_from_panel_to_panel_and_escape_past_all_of_them(told, enter):
    page = enter()
    press(box(page, told.came))
    expect(heading(page)).to_have_text("Who came")
    panel(page).get_by_role("link", name=re.compile("Nights")).click()
    expect(heading(page)).to_have_text(re.compile("Who came.*leads to.*Nights"))
    panel(page).get_by_role("link", name=re.compile("Nights")).first.click()
    expect(heading(page)).to_have_text("Nights")
    page.go_back()
    expect(heading(page)).to_contain_text("leads to")
    page.go_back()
    expect(heading(page)).to_have_text("Who came")
    page.go_forward()
    expect(heading(page)).to_contain_text("leads to")
    page.keyboard.press("Escape")
    expect(page).to_have_url(closed(told))
    expect(panel(page)).to_be_hidden()
    page.go_forward()
    expect(heading(page)).to_have_text("Who came")


def test_a_ribbon_and_a_row_of_the_table_open_beside_the_drawing(told, enter):
    page = enter(path="?draw=ribbons")
    pair = f"pairs/{told.came.code}/{told.nights.code}/"
    page.locator(f"a[data-ribbon][href*='{pair}']").focus()
    page.keyboard.press("Enter")
    expect(heading(page)).to_contain_text("leads to")
    assert f"draw=ribbons&open={address_of(told, pair)}" in page.url
    page.keyboard.press("Escape")
    expect(page.locator("a[data-ribbon]:focus")).to_have_count(1)
    assert page.url.endswith("?draw=ribbons")
    page.locator(".matrix-table [scope=row]").get_by_role("link", name="Calm").click()
    expect(heading(page)).to_have_text("Calm")
    # The story of a row of the key is a page, as it was.
    page.locator(".key").get_by_role("link", name="The lamp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The lamp")


def test_a_new_tab_and_a_page_that_does_not_come_are_left_to_the_browser(told, enter):
    page = enter()
    with page.context.expect_page() as new:
        box(page, told.nights).locator(".edge").click(
            position={"x": 20, "y": 14}, modifiers=["ControlOrMeta"]
        )
    expect(new.value.get_by_role("heading", level=1)).to_have_text("Nights")
    expect(panel(page)).to_be_hidden()

    def without_panels(route):
        if route.request.headers.get("hx-request"):
            route.abort()
        else:
            route.continue_()

    page.route("**/indicators/**", without_panels)
    press(box(page, told.nights))
    expect(page.get_by_role("heading", level=1)).to_have_text("Nights")


def test_what_takes_long_is_said_and_can_be_stopped(told, enter):
    page = enter()
    held = []
    page.route("**/indicators/nights/", lambda route: held.append(route))
    press(box(page, told.nights))
    expect(page.locator("[data-panel-says]")).to_have_text("…")
    page.keyboard.press("Escape")
    expect(page.locator("[data-panel-says]")).to_be_empty()
    press(box(page, told.nights))
    expect(page.locator("[data-panel-says]")).to_have_text("…")
    held[-1].continue_()
    expect(heading(page)).to_have_text("Nights")
    expect(page.locator("[data-panel-says]")).to_be_empty()


@pytest.mark.parametrize(
    "path",
    [
        "/c/wound-care/stories/",
        "/c/wound-care/../night-shift/paths/",
        "/c/night-shift/paths/",
        "//example.org/c/wound-care/paths/",
        "https://example.org/c/wound-care/paths/",
        "javascript:alert(1)",
        "/accounts/logout/",
    ],
)
def test_only_a_panel_of_this_matrix_is_opened(told, enter, path):
    page = enter()
    asked = []
    page.on("request", lambda request: asked.append(request))
    page.goto(address_of(told, f"?open={path}"))
    expect(page.locator("[data-zoom]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(panel(page)).to_be_hidden()
    parts = [one.url for one in asked if "hx-request" in one.headers]
    # The living part may ask whether it is still the same.
    assert [url for url in parts if url != page.url] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_two_boxes_show_the_ways_between_them(told, enter, width):
    page = enter(width)
    says = page.locator("[data-panel-says]")
    box(page, told.came).focus()
    page.keyboard.press("p")
    expect(says).to_have_text("Choose where it leads to; Escape to stop")
    expect(box(page, told.came).locator("[data-letter]")).to_have_text("A")
    page.keyboard.press("Escape")
    expect(says).to_be_empty()
    expect(page.locator("[data-letter]")).to_have_count(0)

    page.keyboard.press("p")
    box(page, told.calm).focus()
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Ways from one to another")
    expect(panel(page).get_by_role("status")).to_contain_text("1 person tells the whole way")
    ways = f"/c/{told.community.slug}/paths/?from={told.came.code}&to={told.calm.code}"
    expect(panel(page).get_by_role("link", name="Open as a page")).to_have_attribute("href", ways)
    expect(box(page, told.came).locator("[data-letter]")).to_have_text("A")
    expect(box(page, told.calm).locator("[data-letter]")).to_have_text("B")
    expect(says).to_be_empty()
    assert not page.evaluate(SIDEWAYS)
    assert violations_of(page) == []

    page.reload()
    expect(heading(page)).to_have_text("Ways from one to another")
    expect(box(page, told.calm).locator("[data-letter]")).to_have_text("B")


def test_the_ways_begin_in_a_panel_or_with_shift_and_other_ends_are_chosen_in_it(told, enter):
    page = enter()
    press(box(page, told.came))
    panel(page).get_by_role("link", name="Ways from here to another").click()
    expect(box(page, told.came)).to_be_focused()
    press(box(page, told.calm))
    expect(heading(page)).to_have_text("Ways from one to another")
    panel(page).get_by_role("listbox", name="To").select_option([told.nights.code])
    panel(page).get_by_role("button", name="Show the ways").click()
    expect(box(page, told.nights).locator("[data-letter]")).to_have_text("B")
    expect(box(page, told.calm).locator("[data-letter]")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    at = {"position": {"x": 20, "y": 14}}
    box(page, told.nights).locator(".edge").click(**at, modifiers=["Shift"])
    expect(box(page, told.nights).locator("[data-letter]")).to_have_text("A")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("[data-letter]")).to_have_count(0)
    expect(box(page, told.nights)).to_be_focused()


def width_of(page):
    return page.locator(".drawing svg").first.evaluate("one => one.getBoundingClientRect().width")


def test_the_drawing_becomes_larger_and_smaller(told, enter):
    page = enter()
    fitted = width_of(page)
    level = page.locator("[data-zoom-level]")
    larger = page.get_by_role("button", name="Larger")
    expect(level).to_have_text("100%")
    larger.click()
    expect(level).to_have_text("125%")
    assert width_of(page) == pytest.approx(1.25 * fitted, rel=0.01)
    page.get_by_role("button", name="Smaller").click()
    expect(level).to_have_text("100%")
    for _ in range(7):
        larger.click()
    expect(level).to_have_text("400%")
    expect(larger).to_have_attribute("aria-disabled", "true")
    expect(larger).to_be_focused()
    assert not page.evaluate(SIDEWAYS)
    # Nothing is cut off: the region scrolls to each edge.
    edges = page.locator(".drawing").first.evaluate(
        """one => {
            const svg = one.querySelector('svg');
            one.scrollTo(0, 0);
            const first = svg.getBoundingClientRect(), region = one.getBoundingClientRect();
            const begins = [first.left - region.left, first.top - region.top];
            one.scrollTo(1e6, 1e6);
            const last = svg.getBoundingClientRect();
            const ends = [region.left + one.clientWidth - last.right, region.top + one.clientHeight - last.bottom];
            return [...begins, ...ends];
        }"""
    )
    assert edges == pytest.approx([0, 0, 0, 0], abs=1)
    page.get_by_role("button", name="Fit").click()
    expect(level).to_have_text("100%")
    assert width_of(page) == pytest.approx(fitted)

    box(page, told.nights).focus()
    page.keyboard.press("+")
    page.keyboard.press("=")
    expect(level).to_have_text("156%")
    expect(box(page, told.nights)).to_be_focused()
    page.keyboard.press("-")
    expect(level).to_have_text("125%")
    page.keyboard.press("0")
    expect(level).to_have_text("100%")
    page.get_by_role("button", name="Fit").focus()
    page.keyboard.press("+")
    expect(level).to_have_text("100%")

    larger.click()
    page.emulate_media(media="print")
    assert page.locator(".drawing").first.evaluate(
        "one => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight"
    )


def centre(locator):
    found = locator.bounding_box()
    return found["x"] + found["width"] / 2, found["y"] + found["height"] / 2


def test_the_wheel_keeps_the_point_in_place_and_the_ground_is_dragged(told, enter):
    page = enter()
    edge = box(page, told.nights).locator(".edge")
    before = centre(edge)
    page.mouse.move(*before)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -50)
    page.mouse.wheel(0, -50)
    page.keyboard.up("Control")
    expect(page.locator(".drawing.zoomed")).to_have_count(1)
    page.wait_for_function(
        "parseInt(document.querySelector('[data-zoom-level]').textContent) > 150"
    )
    assert centre(edge) == pytest.approx(before, abs=4)

    region = page.locator(".drawing").first
    left = region.evaluate("one => one.scrollLeft")
    # The gutter left of the box is ground.
    x, y = edge.bounding_box()["x"] - 12, edge.bounding_box()["y"] - 4
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 30)
    page.mouse.up()
    assert region.evaluate("one => one.scrollLeft") == pytest.approx(left + 60, abs=2)
    region.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(
        "left => document.querySelector('.drawing').scrollLeft < left", arg=left + 58
    )


def test_two_fingers_make_it_larger(told, enter):
    page = enter(width=900, has_touch=True)
    x, y = centre(box(page, told.came).locator(".edge"))
    send = page.context.new_cdp_session(page).send

    def touch(kind, apart):
        points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
        send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points if apart else []})

    touch("touchStart", 20)
    for apart in (25, 30, 40):
        touch("touchMove", apart)
    touch("touchEnd", 0)
    expect(page.locator("[data-zoom-level]")).to_have_text("200%")
    assert page.evaluate("visualViewport.scale") == 1


@pytest.mark.parametrize("width", WIDTHS)
def test_arrows_go_from_box_to_box(told, enter, width):
    page = enter(width)
    box(page, told.came).focus()
    page.keyboard.press("End")
    last = page.evaluate("document.activeElement.dataset.box")
    page.keyboard.press("Home")
    first = page.evaluate("document.activeElement.dataset.box")
    assert first != last
    box(page, told.came).focus()
    page.keyboard.press("ArrowDown")
    assert not box(page, told.came).evaluate("one => one === document.activeElement")
    if width > 640:
        box(page, told.came).focus()
        page.keyboard.press("ArrowRight")
        assert page.evaluate(
            "box => document.activeElement.getBoundingClientRect().left > box.getBoundingClientRect().right",
            box(page, told.came).element_handle(),
        )


@pytest.mark.parametrize("width", WIDTHS)
def test_a_change_comes_in_and_nothing_is_lost(told, enter, width):
    page = enter(width)
    page.get_by_role("button", name="My story").click()
    box(page, told.nights).focus()
    if width > 640:
        page.keyboard.press("+")
        page.keyboard.press("+")
    page.keyboard.press("Enter")
    expect(panel(page)).to_contain_text("1 teller")
    panel(page).locator("summary").first.click()
    page.locator("[data-panel-body]").evaluate("one => { one.scrollTop = 40 }")
    region = page.locator(".drawing").first
    region.evaluate("one => one.scrollTo(100, 60)")
    panel(page).get_by_role("link", name="The lamp").focus()
    seen = """() => {
        const region = document.querySelector('.drawing'), body = document.querySelector('[data-panel-body]');
        return [region.scrollLeft, region.scrollTop, body.scrollTop, region.querySelector('svg').style.width];
    }"""
    before = page.evaluate(seen)

    tell(told, told.facilitator, title="The rain")
    asked_again(page)
    expect(page.locator(".as-of")).to_contain_text("2 tellers")
    expect(panel(page)).to_contain_text("2 tellers")
    expect(panel(page).get_by_role("link", name="The rain")).to_be_visible()
    expect(panel(page).get_by_role("link", name="The lamp")).to_be_focused()
    expect(page.locator("[data-live-news]")).to_have_text("The matrix has changed.")
    expect(panel(page).locator("details").first).to_have_attribute("open", "")
    expect(box(page, told.nights)).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("button", name="My story")).to_have_attribute("aria-pressed", "false")
    expect(page.locator("svg[data-picture].mine-off")).to_have_count(2)
    assert page.evaluate(seen) == before
    page.keyboard.press("Escape")
    expect(box(page, told.nights)).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_change_leaves_the_focus_and_what_is_lifted(told, enter, width):
    page = enter(width)
    kind = "loom" if width < 640 else "matrix"
    thread = page.locator(f"svg[data-picture={kind}] a[data-thread]").first
    thread.focus()
    # Keys make the focus visible, which lifts.
    page.keyboard.press("End")
    number = page.evaluate("document.activeElement.dataset.thread")
    expect(page.locator(f"svg[data-picture={kind}].lifting")).to_have_count(1)
    old = thread.element_handle()
    tell(told, told.facilitator)
    asked_again(page)
    expect(page.locator(".as-of")).to_contain_text("2 tellers")
    assert not old.evaluate("one => one.isConnected")
    assert page.evaluate("document.activeElement.dataset.thread") == number
    expect(page.locator(f"svg[data-picture={kind}].lifting")).to_have_count(1)
    expect(page.locator(":focus .trail.lifted")).to_have_count(1)
    expect(page.locator(":focus")).to_have_attribute("tabindex", "0")


def test_a_change_waits_while_something_is_marked(told, enter):
    page = enter()
    page.locator(".as-of strong").evaluate("one => getSelection().selectAllChildren(one)")
    tell(told, told.facilitator)
    with page.expect_response(lambda answer: answer.status == 200):
        asked_again(page)
    expect(page.locator(".as-of")).to_contain_text("1 teller")
    assert page.evaluate("getSelection().toString()") == "1 teller"
    page.evaluate("getSelection().removeAllRanges()")
    expect(page.locator(".as-of")).to_contain_text("2 tellers")


def test_nothing_is_asked_in_a_hidden_tab(told, enter):
    page = enter()
    page.clock.install()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address_of(told))
    expect(box(page, told.nights)).to_be_visible()
    with page.expect_response(lambda answer: answer.status == 304):
        page.clock.fast_forward(60_000)
    hide(page)
    page.wait_for_load_state("networkidle")
    asked.clear()
    page.clock.fast_forward(600_000)
    # What was asked meanwhile would be known before this answer is.
    page.evaluate("fetch('/health/live')")
    assert [url for url in asked if not url.endswith("/health/live")] == []
    with page.expect_response(lambda answer: answer.status == 304):
        hide(page, False)


def test_a_first_tap_lifts_a_thread_and_a_second_one_follows_it(told, enter):
    page = enter(width=900, has_touch=True)
    # On its way between two boxes, where nothing else lies.
    x, y = page.locator("a[data-thread] .line").first.evaluate(
        """one => {
            const path = one.ownerDocument.querySelector(one.getAttribute('href'));
            const middle = path.getPointAtLength(path.getTotalLength() / 2);
            const at = middle.matrixTransform(path.ownerSVGElement.getScreenCTM());
            return [at.x, at.y];
        }"""
    )
    page.touchscreen.tap(x, y)
    expect(page.locator(".thread-card")).to_contain_text("The lamp")
    expect(page).to_have_url(re.compile(r"\?story=\d+$"))
    page.touchscreen.tap(x, y)
    expect(page.get_by_role("heading", level=1)).to_have_text("The lamp")


def lifted(page):
    """The titles of the threads that stand out in the drawing that is seen."""
    kind = "loom" if page.viewport_size["width"] < 640 else "matrix"
    drawn = page.locator(f"svg[data-picture={kind}]:is(.lifting) a[data-thread]:has(.trail.lifted)")
    return drawn.evaluate_all("all => all.map(one => one.getAttribute('href').split('/').at(-2))")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scripts", [True, False])
def test_a_number_lifts_its_story_and_back_shows_all_again(told, enter, width, scripts):
    story = tell(told, told.facilitator, title="The rain")
    page = enter(width, java_script_enabled=scripts)
    assert lifted(page) == []
    page.get_by_role("link", name="2: lift this story out of the others").click()
    expect(page).to_have_url(re.compile(rf"\?story={story.pk}$"))
    expect(page.locator(".lifted-story")).to_contain_text("Story 2 stands out here")
    assert lifted(page) == [str(story.pk)]
    dim = page.locator(".trail:not(.lifted)").first
    expect(dim).to_have_css("opacity", "0.22")
    assert not page.evaluate(SIDEWAYS)
    page.go_back()
    expect(page.locator(".lifted-story")).to_have_count(0)
    assert lifted(page) == []
    page.go_forward()
    page.get_by_role("link", name="Show all stories alike").click()
    expect(page).to_have_url(closed(told))


@pytest.mark.parametrize("width", WIDTHS)
def test_what_the_address_lifts_gives_way_to_the_pointer_and_comes_back(told, enter, width):
    story = tell(told, told.facilitator, title="The rain")
    page = enter(width, path=f"?story={story.pk}")
    other = page.locator(".key [data-lift='1']")
    other.scroll_into_view_if_needed()
    other.hover()
    assert lifted(page) != [str(story.pk)] and len(lifted(page)) == 1
    page.get_by_role("heading", name="How to read it").hover()
    assert lifted(page) == [str(story.pk)]
    tell(told, told.facilitator, title="The sun")
    asked_again(page)
    expect(page.locator(".as-of")).to_contain_text("3 stories")
    assert lifted(page) == [str(story.pk)]


def test_a_thread_that_a_finger_holds_is_in_the_address(told, enter):
    page = enter(width=360, has_touch=True)
    thread = page.locator(".loom a[data-thread] .chip").first
    thread.scroll_into_view_if_needed()
    page.touchscreen.tap(*centre(thread))
    expect(page).to_have_url(re.compile(r"\?story=\d+$"))
    page.reload()
    expect(page.locator(".lifted-story")).to_contain_text("The lamp")


def test_a_lifted_story_that_is_taken_back_does_not_stay_on_the_page(told, enter):
    story = tell(told, told.facilitator, title="The rain")
    page = enter(path=f"?story={story.pk}")
    expect(page.locator(".lifted-story")).to_contain_text("The rain")
    actions.withdraw(story=story, by=told.facilitator)
    asked_again(page)
    expect(page.get_by_text("There is no such story here.")).to_be_visible()
    expect(page.get_by_text("The rain")).to_have_count(0)


def test_a_first_tap_opens_a_box(told, enter):
    page = enter(width=360, has_touch=True)
    edge = box(page, told.nights).locator(".edge")
    edge.scroll_into_view_if_needed()
    edge.tap(position={"x": 60, "y": 14})
    expect(heading(page)).to_have_text("Nights")
    page.touchscreen.tap(*centre(panel(page).get_by_role("button", name="Close")))
    expect(panel(page)).to_be_hidden()


@pytest.mark.parametrize("width", WIDTHS)
def test_without_javascript_a_box_leads_to_its_page(told, enter, width):
    page = enter(width, java_script_enabled=False)
    for gone in ("[data-zoom]", "[data-panel]", "[data-my-story]", "[data-panel-stop]"):
        expect(page.locator(gone)).to_be_hidden()
    press(box(page, told.nights))
    expect(page.get_by_role("heading", level=1)).to_have_text("Nights")


@pytest.mark.parametrize("width", [320, *WIDTHS])
def test_axe_finds_nothing_with_the_panel_open(told, enter, width):
    page = enter(width, user=told.facilitator)
    reported = []
    page.on("console", lambda message: reported.append(message.text))
    page.on("pageerror", lambda error: reported.append(str(error)))
    for one in (told.nights, told.alone):
        box(page, one).focus()
        page.keyboard.press("Enter")
        expect(heading(page)).to_have_text(str(one))
        assert not page.evaluate(SIDEWAYS)
        page.emulate_media(color_scheme="light")
        assert reported == []
        assert violations_of(page) == []
        page.emulate_media(color_scheme="dark")
        assert violations_of(page, COLOURS) == []
        assert not page.evaluate(SIDEWAYS)
        # axe tries styles of its own, of which the browser reports.
        reported.clear()
        page.keyboard.press("Escape")
        expect(panel(page)).to_be_hidden()
    box(page, told.came).focus()
    page.keyboard.press("p")
    assert violations_of(page) == []
    assert not page.evaluate(SIDEWAYS)
