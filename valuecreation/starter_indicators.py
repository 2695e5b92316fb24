"""A starter library of indicators in our own words, reached through `valuecreation.framework`.

They are prompts for a negotiation, not a standard: each one says how it could mislead.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class IndicatorPreset:
    code: str
    name: str
    text: str  # a definition that somebody can count by
    cycle: str
    caution: str  # how it could mislead or be gamed
    data_source: str
    collector: str
    frequency: str
    capital: str = ""  # of potential value only
    kind: str = "number"  # "number", "percentage", "story_count", "level" or "text"
    unit: str = ""
    direction: str = "up"  # "up", "down" or "neither"
    cumulative: bool = False
    levels: tuple[str, ...] = ()  # of kind "level", from the lowest to the highest


IMMEDIATE = (
    IndicatorPreset(
        code="people-taking-part",
        name=_("People taking part"),
        text=_(
            "People who did at least one thing with the community in the month: came to a meeting,"
            " wrote, answered, shared or helped. Each person counts once."
        ),
        cycle="immediate",
        unit=_("people"),
        data_source=_("attendance lists and platform records"),
        collector=_("a facilitator"),
        frequency=_("every month"),
        caution=_(
            "It grows when people who only opened a page are counted, and it says nothing about"
            " quiet readers who gain a great deal."
        ),
    ),
    IndicatorPreset(
        code="coming-back",
        name=_("Newcomers who come back"),
        text=_(
            "Of the people who took part for the first time in a quarter, those who took part"
            " again within the next three months."
        ),
        cycle="immediate",
        kind="percentage",
        unit="%",
        data_source=_("attendance lists and platform records"),
        collector=_("a facilitator"),
        frequency=_("every quarter"),
        caution=_(
            "Inviting only those who are sure to stay makes it look good and closes the door on"
            " everybody else."
        ),
    ),
    IndicatorPreset(
        code="questions-answered",
        name=_("Questions answered by peers"),
        text=_(
            "Questions put to the community that got an answer from another member within seven"
            " days, out of all questions put in the quarter."
        ),
        cycle="immediate",
        kind="percentage",
        unit="%",
        data_source=_("forum, mailing list or meeting notes"),
        collector=_("a member, in turn"),
        frequency=_("every quarter"),
        caution=_(
            "A hasty answer counts as much as a helpful one, so read it beside stories of answers"
            " that were used."
        ),
    ),
    IndicatorPreset(
        code="worth-the-time",
        name=_("Meetings worth the time"),
        text=_(
            "“Yes” to the one question “Was this worth your time?” at the end of each meeting, out"
            " of all answers given in the quarter."
        ),
        cycle="immediate",
        kind="percentage",
        unit="%",
        data_source=_("one question at the end of each meeting"),
        collector=_("whoever leads the meeting"),
        frequency=_("after each meeting"),
        caution=_("Those who found it a waste of time have often left before the question is put."),
    ),
    IndicatorPreset(
        code="range-of-voices",
        name=_("Range of voices"),
        text=_("Who spoke or wrote in a typical meeting or thread of the quarter, read together."),
        cycle="immediate",
        kind="level",
        levels=(
            _("One or two people speak for most of the time"),
            _("A small core speaks and the others listen"),
            _("Most take part, but some groups are rarely heard"),
            _("People of every group take part"),
        ),
        data_source=_("a ten-minute look back in a meeting"),
        collector=_("the members present"),
        frequency=_("every quarter"),
        caution=_(
            "Those who look back are those who were heard; ask the silent ones in private as well."
        ),
    ),
)

POTENTIAL = (
    IndicatorPreset(
        code="can-do-better",
        name=_("Something one can now do better"),
        text=_(
            "Participants who name, within two weeks and in their own words, a thing that they can"
            " now do or judge better, out of all who answered."
        ),
        cycle="potential",
        capital="human",
        kind="percentage",
        unit="%",
        data_source=_("a short form after an activity"),
        collector=_("a facilitator"),
        frequency=_("after each activity"),
        caution=_("Being polite to the hosts looks the same as having learned something."),
    ),
    IndicatorPreset(
        code="hard-tasks-taken-on",
        name=_("Ready for a hard task"),
        text=_(
            "Members who say they would now take on a task from a list agreed beforehand which"
            " they used to pass on, out of all who answered."
        ),
        cycle="potential",
        capital="human",
        kind="percentage",
        unit="%",
        data_source=_("survey of members"),
        collector=_("a facilitator"),
        frequency=_("twice a year"),
        caution=_(
            "Feeling sure is not the same as doing it well, and doubt can be a sign of skill."
        ),
    ),
    IndicatorPreset(
        code="people-to-call-on",
        name=_("People to call on"),
        text=_(
            "How many people whom they did not know before joining a member has asked for help or"
            " would ask without hesitation: the middle value of all answers."
        ),
        cycle="potential",
        capital="social",
        unit=_("people"),
        data_source=_("survey of members"),
        collector=_("a facilitator"),
        frequency=_("twice a year"),
        caution=_("A long list of contacts may hold nobody who picks up the phone."),
    ),
    IndicatorPreset(
        code="across-boundaries",
        name=_("Exchanges across boundaries"),
        text=_(
            "Conversations, visits or joint pieces of work in the quarter between people of"
            " different organisations, sites or professions."
        ),
        cycle="potential",
        capital="social",
        unit=_("exchanges"),
        data_source=_("a shared log kept by members"),
        collector=_("a member, in turn"),
        frequency=_("every quarter"),
        caution=_("Ten courtesy calls outnumber one hard conversation that changed something."),
    ),
    IndicatorPreset(
        code="shared-tools",
        name=_("Documents and tools kept up together"),
        text=_(
            "Documents, tools, data sets or pieces of code that were made or adapted together and"
            " for which a named member answers today."
        ),
        cycle="potential",
        capital="tangible",
        unit=_("items"),
        cumulative=True,
        data_source=_("the community’s shelf or repository"),
        collector=_("a member who looks after the shelf"),
        frequency=_("every quarter"),
        caution=_(
            "Cutting one guide into five raises the count and helps nobody to find anything."
        ),
    ),
    IndicatorPreset(
        code="taken-from-the-shelf",
        name=_("Taken from the shelf"),
        text=_(
            "Times in the month that a shared document or tool was downloaded, copied or asked for"
            " by somebody who did not make it."
        ),
        cycle="potential",
        capital="tangible",
        unit=_("times"),
        data_source=_("download records"),
        collector=_("a facilitator"),
        frequency=_("every month"),
        caution=_("Machines and nervous clicking count too, and a copy taken is not a copy used."),
    ),
    IndicatorPreset(
        code="asked-for-its-voice",
        name=_("Asked for its voice"),
        text=_(
            "Requests in the quarter to advise, speak, review or contribute that were addressed to"
            " the community and not to one of its members."
        ),
        cycle="potential",
        capital="reputational",
        unit=_("requests"),
        data_source=_("the community’s mailbox"),
        collector=_("a facilitator"),
        frequency=_("every quarter"),
        caution=_("Being asked is flattering and costs time; it may serve those who ask the most."),
    ),
    IndicatorPreset(
        code="time-agreed",
        name=_("Time agreed by managers"),
        text=_(
            "Members for whom a manager or client has agreed, in a rota, plan or message, to time"
            " for the community, out of all who answered."
        ),
        cycle="potential",
        capital="reputational",
        kind="percentage",
        unit="%",
        data_source=_("survey of members"),
        collector=_("the host organisation"),
        frequency=_("once a year"),
        caution=_("Time on paper can be time that nobody is able to take."),
    ),
    IndicatorPreset(
        code="attempts-reported",
        name=_("Attempts reported back"),
        text=_(
            "Things that a member tried out and reported to the others in the quarter, whatever"
            " came of them."
        ),
        cycle="potential",
        capital="learning",
        unit=_("attempts"),
        data_source=_("meeting notes and forum"),
        collector=_("a facilitator"),
        frequency=_("every quarter"),
        caution=_("If only successes are applauded, the failures stay at home and the count lies."),
    ),
    IndicatorPreset(
        code="looking-back",
        name=_("How we look back"),
        text=_("What the community does to see how it learns together, read by those present."),
        cycle="potential",
        capital="learning",
        kind="level",
        levels=(
            _("We do not look back on how we learn"),
            _("We look back now and then, and go on as before"),
            _("We look back regularly and change something"),
            _("We change something and check whether it helped"),
        ),
        data_source=_("a ten-minute look back in a meeting"),
        collector=_("the members present"),
        frequency=_("twice a year"),
        caution=_("A ritual of looking back can take the place of changing anything."),
    ),
)

APPLIED = (
    IndicatorPreset(
        code="put-to-use",
        name=_("Members who put something to use"),
        text=_(
            "Of those who answered 8 to 12 weeks after an activity, the ones who describe with an"
            " example a thing that they did differently."
        ),
        cycle="applied",
        kind="percentage",
        unit="%",
        data_source=_("follow-up survey"),
        collector=_("a facilitator"),
        frequency=_("8 to 12 weeks after each activity"),
        caution=_(
            "Those with something to tell answer more often, so always say how many were asked."
        ),
    ),
    IndicatorPreset(
        code="fitted-to-place",
        name=_("Fitted to one’s own place"),
        text=_(
            "Shared documents, tools or methods that a member changed to suit their own setting"
            " and has in use, each with one sentence on what was changed."
        ),
        cycle="applied",
        unit=_("adaptations"),
        cumulative=True,
        data_source=_("a shared log kept by members"),
        collector=_("a member, in turn"),
        frequency=_("every quarter"),
        caution=_(
            "A changed logo is an adaptation too; the sentence on what changed is what counts."
        ),
    ),
    IndicatorPreset(
        code="advice-followed",
        name=_("Advice acted on"),
        text=_(
            "Questions whose asker reports that they acted on an answer, out of all questions"
            " whose asker reported back."
        ),
        cycle="applied",
        kind="percentage",
        unit="%",
        data_source=_("a message to the asker after four weeks"),
        collector=_("a facilitator"),
        frequency=_("every quarter"),
        caution=_(
            "Advice can be followed and be wrong, and rejecting it can be the better judgement."
        ),
    ),
    IndicatorPreset(
        code="given-up",
        name=_("Habits given up"),
        text=_(
            "Routines, forms or steps that members stopped after talking about them here, each"
            " with the reason."
        ),
        cycle="applied",
        unit=_("habits"),
        direction="neither",
        data_source=_("a shared log kept by members"),
        collector=_("a member, in turn"),
        frequency=_("twice a year"),
        caution=_("Stopping is not good in itself: somebody may have relied on what was dropped."),
    ),
    IndicatorPreset(
        code="stories-of-practice",
        name=_("Stories of a change in practice"),
        text=_(
            "Stories in which somebody tells of working differently, as something that happened."
        ),
        cycle="applied",
        kind="story_count",
        unit=_("stories"),
        direction="neither",
        data_source=_("the community’s stories"),
        collector=_("counted from the stories"),
        frequency=_("at any time"),
        caution=_("More stories may only mean that more people were asked."),
    ),
)

REALIZED = (
    IndicatorPreset(
        code="result-for-people-served",
        name=_("A better result for the people served"),
        text=_(
            "Cases with a good result out of all cases, for one result that is already recorded"
            " and that the community chose before the change began."
        ),
        cycle="realized",
        kind="percentage",
        unit="%",
        data_source=_("records of the organisation"),
        collector=_("the host organisation"),
        frequency=_("every quarter"),
        caution=_(
            "Turning away the hardest cases improves it at once; watch who is no longer served."
        ),
    ),
    IndicatorPreset(
        code="hours-freed",
        name=_("Hours freed"),
        text=_(
            "Hours in the month that members believe they saved by using something from the"
            " community, each with one line on how they worked it out."
        ),
        cycle="realized",
        unit=_("hours"),
        data_source=_("follow-up survey"),
        collector=_("a facilitator"),
        frequency=_("twice a year"),
        caution=_("Saved hours are easily overstated, and may come back as a cut in posts."),
    ),
    IndicatorPreset(
        code="avoidable-repeats",
        name=_("Avoidable repeats"),
        text=_(
            "Work done twice, returned or corrected in the month for a reason on a list agreed"
            " beforehand."
        ),
        cycle="realized",
        unit=_("cases"),
        direction="down",
        data_source=_("incident book, issue tracker or returned referrals"),
        collector=_("a member, in turn"),
        frequency=_("every month"),
        caution=_("It falls just as well when people no longer dare to report."),
    ),
    IndicatorPreset(
        code="staying-in-the-work",
        name=_("People who stay in the work"),
        text=_(
            "Members of a year ago who are still active in their profession, role or project, out"
            " of all members of a year ago."
        ),
        cycle="realized",
        kind="percentage",
        unit="%",
        data_source=_("list of members, asked by message"),
        collector=_("a facilitator"),
        frequency=_("once a year"),
        caution=_("Pay, health and family decide more than we do, and some who stay are stuck."),
    ),
    IndicatorPreset(
        code="decisions-that-drew-on-us",
        name=_("Decisions that drew on the community"),
        text=_(
            "Decisions of an organisation in whose minutes or text something made or learned here"
            " is named."
        ),
        cycle="realized",
        unit=_("decisions"),
        cumulative=True,
        data_source=_("minutes and published decisions"),
        collector=_("the host organisation"),
        frequency=_("twice a year"),
        caution=_("To be named in a decision is not to have shaped it."),
    ),
)

REFRAMING = (
    IndicatorPreset(
        code="success-rewritten",
        name=_("Success put in new words"),
        text=_(
            "Goals, criteria or indicators that the community or its host rewrote, dropped or"
            " added after learning together, each with the old and the new wording."
        ),
        cycle="reframing",
        unit=_("changes"),
        direction="neither",
        cumulative=True,
        data_source=_("plans and decisions, old and new"),
        collector=_("a facilitator"),
        frequency=_("once a year"),
        caution=_("A goal that was missed can be made to vanish by rewriting it."),
    ),
    IndicatorPreset(
        code="new-at-the-table",
        name=_("New people at the table"),
        text=_(
            "Groups who were not asked a year ago and now take part in deciding what a good result"
            " is."
        ),
        cycle="reframing",
        unit=_("groups"),
        data_source=_("minutes of the meetings that decide"),
        collector=_("the host organisation"),
        frequency=_("once a year"),
        caution=_("A seat is not a say: note one thing that the newcomers changed."),
    ),
    IndicatorPreset(
        code="rules-rewritten",
        name=_("Rules and plans rewritten"),
        text=_(
            "Rules, guidelines, curricula or road maps changed because of a new understanding that"
            " came out of the community, with the passage that changed."
        ),
        cycle="reframing",
        unit=_("texts"),
        cumulative=True,
        data_source=_("published rules and plans"),
        collector=_("the host organisation"),
        frequency=_("once a year"),
        caution=_("Paper changes faster than practice, and several hands wrote it."),
    ),
    IndicatorPreset(
        code="stories-of-seeing-anew",
        name=_("Stories of seeing the work differently"),
        text=_(
            "Stories in which somebody tells that they or others now judge by something else what"
            " a good result is."
        ),
        cycle="reframing",
        kind="story_count",
        unit=_("stories"),
        direction="neither",
        data_source=_("the community’s stories"),
        collector=_("counted from the stories"),
        frequency=_("at any time"),
        caution=_("Conversions make good telling; those who kept their view may be right."),
    ),
)
