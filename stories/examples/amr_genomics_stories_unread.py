"""AMR-genomics stories that others do not read: drafts, waiting, returned, hidden and withdrawn.

All of them, and everybody in them, are invented.
"""

from datetime import date

from stories.examples.content import ExampleLink, ExampleStep, ExampleStory

DRAFT_NIGHT = ExampleStory(
    title="Three in the morning, not for anybody",
    teller="amina",
    audience="me",
    status="draft",
    minutes=(6, 0, 0),
    happened_from=date(2024, 5, 30),
    happened_to=date(2024, 5, 30),
    steps=(
        ExampleStep(
            "immediate",
            "The call was about staying on when one is tired. I said nothing and turned off the"
            " picture.",
            indicators=("taking-part",),
        ),
        ExampleStep(
            "potential",
            "She said: you may be the only one who can do it and still not do it tonight.",
            capital="human",
        ),
        ExampleStep(
            "applied",
            "On Sunday I want to leave the telephone in the lab.",
            tense="hoped",
        ),
    ),
    links=(
        ExampleLink(1, 2, "it was said to somebody else and it was for me."),
        ExampleLink(2, 3, "Sundays are when it rings."),
    ),
)

BORRADOR = ExampleStory(
    title="Los hongos, para después",
    teller="mateo",
    audience="members",
    language="es",
    status="draft",
    minutes=(10, 0, 0),
    happened_from=date(2024, 6, 3),
    happened_to=date(2024, 6, 14),
    steps=(
        ExampleStep(
            "immediate",
            "Charla corta sobre levaduras resistentes. Nadie de mi laboratorio las mira y yo"
            " tampoco.",
            indicators=("taking-part",),
        ),
        ExampleStep(
            "potential",
            "Me quedé con una lista de tres señales en la placa que hasta ahora tiraba a la"
            " basura.",
            value="positive",
            capital="human",
        ),
        ExampleStep(
            "applied",
            "Quiero guardar durante un mes todo lo que antes tiraba.",
            tense="hoped",
        ),
    ),
    links=(
        ExampleLink(1, 2, "la mujer que hablaba enseñó sus propios descartes."),
        ExampleLink(2, 3, "no cuesta nada salvo un estante."),
    ),
)

SUBMITTED_HEAT = ExampleStory(
    title="حقيبة التبريد",
    teller="layla",
    audience="public",
    language="ar",
    status="submitted",
    minutes=(25, 0, 0),
    happened_from=date(2024, 2, 18),
    happened_to=date(2024, 6, 9),
    steps=(
        ExampleStep(
            "immediate",
            "سألتُ في اللقاء كيف تُنقل العيّنات في الصيف بلا ثلج. أجابت سائقةٌ من بلدٍ آخر قبل أن"
            " يجيب أيّ خبير.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "applied",
            "أخذنا ورقتها التي تُلصق على الغطاء، وأضفنا إليها خانةً للحرارة عند كل باب.",
            indicators=("protocols-adapted",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "في مايو رفضنا ثلاث حقائب عند الباب بدل أن نعتذر عن نتائجها بعد شهر.",
            indicators=("reports-corrected",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "كانت تعرف الطريق، والخبراء يعرفون المختبر."),
        ExampleLink(
            2, 3, "من يكتب الحرارة بيده لا يستطيع أن يتجاهلها.", corroborator="دفتر الاستقبال."
        ),
    ),
)

RETURNED_FARM = ExampleStory(
    title="The shed behind the mill",
    teller="rafiq",
    audience="public",
    status="returned",
    note=(
        "I learned a lot from this one. The mill, the brand of the feed and the three brothers"
        " together point to one family. Could it be told without two of them, or would you ask the"
        " brothers?"
    ),
    elicitor="tomas",
    minutes=(25, 20, 0),
    happened_from=date(2024, 3, 11),
    happened_to=date(2024, 5, 20),
    steps=(
        ExampleStep(
            "immediate",
            "We discussed in a small room whether to tell a farmer what we suspect.",
            indicators=("taking-part",),
        ),
        ExampleStep(
            "applied",
            "I showed the reads from the shed behind the mill, where the three brothers feed the"
            " yellow brand, to two other labs before I said a word.",
            indicators=("taken-to-another-lab",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "Both advised me to wait for the second sample. It was clean, and I had not frightened"
            " anybody.",
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "somebody there had once been wrong about a neighbour."),
        ExampleLink(
            2,
            3,
            "two of them, without knowing of each other, gave the same answer.",
            corroborator="Both labs, if they agree.",
        ),
    ),
)

HIDDEN_WARD = ExampleStory(
    title="Whose hands",
    teller="priya",
    audience="members",
    status="hidden",
    note=(
        "Hidden while we ask: the story describes one nurse’s hands, and she has not been asked."
        " Priya knows, and would like to tell it anew."
    ),
    minutes=(20, 0, 0),
    happened_from=date(2024, 1, 15),
    happened_to=date(2024, 4, 8),
    steps=(
        ExampleStep(
            "immediate",
            "In a case round we compared strains from one ward, and one of them fitted a member of"
            " staff.",
            indicators=("taking-part",),
        ),
        ExampleStep(
            "potential",
            "For a week I knew something about a person who did not know it herself. I have not"
            " felt at ease in that ward since.",
            value="negative",
            capital="social",
        ),
        ExampleStep(
            "applied",
            "I asked a lab far away to repeat it under a number. It was not the same strain after"
            " all.",
            indicators=("taken-to-another-lab",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "we had sequenced hands without a rule for what happens next."),
        ExampleLink(2, 3, "only somebody who knew none of us could look at it calmly."),
    ),
)

WITHDRAWN_BONUS = ExampleStory(
    title="The bonus",
    teller="hoang",
    audience="funders",
    status="withdrawn",
    minutes=(15, 0, 0),
    happened_from=date(2024, 1, 2),
    happened_to=date(2024, 3, 29),
    steps=(
        ExampleStep(
            "immediate",
            "Somebody asked in a call how our lab got so quick all of a sudden.",
            indicators=("taking-part",),
        ),
        ExampleStep(
            "realized",
            "We were paid by the report that quarter. We sent the easy ones first, and the"
            " difficult ones are still here.",
            indicators=("days-to-report",),
            value="negative",
        ),
        ExampleStep(
            "reframing",
            "I do not trust a number any more that somebody is paid for.",
            indicators=("stories-of-judging-anew",),
        ),
    ),
    links=(
        ExampleLink(1, 2, "the question made me look at what was left in the rack."),
        ExampleLink(2, 3, "it was I who had chosen the easy ones."),
    ),
)

UNREAD = (
    DRAFT_NIGHT,
    BORRADOR,
    SUBMITTED_HEAT,
    RETURNED_FARM,
    HIDDEN_WARD,
    WITHDRAWN_BONUS,
)
