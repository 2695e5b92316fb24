"""AMR-genomics stories of runs: who can read one, and who looks before it is reported.

All of them, and everybody in them, are invented.
"""

from datetime import date

from stories.examples.content import ExampleLink, ExampleStep, ExampleStory

THE_WRONG_SPECIES = ExampleStory(
    title="Not what it says on the tube",
    teller="chidi",
    audience="public",
    minutes=(30, 0, 0),
    happened_from=date(2023, 4, 17),
    happened_to=date(2023, 9, 4),
    steps=(
        ExampleStep(
            "immediate",
            "On the third day of the course the trainer gave all of us the same run and would not"
            " say what was wrong with it. I had called it Klebsiella pneumoniae before the coffee,"
            " like everybody at my table.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "It was two species in one tube. I learned to look at the share of reads that fit"
            " nowhere before I look at anything that has a name.",
            indicators=("able-to-judge-a-run",),
            value="positive",
            capital="human",
        ),
        ExampleStep(
            "applied",
            "Back home I went through the last forty runs with that one question. I opened them"
            " again at night, because in the daytime I was making new ones.",
            indicators=("runs-checked",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "Three of our reports had been wrong, one of them about a child who was treated for"
            " the organism that we had named. I rang the ward myself. They took it better than I"
            " did.",
            indicators=("reports-corrected",),
            value="negative",
        ),
        ExampleStep(
            "reframing",
            "I used to be proud of having no report taken back. Now I think that a lab which never"
            " corrects anything is a lab that does not look.",
            indicators=("stories-of-judging-anew",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(
            1,
            2,
            "nobody at the table could explain the leftover reads, and he let us sit with it for"
            " an hour.",
        ),
        ExampleLink(
            2,
            3,
            "once you have seen it in a run that you were sure of, you do not trust the others.",
            would_have_happened_anyway="Not for the old runs. Nobody had asked about them.",
            corroborator="The other five from my table, who did the same at home.",
        ),
        ExampleLink(3, 4, "the check was cheap and the mistakes were there."),
        ExampleLink(4, 5, "the doctor said: thank you, who else rings?"),
    ),
)

NAMES_WITH_ACCENTS = ExampleStory(
    title="The script that did not like accents",
    teller="priya",
    audience="funders",
    minutes=(35, 0, 0),
    happened_from=date(2023, 7, 3),
    happened_to=date(2023, 11, 13),
    steps=(
        ExampleStep(
            "potential",
            "The script from the shelf put our reports together in four minutes instead of a day."
            " Everybody recommended it.",
            indicators=("shared-protocols",),
            value="positive",
            capital="tangible",
        ),
        ExampleStep(
            "applied",
            "I changed the logo and the cut-offs and nothing else, and ran it every Friday.",
            indicators=("protocols-adapted",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "In October a doctor asked where the result of a certain patient was. The script left"
            " out every sample whose name held an accent, without a word. In fourteen weeks that"
            " was sixty-one reports, and we sent all of them again.",
            indicators=("reports-corrected",),
            value="negative",
        ),
        ExampleStep(
            "potential",
            "I told it to a call of strangers with my camera on. Two of them went pale and left"
            " the call to look at theirs.",
            indicators=("failed-runs-told",),
            value="positive",
            capital="learning",
        ),
        ExampleStep(
            "applied",
            "Now the script counts what goes in and what comes out, and stops when the two differ."
            " It is the first line that I read in any script.",
            indicators=("runs-checked",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "it worked, and I did not ask what it did."),
        ExampleLink(
            2,
            3,
            "our test data were called sample one to sample ten.",
            would_have_happened_anyway=(
                "A script of my own would have had other faults, and I would have known where to"
                " look."
            ),
        ),
        ExampleLink(3, 4, "somebody else was surely doing the same on that very Friday."),
        ExampleLink(
            4,
            5,
            "the woman who had written it sat down with me the same evening. She was not offended.",
            corroborator="She is named at the head of the script.",
        ),
    ),
)

NOTHING_TO_RUN_IT_ON = ExampleStory(
    title="A course, and nothing to run it on",
    teller="hoang",
    audience="funders",
    elicitor="elodie",
    minutes=(25, 20, 0),
    happened_from=date(2023, 5, 15),
    happened_to=date(2023, 12, 4),
    steps=(
        ExampleStep(
            "immediate",
            "Five days of bioinformatics, and I was the only technician among doctors. I liked it"
            " very much. I asked more than anybody because I had nothing to lose.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "At the end I could judge a run by myself. I have the form on which I ticked it.",
            indicators=("able-to-judge-a-run",),
            value="positive",
            capital="human",
        ),
        ExampleStep(
            "applied",
            "At home there was no computer that I was allowed to install anything on. I asked in"
            " June, in July and in October. In December I noticed that I had forgotten the"
            " commands.",
            indicators=("runs-checked",),
            tense="did_not_happen",
        ),
        ExampleStep(
            "realized",
            "Nothing is different for any patient. The runs still go to the capital on a hard"
            " disk, and come back as a sentence.",
            value="none_created",
        ),
    ),
    links=(
        ExampleLink(1, 2, "I did every exercise twice, the second time in the evening."),
        ExampleLink(
            2,
            3,
            "what I had learned lived on the course’s laptops, and they were collected on Friday.",
            other_influences=(
                "A rule of our hospital against software that the office did not buy."
            ),
        ),
        ExampleLink(3, 4, "nothing was used, so nothing could come of it."),
    ),
)

TWO_READERS = ExampleStory(
    title="Told on the way out",
    teller="unknown",
    audience="funders",
    recorder="tomas",
    minutes=(0, 0, 8),
    happened_from=date(2023, 11, 20),
    happened_to=date(2023, 11, 21),
    steps=(
        ExampleStep(
            "potential",
            "Somebody told me on the stairs after the course that he could now read the quality"
            " page of a run, and that it made his week slower.",
            indicators=("able-to-judge-a-run",),
            value="positive",
            capital="human",
        ),
        ExampleStep(
            "applied",
            "He checks every run. He has checked ninety and found nothing, and is beginning to"
            " wonder whom it is for.",
            indicators=("runs-checked",),
            value="none_created",
        ),
        ExampleStep(
            "reframing",
            "He would like to hear from somebody who found something, or to be told that he may"
            " stop.",
            tense="hoped",
        ),
    ),
    links=(
        ExampleLink(1, 2, "he had promised himself that he would do it for a year."),
        ExampleLink(2, 3, "ninety times nothing is a long time."),
    ),
)

SECOND_READING = ExampleStory(
    title="Às sextas, às cinco",
    teller="ines",
    audience="facilitators",
    language="pt",
    minutes=(15, 0, 0),
    happened_from=date(2024, 3, 18),
    happened_to=date(2024, 6, 3),
    steps=(
        ExampleStep(
            "immediate",
            "Contei na sala pequena que tínhamos voltado a ler tudo duas vezes. Alguém perguntou"
            " quem lê a segunda vez às sextas-feiras, e não soube responder.",
            indicators=("taking-part",),
        ),
        ExampleStep(
            "applied",
            "Às sextas a segunda leitura era uma assinatura. A colega assinava porque o autocarro"
            " saía às cinco.",
            indicators=("runs-checked",),
            value="negative",
        ),
        ExampleStep(
            "realized",
            "Numa sexta de maio saiu um relatório com a espécie errada, com duas assinaturas por"
            " baixo.",
            indicators=("reports-corrected",),
            value="negative",
        ),
        ExampleStep(
            "applied",
            "A partir de julho, o que chega à sexta lê-se na segunda. Espero que a direção aguente"
            " o fim de semana.",
            indicators=("runs-checked",),
            tense="hoped",
        ),
    ),
    links=(
        ExampleLink(1, 2, "a pergunta obrigou-me a ir ver os horários."),
        ExampleLink(
            2,
            3,
            "duas assinaturas valem menos do que um par de olhos.",
            corroborator="O horário do autocarro.",
        ),
        ExampleLink(3, 4, "ninguém quis defender a sexta-feira."),
    ),
)

BUS_STATION = ExampleStory(
    title="Heard at the bus station",
    teller="unknown",
    audience="facilitators",
    recorder="elodie",
    minutes=(0, 0, 10),
    happened_from=date(2024, 2, 19),
    happened_to=date(2024, 2, 19),
    steps=(
        ExampleStep(
            "immediate",
            "Told to me at a bus station by somebody with a network sticker on her laptop: she has"
            " never spoken in a call, and watches the recordings at double speed while the gel"
            " runs.",
        ),
        ExampleStep(
            "applied",
            "From one of them she took the habit of running a blank on every plate. Her supervisor"
            " counts the blanks as waste.",
            indicators=("runs-checked",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "The blank lit up in the second week, and they threw away a whole batch before it was"
            " reported.",
            indicators=("reports-corrected",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(
            1,
            2,
            "somebody in the recording said “you do not have a blank, you have hope”, and she"
            " wrote it on her glove.",
        ),
        ExampleLink(2, 3, "it was there to be lit up."),
    ),
)

RUNS = (
    THE_WRONG_SPECIES,
    NAMES_WITH_ACCENTS,
    NOTHING_TO_RUN_IT_ON,
    TWO_READERS,
    SECOND_READING,
    BUS_STATION,
)
