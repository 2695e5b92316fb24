"""A community with secrets of every private kind, beside another one; for the crawl."""

import uuid
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities import actions as people
from communities.models import User
from communities.permissions import Audience, Role
from indicators import deciding, negotiating
from matrix import sync
from matrix.snapshots import take
from stories import actions
from stories.concerns import raise_concern
from stories.elsewhere import tell_elsewhere
from stories.models import Sketch, Story
from stories.private import make_private_address
from stories.purge import purge
from stories.tellers import match_teller

from .crawling import Crawl
from .make import (
    make_community,
    make_file,
    make_indicator,
    make_member,
    make_published,
    make_step,
    make_story,
    make_stub,
    make_user,
)

EVERYBODY = {
    "nobody",
    "stranger",
    "neighbour",
    "holder",
    "teller",
    "unnamed",
    "member",
    "helper",
    "facilitator",
    "funder",
}
FUNDERS = {"teller", "unnamed", "member", "helper", "facilitator", "funder"}
MEMBERS = FUNDERS - {"funder", "helper"}
FACILITATORS = {"teller", "facilitator"}
# Of tellers who stay unnamed, and their stories.
NAMES = {"zqunnamedzq", "zqguestzq", "zqjoinedzq", "zqaddresszq", "zqguestmailzq"}
KEPT_FROM_NAMES = {"zqunsignedzq", "zqheldzq", "zqofjoinedzq", "zqkestrelzq"}
THEIR_OWN = {"zqaddresszq", *KEPT_FROM_NAMES}
# The rows of a table begin where those of all others do: a number asked for one is asked for all.
FIRST = 7_000_000


class World:
    """A community with its page open, one next door, and `secrets`: mark → who may come upon it."""

    def __init__(self):
        begin_tables_together()
        self.secrets = {}
        self.filepath = self.secret("filepath", set())
        self.community = make_community("Wound care circle", "wound-care", is_public=True)
        self.neighbour = make_community("Night shift", "night-shift")
        self.users = {
            "stranger": make_user("Stella"),
            "neighbour": make_member(self.neighbour, Role.FACILITATOR, name="Nadia"),
            "teller": make_member(self.community, name="Mira"),
            "unnamed": make_member(self.community, name="Zqunnamedzq"),
            "member": make_member(self.community, name="Ines"),
            "helper": make_member(self.community, Role.FUNDER, name="Hana"),
            "facilitator": make_member(self.community, Role.FACILITATOR, name="Farid"),
            "funder": make_member(self.community, Role.FUNDER, name="Fumiko"),
        }
        self.indicator = make_indicator(self.community, "applied", "Visits")
        self.facilitator = self.users["facilitator"]
        self.plant_stories()
        self.plant_parts()
        self.plant_history()
        self.plant_negotiation()
        self.plant_people()
        self.plant_next_door()
        self.plant_elsewhere()
        sync.sync(self.community)
        take(community=self.community, title=self.secret("day", EVERYBODY))
        take(community=self.neighbour, title=self.secret("theirday", {"neighbour"}))

    def secret(self, name, allowed):
        mark = f"zq{name}zq"
        self.secrets[mark] = allowed
        return mark

    def told(self, name, allowed, *, make=make_story, by="teller", text="heron", **fields):
        mark = self.secret(name, allowed)
        step = make_step(self.community, "applied", self.indicator, text=f"{mark} {text}")
        title = fields.pop("title", f"{mark}title")
        story = make(self.community, self.users.get(by, by), [step], title=title, **fields)
        self.add_file(story, mark)
        return story

    def add_file(self, of, mark):
        """Called and saying what only they may come upon who may open `of`."""
        called = {"original_name": f"{mark}.txt", "name": f"{self.filepath}.txt"}
        make_file(of, mark.encode(), "text/plain", **called)

    def submit(self, story):
        return actions.submit(story=story, by=None, others="nobody")

    def plant_stories(self):
        """One in each state and for each audience."""
        helper = {"recorder": self.users["helper"]}
        everybody = Audience.PUBLIC
        self.told("onlyme", {"teller"}, audience=Audience.ME)
        self.told("draft", {"teller"}, audience=everybody)
        self.told("sitting", {"teller", "helper"}, sitting_open=True, **helper)
        self.submit(self.told("submitted", FACILITATORS))
        self.submit(self.told("helped", FACILITATORS | {"helper"}, **helper))
        returned = self.submit(self.told("returned", FACILITATORS))
        note = self.secret("note", FACILITATORS)
        actions.return_(story=returned, by=self.facilitator, note=note)
        audiences = [FACILITATORS, MEMBERS, FUNDERS, EVERYBODY]
        for audience, allowed in zip(list(Audience)[1:], audiences, strict=True):
            self.told(
                f"for{audience.name.lower()}", allowed, make=make_published, audience=audience
            )
        hidden = self.told("hidden", FACILITATORS, make=make_published)
        reason = self.secret("reason", FACILITATORS)
        actions.hide(story=hidden, by=self.facilitator, note=reason)
        withdrawn = self.told("withdrawn", {"teller"}, make=make_published)
        actions.withdraw(story=withdrawn, by=self.users["teller"])
        narrowed = self.told("narrowed", {"teller"}, make=make_published)
        actions.change_audience(story=narrowed, by=None, audience=Audience.ME)
        for story in (None, hidden):
            mark = self.secret(f"typed{'on' if story else ''}", {"teller"})
            sketch = Sketch.objects.create(
                community=self.community,
                user=self.users["teller"],
                story=story,
                key=story.key if story else uuid.uuid4(),
                fields={"title": [mark]},
            )
            self.add_file(sketch, mark)
        purged = self.told("purged", set(), make=make_published)
        actions.withdraw(story=purged, by=None)
        Story.objects.filter(pk=purged.pk).update(withdrawn_at=timezone.now() - timedelta(days=40))
        assert purge() == 1

    def plant_parts(self):
        """Within a story that everybody reads: what is proposed, and rejected."""
        helper = self.users["helper"]
        inside = FACILITATORS | {"helper"}
        story = self.told("parts", EVERYBODY, make=make_published, recorder=helper)
        told = story.steps.get()
        proposed = {"story": story, "cycle": told.cycle, "said_by": helper}
        for position, status in ((2, "proposed"), (3, "rejected")):
            allowed = inside if status == "proposed" else {"teller"}
            text = self.secret(status, allowed)
            step = story.steps.create(position=position, text=text, status=status, **proposed)
            how = self.secret(f"{status}link", allowed)
            story.links.create(from_step=told, to_step=step, how=how, status=status)
        actions.change_audience(story=story, by=None, audience=Audience.PUBLIC)

    def plant_history(self):
        """What was said in a draft, then to its readers, and is said no more."""
        by = self.users["teller"]
        texts = {"oncedraft": {"teller"}, "oncesaid": FACILITATORS, "nowsaid": EVERYBODY}
        marks = [self.secret(name, allowed) for name, allowed in texts.items()]
        draft, published, now = (make_step(self.community, text=mark) for mark in marks)
        story = make_story(self.community, by, [draft])
        story = self.revised(story, published)
        self.submit(story)
        actions.publish(story=story, by=self.facilitator, others="nobody")
        self.revised(story, now)

    def revised(self, story, step):
        version = Story.objects.get(pk=story.pk).version
        by = self.users["teller"]
        return actions.revise(story=story, by=by, version=version, steps=[step], links=[])

    def plant_negotiation(self):
        """What persons say of an indicator: to whoever takes part in the community, to nobody else."""
        by = self.users["teller"]
        said = {
            name: self.secret(name, FUNDERS) for name in ("stance", "answers", "gaming", "talk")
        }
        group = people.add_group(community=self.community, name="Nurses", axis="horizontal")
        talk = negotiating.open_round(indicator=self.indicator, by=None, groups=[group])
        for name in ("teller", "helper"):
            members = self.community.memberships.filter(user=self.users[name])
            members.update(stakeholder_group=group)
        negotiating.take_stance(
            round=talk,
            by=by,
            choice="object",
            reason=said["stance"],
            would_answer=said["answers"],
        )
        words = dict.fromkeys(
            ("judged", "cheapest_way", "losers", "hidden", "safeguard"), said["gaming"]
        )
        day = timezone.localdate()
        negotiating.check_gaming(indicator=self.indicator, by=by, review_on=day, **words)
        negotiating.comment(indicator=self.indicator, by=by, text=said["talk"])
        self.plant_blind(group)
        self.plant_decision()

    def plant_blind(self, group):
        """What a person says in a blind round is theirs until it closes."""
        indicator = make_indicator(self.community, "applied", "Blind")
        blind = negotiating.open_round(
            indicator=indicator,
            by=None,
            groups=[group],
            closes_on=self.community.today + timedelta(days=9),
            is_blind=True,
        )
        for name in ("teller", "helper"):
            negotiating.take_stance(
                round=blind,
                by=self.users[name],
                choice="object",
                reason=self.secret(f"blind{name}", {name}),
                would_answer=self.secret(f"blindanswer{name}", {name}),
            )

    def plant_decision(self):
        """Who was there is known to those who may know people."""
        indicator = make_indicator(self.community, "applied", "Declined")
        present = self.secret("present", MEMBERS)
        said = {"rationale": "Too much work.", "how": "consent", "present": present}
        deciding.decline(indicator=indicator, by=self.facilitator, **said)

    def plant_people(self):
        """Tellers who stay unnamed: a member, a guest, one joined to a member; what was said of a
        story, and heard."""
        by = self.users["unnamed"]
        fields = {"make": make_published, "attribution": "anonymous"}
        self.told("unsigned", EVERYBODY, by=by, recorder=by, **fields)
        email = self.secret("address", set())
        User.objects.filter(pk=by.pk).update(email=f"{email}@example.org")
        by.refresh_from_db()
        guest = people.add_guest_teller(
            community=self.community,
            name=self.secret("guest", {"facilitator"}),
            email=f"{self.secret('guestmail', set())}@example.org",
        )
        held = self.told("held", EVERYBODY, by=guest, **fields)
        self.address = make_private_address(story=held, by=self.facilitator)
        joined = people.add_guest_teller(
            community=self.community, name=self.secret("joined", {"facilitator"})
        )
        self.told("ofjoined", EVERYBODY, by=joined, **fields)
        match_teller(teller=joined, user=self.users["unnamed"], by=self.facilitator)
        pseudonym = {"attribution": "pseudonym", "pseudonym": "Kestrel"}
        self.told("kestrel", EVERYBODY, by=by, make=make_published, **pseudonym)
        raise_concern(
            community=self.community,
            story=held,
            words=self.secret("concern", {"facilitator"}),
            contact=self.secret("contact", {"facilitator"}),
        )
        make_stub(
            self.community,
            by=self.users["member"],
            name=self.secret("heardof", {"facilitator"}),
            title=self.secret("stubtitle", {"facilitator"}),
            text=self.secret("stub", {"facilitator"}),
            email=f"{self.secret('stubmail', set())}@example.org",
        )
        people.invite(
            community=self.community,
            people=[("", f"{self.secret('invited', {'facilitator'})}@example.org")],
            roles=["member"],
            by=self.facilitator,
        )

    def plant_elsewhere(self):
        """What programs may, and where a story was told."""
        people.make_token(
            user=self.users["teller"], name=self.secret("token", {"teller"}), scope="tell"
        )
        told = tell_elsewhere(
            community=self.community,
            teller=people.teller_of(community=self.community, user=self.users["teller"]),
            by=self.facilitator,
            told_where=self.secret("toldwhere", MEMBERS),
            told_on=self.community.today,
            title="Told in a meeting",
            audience=Audience.PUBLIC,
            steps=[make_step(self.community)],
        )
        actions.publish(story=told, by=self.facilitator, others="nobody")

    def plant_next_door(self):
        nadia = self.users["neighbour"]
        title = self.secret("nextdoor", {"neighbour"})
        self.next_door = make_published(
            self.neighbour, nadia, title=title, audience=Audience.PUBLIC
        )
        make_indicator(self.neighbour, name=self.secret("indicator", {"neighbour"}))
        people.add_group(
            community=self.neighbour, name=self.secret("group", {"neighbour"}), axis="vertical"
        )

    def pools(self, viewer):
        numbers = range(FIRST, FIRST + 26)
        return {
            "slug": [self.community.slug, self.neighbour.slug],
            "pk": numbers,
            "object_id": numbers,
            "role": ["member", "facilitator", "funder", "public"],
            "code": [self.indicator.code],
            "key": ["applied"],
            "start": [self.indicator.code, "~applied"],
            "end": [self.indicator.code, "~applied"],
            "secret": [self.address.secret if viewer == "holder" else "nothing"],
            "app_label": ["communities", "indicators", "stories"],
        }

    def fits(self, values):
        """Next door, the numbers of what is there, and a few of what is not."""
        own = values.get("slug", self.community.slug) == self.community.slug
        return own or values.get("pk", FIRST) in {FIRST, FIRST + 1, FIRST + 2, self.next_door.pk}

    def crawl(self, viewer):
        client = Client()
        if viewer in self.users:
            client.force_login(self.users[viewer])
        # Part of a mark: a page may repeat what was searched for.
        words = [mark[:-2] for mark in self.secrets] + ["heron"]
        return Crawl(client, self.pools(viewer), words, self.fits).run(["/", *self.parts()])

    def parts(self):
        """The matrix in part, as others see it, and drawn otherwise; on its page and on paper."""
        questions = ["mine=on", "audience=public&draw=ribbons", "tense=happened&cycle=applied"]
        questions += [f"group={group.pk}" for group in self.community.stakeholder_groups.all()]
        pages = [reverse("matrix:matrix", args=[self.community.slug])]
        pages += [
            reverse("matrix:file", args=[self.community.slug, name]) for name in ("svg", "a4")
        ]
        code = self.indicator.code
        ways = reverse("matrix:paths", args=[self.community.slug])
        others = self.community.indicators.exclude(code=code).values_list("code", flat=True)
        return [
            *(f"{page}?{question}" for page in pages for question in questions),
            *(f"{ways}?from={code}&to={other}" for other in others),
        ]

    def leaks(self, viewer, found):
        """{mark: an address} of what this viewer must not come upon."""
        leaks = {}
        for asked, text in found.items():
            for leak in self.leaks_in(text.casefold(), viewer):
                leaks.setdefault(leak, asked)
        return leaks

    def leaks_in(self, text, viewer):
        """The marks that are not this viewer's; and names beside the stories they are kept from."""
        is_unnamed = viewer == "unnamed"
        for mark, allowed in self.secrets.items():
            if mark in text and viewer not in allowed and not (is_unnamed and mark in THEIR_OWN):
                yield mark
        for story in KEPT_FROM_NAMES:
            if story in text and not is_unnamed:
                yield from (f"{name} beside {story}" for name in NAMES if name in text)


def begin_tables_together(first=FIRST):
    """The next row of every table gets this number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT schemaname, sequencename FROM pg_sequences WHERE schemaname = 'public'"
        )
        for _schema, sequence in cursor.fetchall():
            cursor.execute(f'ALTER SEQUENCE "{sequence}" RESTART WITH {first}')
