"""The indicators of the AMR-genomics example: 3, 4, 4, 3 and 3 in the five cycles.

All 17 are ours and invented. Four of them carry a figure that the network published of itself;
the collection plan (what is asked when, and for which cycles) is that of the same source.
"""

from datetime import date

from stories.examples.content import ExampleIndicator, ExampleObservation, ExampleTarget

SAGESA = "SAGESA AMR genomics network, VCF implementation guideline, 2022"
INVENTED = "indicator and figures invented for this example"
OURS = "indicator invented for this example, figure published"
PLACEHOLDER = "The figures cover 18 months. We do not know from when: the dates are placeholders."

STUDY = (date(2023, 1, 1), date(2024, 6, 30))  # 18 months
QUARTERS = (
    (date(2023, 4, 1), date(2023, 6, 30)),
    (date(2023, 7, 1), date(2023, 9, 30)),
    (date(2023, 10, 1), date(2023, 12, 31)),
    (date(2024, 1, 1), date(2024, 3, 31)),
    (date(2024, 4, 1), date(2024, 6, 30)),
)
NEXT_HALF_YEAR = (date(2024, 7, 1), date(2024, 12, 31))

# The published plan: what is collected, and how often.
NEEDS = ("needs assessment", "once, before the launch")
FORM = ("post-activity form of 5–8 items", "after each event")
ANALYTICS = ("platform analytics", "monthly")
NOTES = ("facilitators’ notes", "during each activity")
FOLLOW_UP = ("follow-up survey", "8–12 weeks after an activity")
CHECK_IN = ("check-in", "6–12 months after an activity")


def collected(*ways, claim=INVENTED, collector="facilitators"):
    """Data source, frequency and collector of an indicator, after the published plan."""
    return {
        "data_source": f"{' and '.join(what for what, when in ways)}; {claim}",
        "frequency": "; ".join(when for what, when in ways),
        "collector": collector,
    }


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
            source=SAGESA,
        ),
    )


def invented(*values):
    """Invented figures of the last quarters; a pair is a numerator and a denominator."""
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


def aim(value, period=NEXT_HALF_YEAR):
    return (ExampleTarget(*period, value),)


IMMEDIATE = (
    ExampleIndicator(
        code="network-members",
        name="Members of the network",
        text="People who joined the network, whether or not they take part.",
        cycle="immediate",
        unit="people",
        cumulative=True,
        observations=published("471", note="In 46 countries."),
        **collected(ANALYTICS, claim=OURS),
    ),
    ExampleIndicator(
        code="taking-part",
        name="Members taking part",
        text="Members who asked, answered, presented, or came to a call, a course or a visit.",
        cycle="immediate",
        unit="people",
        observations=published("200", note="About 200 active members; the source gives no base."),
        **collected(ANALYTICS, NOTES, claim=OURS),
    ),
    ExampleIndicator(
        code="follow-up-answers",
        name="Answers to the follow-up survey",
        text="Active members who answered the follow-up survey, out of about 200 active members.",
        cycle="immediate",
        kind="percentage",
        unit="%",
        observations=published(of=(27, 200), note="n = 27, 13.5 % of about 200 active members."),
        **collected(FOLLOW_UP, claim=OURS),
    ),
)

POTENTIAL = (
    ExampleIndicator(
        code="countries",
        name="Countries with somebody to ask",
        text="Countries in which a member of the network works, whom the others can ask.",
        cycle="potential",
        capital="social",
        unit="countries",
        observations=published("46", note="Countries of the members."),
        **collected(NEEDS, ANALYTICS, claim=OURS),
    ),
    ExampleIndicator(
        code="shared-protocols",
        name="Protocols and scripts on the shelf",
        text="Bench protocols and analysis scripts that everybody may use, each with its keeper.",
        cycle="potential",
        capital="tangible",
        unit="items",
        cumulative=True,
        observations=invented("6", "11", "15", "22", "26"),
        targets=aim("34"),
        **collected(ANALYTICS),
    ),
    ExampleIndicator(
        code="able-to-judge-a-run",
        name="Able to judge a run alone",
        text=(
            "People who say after a course that they could tell a good sequencing run from a bad"
            " one without asking, out of all who filled in the form."
        ),
        cycle="potential",
        capital="human",
        kind="percentage",
        unit="%",
        observations=invented((11, 34), (16, 37), (21, 38), (24, 35)),
        targets=aim("75"),
        **collected(NEEDS, FORM),
    ),
    ExampleIndicator(
        code="failed-runs-told",
        name="Failed runs told to the others",
        text="Runs, analyses and reports that went wrong and that a member told the others about.",
        cycle="potential",
        capital="learning",
        unit="told",
        observations=invented("2", "3", "9", "12", "10"),
        **collected(ANALYTICS, NOTES),
    ),
)

APPLIED = (
    ExampleIndicator(
        code="protocols-adapted",
        name="Labs that adapted a protocol",
        text="Labs that took a protocol or script of the network and changed it to fit their own.",
        cycle="applied",
        unit="labs",
        cumulative=True,
        observations=invented("3", "7", "10", "16", "21"),
        targets=aim("30"),
        **collected(FOLLOW_UP, NOTES),
    ),
    ExampleIndicator(
        code="runs-checked",
        name="Runs checked before a report",
        text=(
            "Runs whose species and contamination were checked before a report left the lab, out"
            " of 50 runs drawn by lot."
        ),
        cycle="applied",
        kind="percentage",
        unit="%",
        observations=invented((19, 50), (23, 50), (31, 50), (38, 50), (36, 50)),
        targets=aim("90"),
        **collected(FOLLOW_UP, collector="two members, each reading alone"),
    ),
    ExampleIndicator(
        code="taken-to-another-lab",
        name="Results taken to another lab",
        text="Odd results that were discussed with another lab before they were reported.",
        cycle="applied",
        unit="results",
        observations=invented("5", "8", "14", "13", "17"),
        **collected(FOLLOW_UP, NOTES),
    ),
    ExampleIndicator(
        code="genomes-in-common",
        name="Genomes put in common in time",
        text=(
            "Genomes shared among the members within 30 days of sampling, with place and date, out"
            " of all that were sequenced."
        ),
        cycle="applied",
        kind="percentage",
        unit="%",
        observations=invented((41, 310), (58, 295), (77, 324), (96, 330)),
        **collected(FOLLOW_UP, ANALYTICS),
    ),
)

REALIZED = (
    ExampleIndicator(
        code="days-to-report",
        name="Days until the report",
        text="Days from the sample to the report in the hands of who asked for it; the median.",
        cycle="realized",
        unit="days",
        direction="down",
        observations=invented("31", "29", "24", "17", "16"),
        targets=aim("10"),
        **collected(FOLLOW_UP, CHECK_IN, collector="members, from their own records"),
    ),
    ExampleIndicator(
        code="reports-corrected",
        name="Reports that had to be corrected",
        text=(
            "Reports that were taken back or corrected after they had left the lab. Read it beside"
            " the days until the report: haste shows here."
        ),
        cycle="realized",
        unit="reports",
        direction="down",
        observations=invented("14", "16", "11", "9", "12"),
        **collected(FOLLOW_UP, CHECK_IN, collector="members, from their own records"),
    ),
    ExampleIndicator(
        code="clusters-acted-on",
        name="Clusters that somebody acted on",
        text="Clusters of related infections on which a ward, a farm or an authority acted.",
        cycle="realized",
        unit="clusters",
        observations=invented("1", "2", "2", "5"),
        **collected(CHECK_IN),
    ),
)

REFRAMING = (
    ExampleIndicator(
        code="rules-rewritten",
        name="Forms and rules rewritten",
        text="Forms, rules and lists of an authority that were rewritten after talks with members.",
        cycle="reframing",
        unit="rules",
        direction="neither",
        cumulative=True,
        observations=invented("1", "1", "3"),
        **collected(CHECK_IN),
    ),
    ExampleIndicator(
        code="asked-by-the-ward",
        name="Questions that came from the wards",
        text=(
            "Sequencing projects that began with a question of a ward, a farm or a clinic, out of"
            " all that were begun."
        ),
        cycle="reframing",
        kind="percentage",
        unit="%",
        observations=invented((3, 21), (6, 24), (9, 22)),
        **collected(CHECK_IN),
    ),
    ExampleIndicator(
        code="stories-of-judging-anew",
        name="Stories of judging it differently",
        text="Stories in which somebody tells that they call something else a good result now.",
        cycle="reframing",
        kind="story_count",
        unit="stories",
        direction="neither",
        data_source=f"the network’s stories; {INVENTED}",
        collector="counted from the stories",
        frequency="at any time",
    ),
)

INDICATORS = IMMEDIATE + POTENTIAL + APPLIED + REALIZED + REFRAMING
