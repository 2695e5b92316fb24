"""AMR-genomics stories of asking others: calls, letters and what crossed a border.

All of them, and everybody in them, are invented.
"""

from datetime import date

from stories.examples.content import ExampleLink, ExampleStep, ExampleStory

NIGHT_CALL = ExampleStory(
    title="Twenty to one, both kettles on",
    teller="amina",
    audience="public",
    minutes=(35, 0, 0),
    happened_from=date(2023, 6, 8),
    happened_to=date(2023, 7, 20),
    steps=(
        ExampleStep(
            "immediate",
            "I had four isolates from the newborn unit that looked alike, and a feeling. At twenty"
            " to one at night I wrote to the group. A colleague on the other side of the border"
            " was up too, because her generator only runs at night.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "We had sat next to each other at a call once and never spoken. That night she became"
            " the person I ring.",
            indicators=("countries",),
            value="positive",
            capital="social",
        ),
        ExampleStep(
            "applied",
            "I sent her the reads and she put them through her own pipeline without looking at my"
            " result first. We read our answers to each other over the telephone, both kettles on.",
            indicators=("taken-to-another-lab",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "They were one strain, and hers from March belonged to it as well. The unit closed two"
            " cots and changed how the feeding tubes are soaked. After the eleventh of July there"
            " was no further case.",
            indicators=("clusters-acted-on",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(
            1,
            2,
            "it is hard to stay polite strangers when you count bands together at one in the"
            " morning.",
        ),
        ExampleLink(
            2,
            3,
            "she offered, and I knew by then how she works.",
            would_have_happened_anyway=(
                "I would have waited for the reference lab, which takes about five weeks."
            ),
        ),
        ExampleLink(
            3,
            4,
            "two labs said the same without having agreed on it, and the matron could take that to"
            " the board.",
            other_influences="The matron had been asking for new tubs since the rains.",
            corroborator="The matron of the unit.",
        ),
    ),
)

LA_LLAMADA = ExampleStory(
    title="La otra orilla",
    teller="mateo",
    audience="public",
    language="es",
    elicitor="tomas",
    minutes=(30, 25, 0),
    happened_from=date(2023, 10, 2),
    happened_to=date(2024, 1, 15),
    steps=(
        ExampleStep(
            "immediate",
            "Tenía un resultado raro, un gen que en mi país no se había visto, y mi jefe quería"
            " anunciarlo el viernes. Pregunté en la red quién lo conocía.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "Contestó Inês, del otro lado del océano, y en diez minutos tenía también a dos"
            " colegas de la otra orilla del río. Nunca nos habíamos escrito, y se ve el humo de su"
            " ciudad desde mi ventana.",
            indicators=("countries",),
            value="positive",
            capital="social",
        ),
        ExampleStep(
            "applied",
            "Les mandé la muestra en taxi y en barca, con hielo de la pescadería. Ellos la"
            " repitieron desde el principio.",
            indicators=("taken-to-another-lab",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "El gen no estaba: era un resto de otra muestra en mi placa. No anunciamos nada. Es el"
            " informe del que más me alegro, y no existe.",
            indicators=("reports-corrected",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "puse en la pregunta que tenía prisa y que no quería tenerla."),
        ExampleLink(
            2,
            3,
            "estaban tan cerca que habría dado vergüenza no hacerlo.",
            would_have_happened_anyway="No. El viernes habría salido en el periódico.",
        ),
        ExampleLink(
            3,
            4,
            "su placa estaba limpia y la mía no.",
            corroborator="El cuaderno de los dos laboratorios.",
        ),
    ),
)

THE_REFUSAL = ExampleStory(
    title="Not without a signature",
    teller="yusuf",
    audience="funders",
    attribution="anonymous",
    quotable=False,
    minutes=(30, 0, 0),
    happened_from=date(2023, 6, 19),
    happened_to=date(2024, 4, 8),
    steps=(
        ExampleStep(
            "potential",
            "Through the network I found the person with the same desk as mine in the country next"
            " door. We agreed in one afternoon what to exchange and how often.",
            indicators=("countries",),
            value="positive",
            capital="social",
        ),
        ExampleStep(
            "applied",
            "It needed a signature on each side. Mine is with the legal office since August. I"
            " have learned that there are two legal offices.",
            indicators=("genomes-in-common",),
            tense="did_not_happen",
        ),
        ExampleStep(
            "realized",
            "In December people with the same infection crossed by bus in both directions. Each of"
            " us saw half of it, and both halves looked harmless.",
            indicators=("clusters-acted-on",),
            value="none_created",
        ),
        ExampleStep(
            "potential",
            "We still greet each other on the calls. We do not speak about the bus.",
            value="negative",
            capital="social",
        ),
    ),
    links=(
        ExampleLink(
            1,
            2,
            "an agreement between two people who like each other is not one between two states.",
        ),
        ExampleLink(
            2,
            3,
            "half a cluster does not look like a cluster.",
            other_influences="The mobile clinics at the crossing had been cut.",
            corroborator="My colleague would say the same, in another language.",
        ),
        ExampleLink(3, 4, "each of us had promised the other that it would be quick."),
    ),
)

SIXTY_SQUARES = ExampleStory(
    title="Sixty squares",
    teller="priya",
    audience="funders",
    attribution="pseudonym",
    pseudonym="Jasmine",
    minutes=(15, 0, 0),
    happened_from=date(2023, 4, 24),
    happened_to=date(2023, 6, 5),
    steps=(
        ExampleStep(
            "immediate",
            "The call had sixty black squares and one voice. For an hour somebody read out what"
            " stood on the slides. I answered my mail, and I believe that everybody did.",
            indicators=("taking-part",),
            value="none_created",
        ),
        ExampleStep(
            "potential",
            "I can’t name one thing that I came away with. The recording is somewhere.",
            value="none_created",
        ),
        ExampleStep(
            "applied",
            "I had meant to try the new lineage tool that month. I did not, because I had not seen"
            " anybody use it.",
            tense="did_not_happen",
        ),
    ),
    links=(
        ExampleLink(1, 2, "nobody was asked anything, not even who was there."),
        ExampleLink(
            2,
            3,
            "a tool that one has only heard of does not survive a Monday.",
            would_have_happened_anyway=(
                "I have picked it up since, from a colleague who sat down beside me."
            ),
        ),
    ),
)

SWABS = ExampleStory(
    title="Why the label has a time now",
    teller="nora",
    audience="public",
    minutes=(20, 0, 0),
    happened_from=date(2023, 5, 9),
    happened_to=date(2023, 11, 27),
    steps=(
        ExampleStep(
            "applied",
            "I am a nurse; I take the urine samples that others sequence. I began to write the"
            " hour on the label after somebody in the network told me that a sample which spent"
            " its weekend in a bag grows something else.",
            indicators=("protocols-adapted",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "The lab used to cancel every fifth result of ours as “mixed growth”, weeks later. In"
            " the autumn it was two in three months.",
            indicators=("reports-corrected",),
            value="positive",
        ),
        ExampleStep(
            "immediate",
            "They asked me to tell that in a call. I had never spoken to people who see the other"
            " end of my Fridays.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "A nurse from the far side of the world wrote to me: her fridge is a well. We write to"
            " each other about fridges.",
            indicators=("countries",),
            value="positive",
            capital="social",
        ),
        ExampleStep(
            "reframing",
            "I should like our clinic to ask the lab one question of its own this year, and I know"
            " which.",
            indicators=("asked-by-the-ward",),
            tense="hoped",
        ),
    ),
    links=(
        ExampleLink(
            1,
            2,
            "the Friday ones go into the fridge and not onto the van’s seat.",
            would_have_happened_anyway=(
                "The lab had sent a circular about it. It hangs behind the door."
            ),
            corroborator="The lab’s own list of cancelled results.",
        ),
        ExampleLink(2, 3, "a lab person had noticed, and wondered who was behind it."),
        ExampleLink(3, 4, "she heard the word “bag” and laughed."),
        ExampleLink(4, 5, "she has done it, with a pencil."),
    ),
)

COOL_BOX = ExampleStory(
    title="The times on the lid",
    teller="grace",
    audience="public",
    elicitor="amina",
    recorder="amina",
    minutes=(30, 30, 30),
    happened_from=date(2023, 9, 4),
    happened_to=date(2024, 2, 26),
    steps=(
        ExampleStep(
            "immediate",
            "I drive the cool boxes from eleven clinics. They asked me into a meeting about delays"
            " and I thought that I was going to be blamed, so I brought my notebook.",
            indicators=("taking-part",),
        ),
        ExampleStep(
            "potential",
            "It was all in the notebook. The boxes wait longer on the lab’s own step than on my"
            " whole road, because reception shuts at two and nobody had told the road.",
            value="positive",
            capital="human",
        ),
        ExampleStep(
            "applied",
            "We took a sheet that another country uses and put it on the lid: who had the box,"
            " from when to when. I added a line for the step.",
            indicators=("protocols-adapted",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "They open the hatch until six now. The doctors tell me that results come in the week"
            " they asked for them, and one gave me a mango.",
            indicators=("days-to-report",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(
            1, 2, "somebody asked me to read a page of it aloud and then it went very quiet."
        ),
        ExampleLink(2, 3, "a sheet on a lid can’t be left in a drawer."),
        ExampleLink(
            3,
            4,
            "the longest time stood in the same line every day and everybody could see whose line"
            " it was.",
            would_have_happened_anyway="They would have bought a second van.",
            corroborator="Look at the lids.",
        ),
    ),
)

UNCONFIRMED_ROUND = ExampleStory(
    title="The round on Thursdays",
    teller="thandi",
    audience="funders",
    elicitor="elodie",
    recorder="elodie",
    minutes=(40, 40, 35),
    happened_from=date(2023, 10, 5),
    happened_to=date(2024, 6, 6),
    proposed=True,
    unconfirmed_touches=((4, "clusters-acted-on"),),
    unconfirmed_links=((2, 4),),
    steps=(
        ExampleStep(
            "immediate",
            "Since October a colleague from the network listens in on our Thursday round by"
            " telephone. He is nine hundred kilometres away and hears what we have stopped"
            " hearing.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "He asks the registrars how they know. By spring they asked each other before he"
            " could.",
            indicators=("able-to-judge-a-run",),
            value="positive",
            capital="human",
        ),
        ExampleStep(
            "applied",
            "They will not present a genome any more without its quality page. I have not told"
            " them to.",
            indicators=("runs-checked",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "Two clusters were stopped at the second case, in wards where it used to be the fifth.",
            indicators=("clusters-acted-on",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "he can’t see the slides, so one has to say it."),
        ExampleLink(
            2,
            3,
            "whoever is asked twice looks it up before the third time.",
            corroborator="The registrars.",
        ),
        ExampleLink(2, 4, "it was his asking, and not the page, that made them quick."),
        ExampleLink(
            3,
            4,
            "a clean result can be shown to a ward on the same day.",
            would_have_happened_anyway="One of the two, perhaps.",
            other_influences="A new infection nurse, who is worth two of us.",
        ),
    ),
)

UNCONFIRMED_ROAD = ExampleStory(
    title="What the road knows",
    teller="grace",
    audience="members",
    elicitor="amina",
    recorder="amina",
    minutes=(20, 25, 25),
    happened_from=date(2024, 3, 4),
    happened_to=date(2024, 6, 20),
    proposed=True,
    unconfirmed_steps=(4,),
    unconfirmed_touches=((2, "countries"),),
    unconfirmed_links=((3, 4),),
    steps=(
        ExampleStep(
            "immediate",
            "Drivers of four countries had a call of our own, on a Sunday, in two languages and"
            " with a lot of hooting.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "I have the number of a man who drives the other half of my road, from the border to"
            " the lake.",
            indicators=("countries",),
            value="positive",
            capital="social",
        ),
        ExampleStep(
            "applied",
            "When the bridge was out in April he took my boxes over on his side, and I took his.",
            value="positive",
        ),
        ExampleStep(
            "realized",
            "Not a single sample was late for the bridge, Amina says.",
            indicators=("days-to-report",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "his boy and mine are called the same."),
        ExampleLink(2, 3, "we had swapped numbers and not cards."),
        ExampleLink(3, 4, "the boxes crossed on the day they would have crossed anyhow."),
    ),
)

OTHERS = (
    NIGHT_CALL,
    LA_LLAMADA,
    THE_REFUSAL,
    SIXTY_SQUARES,
    SWABS,
    COOL_BOX,
    UNCONFIRMED_ROUND,
    UNCONFIRMED_ROAD,
)
