"""AMR-genomics stories of what taking part is worth, and of those who run the network.

All of them, and everybody in them, are invented.
"""

from datetime import date

from stories.examples.content import ExampleLink, ExampleStep, ExampleStory

ONE_PERSON_LAB = ExampleStory(
    title="Why I get up for a call at four",
    teller="sina",
    audience="public",
    template="personal",
    elicitor="elodie",
    recorder="elodie",
    minutes=(45, 40, 20),
    happened_from=date(2023, 2, 6),
    happened_to=date(2024, 6, 10),
    steps=(
        ExampleStep(
            "immediate",
            "I am the whole lab: I sequence, I order the gloves and I mop. The calls are at four"
            " in the morning here. I get up because it is the only hour of the month in which"
            " somebody understands what I did the week before.",
            indicators=("network-members", "taking-part"),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "I have people now in places I had to look up. When I write “the pellet is grey”"
            " somebody knows that grey.",
            indicators=("countries",),
            value="positive",
            capital="social",
        ),
        ExampleStep(
            "applied",
            "I used to send out what I had. Now anything that surprises me goes to two others"
            " first, and I sleep in between.",
            indicators=("taken-to-another-lab",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "In a year I have taken back one report. Before, I could not have told you the number,"
            " because nobody was counting and the somebody was me.",
            indicators=("reports-corrected",),
            value="positive",
        ),
        ExampleStep(
            "reframing",
            "I hope that one day the nurse at the outer island rings me with a question instead of"
            " a swab. I have drawn up a sheet for it; she has it on her wall.",
            indicators=("asked-by-the-ward",),
            tense="hoped",
        ),
    ),
    links=(
        ExampleLink(1, 2, "four in the morning makes everybody honest."),
        ExampleLink(
            2,
            3,
            "a second pair of eyes that costs nothing is still a second pair of eyes.",
            would_have_happened_anyway="No. There was no second pair of eyes on this island.",
        ),
        ExampleLink(3, 4, "two of them asked, quite kindly, whether I had run a blank."),
        ExampleLink(4, 5, "I now know what a good question feels like from the other end."),
    ),
)

WHAT_THE_MENTOR_GOT = ExampleStory(
    title="What the mentor got out of it",
    teller="asa",
    audience="public",
    template="personal",
    minutes=(40, 0, 0),
    happened_from=date(2023, 3, 20),
    happened_to=date(2024, 4, 22),
    steps=(
        ExampleStep(
            "immediate",
            "I was asked to mentor three young labs because ours is an old one with a long"
            " corridor. I had prepared slides about quality.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "They showed me their failed runs in the first hour. In thirty-one years no colleague"
            " on my corridor has shown me one, and I have not shown mine.",
            indicators=("failed-runs-told",),
            value="positive",
            capital="learning",
        ),
        ExampleStep(
            "applied",
            "So I hung a sheet beside our own machine: what went wrong this week. For a month mine"
            " were the only lines on it. Then the night shift began to write.",
            indicators=("runs-checked",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "We found an index that bleeds into its neighbour, which must have been doing so for"
            " years. We have had fewer reports to take back since; how many we never caught I do"
            " not know.",
            indicators=("reports-corrected",),
            value="positive",
        ),
        ExampleStep(
            "reframing",
            "I thought that I was lending them our standard. I now think that a standard is what"
            " people still tell you at four in the afternoon.",
            indicators=("stories-of-judging-anew",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "they did not know yet that one hides such a thing."),
        ExampleLink(2, 3, "I was ashamed in front of people half my age, which is useful."),
        ExampleLink(
            3,
            4,
            "the same index stood on the sheet three times in a fortnight.",
            would_have_happened_anyway="The supplier would have written to us some day.",
            corroborator="The night shift.",
        ),
        ExampleLink(4, 5, "none of it had come from an audit."),
    ),
)

SECOND_OPINION = ExampleStory(
    title="Saying “I do not know” in a report",
    teller="thandi",
    audience="public",
    template="personal",
    attribution="anonymous",
    elicitor="elodie",
    minutes=(35, 30, 0),
    happened_from=date(2023, 1, 23),
    happened_to=date(2024, 3, 11),
    steps=(
        ExampleStep(
            "immediate",
            "I take part because I am paid to be certain and I am not. It was easier to say so"
            " first to people who do not sign my contract.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "I found four who were in the same position. We have a small group with a silly name"
            " and one rule: no advice before the third question.",
            indicators=("countries",),
            value="positive",
            capital="social",
        ),
        ExampleStep(
            "applied",
            "I began to write “two readings are possible, we have asked a second lab” where I used"
            " to choose one.",
            indicators=("taken-to-another-lab",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "The first time, the ward took my two readings as an excuse to wait. Two more patients"
            " caught it while we were being careful.",
            indicators=("clusters-acted-on",),
            value="negative",
        ),
        ExampleStep(
            "applied",
            "Now the doubt goes with an instruction: until we know, do this. I check the run the"
            " same day and not the next.",
            indicators=("runs-checked",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "each of us thought that it was only her."),
        ExampleLink(2, 3, "somebody in the group had done it and had not been dismissed."),
        ExampleLink(
            3,
            4,
            "I wrote what I did not know and left out what to do meanwhile.",
            other_influences="A long weekend.",
            corroborator="The minutes of the outbreak meeting.",
        ),
        ExampleLink(4, 5, "I never want to read such minutes again."),
    ),
)

THE_SILENCE = ExampleStory(
    title="What the silence after the survey said",
    teller="tomas",
    audience="public",
    recorder="elodie",
    minutes=(40, 0, 15),
    happened_from=date(2023, 9, 25),
    happened_to=date(2024, 6, 17),
    steps=(
        ExampleStep(
            "immediate",
            "I sent the follow-up survey and few of those who take part answered. My first thought"
            " was to send it again, in red.",
            indicators=("follow-up-answers",),
        ),
        ExampleStep(
            "potential",
            "Instead I rang twelve of those who had not answered. Nobody was cross. They said that"
            " the questions were about us, whether the webinar was good, and nothing had been"
            " asked about them.",
            value="positive",
            capital="learning",
        ),
        ExampleStep(
            "applied",
            "We threw out five questions and put one in their place: what did you do on a Monday"
            " that you would not have done otherwise? And we listen more than we send.",
            value="positive",
        ),
        ExampleStep(
            "reframing",
            "I used to think of answers as what we get from members. Now I ask what a member gets"
            " from answering, and when I can’t say it, I do not send it.",
            indicators=("stories-of-judging-anew",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "a telephone call was the only thing I had not tried."),
        ExampleLink(
            2,
            3,
            "four of them had said the same sentence in four languages.",
            would_have_happened_anyway=(
                "We would have made it shorter, which is what everybody does."
            ),
            corroborator="Élodie, who made half of the calls.",
        ),
        ExampleLink(3, 4, "the Mondays turned out to be better reading than the stars."),
    ),
)

WHY_I_CHAIR = ExampleStory(
    title="Why I keep a list of who has not spoken",
    teller="elodie",
    audience="funders",
    template="personal",
    minutes=(30, 0, 0),
    happened_from=date(2023, 2, 13),
    happened_to=date(2024, 5, 27),
    steps=(
        ExampleStep(
            "immediate",
            "I facilitate. After a call of sixty black squares somebody wrote to me, not unkindly,"
            " that she might as well have been a plant. It was my call.",
            indicators=("taking-part",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "I sat in on a knitting circle that my aunt runs. She goes round by the wool and not"
            " by the alphabet, and nobody is asked twice.",
            value="positive",
            capital="human",
        ),
        ExampleStep(
            "applied",
            "Now we are never more than fourteen in a room, each brings one thing that went wrong,"
            " and I keep a list of who has not spoken. It is for me and not for them.",
            value="positive",
        ),
        ExampleStep(
            "potential",
            "They tell what failed. In the first year it was two or three a quarter, and since"
            " then I have had to close the list at ten.",
            indicators=("failed-runs-told",),
            value="positive",
            capital="learning",
        ),
        ExampleStep(
            "realized",
            "I hope somebody will be able to say that a report was right because of one of these"
            " rooms. I do not know how I would know.",
            indicators=("reports-corrected",),
            tense="hoped",
        ),
    ),
    links=(
        ExampleLink(1, 2, "I needed to see it done by somebody who does not have slides."),
        ExampleLink(
            2, 3, "wool is a very good order of business: whoever has something in her hands."
        ),
        ExampleLink(3, 4, "fourteen people can wait for the end of a sentence."),
        ExampleLink(
            4,
            5,
            "somebody who has told a failure is asked about it for weeks.",
            other_influences="Two members had started something like it without me.",
        ),
    ),
)

THE_FREEZER = ExampleStory(
    title="A freezer with an owner",
    teller="marek",
    audience="funders",
    elicitor="elodie",
    minutes=(25, 20, 0),
    happened_from=date(2023, 3, 27),
    happened_to=date(2024, 4, 29),
    steps=(
        ExampleStep(
            "immediate",
            "I work for the host organisation. I go to the calls to know what we pay for. In March"
            " they talked for an hour about a freezer that none of us had known we owned.",
            indicators=("taking-part",),
        ),
        ExampleStep(
            "potential",
            "By the end I knew that hospitals send their strains to us because we are “the ones"
            " who answer”. I had thought it was because of the building.",
            value="positive",
            capital="reputational",
        ),
        ExampleStep(
            "applied",
            "I gave up a vacant half post and made it a keeper of the shelf: one person who has"
            " read every protocol and throws out the old ones.",
            indicators=("shared-protocols",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "I promised my board that reports would be quicker for it. They are not. The keeper"
            " says that they are now the right ones, and that nobody measures that.",
            indicators=("days-to-report",),
            value="none_created",
        ),
        ExampleStep(
            "reframing",
            "I am learning to say in a board meeting what it is that I can’t show.",
            indicators=("stories-of-judging-anew",),
        ),
    ),
    links=(
        ExampleLink(1, 2, "nobody in that hour mentioned the building."),
        ExampleLink(2, 3, "if we are known for answering, somebody has to have the time to."),
        ExampleLink(
            3,
            4,
            "days are lost on the road and at the hatch, and not at the shelf.",
            would_have_happened_anyway=("The days would have moved, or not, without my half post."),
        ),
        ExampleLink(
            4, 5, "I had to stand there with a flat line.", corroborator="The board’s minutes."
        ),
    ),
)

NEW_BENCH = ExampleStory(
    title="What the new bench is for",
    teller="hoang",
    audience="public",
    template="personal",
    elicitor="elodie",
    minutes=(25, 25, 0),
    happened_from=date(2024, 5, 6),
    happened_to=date(2024, 6, 24),
    steps=(
        ExampleStep(
            "immediate",
            "We open our own bench in September 🧫. I want to bring our first ten runs into one of"
            " the small rooms, whatever they look like.",
            indicators=("taking-part",),
            tense="hoped",
        ),
        ExampleStep(
            "potential",
            "I hope the first one fails, in a way. Then I have something to tell and they have"
            " something to ask.",
            indicators=("failed-runs-told",),
            tense="hoped",
            capital="learning",
        ),
        ExampleStep(
            "applied",
            "By the new year I would like two of us to check every run before it leaves, and to"
            " say no to a doctor once.",
            indicators=("runs-checked",),
            tense="hoped",
        ),
        ExampleStep(
            "realized",
            "And a sentence to the ward in eight days that does not travel on a hard disk.",
            indicators=("days-to-report",),
            tense="hoped",
        ),
    ),
    links=(
        ExampleLink(1, 2, "nobody is asked about a run that worked."),
        ExampleLink(2, 3, "after that I shall know what to look for."),
        ExampleLink(
            3,
            4,
            "the check takes an hour and the hard disk takes three weeks.",
            would_have_happened_anyway="The bench will be there in any case; the checking not.",
        ),
    ),
)

PEOPLE = (
    ONE_PERSON_LAB,
    WHAT_THE_MENTOR_GOT,
    SECOND_OPINION,
    THE_SILENCE,
    WHY_I_CHAIR,
    THE_FREEZER,
    NEW_BENCH,
)
