"""How the examples' communities talked about some of their indicators. All of it is made up."""

from stories.examples.content import ExampleGaming, ExampleSaid, ExampleTalk

PRIMARY_CARE_TALKS = (
    ExampleTalk(
        indicator="plans-written-together",
        groups=("members", "facilitators", "host", "funder"),
        said=(
            ExampleSaid(
                "samir",
                "support",
                "When their own words stand in the plan, people remember what we agreed on. That is"
                " what I want to see grow.",
            ),
            ExampleSaid(
                "eleni",
                "support",
                "It shows something that our meetings cannot show: that the talk reaches the paper.",
            ),
            ExampleSaid(
                "piotr",
                "object",
                "A sentence is quickly copied from one plan into the next. We would count ink.",
                would_answer="Somebody who did not write the plans reads them.",
                answer="Two members read 80 plans drawn by lot, each alone, and none of their own.",
            ),
            ExampleSaid(
                "ingrid",
                "concern",
                "I can tell our board what it means. But I would not like anybody to be paid by it.",
            ),
        ),
        gaming=ExampleGaming(
            judged="The practices whose plans are drawn.",
            cheapest_way="To copy one kind sentence into every plan.",
            losers="People who do not find words easily, or not in this language.",
            hidden="Whether anything in the plan was done.",
            safeguard="Whoever reads the plans notes sentences that occur twice.",
            counter="own-goals-reached",
        ),
        outcome="agree",
        rationale=(
            "It asks for the one thing that only the patient can give. With two readers and plans"
            " drawn by lot the host organisation can live with it."
        ),
        present="Samir, Eleni, Piotr, Ingrid and five others, at the evening meeting",
        how="consent",
    ),
    ExampleTalk(
        indicator="referrals-returned",
        groups=("members", "facilitators", "host", "funder"),
        days=24,
        said=(
            ExampleSaid(
                "hannah",
                "support",
                "Each letter that comes back costs somebody three weeks. I would like to know.",
            ),
            ExampleSaid(
                "david",
                "object",
                "It judges the practices by what the hospital does. When its form changes, we look"
                " worse over night.",
                would_answer="A count of those only that lacked something we could have known.",
            ),
        ),
        comments=(
            ("joan", "Who would sort them? The letters do not say why they came back."),
            ("eleni", "I could ask the two practice managers to try it for a month."),
        ),
    ),
    ExampleTalk(
        indicator="falls-at-home",
        groups=("members", "host", "funder"),
        days=12,
        is_blind=True,
        said=(
            ExampleSaid("kofi", "support", "Pills make people fall. I see it and cannot show it."),
        ),
    ),
)

AMR_GENOMICS_TALKS = (
    ExampleTalk(
        indicator="days-to-report",
        groups=("members", "host", "authorities"),
        said=(
            ExampleSaid(
                "thandi",
                "support",
                "A report that comes after the patient has gone home helps nobody on my ward.",
            ),
            ExampleSaid(
                "marek", "support", "It is the number that the labs and the wards both understand."
            ),
            ExampleSaid(
                "beatriz",
                "concern",
                "We act on reports that are right. I would not trade two days for one mistake.",
            ),
        ),
        gaming=ExampleGaming(
            judged="The people at the bench.",
            cheapest_way="To send the report before the run was checked.",
            losers="Labs that are far from a courier.",
            hidden="The samples that were never sent.",
            safeguard="",
            counter="reports-corrected",
        ),
        outcome="agree",
        rationale="Fast and right are looked at together, never one without the other.",
        present="Thandiwe, Marek, Beatriz, by video",
        how="consent",
    ),
    ExampleTalk(
        indicator="clusters-acted-on",
        groups=("members", "facilitators", "authorities"),
        days=30,
        said=(ExampleSaid("chidi", "support", "It says whether anybody reads what we send."),),
    ),
)
