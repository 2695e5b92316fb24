"""AMR-genomics stories of results and those whom they reach: wards, farms and ministries.

All of them, and everybody in them, are invented.
"""

from datetime import date

from stories.examples.content import ExampleLink, ExampleStep, ExampleStory

MINISTRY_FORM = ExampleStory(
    title="The box for “other”",
    teller="yusuf",
    audience="public",
    elicitor="tomas",
    minutes=(40, 30, 0),
    happened_from=date(2023, 3, 6),
    happened_to=date(2024, 2, 12),
    steps=(
        ExampleStep(
            "reframing",
            "The ministry’s form for resistant infections had a box called “other”, and in that"
            " box were all the things that matter to us: which ward, which day, which bed before."
            " In November the box became four fields.",
            indicators=("rules-rewritten",),
            value="positive",
        ),
        ExampleStep(
            "immediate",
            "It began because I complained about the form in a call and somebody asked me to share"
            " my screen. Nine countries looked at it, and eight had the same box.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "Together we wrote one page: the five things a genome is useless without. I translated"
            " it and left it on a desk where I knew it would be read.",
            indicators=("shared-protocols",),
            value="positive",
            capital="tangible",
        ),
        ExampleStep(
            "applied",
            "Since the new form our genomes go into the common folder with their place and date. I"
            " no longer write to hospitals to ask which Tuesday they meant.",
            indicators=("genomes-in-common",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "In January two towns turned out to share a strain, and the inspector went to the"
            " laundry that washes for both. I would not have seen it under “other”.",
            indicators=("clusters-acted-on",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(
            2, 3, "nobody wanted to be the country that had to explain its box a second time."
        ),
        ExampleLink(
            3,
            1,
            "the page was short and had eight countries at the bottom of it.",
            would_have_happened_anyway="The form was due for revision, but not in this point.",
            other_influences="A new head of department who had once been a ward sister.",
            corroborator="She, and the minutes of the November meeting.",
        ),
        ExampleLink(1, 4, "what is asked for arrives."),
        ExampleLink(4, 5, "the dates lay next to each other for the first time."),
    ),
)

THE_LAUNDRY = ExampleStory(
    title="Κουβέρτες",
    teller="stavros",
    audience="public",
    language="el",
    minutes=(30, 0, 0),
    happened_from=date(2023, 9, 11),
    happened_to=date(2024, 3, 18),
    steps=(
        ExampleStep(
            "immediate",
            "Δεν είμαι του εργαστηρίου, είμαι παθολόγος. Μπήκα στην κλήση για να παραπονεθώ ότι οι"
            " αναφορές τους δεν λένε ποτέ τι να κάνω. Μου ζήτησαν να διαβάσω μία φωναχτά.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "Κατάλαβα τι σημαίνει «τρεις διαφορές σε όλο το γονιδίωμα», και εκείνοι κατάλαβαν ότι"
            " διαβάζω μόνο την πρώτη γραμμή.",
            value="positive",
            capital="human",
        ),
        ExampleStep(
            "realized",
            "Τον Νοέμβριο η πρώτη γραμμή έγραφε: «Ίδιο στέλεχος σε τέσσερα κρεβάτια, ρωτήστε τι"
            " μοιράζονται». Μοιράζονταν τις κουβέρτες της νύχτας. Τις αλλάξαμε, και ως τον Μάρτιο"
            " δεν είδαμε άλλη περίπτωση.",
            indicators=("clusters-acted-on",),
            value="positive",
        ),
        ExampleStep(
            "reframing",
            "Τώρα ρωτάμε εμείς πρώτοι. Κάθε Δευτέρα στέλνω στο εργαστήριο μία ερώτηση, και όχι ένα"
            " δείγμα χωρίς λόγο.",
            indicators=("asked-by-the-ward",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "με άφησαν να κοκκινίσω με την ησυχία μου και ύστερα μου το ζωγράφισαν."),
        ExampleLink(
            2,
            3,
            "η αναφορά ξαναγράφτηκε ώστε να αρχίζει με αυτό που πρέπει να γίνει.",
            would_have_happened_anyway="Τις κουβέρτες ίσως, κάποτε. Όχι εκείνη την εβδομάδα.",
            corroborator="Η προϊσταμένη της νυχτερινής βάρδιας.",
        ),
        ExampleLink(3, 4, "είδα τι απάντηση παίρνει μια καλή ερώτηση."),
    ),
)

THE_SINK = ExampleStory(
    title="The sink in bay three",
    teller="amina",
    audience="funders",
    minutes=(20, 0, 0),
    happened_from=date(2023, 11, 6),
    happened_to=date(2023, 12, 18),
    steps=(
        ExampleStep(
            "immediate",
            "A case was presented in the Tuesday call: carbapenem resistance in a burns ward, no"
            " patient like another, and a sink. I only listened, with my lunch in my hand.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "I walked up to our own bay three the same afternoon and asked the sister to have the"
            " sink taken out. It was done by Friday. The three infections we had per month became"
            " none for five weeks, which is as long as I have counted.",
            indicators=("clusters-acted-on",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "Only afterwards did I sequence the drain, and learn how one reads many strains that"
            " share one piece of DNA.",
            indicators=("able-to-judge-a-run",),
            value="positive",
            capital="human",
        ),
    ),
    links=(
        ExampleLink(
            1,
            2,
            "their floor plan was our floor plan; the same company built both in the same year.",
        ),
        ExampleLink(
            2,
            3,
            "I wanted to know whether I had been right or lucky.",
            would_have_happened_anyway="The sink would be there still.",
            other_influences="Summer leave: the ward was half empty.",
            corroborator="The sister of the ward.",
        ),
    ),
)

OLD_LIST = ExampleStory(
    title="The list inside the cupboard door",
    teller="thandi",
    audience="public",
    minutes=(30, 0, 0),
    happened_from=date(2023, 8, 21),
    happened_to=date(2024, 5, 13),
    steps=(
        ExampleStep(
            "applied",
            "For a year we put every resistant bloodstream isolate of the province in common, the"
            " dull ones too. I was told that it was a waste of freezer space.",
            indicators=("genomes-in-common",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "The dull ones showed what the odd ones had not: the first-choice drug on our list"
            " failed in the two eastern districts and nowhere else. The clinics there changed it"
            " within weeks.",
            indicators=("clusters-acted-on",),
            value="positive",
        ),
        ExampleStep(
            "reframing",
            "The national list has an asterisk now, with two districts named beneath it. It is the"
            " smallest thing I ever published and it hangs inside every cupboard door.",
            indicators=("rules-rewritten",),
            value="positive",
        ),
        ExampleStep(
            "immediate",
            "I told it in the network in ten minutes. Two people wrote afterwards to ask how I had"
            " defended the freezer.",
            indicators=("taking-part",),
        ),
    ),
    links=(
        ExampleLink(1, 2, "you can’t see where something fails if you keep only the failures."),
        ExampleLink(
            2,
            3,
            "the clinics had done it already, and the committee does not like to be late.",
            would_have_happened_anyway="In the next edition of the list, three years on.",
            other_influences="A shortage of the old drug made it easier.",
            corroborator="The pharmacist of the eastern clinics.",
        ),
        ExampleLink(3, 4, "an asterisk makes a good short talk."),
    ),
)

HENS = ExampleStory(
    title="A cluster in four sheds",
    teller="rafiq",
    audience="funders",
    elicitor="tomas",
    recorder="tomas",
    minutes=(35, 20, 20),
    happened_from=date(2023, 7, 10),
    happened_to=date(2024, 5, 6),
    steps=(
        ExampleStep(
            "applied",
            "We put three hundred and twelve genomes from poultry into the common folder, each"
            " with its district and week. It was the first time the animal side did so within the"
            " month.",
            indicators=("genomes-in-common",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "Within a day a colleague in another country saw that four of our sheds and two of"
            " hers had the same strain. We had never spoken to each other’s ministry, let alone to"
            " each other.",
            indicators=("countries",),
            value="positive",
            capital="social",
        ),
        ExampleStep(
            "realized",
            "We wrote it up for both sides. In ten months nobody has visited a shed. The human"
            " side says it is a matter for farms, and the farm side says that nobody is ill.",
            indicators=("clusters-acted-on",),
            value="none_created",
        ),
        ExampleStep(
            "reframing",
            "What I have learned is that a cluster is not a result. Somebody has to own it, and I"
            " should have asked who before we sampled the first hen.",
        ),
    ),
    links=(
        ExampleLink(1, 2, "our dates were in the file names, so she could sort them."),
        ExampleLink(
            2,
            3,
            "the paper had two addressees, which is the same as none.",
            other_influences="An election, and a bird flu scare that took all the inspectors.",
            corroborator="Her letter and mine, with the stamps of both registries.",
        ),
        ExampleLink(3, 4, "I have had ten months to think about it."),
    ),
)

EGGS = ExampleStory(
    title="A letter about my hens",
    teller="paul",
    audience="members",
    elicitor="rafiq",
    recorder="rafiq",
    minutes=(40, 40, 30),
    happened_from=date(2023, 8, 28),
    happened_to=date(2024, 3, 4),
    steps=(
        ExampleStep(
            "immediate",
            "A young man came and swabbed my sheds and was polite to the birds. I asked when I"
            " would hear. He said soon, and he believed it.",
        ),
        ExampleStep(
            "realized",
            "A letter came after seven months with a number as long as my arm. My wife read it,"
            " the vet read it. None of us could say whether to do anything, so we did nothing.",
            indicators=("clusters-acted-on",),
            value="none_created",
        ),
        ExampleStep(
            "immediate",
            "I said so at their meeting. I had the letter with me and I asked them to tell me"
            " which word in it was for me.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "reframing",
            "They asked what I would want to know. I said: is it in the water, the feed or the"
            " boots? They are sampling boots now.",
            indicators=("asked-by-the-ward",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "the letter was written for whoever paid for it."),
        ExampleLink(2, 3, "you don’t throw a letter like that away, you take it back."),
        ExampleLink(
            3,
            4,
            "nobody found the word.",
            would_have_happened_anyway="He might have asked me by himself. He is that sort.",
            corroborator="My wife was there.",
        ),
    ),
)

SEVEN_MONTHS = ExampleStory(
    title="Seven months too late to be of use",
    teller="rafiq",
    audience="public",
    minutes=(25, 0, 0),
    happened_from=date(2024, 1, 8),
    happened_to=date(2024, 6, 3),
    steps=(
        ExampleStep(
            "reframing",
            "A man who keeps hens asked us which word in our letter was for him. Since then we"
            " begin with the question: water, feed or boots?",
            indicators=("asked-by-the-ward",),
            value="positive",
        ),
        ExampleStep(
            "applied",
            "For boots there was a protocol on the shelf, made for hospital floors. We changed the"
            " sock and the buffer.",
            indicators=("protocols-adapted",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "The first answers went out in nineteen days, on half a page, by telephone where that"
            " is easier.",
            indicators=("days-to-report",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "I hope that by winter one farm will have changed something, and that it will turn out"
            " to be the boots.",
            indicators=("clusters-acted-on",),
            tense="hoped",
        ),
    ),
    links=(
        ExampleLink(1, 2, "a floor is a floor."),
        ExampleLink(
            2,
            3,
            "one question needs thirty swabs and not four hundred.",
            would_have_happened_anyway="No. We had funds for four hundred.",
            corroborator="He will tell you, and his wife too.",
        ),
        ExampleLink(3, 4, "an answer that comes in the same season can be used in it."),
    ),
)

MY_OWN_TREE = ExampleStory(
    title="🌳 A tree with nobody on it",
    teller="wei",
    audience="members",
    minutes=(20, 0, 0),
    happened_from=date(2023, 11, 27),
    happened_to=date(2024, 3, 25),
    steps=(
        ExampleStep(
            "immediate",
            "I showed my tree of three hundred and forty genomes in the call. It has colours and"
            " it turns 🌳. A ward sister asked where her patients were on it.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "I could not say. I learned that a tip without a bed and a day is nobody.",
            value="positive",
            capital="human",
        ),
        ExampleStep(
            "applied",
            "I wrote to fourteen hospitals for places and dates. Eleven answered, two of them with"
            " a drawing of the ward.",
            indicators=("genomes-in-common",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "With the dates in, the tree shows four clusters. All of them were over by the time"
            " that I could draw them 🥀.",
            indicators=("clusters-acted-on",),
            value="none_created",
        ),
        ExampleStep(
            "applied",
            "So we went back to the beginning: the place and the date come first now, and without"
            " them we do not sequence.",
            indicators=("genomes-in-common",),
        ),
    ),
    links=(
        ExampleLink(1, 2, "it was quite silent while I looked for them."),
        ExampleLink(2, 3, "I did not want to be asked a second time."),
        ExampleLink(
            3,
            4,
            "the dates came after half a year, so everything I could see was the past.",
            other_influences="The wards had noticed two of the four by themselves.",
            corroborator="The sister who asked.",
        ),
        ExampleLink(4, 5, "the tree was right and of no use to anybody."),
    ),
)

WARDS = (
    MINISTRY_FORM,
    THE_LAUNDRY,
    THE_SINK,
    OLD_LIST,
    HENS,
    EGGS,
    SEVEN_MONTHS,
    MY_OWN_TREE,
)
