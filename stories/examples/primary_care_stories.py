"""The stories of the primary-care example. All of them, and everybody in them, are invented."""

from datetime import date

from stories.examples.content import ExampleLink, ExampleStep, ExampleStory

THE_BAKERY = ExampleStory(
    title="The bakery on the corner",
    teller="nora",
    audience="public",
    minutes=(25, 0, 0),
    happened_from=date(2024, 2, 12),
    happened_to=date(2024, 5, 6),
    steps=(
        ExampleStep(
            "immediate",
            "Somebody asked in the forum how we begin a home visit when the chart has already told"
            " us what to do. I read the answers on the bus, and wrote one myself. It was my first.",
            indicators=("questions-asked", "one-comment"),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "What I took away was one sentence of a physiotherapist’s: ask what they would like to"
            " be able to do by Sunday. I said it aloud in the car until it sounded like me.",
            indicators=("ready-to-ask-first",),
            value="positive",
            capital="human",
        ),
        ExampleStep(
            "applied",
            "I asked it of a man of 81 whose leg I had been dressing for seven months. He did not"
            " mention the leg. He said he wanted to fetch his own bread, so we wrote that at the"
            " top of the plan and put the dressings round it.",
            indicators=("patient-begins", "plans-written-together"),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "Five weeks later he was walking to the bakery, two hundred metres, with a stick and a"
            " rest at the chemist’s wall. The ulcer is smaller too, but it was the bread he told"
            " me about. He had kept me the heel of the loaf.",
            indicators=("own-goals-reached",),
            value="positive",
        ),
        ExampleStep(
            "reframing",
            "A good visit used to be one with every box on the chart filled in. Now I also write"
            " down whose goal it was. When it is only ours, I ask again.",
            indicators=("stories-of-seeing-anew",),
        ),
    ),
    links=(
        ExampleLink(1, 2, "her answer was short enough to remember at a front door."),
        ExampleLink(
            2,
            3,
            "I had promised the others to try it once before Friday.",
            would_have_happened_anyway=(
                "No. I had known him for seven months and it had not come up."
            ),
        ),
        ExampleLink(
            3,
            4,
            "he did the walking. All I did was time the dressing so that the bandage was fresh.",
            other_influences="His daughter bought him better shoes, and it was a dry spring.",
            corroborator="His daughter, and the woman who sells the bread.",
        ),
        ExampleLink(4, 5, "I had nearly left the bread out of the notes, and that bothered me."),
    ),
)

THE_LEAFLET = ExampleStory(
    title="A leaflet that stayed in the box",
    teller="kofi",
    audience="funders",
    elicitor="tomas",
    recorder="tomas",
    minutes=(20, 20, 15),
    happened_from=date(2024, 3, 4),
    happened_to=date(2024, 9, 30),
    steps=(
        ExampleStep(
            "immediate",
            "Eleven of us met online on four Tuesday evenings to write a leaflet about taking"
            " several medicines. I enjoyed it. It was the first thing I had written with nurses.",
            indicators=("forum-threads",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "We ended with two good pages, in large print, that three patients had corrected.",
            indicators=("shared-documents",),
            value="positive",
            capital="tangible",
        ),
        ExampleStep(
            "applied",
            "I had five hundred printed for the counter. In six months eight were taken, and I"
            " found two of those in the bin outside. I have not seen anybody use one, and I have"
            " stopped offering it.",
            value="none_created",
        ),
    ),
    links=(
        ExampleLink(
            1,
            2,
            "we had agreed to stop after the fourth evening, whatever we had by then.",
            corroborator="The other ten who wrote it.",
        ),
        ExampleLink(
            2,
            3,
            "I handed it over with the bag, when people already have their coat on. We never asked"
            " anybody when in the day they would read such a thing.",
            other_influences=(
                "The dispensing system prints a label of its own, and people read that one."
            ),
        ),
    ),
)

HALF_A_TABLET = ExampleStory(
    title="Half a tablet too soon",
    teller="samir",
    audience="funders",
    attribution="anonymous",
    quotable=False,
    elicitor="eleni",
    minutes=(40, 30, 0),
    happened_from=date(2024, 4, 8),
    happened_to=date(2024, 7, 22),
    steps=(
        ExampleStep(
            "immediate",
            "There was a lively thread about helping people off sleeping tablets. Colleagues whom"
            " I respect wrote how well it had gone for them.",
            indicators=("forum-threads",),
        ),
        ExampleStep(
            "applied",
            "I took up one of their schedules with a woman of 74 who lives alone. The surgery was"
            " full that day, so I left out a stage and halved the dose at once.",
            value="negative",
        ),
        ExampleStep(
            "realized",
            "She did not sleep for nine nights. On the tenth she fell in the kitchen and broke her"
            " wrist. She has moved to another doctor, and I understand why.",
            indicators=("falls-at-home",),
            value="negative",
        ),
        ExampleStep(
            "potential",
            "I wrote this in the forum without making it sound better than it was. Two others had"
            " seen the same, and together we put a line at the head of the schedule: who is in the"
            " house for the first two weeks?",
            indicators=("attempts-reported",),
            value="positive",
            capital="learning",
        ),
    ),
    links=(
        ExampleLink(
            1,
            2,
            "the stories were all of success, and I heard in them that it was easy.",
            would_have_happened_anyway=(
                "I might have tried it in any case, but more slowly and later."
            ),
        ),
        ExampleLink(
            2,
            3,
            "the step was too big for her and there was nobody at home to ring me.",
            other_influences="A loose mat, and a heatwave that kept half the town awake.",
            corroborator="The hospital’s letter.",
        ),
        ExampleLink(3, 4, "I could not bear the thread going on as if it worked every time."),
    ),
)

SEVEN_STAIRS = ExampleStory(
    title="Seven stairs and the adverts",
    teller="aoife",
    audience="public",
    minutes=(20, 0, 0),
    happened_from=date(2024, 1, 22),
    happened_to=date(2024, 11, 18),
    steps=(
        ExampleStep(
            "applied",
            "Nobody at home was doing my exercise sheet. So with two patients I dropped the sheet"
            " and we used their own stairs: up and down the bottom seven whenever the radio went"
            " to the adverts.",
            value="positive",
        ),
        ExampleStep(
            "realized",
            "By the end of winter both were sleeping upstairs again, one of them after two years"
            " on the settee.",
            indicators=("own-goals-reached",),
            value="positive",
        ),
        ExampleStep(
            "immediate",
            "I wrote it up under “I tried”, a bit proud of myself. A nurse answered that she would"
            " not do that with anybody who gets dizzy, and then it became a proper conversation.",
            indicators=("forum-threads",),
        ),
        ExampleStep(
            "potential",
            "What I have now is better than my idea: a short list of those for whom it is not, and"
            " what to check before the first stair.",
            indicators=("attempts-reported",),
            value="positive",
            capital="learning",
        ),
        ExampleStep(
            "realized",
            "I hope that the next ten get upstairs too, and that none of them falls on the way.",
            indicators=("falls-at-home",),
            tense="hoped",
        ),
    ),
    links=(
        ExampleLink(
            1,
            2,
            "adverts come every quarter of an hour and paper does not.",
            would_have_happened_anyway="For one of them perhaps. She is very stubborn.",
            corroborator="The son of the man who had slept on the settee.",
        ),
        ExampleLink(2, 3, "I wanted somebody to be pleased with me, to be honest."),
        ExampleLink(3, 4, "she gave her reasons and did not let go until I had answered them."),
        ExampleLink(4, 5, "the list is short enough to go through on the doormat."),
    ),
)

LA_SILLA = ExampleStory(
    title="La silla de la cocina",
    teller="lucia",
    audience="public",
    language="es",
    minutes=(30, 0, 0),
    happened_from=date(2024, 5, 13),
    happened_to=date(2024, 10, 7),
    steps=(
        ExampleStep(
            "immediate",
            "Pregunté en el foro qué miráis primero al entrar en una casa. Una enfermera contestó:"
            " «La silla donde pasa el día». No se me había ocurrido nunca.",
            indicators=("questions-asked",),
            value="positive",
        ),
        ExampleStep(
            "applied",
            "Esa misma semana visité a una mujer de 77 años, con diabetes y el corazón cansado, y"
            " le pedí que me enseñara su silla. Estaba de cara a la pared, porque la ventana no"
            " cerraba. Apuntamos en el plan lo que ella dijo: «Ver pasar a la gente».",
            indicators=("patient-begins", "plans-written-together"),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "En octubre arreglaron la ventana y dimos la vuelta a la silla. Ahora saluda a medio"
            " barrio, y la vecina del tercero baja los martes a merendar. Dice que le pesan menos"
            " las piernas; yo solo sé que se ríe.",
            indicators=("own-goals-reached",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(
            1,
            2,
            "era una pregunta que se puede hacer sin carpeta y sin prisa.",
            would_have_happened_anyway="No. Yo llevaba tres visitas hablando solo de la insulina.",
        ),
        ExampleLink(
            2,
            3,
            "con su frase en el plan pude pedir la reparación como parte de los cuidados.",
            other_influences="La casera ya había recibido dos avisos del ayuntamiento.",
            corroborator="La vecina del tercero.",
        ),
    ),
)

ANYONE_AWAKE = ExampleStory(
    title="Anyone awake? 🌙",
    teller="joan",
    audience="funders",
    elicitor="tomas",
    recorder="eleni",
    minutes=(30, 30, 25),
    happened_from=date(2024, 6, 20),
    happened_to=date(2024, 6, 21),
    steps=(
        ExampleStep(
            "immediate",
            "Ten past eleven at night, in a farmhouse, with a syringe driver and a new medicine I"
            " had never mixed with the other two. I typed “anyone awake? 🌙” and my question."
            " Nine minutes later: “here ☕, go on”.",
            indicators=("questions-asked",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "It was a hospice pharmacist two counties away. Since that night I have had her number,"
            " and she has mine.",
            indicators=("colleague-to-ask",),
            value="positive",
            capital="social",
        ),
        ExampleStep(
            "applied",
            "She told me to use a second driver and had me read the labels back to her. Then I"
            " rang the doctor on call, who agreed and prescribed it so.",
            value="positive",
        ),
        ExampleStep(
            "realized",
            "He was quiet by one o’clock. He died at five in his own bed, with the dog across his"
            " feet 🐕. His wife asked me to thank “the lady in your telephone”.",
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "she stayed on until the line ran, and afterwards I wrote to thank her."),
        ExampleLink(
            1,
            3,
            "her answer came with the reason, so I could put it to the doctor.",
            would_have_happened_anyway=(
                "The night line would have told me the same, with a wait of an hour or more."
            ),
            corroborator="The doctor on call that night.",
        ),
        ExampleLink(
            3,
            4,
            "with two drivers nothing clouded in the line, and we did not have to send him in.",
            other_influences="A wife who knew what he wanted and had it in writing.",
        ),
    ),
)

ROUND_AGAIN = ExampleStory(
    title="The list that sent us round again",
    teller="hannah",
    audience="public",
    elicitor="eleni",
    minutes=(35, 25, 0),
    happened_from=date(2024, 2, 26),
    happened_to=date(2024, 12, 16),
    steps=(
        ExampleStep(
            "immediate",
            "In my second month of training I opened a thread: does anybody know who among their"
            " patients has fallen already? The silence was a whole day long. Then they came one"
            " after the other, and nobody did know.",
            indicators=("forum-threads", "questions-asked"),
        ),
        ExampleStep(
            "potential",
            "Six of us made a list that fits on one screen: who fell, where, what they take, who"
            " has visited since.",
            indicators=("shared-documents",),
            value="positive",
            capital="tangible",
        ),
        ExampleStep(
            "applied",
            "We went through our list every other Monday, the pharmacist and I, with the patient"
            " on the telephone or in the room. At first we did nothing but look at tablets.",
            indicators=("joint-reviews",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "After the summer there were fewer falls than in spring. But of the eighteen that"
            " quarter eleven happened at night, on the way to the toilet, to people whose tablets"
            " we had already been through.",
            indicators=("falls-at-home",),
        ),
        ExampleStep(
            "reframing",
            "I had thought of a fall as something in a person’s blood pressure. Now I ask about"
            " the lamp.",
            indicators=("stories-of-seeing-anew",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "it was embarrassing to all of us in the same way."),
        ExampleLink(
            2,
            3,
            "the list had a column that was empty, and an empty column nags.",
            would_have_happened_anyway=(
                "Reviews are asked of us anyway, but not together and not of these people first."
            ),
        ),
        ExampleLink(
            3,
            4,
            "four people came off something that had made them unsteady.",
            other_influences="The council put handrails into one of the blocks in July.",
            corroborator="The pharmacist, and the practice nurse who makes the calls.",
        ),
        ExampleLink(
            4,
            3,
            "the hours in the list showed what we had not looked at, so we went round again,"
            " with night lights this time.",
        ),
        ExampleLink(4, 5, "eleven people in the dark can’t all be put down to one tablet."),
    ),
)

DOOR_SHUT = ExampleStory(
    title="Why I read the forum with my door shut",
    teller="piotr",
    audience="funders",
    template="personal",
    elicitor="tomas",
    recorder="tomas",
    minutes=(45, 45, 20),
    happened_from=date(2024, 1, 8),
    happened_to=date(2025, 2, 17),
    steps=(
        ExampleStep(
            "immediate",
            "I manage a practice; I am not a clinician. I joined to see what my staff were doing"
            " there for twenty minutes a day. I stayed because it was the only place where people"
            " said plainly what a day here is like.",
            indicators=("members-taking-part",),
        ),
        ExampleStep(
            "potential",
            "I have got to know two other managers who lie awake over the same rota. We ring each"
            " other now before we ring the consultants.",
            indicators=("colleague-to-ask",),
            value="positive",
            capital="social",
        ),
        ExampleStep(
            "applied",
            "I gave every nurse one visit a day without a time on it. It took me three weeks to"
            " find the minutes, and I am not sure yet that I can keep them.",
            value="positive",
        ),
        ExampleStep(
            "reframing",
            "What I hope for is a patient in the room when we set next year’s goals, and that I do"
            " not have to explain to anybody above me why that is work.",
            indicators=("patients-at-the-table",),
            tense="hoped",
        ),
    ),
    links=(
        ExampleLink(1, 2, "one of them wrote at night what I had been thinking all week."),
        ExampleLink(
            1,
            3,
            "I had read thirty accounts of visits and in every one the good part came last, when"
            " the time was already up.",
            would_have_happened_anyway="No. I would have called it a luxury.",
            corroborator="Our rota of September.",
        ),
        ExampleLink(
            3, 4, "the visits without a time are where patients say what we should aim for."
        ),
    ),
)

SIXTEEN_TABLETS = ExampleStory(
    title="Sixteen tablets on the tablecloth",
    teller="nora",
    audience="public",
    minutes=(15, 0, 0),
    happened_from=date(2025, 1, 13),
    happened_to=date(2025, 3, 10),
    steps=(
        ExampleStep(
            "immediate",
            "At the January meeting they put us in pairs from different professions. I got a"
            " pharmacist, and we spent most of the time laughing at each other’s abbreviations.",
            value="positive",
        ),
        ExampleStep(
            "potential",
            "By the end I knew what he sees that I don’t: I know what is in the drawer at home,"
            " and he knows what should never lie in the same drawer.",
            indicators=("colleague-to-ask",),
            value="positive",
            capital="social",
        ),
        ExampleStep(
            "applied",
            "In February we went to see a couple together and laid everything they take on the"
            " tablecloth. Sixteen a day for her, eleven for him. They had never been asked which"
            " ones they could do without.",
            indicators=("joint-reviews",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "I hope she will be less drowsy in the mornings with four of them stopped. That is"
            " what she asked for: to hear the whole of the news.",
            tense="hoped",
        ),
        ExampleStep(
            "reframing",
            "And I hope our team will put “as few as she needs” among its goals, beside “as"
            " prescribed”.",
            indicators=("goals-rewritten",),
            tense="hoped",
        ),
    ),
    links=(
        ExampleLink(1, 2, "you can’t laugh at “TTO” without having it explained."),
        ExampleLink(
            2,
            3,
            "each of us had half of what was needed to go.",
            other_influences="Their grandson had asked the surgery for help the week before.",
        ),
        ExampleLink(3, 4, "the doctor has agreed to stop four of them, one at a time."),
        ExampleLink(4, 5, "the others will want to see her awake before they believe it."),
    ),
)

THE_LIBRARY = ExampleStory(
    title="Mondays at the library",
    teller="joan",
    audience="members",
    attribution="pseudonym",
    pseudonym="Willow",
    minutes=(30, 0, 0),
    happened_from=date(2024, 4, 22),
    happened_to=date(2024, 9, 2),
    steps=(
        ExampleStep(
            "immediate",
            "A colleague from the coast told us about her hour at the library, where people bring"
            " their letters from the hospital and she reads them with them. I asked her so many"
            " questions that she rang me up.",
            indicators=("questions-asked",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "Our librarian offered the room with the sofa, Mondays at two, and bought a kettle.",
            value="positive",
            capital="social",
        ),
        ExampleStep(
            "applied",
            "It was to open on the second of September. That week the rota was changed and Monday"
            " afternoons went to flu clinics. It has not opened, and nobody said when it might.",
            tense="did_not_happen",
        ),
        ExampleStep(
            "potential",
            "The kettle is still there. I go to the other branch now, because I don’t know what to"
            " say to her.",
            value="negative",
            capital="social",
        ),
    ),
    links=(
        ExampleLink(1, 2, "I could tell her exactly how it runs on the coast, down to the tea."),
        ExampleLink(
            2,
            3,
            "a room and two people who want to are not the same as an hour in the rota. I had told"
            " everybody but the one who makes it.",
        ),
        ExampleLink(
            3,
            4,
            "I had given my word for something that was not mine to give.",
            would_have_happened_anyway="The flu clinics, yes. My silence, no.",
        ),
    ),
)

MOTHERS_LIST = ExampleStory(
    title="My mother’s list on the fridge",
    teller="rosa",
    audience="public",
    elicitor="tomas",
    recorder="tomas",
    minutes=(40, 40, 30),
    happened_from=date(2024, 9, 16),
    happened_to=date(2025, 2, 3),
    steps=(
        ExampleStep(
            "immediate",
            "I am not from the health service. They invited three of us who look after somebody to"
            " one of their online evenings. I had expected to be talked to, and they asked me what"
            " gets on my nerves. I talked for twenty minutes.",
            value="positive",
        ),
        ExampleStep(
            "potential",
            "A nurse told me that I was allowed to write things down and bring them. Allowed! In"
            " four years it had not crossed my mind.",
            value="positive",
            capital="human",
        ),
        ExampleStep(
            "applied",
            "We put a sheet on the fridge and my mother dictated, for a week. Number one was not"
            " her breathing but that the nights are long. The doctor copied it into her plan word"
            " for word.",
            indicators=("plans-written-together",),
            value="positive",
        ),
        ExampleStep(
            "reframing",
            "In February I sat in the practice’s own meeting with the sheet in my hand. They"
            " struck out “fewer calls at night” from their goals and wrote “nobody alone with it"
            " at night”. That is a different thing.",
            indicators=("patients-at-the-table", "goals-rewritten"),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "she saw that I had notes on the back of my hand."),
        ExampleLink(
            2,
            3,
            "after that it would have been silly not to.",
            would_have_happened_anyway=(
                "Not on paper. I would have gone on telling everybody something different."
            ),
            corroborator="My mother. And the sheet is still there.",
        ),
        ExampleLink(
            3,
            4,
            "the doctor asked whether I would read it to the others myself.",
            other_influences="They had had a complaint about the night line that winter.",
            corroborator="The notes of the meeting.",
        ),
    ),
)

ONE_WORD_LESS = ExampleStory(
    title="One word less in the notes",
    teller="unknown",
    audience="facilitators",
    recorder="eleni",
    minutes=(0, 0, 5),
    happened_from=date(2024, 11, 4),
    happened_to=date(2024, 11, 4),
    steps=(
        ExampleStep(
            "immediate",
            "Told in the back row of a training day, by somebody whose name I did not catch: she"
            " only ever reads in the forum, mostly in the lunch break, and has not written a line.",
        ),
        ExampleStep(
            "applied",
            "After reading what carers wrote there she stopped putting “non-compliant” in the"
            " notes. She writes what the person said instead.",
            value="positive",
        ),
        ExampleStep(
            "reframing",
            "“Half the time it turns out that I had not explained it,” she said. “I used to think"
            " that I was describing them.”",
            indicators=("stories-of-seeing-anew",),
        ),
    ),
    links=(
        ExampleLink(1, 2, "she pictured her own sister reading that word."),
        ExampleLink(2, 3, "writing down what people say takes long enough to hear it."),
    ),
)

FOR_MY_APPRAISAL = ExampleStory(
    title="For my appraisal, perhaps",
    teller="nora",
    audience="me",
    status="draft",
    minutes=(8, 0, 0),
    happened_from=date(2025, 3, 19),
    happened_to=date(2025, 3, 19),
    steps=(
        ExampleStep(
            "immediate",
            "Long thread tonight about being shouted at. I did not write anything, but I read all"
            " of it twice.",
        ),
        ExampleStep(
            "potential",
            "Three of them say the same thing at the door before they go in: “this is not about"
            " me”. I have written it on the inside of my diary.",
            value="positive",
            capital="human",
        ),
        ExampleStep(
            "applied",
            "I want to try it at the flat with the two locks on Thursday.",
            tense="hoped",
        ),
    ),
    links=(
        ExampleLink(1, 2, "I was looking for one thing to take with me and that was it."),
        ExampleLink(2, 3, "Thursday is the visit that I dread."),
    ),
)

THE_INHALER = ExampleStory(
    title="The inhaler as a vase",
    teller="kofi",
    audience="funders",
    status="submitted",
    minutes=(20, 0, 0),
    happened_from=date(2024, 10, 14),
    happened_to=date(2025, 1, 27),
    steps=(
        ExampleStep(
            "immediate",
            "A school nurse posted a photograph of a spacer with daisies in it. We laughed, and"
            " then somebody asked how many of ours were used for breathing.",
            indicators=("forum-threads",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "I realised that I had been explaining inhalers for nine years without once asking to"
            " be shown.",
            value="positive",
            capital="human",
        ),
        ExampleStep(
            "applied",
            "Since November I say at the counter: show me how you do it at home. It takes a minute"
            " and a half. About one in three does something that I would never have guessed.",
            value="positive",
        ),
        ExampleStep(
            "realized",
            "A boy of nine who used to come for a new one every fortnight now comes every two"
            " months, and he corrects his father.",
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "I could not have answered the question for a single customer."),
        ExampleLink(2, 3, "it was cheaper than another leaflet."),
        ExampleLink(
            3,
            4,
            "he had been pressing it after breathing in, and now he does it before.",
            other_influences="The family moved out of a damp flat at Christmas.",
            corroborator="The school nurse.",
        ),
    ),
)

THE_GATE = ExampleStory(
    title="The house with the blue gate",
    teller="nora",
    audience="public",
    status="returned",
    note=(
        "Thank you, this should be read by many. The street, the gate and the neighbour’s job"
        " together would tell people in town who it is. Could you tell it without two of them, or"
        " ask the neighbour? I am glad to go through it with you."
    ),
    elicitor="tomas",
    minutes=(30, 20, 0),
    happened_from=date(2024, 8, 5),
    happened_to=date(2024, 10, 21),
    steps=(
        ExampleStep(
            "immediate",
            "In August we talked in the forum about neighbours, and whether we may ask them for"
            " anything at all.",
            indicators=("forum-threads",),
        ),
        ExampleStep(
            "applied",
            "At the house with the blue gate in Mill Lane I asked my patient whether I could have"
            " a word with the man next door, the one who drives the school bus. She said: at last.",
            value="positive",
        ),
        ExampleStep(
            "realized",
            "He puts her bins out now and knocks on the wall at eight. When she did not knock back"
            " in October he was over the fence before we had been rung.",
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "a social worker had said: ask her first, then ask him."),
        ExampleLink(
            2,
            3,
            "he had wanted to do something for years and did not like to.",
            corroborator="He himself, if he agrees to be asked.",
        ),
    ),
)

STORIES = (
    THE_BAKERY,
    THE_LEAFLET,
    HALF_A_TABLET,
    SEVEN_STAIRS,
    LA_SILLA,
    ANYONE_AWAKE,
    ROUND_AGAIN,
    DOOR_SHUT,
    SIXTEEN_TABLETS,
    THE_LIBRARY,
    MOTHERS_LIST,
    ONE_WORD_LESS,
    FOR_MY_APPRAISAL,
    THE_INHALER,
    THE_GATE,
)
