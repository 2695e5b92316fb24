"""Later stories of the primary-care example. All of them are invented."""

from datetime import date

from stories.examples.content import ExampleLink, ExampleStep, ExampleStory

QUEUE_AT_THE_DOOR = ExampleStory(
    title="With eleven in the queue",
    teller="hannah",
    audience="public",
    minutes=(20, 0, 0),
    happened_from=date(2024, 6, 3),
    happened_to=date(2024, 9, 23),
    steps=(
        ExampleStep(
            "immediate",
            "I asked in the forum how one begins with the patient’s question when eleven are"
            " waiting. The answers were warm, and they came from people who do home visits.",
            indicators=("questions-asked",),
            value="positive",
        ),
        ExampleStep(
            "applied",
            "I tried it for three weeks, with a card on my desk. In my room the first question is"
            " the sick note, and after it the nine minutes are gone. I filled in the card and"
            " nothing else was different.",
            indicators=("patient-begins",),
            value="none_created",
        ),
        ExampleStep(
            "reframing",
            "I do not think any more that a good idea is good in every room. I now ask first how"
            " long the door stays shut.",
            indicators=("stories-of-seeing-anew",),
        ),
    ),
    links=(
        ExampleLink(
            1,
            2,
            "I wanted it to be true for me as well.",
            corroborator="My trainer, who has the cards.",
        ),
        ExampleLink(
            2,
            3,
            "the cards of the district nurses looked so different from mine.",
            would_have_happened_anyway="I might have blamed myself for longer.",
        ),
    ),
)

GARAGE_ROOF = ExampleStory(
    title="The garage roof",
    teller="samir",
    audience="funders",
    elicitor="tomas",
    minutes=(30, 25, 0),
    happened_from=date(2024, 4, 15),
    happened_to=date(2024, 11, 4),
    steps=(
        ExampleStep(
            "immediate",
            "I do not write much in the forum. In spring I read all that others had written about"
            " putting a plan together, and with whom.",
            indicators=("contributions",),
            value="positive",
        ),
        ExampleStep(
            "applied",
            "With a man of 69, heart and lungs, I wrote the plan at his kitchen table and left the"
            " first line to him. He wrote: the garage roof.",
            indicators=("plans-written-together",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "He sat on a chair in October and told his grandson where each sheet goes. The roof is"
            " tight. His breath is what it was, and he says that it is enough for giving orders.",
            indicators=("own-goals-reached",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "The physiotherapist who worked out the chair with him rings me now before she"
            " discharges anybody.",
            indicators=("colleague-to-ask",),
            value="positive",
            capital="social",
        ),
    ),
    links=(
        ExampleLink(
            1, 2, "three of them had written that the first line is the one which gets done."
        ),
        ExampleLink(
            2,
            3,
            "a sentence of his own was harder to put off than one of mine.",
            would_have_happened_anyway=(
                "The roof would have leaked, and he would have gone up himself."
            ),
            corroborator="The grandson.",
        ),
        ExampleLink(
            3,
            4,
            "she wanted me to know that it had been the chair.",
            other_influences="Her clinic moved into our building in the summer.",
        ),
    ),
)

THE_ROTA = ExampleStory(
    title="Both halves of a Thursday",
    teller="joan",
    audience="public",
    minutes=(25, 0, 0),
    happened_from=date(2024, 5, 2),
    happened_to=date(2025, 1, 20),
    steps=(
        ExampleStep(
            "potential",
            "By the spring there were four people I could ring, and one of them was the pharmacist"
            " from the night with the syringe driver.",
            indicators=("colleague-to-ask",),
            value="positive",
            capital="social",
        ),
        ExampleStep(
            "applied",
            "On Thursdays she drove out with me, her in the passenger seat with the records on her"
            " knee. We did eight homes before she was called back to the counter.",
            indicators=("joint-reviews",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "In those eight houses nobody fell in the last quarter. Three of them had been on our"
            " list twice.",
            indicators=("falls-at-home",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "The letters that I send to the hospital are shorter now. They still come back as"
            " often as they did.",
            indicators=("referrals-returned",),
        ),
    ),
    links=(
        ExampleLink(
            1,
            2,
            "one rings, and sooner or later one gets into the same car.",
            would_have_happened_anyway=(
                "Reviews by telephone, perhaps. Not at the kitchen drawer."
            ),
        ),
        ExampleLink(
            2,
            3,
            "she saw which tablets made them get up at night.",
            other_influences="Two of the eight had handrails put in.",
            corroborator="Her own list, which is stricter than mine.",
        ),
        ExampleLink(2, 4, "I had thought that a clearer list would settle it."),
    ),
)

WHAT_I_DO_NOT_POST = ExampleStory(
    title="What I do not post",
    teller="eleni",
    audience="facilitators",
    template="personal",
    minutes=(20, 0, 0),
    happened_from=date(2024, 2, 5),
    happened_to=date(2025, 2, 24),
    steps=(
        ExampleStep(
            "immediate",
            "I am there to keep the forum going, so I used to write when it was quiet. I was the"
            " person who wrote most.",
            indicators=("comments-per-week",),
        ),
        ExampleStep(
            "potential",
            "In July I was ill for two weeks. In those weeks people told each other eleven things"
            " that had not worked.",
            indicators=("attempts-reported",),
            value="positive",
            capital="learning",
        ),
        ExampleStep(
            "applied",
            "Since then I leave a question alone for a day, even when I know the answer. It is the"
            " hardest thing I do here.",
            value="positive",
        ),
        ExampleStep(
            "reframing",
            "The weekly number went down, and I have stopped being sorry for it.",
            indicators=("stories-of-seeing-anew",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "nobody waited for me, for once."),
        ExampleLink(2, 3, "I counted who had answered whom and I was not in it."),
        ExampleLink(
            3,
            4,
            "what I had kept going was mostly myself.",
            would_have_happened_anyway="Without the illness I would still be at it.",
        ),
    ),
)

THE_SON = ExampleStory(
    title="Whose son he is",
    teller="aoife",
    audience="members",
    status="hidden",
    note=(
        "Hidden until the son has been asked: a reader from the town knew him by his trade. Aoife"
        " agrees."
    ),
    minutes=(20, 0, 0),
    happened_from=date(2024, 9, 9),
    happened_to=date(2024, 12, 2),
    steps=(
        ExampleStep(
            "immediate",
            "We talked about families that decide for the patient, and I brought an example.",
            indicators=("forum-threads",),
        ),
        ExampleStep(
            "applied",
            "The plan that we wrote was the son’s. I noticed it when his mother asked me what her"
            " exercises were for.",
            indicators=("plans-written-together",),
            value="negative",
        ),
        ExampleStep(
            "applied",
            "I came back on a morning when he works at the sawmill, and began again with her.",
            indicators=("patient-begins",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "I had been so glad that somebody in the house answered me."),
        ExampleLink(2, 3, "her question was a better beginning than our plan."),
    ),
)

THE_COURSE_FEE = ExampleStory(
    title="Who pays for the evening",
    teller="kofi",
    audience="public",
    status="withdrawn",
    minutes=(15, 0, 0),
    happened_from=date(2024, 10, 1),
    happened_to=date(2024, 12, 16),
    steps=(
        ExampleStep(
            "immediate",
            "I counted my evenings in the forum and put them beside my rent.",
            indicators=("contributions",),
        ),
        ExampleStep(
            "potential",
            "Our area manager quotes the forum in her talks. She has not asked who keeps it warm.",
            capital="reputational",
        ),
        ExampleStep(
            "applied",
            "I hoped for two paid hours a month and had written down for what.",
            tense="hoped",
        ),
    ),
    links=(
        ExampleLink(1, 2, "somebody sent me her slides."),
        ExampleLink(2, 3, "a number of hours is easier to ask for than thanks."),
    ),
)

THE_PRACTICE_MEETING = ExampleStory(
    title="A chair by the window",
    teller="piotr",
    audience="funders",
    elicitor="eleni",
    recorder="eleni",
    minutes=(30, 30, 25),
    happened_from=date(2024, 9, 16),
    happened_to=date(2025, 3, 17),
    proposed=True,
    unconfirmed_touches=((3, "goals-rewritten"),),
    unconfirmed_links=((1, 4),),
    steps=(
        ExampleStep(
            "immediate",
            "I read in the forum how another practice had a daughter sit in its meeting, and what"
            " she was like.",
            indicators=("members-taking-part",),
        ),
        ExampleStep(
            "applied",
            "We put a chair by the window for one patient a month. The first one said nothing, and"
            " the second asked why we say “did not attend” and not “could not come”.",
            indicators=("patients-at-the-table",),
            value="positive",
        ),
        ExampleStep(
            "reframing",
            "We do not count missed visits by patient now. We count the visits that we had offered"
            " at an hour when no bus runs.",
            indicators=("patients-at-the-table", "goals-rewritten"),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "Our missed visits are as many as before. The bus company has been written to.",
            value="none_created",
        ),
    ),
    links=(
        ExampleLink(
            1,
            2,
            "she had been nervous and had come all the same, so I could not say that ours would"
            " not.",
        ),
        ExampleLink(
            2,
            3,
            "once it has been said aloud in the room it is hard to print the old word.",
            corroborator="The receptionist, who changed the template.",
        ),
        ExampleLink(1, 4, "the forum had raised a hope that no practice can keep."),
        ExampleLink(
            3,
            4,
            "we changed our counting, and the bus did not change its hours.",
            would_have_happened_anyway="Yes, the number would be the same.",
        ),
    ),
)

LATER = (
    QUEUE_AT_THE_DOOR,
    GARAGE_ROOF,
    THE_ROTA,
    WHAT_I_DO_NOT_POST,
    THE_SON,
    THE_COURSE_FEE,
    THE_PRACTICE_MEETING,
)
