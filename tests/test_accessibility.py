"""axe finds nothing, and the browser reports nothing, on any page that people reach."""

from functools import partial
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from communities import actions
from communities.mail import stop_address
from communities.models import User
from communities.viewer import Viewer
from indicators import negotiating
from indicators.acts import ACTS
from indicators.models import Indicator
from indicators.talk import Talk
from matrix import sync
from matrix.snapshots import take
from stories.actions import submit
from stories.concerns import raise_concern
from stories.examples.load import load
from stories.examples.primary_care import PRIMARY_CARE
from stories.merging import merge
from stories.models import Story
from stories.private import make_private_address
from stories.tellers import match_teller

from .make import make_file, make_step, make_story, make_stub
from .running import cookie_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
SIZES = [(360, 780), (1280, 900)]


@pytest.fixture
def site(transactional_db, running):
    community = load(PRIMARY_CARE)
    sync.sync(community)
    running.web()
    return community, f"http://127.0.0.1:{running.port}"


def pages_of(community):
    """The addresses that each example person is taken to."""
    at = f"/c/{community.slug}"
    published = Story.objects.filter(status="published", audience__gte=3).earliest("pk")
    submitted = Story.objects.filter(status="submitted").earliest("pk")
    returned = Story.objects.filter(
        status="returned", teller__user__email="member@example.org"
    ).earliest("pk")
    indicator = community.indicators.filter(observations__isnull=False).earliest("pk")
    observation = indicator.observations.earliest("pk")
    member = "member@example.org"
    facilitator = "facilitator@example.org"
    admin = [f"/admin/{model}/" for model in ("indicators/indicator", "indicators/observation")]
    admin += ["/admin/", "/admin/indicators/target/add/", "/admin/stories/story/"]
    admin += [f"/admin/indicators/indicator/{indicator.pk}/change/"]
    admin += [f"/admin/indicators/observation/{observation.pk}/change/"]
    admin += [f"/admin/stories/story/{submitted.pk}/change/"]
    mailed, shared = invitations_of(community)
    told = Story.objects.filter(teller__kind="unknown", status="published").earliest("pk")
    private = make_private_address(story=told, by=None)
    words = {"name": "◊Rosa", "title": "◊Lamp", "text": "◊Lent."}
    stub = make_stub(community, by=User.objects.get(email=facilitator), **words)
    heard = make_private_address(story=stub, by=None)
    lent = [make_step(community, text="◊Lent.")]
    talked = talk_about(community, indicator)
    blind = community.indicators.get(rounds__is_blind=True)
    agreed = community.indicators.filter(state="agreed").earliest("pk")
    merged = merge_one(community, indicator)
    told_now = make_story(community, User.objects.get(email=member), lent, title="◊Lamp")
    for content_type in ("image/png", "audio/mp4", "application/pdf"):
        make_file(told_now, content_type=content_type, original_name="◊Lamp")
    submit(story=told_now, by=None, others="nobody")
    raise_concern(community=community, story=told, words="◊Mine.", contact="◊here")
    visitor = actions.add_person(email="visitor@example.org", name="◊Vera")
    # Who has no password is not asked for it before anything changes.
    User.objects.filter(email="funder@example.org").update(password="!")
    nora = community.memberships.get(user__email=member)
    group = community.stakeholder_groups.earliest("pk")
    day = take(community=community, title="◊Autumn", note="◊Tea.").pk
    people = [
        "",
        "community/",
        "privacy/",
        f"{nora.pk}/",
        "groups/",
        f"groups/{group.pk}/",
        "leave/",
        "audit/",
    ]
    people += ["invitations/", "invitations/invite/", "invitations/make-address/"]
    people += [f"invitations/{shared.pk}/"]
    return {
        None: [
            "/",
            "/about/",
            "/developers/",
            "/accounts/login/",
            "/accounts/login/code/",
            "/accounts/signup/",
            "/accounts/password/reset/",
            "/accounts/error/",
            "/accounts/cancelled/",
            "/receipt/",
            private.path,
            heard.path,
            "/private/nothing/",
            "/demo/mailbox/",
            "/nowhere/",
            mailed.path,
            "/join/nothing/",
            urlsplit(stop_address(nora.user, "story_published")).path,
        ],
        "funder@example.org": [
            f"{at}/",
            f"{at}/indicators/{indicator.code}/",
            f"{at}/cycles/applied/no-indicator/",
            f"{at}/snapshots/{day}/",
            f"{at}/snapshots/{day}/compare/",
            f"{at}/?draw=ribbons",
            f"{at}/?tense=hoped&cycle=applied",
            f"{at}/?since=◊",
            f"{at}/pairs/~immediate/~applied/",
            f"{at}/periods/",
            f"{at}/hopes/",
            f"{at}/missing/",
            f"{at}/paths/?from=questions-asked&to=own-goals-reached",
            f"{at}/stories/{published.pk}/",
            f"{at}/stories/{published.pk}/about-me/",
            f"{at}/stories/about-me/",
            f"{at}/stories/?q=,",
            f"{at}/stories/?cycle=applied&since=1",
            f"{at}/stories/tell/",
            "/accounts/password/set/",
            "/accounts/security/totp/activate/",
            "/accounts/security/webauthn/add/",
            "/accounts/security/recovery-codes/generate/",
        ],
        member: [
            "/",
            f"{at}/stories/",
            f"{at}/stories/mine/",
            f"{at}/propose/",
            f"{at}/negotiation/{indicator.code}/",
            f"{at}/negotiation/{talked.code}/",
            f"{at}/negotiation/{talked.code}/?large",
            f"{at}/negotiation/",
            f"{at}/negotiation/{blind.code}/",
            f"{at}/negotiation/{agreed.code}/",
            f"{at}/indicators/{agreed.code}/",
            f"{at}/negotiation/{merged.code}/",
            f"{at}/indicators/{merged.code}/",
            f"{at}/indicators/{merged.merged_into.code}/",
            f"{at}/stories/offer/{agreed.code}/",
            f"{at}/stories/tell/",
            f"{at}/stories/{returned.pk}/",
            f"{at}/stories/{returned.pk}/revise/",
            f"{at}/stories/{returned.pk}/submit/",
            f"{at}/stories/{told_now.pk}/thanks/",
            f"{at}/stories/{told_now.pk}/revise/",
            f"{at}/stories/{told_now.pk}/history/",
            f"{at}/stories/{told_now.pk}/",
            f"{at}/stories/heard/",
            f"{at}/stories/tell/?start=did-not-work",
            f"{at}/stories/{returned.pk}/seen-by/member/",
            f"{at}/stories/{returned.pk}/seen-by/public/",
            f"{at}/people/",
            "/profile/",
            "/profile/tokens/",
            "/my-value/?private=on",
            f"{at}/stories/tell/?start=our-hope",
            "/accounts/password/change/",
            "/accounts/security/",
            "/accounts/security/webauthn/",
            "/accounts/reauthenticate/",
            "/accounts/sessions/",
            "/accounts/connections/",
            "/accounts/logout/",
            "/communities/found/",
        ],
        visitor.email: ["/", mailed.path],
        facilitator: [
            "/",
            f"{at}/stories/waiting/",
            f"{at}/upkeep/",
            f"{at}/snapshots/",
            f"{at}/tidy/",
            f"{at}/missing/",
            f"{at}/?audience=public&mine=on",
            f"{at}/?story={published.pk}",
            f"{at}/?story=0",
            f"{at}/paths/?from=questions-asked&to=own-goals-reached",
            f"{at}/negotiation/{talked.code}/",
            f"{at}/negotiation/{indicator.code}/",
            *acts_of(talked),
            *acts_of(indicator),
            *acts_of(merged),
            f"{at}/stories/{submitted.pk}/",
            f"{at}/stories/{submitted.pk}/publish/",
            f"{at}/stories/{stub.pk}/",
            f"{at}/stories/concerns/",
            f"{at}/stories/tellers/",
            f"{at}/stories/numbers/",
            *(f"{at}/people/{path}" for path in people),
            *admin,
        ],
    }


def talk_about(community, indicator):
    """An indicator in a round, with an objection, an answer and a reply; another one stays without."""
    by = User.objects.get(email="member@example.org")
    others = community.indicators.exclude(pk=indicator.pk).filter(state="proposed")
    talked = others.in_reading_order().first()
    groups = list(community.stakeholder_groups.all())
    membership = community.memberships.get(user=by)
    membership.stakeholder_group = membership.stakeholder_group or groups[0]
    membership.save()
    talk = negotiating.open_round(
        indicator=talked, by=by, groups=groups, closes_on=timezone.localdate()
    )
    stance = negotiating.take_stance(
        round=talk,
        by=by,
        choice="object",
        reason="◊Mine.",
        would_answer="◊Tea.",
    )
    negotiating.answer_objection(stance=stance, by=by, answer="◊Tea.")
    said = negotiating.comment(indicator=talked, by=by, text="◊Tea.")
    negotiating.comment(indicator=talked, by=by, text="◊Tea.", parent=said)
    words = dict.fromkeys(["judged", "cheapest_way", "losers", "hidden", "safeguard"], "◊Tea.")
    day = timezone.localdate()
    negotiating.check_gaming(indicator=talked, by=by, review_on=day, **words)
    return talked


def merge_one(community, indicator):
    """One with a number, merged into another."""
    by = User.objects.get(email="facilitator@example.org")
    free = community.indicators.filter(state="proposed", rounds=None).exclude(pk=indicator.pk)
    gone = free.filter(observations__isnull=False, definition__kind="number").latest("pk")
    into = free.exclude(pk=gone.pk).latest("pk")
    said = {"rationale": "◊Tea.", "how": "other", "present": "◊Mira"}
    merge(indicator=gone, into=into, by=by, **said)
    gone.refresh_from_db()
    return gone


def acts_of(indicator):
    """The admin's pages of an indicator and of what can be done with it."""
    by = User.objects.get(email="facilitator@example.org")
    talk = Talk(Viewer.of(by, indicator.community), Indicator.objects.get(pk=indicator.pk))
    at = f"/admin/indicators/indicator/{indicator.pk}"
    offered = [key for key, act in ACTS.items() if act.is_offered(talk)]
    return [f"{at}/change/", *(f"{at}/acts/{key}/" for key in offered)]


def invitations_of(community):
    """One by mail to somebody who is not here yet, one to pass on; and two tellers joined."""
    by = User.objects.get(email="facilitator@example.org")
    terms = {"community": community, "roles": ["member"], "by": by}
    mailed = actions.invite(people=[("", "ada@example.org")], **terms).new[0]
    guest = community.tellers.filter(kind="guest").earliest("pk")
    match_teller(teller=guest, user=by, by=by)
    return mailed, actions.make_address(**terms)


def violations_of(page, rules=RULES):
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = Axe().run(page, options=rules).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]


def note_errors(reported, message):
    if message.type == "error":
        reported.append(message.text)


def test_axe_finds_nothing_on_any_page(site, new_context):
    community, address = site
    faults = {}
    for email, paths in pages_of(community).items():
        context = new_context(base_url=address, reduced_motion="reduce")
        if email:
            name, value = cookie_of(User.objects.get(email=email)).split("=", 1)
            context.add_cookies([{"name": name, "value": value, "url": address}])
        page = context.new_page()
        reported = []
        page.on("console", partial(note_errors, reported))
        for path in paths:
            for width, height in SIZES:
                reported.clear()
                page.emulate_media(color_scheme="light")
                page.set_viewport_size({"width": width, "height": height})
                page.goto(path)
                # The browser says of a 403 or 404 that it is one. axe tries styles of its own.
                found = [text for text in reported if "Failed to load resource" not in text]
                found += violations_of(page)
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    found.append("the page scrolls sideways")
                # In the dark only the colours are others.
                page.emulate_media(color_scheme="dark")
                page.wait_for_function("() => document.getAnimations().length === 0")
                found += violations_of(page, COLOURS)
                if found:
                    faults[email, path, width] = found
    assert faults == {}
