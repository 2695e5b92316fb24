"""The indicators of the primary-care example.

Figures published by Koatz et al. 2024 carry that source, and an indicator of theirs whose figure
we do not know has none. The other indicators and their figures are invented, and say so.
"""

from datetime import date

from stories.examples.content import ExampleIndicator, ExampleObservation, ExampleTarget

KOATZ = "Koatz et al. 2024, https://doi.org/10.1186/s12909-024-05061-6"
INVENTED = "invented for this example"
PLACEHOLDER = "The study ran for 65 weeks. We do not know from when: the dates are placeholders."

STUDY = (date(2024, 1, 1), date(2025, 3, 30))  # 65 weeks
QUARTERS = (
    (date(2024, 1, 1), date(2024, 3, 31)),
    (date(2024, 4, 1), date(2024, 6, 30)),
    (date(2024, 7, 1), date(2024, 9, 30)),
    (date(2024, 10, 1), date(2024, 12, 31)),
)


def published(value=None, *, of=None, note=""):
    """The one published figure of an indicator: a value, or a numerator and a denominator."""
    start, end = STUDY
    return (
        ExampleObservation(
            start=start,
            end=end,
            value=None if of else value,
            numerator=of[0] if of else None,
            denominator=of[1] if of else None,
            note=f"{note} {PLACEHOLDER}".strip(),
            source=KOATZ,
        ),
    )


def invented(*values):
    """Invented figures, one a quarter; a pair is a numerator and a denominator."""
    return tuple(
        ExampleObservation(
            start=start,
            end=end,
            value=None if isinstance(value, tuple) else value,
            numerator=value[0] if isinstance(value, tuple) else None,
            denominator=value[1] if isinstance(value, tuple) else None,
            source=INVENTED,
        )
        for (start, end), value in zip(QUARTERS[-len(values) :], values, strict=True)
    )


def aim(value):
    """Invented too: what the community would like to see in the quarter after the study."""
    return (ExampleTarget(date(2025, 4, 1), date(2025, 6, 30), value),)


PLATFORM = {
    "cycle": "immediate",
    "data_source": "records of the forum; indicator after Koatz et al. 2024",
    "collector": "facilitators",
    "frequency": "once, for the 65 weeks",
}

IMMEDIATE = (
    ExampleIndicator(
        code="members-recruited",
        name="Members recruited",
        text="People who were invited and joined the community, whether or not they took part.",
        unit="people",
        cumulative=True,
        observations=published("185"),
        **PLATFORM,
    ),
    ExampleIndicator(
        code="members-taking-part",
        name="Members taking part",
        text="Members who took part, out of all members recruited.",
        kind="percentage",
        unit="%",
        observations=published(of=(146, 185)),
        **PLATFORM,
    ),
    ExampleIndicator(
        code="returning-users",
        name="Returning users",
        text="Share of users who came back to the forum.",
        unit="%",
        observations=published("85.4", note="The base of this share is not given in what we read."),
        **PLATFORM,
    ),
    ExampleIndicator(
        code="logins-per-user",
        name="Logins per user",
        text="All logins divided by the number of people who logged in at least once.",
        unit="logins",
        **PLATFORM,
    ),
    ExampleIndicator(
        code="two-logins",
        name="Users with two logins or more",
        text="People who logged in on at least two occasions.",
        unit="people",
        **PLATFORM,
    ),
    ExampleIndicator(
        code="one-comment",
        name="Users with a comment or more",
        text="People who wrote at least one comment in the forum.",
        unit="people",
        **PLATFORM,
    ),
    ExampleIndicator(
        code="contributions",
        name="Contributions",
        text="Everything written in the forum, by members and by facilitators.",
        unit="contributions",
        cumulative=True,
        observations=published("3571", note="3,379 of these by the 146 members who took part."),
        **PLATFORM,
    ),
    ExampleIndicator(
        code="comments-per-participant",
        name="Comments per participant",
        text="Contributions of the members who took part, divided by their number.",
        unit="comments",
        observations=published("23.1"),
        **PLATFORM,
    ),
    ExampleIndicator(
        code="comments-per-week",
        name="Comments per week",
        text="Contributions of the members who took part, divided by the number of weeks.",
        unit="comments",
        observations=published("52.0"),
        **PLATFORM,
    ),
    ExampleIndicator(
        code="first-survey-responses",
        name="Responses to the first survey",
        text="Members who answered the first of two surveys.",
        unit="responses",
        observations=published("69"),
        **PLATFORM,
    ),
    ExampleIndicator(
        code="second-survey-responses",
        name="Responses to the second survey",
        text="Members who answered the second of two surveys.",
        unit="responses",
        observations=published("99"),
        **PLATFORM,
    ),
    ExampleIndicator(
        code="questions-asked",
        name="Questions asked",
        text="Questions that members put to each other in the forum.",
        unit="questions",
        **PLATFORM,
    ),
    ExampleIndicator(
        code="forum-threads",
        name="Forum threads",
        text="Threads in the forum, whoever opened them.",
        unit="threads",
        cumulative=True,
        observations=published(
            "63", note="How many of them members opened is not given in what we read."
        ),
        **PLATFORM,
    ),
    ExampleIndicator(
        code="comments-per-forum",
        name="Comments per forum",
        text="Comments in each of the forums, by subject.",
        unit="comments",
        **PLATFORM,
    ),
)

POTENTIAL = (
    ExampleIndicator(
        code="shared-documents",
        name="Documents written together",
        text="Documents that several members wrote together and everybody may use.",
        cycle="potential",
        capital="tangible",
        unit="documents",
        cumulative=True,
        data_source="shelf of the community; indicator after Koatz et al. 2024",
        collector="facilitators",
        frequency="once, for the 65 weeks",
        observations=published("4"),
    ),
    ExampleIndicator(
        code="colleague-to-ask",
        name="A colleague to ask",
        text=(
            "Members who name somebody of another practice or profession whom they would ring"
            " tomorrow, out of all who answered."
        ),
        cycle="potential",
        capital="social",
        kind="percentage",
        unit="%",
        data_source=f"one question by message; {INVENTED}",
        collector="facilitators",
        frequency="every quarter",
        observations=invented((19, 54), (27, 58), (36, 61), (41, 60)),
    ),
    ExampleIndicator(
        code="ready-to-ask-first",
        name="Ready to let the patient begin",
        text=(
            "Members who say they feel able to begin with the patient’s own question even when"
            " time is short, out of all who answered."
        ),
        cycle="potential",
        capital="human",
        kind="percentage",
        unit="%",
        data_source=f"one question by message; {INVENTED}",
        collector="facilitators",
        frequency="every quarter",
        observations=invented((22, 58), (30, 61), (34, 60)),
    ),
    ExampleIndicator(
        code="attempts-reported",
        name="Attempts reported back",
        text="Things that a member tried and told the others about, whatever came of them.",
        cycle="potential",
        capital="learning",
        unit="attempts",
        data_source=f"threads marked “I tried”; {INVENTED}",
        collector="members, in turn",
        frequency="every quarter",
    ),
    ExampleIndicator(
        code="asked-to-speak",
        name="Asked for the community’s view",
        text="Requests for advice or a talk that were addressed to the community as such.",
        cycle="potential",
        capital="reputational",
        unit="requests",
        data_source=f"mailbox of the community; {INVENTED}",
        collector="facilitators",
        frequency="every quarter",
    ),
)

APPLIED = (
    ExampleIndicator(
        code="patient-begins",
        name="Visits begun by the patient",
        text="Visits in a week of counting that began with the patient’s question, not with ours.",
        cycle="applied",
        unit="visits",
        data_source=f"tally cards of those who take part; {INVENTED}",
        collector="members",
        frequency="one week in every quarter",
    ),
    ExampleIndicator(
        code="plans-written-together",
        name="Care plans written together",
        text=(
            "Care plans of people with several long-term conditions that hold a sentence in the"
            " patient’s own words, out of 80 plans drawn by lot."
        ),
        cycle="applied",
        kind="percentage",
        unit="%",
        data_source=f"plans drawn by lot; {INVENTED}",
        collector="two members, each reading alone",
        frequency="every quarter",
        observations=invented((14, 80), (21, 80), (33, 80), (38, 80)),
        targets=aim("55"),
    ),
    ExampleIndicator(
        code="joint-reviews",
        name="Medicine reviews by two professions",
        text="Reviews of a patient’s medicines at which two professions and the patient sat down.",
        cycle="applied",
        unit="reviews",
        data_source=f"diaries of the practices; {INVENTED}",
        collector="pharmacists",
        frequency="every quarter",
        observations=invented("6", "9", "8", "17"),
    ),
)

REALIZED = (
    ExampleIndicator(
        code="own-goals-reached",
        name="Own goals reached",
        text=(
            "People who say they reached the goal that they had set themselves three months"
            " before, out of all who had set one."
        ),
        cycle="realized",
        kind="percentage",
        unit="%",
        data_source=f"asked at the next visit; {INVENTED}",
        collector="nurses and physiotherapists",
        frequency="every quarter",
        observations=invented((9, 31), (15, 37), (19, 40)),
    ),
    ExampleIndicator(
        code="falls-at-home",
        name="Falls at home",
        text="Falls told of by people on the shared list of those who have fallen before.",
        cycle="realized",
        unit="falls",
        direction="down",
        data_source=f"asked by telephone; {INVENTED}",
        collector="practice nurses",
        frequency="every quarter",
        observations=invented("23", "24", "18", "15"),
        targets=aim("12"),
    ),
    ExampleIndicator(
        code="referrals-returned",
        name="Referrals sent back",
        text="Referrals that the hospital returned because something was missing or not needed.",
        cycle="realized",
        unit="referrals",
        direction="down",
        data_source=f"letters of the hospital; {INVENTED}",
        collector="practice managers",
        frequency="every quarter",
        observations=invented("41", "37", "39", "30"),
        targets=aim("25"),
    ),
)

REFRAMING = (
    ExampleIndicator(
        code="goals-rewritten",
        name="Team goals rewritten",
        text="Goals of a team that were rewritten together with patients, old and new kept.",
        cycle="reframing",
        unit="goals",
        direction="neither",
        cumulative=True,
        data_source=f"notes of team meetings; {INVENTED}",
        collector="practice managers",
        frequency="twice a year",
    ),
    ExampleIndicator(
        code="patients-at-the-table",
        name="Meetings with a patient at the table",
        text="Practice meetings at which a patient or a carer sat and could put a point.",
        cycle="reframing",
        unit="meetings",
        data_source=f"notes of team meetings; {INVENTED}",
        collector="practice managers",
        frequency="every quarter",
        observations=invented("1", "1", "3", "5"),
    ),
    ExampleIndicator(
        code="stories-of-seeing-anew",
        name="Stories of seeing it differently",
        text="Stories in which somebody tells that they judge a good result by something else now.",
        cycle="reframing",
        kind="story_count",
        unit="stories",
        direction="neither",
        data_source=f"the community’s stories; {INVENTED}",
        collector="counted from the stories",
        frequency="at any time",
    ),
)

INDICATORS = IMMEDIATE + POTENTIAL + APPLIED + REALIZED + REFRAMING
