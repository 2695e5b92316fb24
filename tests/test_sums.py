"""Six stories, and every number that the matrix makes of them, worked out on paper.

    indicators   A (immediate)  B (potential)  C (applied)  D (realized)  X (reframing; declined)

    1  Mira     public        A → · → B and C         a step without an indicator between two with;
                                                      two touches on one step, B in another cycle
    2  Mira     funders       A → D hoped             the same teller again
    3  Noor     members       A → B → C harm → A      a loop
    4  Ola      public        C → D did not happen → X
    5  unknown  funders       A → A                   a pair of a box with itself
    6  Noor     facilitators  A → B → D, B → A        only proposed are: that the second step
                                                      touches B, the third step, and the last link

A dot is the cycle's box "no indicator yet". X was declined, so the touch falls to that box of its
step's cycle. Of story 6 counts A → ·: a touch or a link that the teller confirmed counts only
together with its steps.
"""

import pytest

from communities import actions as communities
from communities.permissions import Audience
from indicators import deciding
from indicators.models import Indicator
from matrix import build, sync
from matrix.models import Box, Claim, Pending
from stories import actions as stories
from stories.models import Step

from .make import make_community, make_indicator, make_step, make_story, make_user
from .oracle import matrix_of, stored_of

pytestmark = pytest.mark.django_db


def numbers(tellers, stories, claims, *, unknown_stories=0, **facets):
    """All columns of a sum; a facet (happened=, positive=, …) is (tellers, stories, claims), and
    one that is not given is nothing at all."""
    facets[""] = (tellers, stories, claims)
    found = dict.fromkeys(build.COLUMNS, 0) | {"unknown_stories": unknown_stories}
    for facet, amounts in facets.items():
        prefix = f"{facet}_" if facet else ""
        for column, amount in zip(("tellers", "stories", "claims"), amounts, strict=True):
            assert f"{prefix}{column}" in found
            found[f"{prefix}{column}"] = amount
    return found


def one(tense, value):
    """One claim of one story of a known teller."""
    return numbers(1, 1, 1, **{tense: (1, 1, 1), value: (1, 1, 1)})


# Keys: a box by its name ("·" with its cycle), a pair by two of them, all steps told in a cycle,
# and the whole. Numbers: tellers, stories, claims.

# Stories 1 (Mira) and 4 (Ola). They meet in C and in the applied cycle only, where story 1 has two
# claims, B and C. A link counts as not happened where either of its steps did not happen: story
# 4's D → · has the value of its second step.
PUBLIC = {
    "whole": numbers(
        2, 2, 7,
        happened=(2, 2, 6), did_not_happen=(1, 1, 1),
        positive=(2, 2, 5), none_created=(1, 1, 1), unset=(1, 1, 1),
    ),
    "in immediate": one("happened", "positive"),
    "in potential": one("happened", "positive"),
    "in applied": numbers(2, 2, 3, happened=(2, 2, 3), positive=(2, 2, 3)),
    "in realized": one("did_not_happen", "none_created"),
    "in reframing": one("happened", "unset"),
    "A": one("happened", "positive"),
    "B": one("happened", "positive"),
    "C": numbers(2, 2, 2, happened=(2, 2, 2), positive=(2, 2, 2)),
    "D": one("did_not_happen", "none_created"),
    "· potential": one("happened", "positive"),
    "· reframing": one("happened", "unset"),
    ("A", "· potential"): one("happened", "positive"),
    ("· potential", "B"): one("happened", "positive"),
    ("· potential", "C"): one("happened", "positive"),
    ("C", "D"): one("did_not_happen", "none_created"),
    ("D", "· reframing"): one("did_not_happen", "unset"),
}  # fmt: skip

# And stories 2 (Mira) and 5 (unknown): Mira was there already and story 5 brings nobody, so no
# more tellers in the whole. In A: stories 1, 2 and 5, of which story 5 touches it twice.
IN_A_FOR_FUNDERS = numbers(
    1, 3, 4, unknown_stories=1, happened=(1, 3, 4), positive=(1, 2, 3), unset=(1, 1, 1)
)
IN_D_FOR_FUNDERS = numbers(
    2, 2, 2,
    hoped=(1, 1, 1), did_not_happen=(1, 1, 1),
    none_created=(1, 1, 1), unset=(1, 1, 1),
)  # fmt: skip
FUNDERS = PUBLIC | {
    "whole": numbers(
        2, 4, 11, unknown_stories=1,
        happened=(2, 4, 9), hoped=(1, 1, 1), did_not_happen=(1, 1, 1),
        positive=(2, 3, 7), none_created=(1, 1, 1), unset=(2, 2, 3),
    ),
    "in immediate": IN_A_FOR_FUNDERS,
    "in realized": IN_D_FOR_FUNDERS,
    "A": IN_A_FOR_FUNDERS,
    "D": IN_D_FOR_FUNDERS,
    ("A", "D"): one("hoped", "unset"),
    ("A", "A"): numbers(0, 1, 1, unknown_stories=1, happened=(0, 1, 1), positive=(0, 1, 1)),
}  # fmt: skip

# And story 3, the loop: Noor is the third teller. Two tellers touch B: Mira with a step of the
# applied cycle, Noor with one of the potential cycle.
IN_A_FOR_MEMBERS = numbers(
    2, 4, 5, unknown_stories=1, happened=(2, 4, 5), positive=(2, 3, 4), unset=(1, 1, 1)
)
MEMBERS = FUNDERS | {
    "whole": numbers(
        3, 5, 14, unknown_stories=1,
        happened=(3, 5, 12), hoped=(1, 1, 1), did_not_happen=(1, 1, 1),
        positive=(3, 4, 9), negative=(1, 1, 1), none_created=(1, 1, 1), unset=(2, 2, 3),
    ),
    "in immediate": IN_A_FOR_MEMBERS,
    "in potential": numbers(2, 2, 2, happened=(2, 2, 2), positive=(2, 2, 2)),
    "in applied": numbers(
        3, 3, 4, happened=(3, 3, 4), positive=(2, 2, 3), negative=(1, 1, 1)
    ),
    "A": IN_A_FOR_MEMBERS,
    "B": numbers(2, 2, 2, happened=(2, 2, 2), positive=(2, 2, 2)),
    "C": numbers(3, 3, 3, happened=(3, 3, 3), positive=(2, 2, 2), negative=(1, 1, 1)),
    ("A", "B"): one("happened", "positive"),
    ("B", "C"): one("happened", "negative"),
    ("C", "A"): one("happened", "positive"),
}  # fmt: skip

# And story 6, of which A → · counts: the same teller as story 3, so stories and claims grow where
# Noor was counted, and tellers only where she was not: in "· potential", and in its pair.
IN_A_FOR_FACILITATORS = numbers(
    2, 5, 6, unknown_stories=1, happened=(2, 5, 6), positive=(2, 4, 5), unset=(1, 1, 1)
)
STORIES_1_AND_6 = numbers(
    2, 2, 2, happened=(2, 2, 2), positive=(1, 1, 1), unset=(1, 1, 1)
)  # fmt: skip
FACILITATORS = MEMBERS | {
    "whole": numbers(
        3, 6, 16, unknown_stories=1,
        happened=(3, 6, 14), hoped=(1, 1, 1), did_not_happen=(1, 1, 1),
        positive=(3, 5, 10), negative=(1, 1, 1), none_created=(1, 1, 1), unset=(3, 3, 4),
    ),
    "in immediate": IN_A_FOR_FACILITATORS,
    "in potential": numbers(
        2, 3, 3, happened=(2, 3, 3), positive=(2, 2, 2), unset=(1, 1, 1)
    ),
    "A": IN_A_FOR_FACILITATORS,
    "· potential": STORIES_1_AND_6,
    ("A", "· potential"): STORIES_1_AND_6,
}  # fmt: skip

ON_PAPER = {
    Audience.FACILITATORS: FACILITATORS,
    Audience.MEMBERS: MEMBERS,
    Audience.FUNDERS: FUNDERS,
    Audience.PUBLIC: PUBLIC,
}


class Six:
    """The six stories as drafts, X declined already."""

    def __init__(self):
        self.community = make_community()
        a, b, c, d, x = (
            make_indicator(self.community, cycle, name)
            for name, cycle in {
                "A": "immediate",
                "B": "potential",
                "C": "applied",
                "D": "realized",
                "X": "reframing",
            }.items()
        )
        mira, noor, ola = make_user("Mira"), make_user("Noor"), make_user("Ola")
        unknown = communities.add_guest_teller(community=self.community, name="")
        good = {"value": "positive"}
        self.stories = [
            self.draft(
                mira,
                Audience.PUBLIC,
                self.step("immediate", a, **good),
                self.step("potential", **good),
                self.step("applied", b, c, **good),
            ),
            self.draft(
                mira,
                Audience.FUNDERS,
                self.step("immediate", a),
                self.step("realized", d, tense="hoped"),
            ),
            self.draft(
                noor,
                Audience.MEMBERS,
                self.step("immediate", a, **good),
                self.step("potential", b, **good),
                self.step("applied", c, value="negative"),
                back=[(2, 0)],
            ),
            self.draft(
                ola,
                Audience.PUBLIC,
                self.step("applied", c, **good),
                self.step("realized", d, tense="did_not_happen", value="none_created"),
                self.step("reframing", x),
            ),
            self.draft(
                unknown,
                Audience.FUNDERS,
                self.step("immediate", a, **good),
                self.step("immediate", a, **good),
            ),
            self.draft(
                noor,
                Audience.FACILITATORS,
                self.step("immediate", a, **good),
                self.step("potential", b),
                self.step("realized", d),
                back=[(1, 0)],
                told=False,
            ),
        ]
        self.confirm_some(self.stories[5])
        deciding.decline(
            indicator=x, by=None, rationale="Nobody could say what it shows.", how="consent"
        )

    def step(self, cycle, *touched, **fields):
        return make_step(self.community, cycle, *touched, **fields)

    def draft(self, teller, audience, *steps, back=(), **fields):
        onwards = [(start, start + 1) for start in range(len(steps) - 1)]
        return make_story(
            self.community, teller, steps, [*onwards, *back], audience=audience, **fields
        )

    def confirm_some(self, story):
        """All parts but the second step's touch, the third step, and the link back to the first."""
        first, second, third = story.steps.all()
        touches = [first.touches.get(), third.touches.get()]
        for part in [first, second, *touches, *story.links.exclude(to_step=first)]:
            stories.confirm(part=part, by=None)

    def publish(self):
        """Publishes one after the other, with a pause after each."""
        for story in self.stories:
            stories.publish(
                story=stories.submit(story=story, by=None, others="nobody"),
                by=None,
                others="nobody",
            )
            yield


@pytest.fixture
def six():
    return Six()


def named(community, sums):
    """The sums by audience and name, as they stand on paper."""
    boxes = {
        box.pk: str(box.indicator) if box.indicator else f"· {box.cycle.key}"
        for box in Box.objects.filter(community=community)
    }
    cycles = {cycle.pk: f"in {cycle.key}" for cycle in community.cycles.all()}
    found = {audience: {} for audience in ON_PAPER}
    for (audience, u, v, cycle), amounts in sums.items():
        name = (boxes[u], boxes[v]) if v else boxes[u] if u else cycles.get(cycle, "whole")
        found[audience][name] = amounts
    return found


def numbers_of(rows):
    return {
        key: dict(zip(build.COLUMNS, amounts, strict=True))
        for key, amounts in sync.by_key(rows).items()
    }


def test_the_sums_from_source_are_those_on_paper(six):
    list(six.publish())
    rows = build.result(build.sums(build.source(six.community))).rows()
    assert named(six.community, numbers_of(rows)) == ON_PAPER


def test_the_sums_that_readers_see_are_those_on_paper(six):
    list(six.publish())
    sync.sync(six.community)
    for audience, table in ON_PAPER.items():
        rows = build.current(six.community, audience).rows()
        assert named(six.community, numbers_of(rows))[audience] == table


def test_the_sums_stored_at_once_are_those_on_paper(six):
    list(six.publish())
    assert stored_of(six.community) == {}
    sync.sync(six.community)
    assert named(six.community, stored_of(six.community)) == ON_PAPER


def test_the_sums_stored_story_by_story_are_those_on_paper(six):
    sync.sync(six.community)
    for _published in six.publish():
        sync.sync(six.community)
    assert named(six.community, stored_of(six.community)) == ON_PAPER


def test_the_sums_of_a_rebuild_are_those_on_paper(six):
    list(six.publish())
    sync.rebuild(six.community)
    assert named(six.community, stored_of(six.community)) == ON_PAPER


def test_the_oracle_finds_the_sums_on_paper(six):
    list(six.publish())
    assert named(six.community, matrix_of(six.community)) == ON_PAPER


def test_an_indicator_declined_last_leaves_the_sums_on_paper(six):
    """X is declined while its touches are stored: they fall to the cycle's box at the next sync."""
    x = six.community.indicators.get(definition__name="X")
    six.community.indicators.filter(pk=x.pk).update(state=Indicator.State.PROPOSED)
    list(six.publish())
    sync.rebuild(six.community)
    assert named(six.community, stored_of(six.community))[Audience.PUBLIC]["X"] == one(
        "happened", "unset"
    )
    deciding.decline(
        indicator=x, by=None, rationale="Nobody could say what it shows.", how="consent"
    )
    sync.sync(six.community)
    assert named(six.community, stored_of(six.community)) == ON_PAPER


def test_a_narrower_story_moves_its_sums_and_no_others(six):
    """Story 1 for members only: for the public story 4 alone is left."""
    list(six.publish())
    sync.sync(six.community)
    stories.change_audience(story=six.stories[0], by=None, audience=Audience.MEMBERS)
    only_ola = {
        "whole": numbers(
            1, 1, 3,
            happened=(1, 1, 2), did_not_happen=(1, 1, 1),
            positive=(1, 1, 1), none_created=(1, 1, 1), unset=(1, 1, 1),
        ),
        "in applied": one("happened", "positive"),
        "in realized": one("did_not_happen", "none_created"),
        "in reframing": one("happened", "unset"),
        "C": one("happened", "positive"),
        "D": one("did_not_happen", "none_created"),
        "· reframing": one("happened", "unset"),
        ("C", "D"): one("did_not_happen", "none_created"),
        ("D", "· reframing"): one("did_not_happen", "unset"),
    }  # fmt: skip
    seen = named(six.community, numbers_of(build.current(six.community).rows()))
    assert seen[Audience.PUBLIC] == only_ola
    assert seen[Audience.MEMBERS] == MEMBERS
    assert seen[Audience.FACILITATORS] == FACILITATORS
    sync.sync(six.community)
    assert named(six.community, stored_of(six.community)) == seen


def test_all_stories_withdrawn_leave_no_row(six):
    list(six.publish())
    sync.sync(six.community)
    for story in six.stories:
        stories.withdraw(story=story, by=None)
    assert build.current(six.community).rows() == []
    sync.sync(six.community)
    assert stored_of(six.community) == {}


def test_a_sync_writes_only_the_claims_that_differ(six):
    """Story 5 touches A twice and says twice the same: of such twins one changes, the other stays."""
    list(six.publish())
    sync.sync(six.community)
    story = six.stories[4]

    def claims():
        return {one.pk: (one.v is None, one.tense) for one in Claim.objects.filter(story=story.pk)}

    before = claims()
    touch, link = True, False
    assert sorted(before.values()) == [(link, "happened"), (touch, "happened"), (touch, "happened")]
    Step.objects.filter(pk=story.steps.first().pk).update(tense=Step.Tense.HOPED)
    Pending.objects.create(community=six.community, story=story.pk)
    sync.sync(six.community)
    after = claims()
    assert sorted(after.values()) == [(link, "hoped"), (touch, "happened"), (touch, "hoped")]
    assert [before[pk] for pk in before.keys() & after.keys()] == [(touch, "happened")]
    assert sync.check(six.community) == []
    Pending.objects.create(community=six.community, story=story.pk)
    sync.sync(six.community)
    assert claims() == after
