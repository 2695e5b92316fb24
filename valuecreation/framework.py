"""The method's words and presets: cycle schemes, capitals, starter indicators, prompts.

All texts are ours and are lazy translations. Nothing here is read at run time as a rule: adopting
a preset makes ordinary rows, which the community then changes as it likes.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valuecreation.schemes import LOOKS, SCHEMES, CyclePreset, Look, Scheme
from valuecreation.starter_indicators import (
    APPLIED,
    IMMEDIATE,
    POTENTIAL,
    REALIZED,
    REFRAMING,
    IndicatorPreset,
)
from valuecreation.starter_indicators_later import (
    ENABLING,
    ORIENTING,
    STRATEGIC,
    TRANSFORMATIVE,
)

__all__ = [
    "ATTRIBUTION_TEXTS",
    "AUDIENCE_TEXTS",
    "CAPITALS",
    "LOOKS",
    "PROMPTS",
    "SCHEMES",
    "STARTER_INDICATORS",
    "TEMPLATE_TEXTS",
    "TENSE_TEXTS",
    "VALUE_TEXTS",
    "Capital",
    "CyclePreset",
    "IndicatorPreset",
    "Look",
    "Prompt",
    "Scheme",
]


# Starter indicators ------------------------------------------------------------------------------
STARTER_INDICATORS = (
    *IMMEDIATE,
    *POTENTIAL,
    *APPLIED,
    *REALIZED,
    *REFRAMING,
    *TRANSFORMATIVE,
    *STRATEGIC,
    *ORIENTING,
    *ENABLING,
)


# Capitals ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Capital:
    key: str
    name: str
    holds: str


CAPITALS = (
    Capital(
        "human",
        _("Human capital"),
        _("What a person now knows, can do, can judge or dares to try."),
    ),
    Capital(
        "social",
        _("Social capital"),
        _("People who know and trust each other well enough to ask and to answer."),
    ),
    Capital(
        "tangible",
        _("Tangible capital"),
        _("Things one can pick up and use: documents, tools, data, code, recordings."),
    ),
    Capital(
        "reputational",
        _("Reputational capital"),
        _("How the community and its people are seen, and who listens to them."),
    ),
    Capital(
        "learning",
        _("Learning capital"),
        _("Being better at learning: knowing how to find out, try out and look back."),
    ),
)


# Prompts -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Prompt:
    """A question or a label (text), and the plain words that go with it (help)."""

    key: str
    text: str
    help: str = ""


def _by_key(*prompts):
    return {prompt.key: prompt for prompt in prompts}


PROMPTS = _by_key(
    # Where to begin.
    Prompt(
        "start_activities",
        _("Which activities did you take part in, and how did that change what you do?"),
        _("Take one: a meeting, a question you asked, a visit, something you read there."),
    ),
    Prompt(
        "start_happenings",
        _("Looking back, which happenings made the difference?"),
        _("Often it is something small: a remark, a person you met, a document you opened twice."),
    ),
    Prompt(
        "start_change",
        _("What do you do differently now?"),
        _("Begin with a change you made. Where it came from, and what became of it, can follow."),
    ),
    Prompt(
        "start_did_not_work",
        _("What did not work?"),
        _("Stories in which nothing came of it count just as much. Where did it stop, and why?"),
    ),
    Prompt(
        "start_hope",
        _("What do you hope will come of it?"),
        _("Tell what has happened so far, then what you hope for. We will ask you again later."),
    ),
    # Steps.
    Prompt(
        "step_text",
        _("Tell this step in your own words."),
        _("One to three sentences are enough. Say what happened, as you would to a colleague."),
    ),
    Prompt(
        "so_what",
        _("So what?"),
        _("What became of that? Ask again after each step, until there is no more to tell."),
    ),
    Prompt(
        "step_cycle",
        _("Where does this step belong?"),
        _("Start anywhere, leave out what does not fit, go back when your story went back."),
    ),
    Prompt(
        "step_capital",
        _("What kind of useful thing is it?"),
        _("A skill, a relation, a thing, a standing, or a better way to learn. You can skip this."),
    ),
    Prompt(
        "step_indicators",
        _("Does this step say something about one of these indicators?"),
        _("Choose as many as fit, or none. A step without an indicator counts too."),
    ),
    Prompt(
        "step_proposes",
        _("What else does it say something about?"),
        _(
            "A few words. As soon as you save, it is proposed to the community, which talks about"
            " it; your story itself stays as private as you choose."
        ),
    ),
    Prompt(
        "step_proposes_why",
        _("Why does that matter?"),
        _("Everybody who looks at the indicator reads this."),
    ),
    Prompt(
        "why_it_stopped",
        _("Why did it stop here?"),
        _("What was missing, what got in the way, or what turned out to be wrong?"),
    ),
    # Links: only the teller knows them.
    Prompt(
        "link_how",
        _("How did this lead to that?"),
        _("Finish the sentence: this led to that because …"),
    ),
    Prompt(
        "link_anyway",
        _("Would it have happened anyway?"),
        _("Perhaps later, in another way, or not at all. “I don’t know” is a good answer."),
    ),
    Prompt(
        "link_other_influences",
        _("What else played a part?"),
        _("Other people, a new rule, money, a training elsewhere, luck."),
    ),
    Prompt(
        "link_corroborator",
        _("Who could confirm it?"),
        _("Somebody who saw it, or a record that shows it. A role is enough; no name is needed."),
    ),
    # The personal value narrative.
    Prompt(
        "personal_why",
        _("Why do you take part?"),
        _("What brought you here, and what makes you come back?"),
    ),
    Prompt(
        "personal_self",
        _("What does it change in you?"),
        _("What you can do, what you feel sure of, how you see your work."),
    ),
    Prompt(
        "personal_relations",
        _("What does it change between you and others?"),
        _("Whom can you ask now? Who asks you?"),
    ),
    Prompt(
        "personal_practice",
        _("What does it change in what you do?"),
        _("A way of working that you took up, adapted or gave up."),
    ),
    Prompt(
        "personal_influence",
        _("What does it change in what you can move?"),
        _("Where your word counts now, or where you hope it will."),
    ),
    # Before it is shared.
    Prompt(
        "others_in_story",
        _("Does it name or describe somebody who has not agreed?"),
        _("Could they or their neighbours recognise them? Leave out what the story does not need."),
    ),
    Prompt(
        "audience",
        _("Who may read it?"),
        _("You can choose a smaller circle, or take the story back, at any time."),
    ),
    Prompt(
        "attribution",
        _("Under which name?"),
        _("This is how your name stands beside the story for everybody who may read it."),
    ),
    Prompt(
        "quotable",
        _("May your words be quoted?"),
        _("In a report, for example, and with the name you chose. Only for those who may read it."),
    ),
    Prompt(
        "consent_snapshots",
        _("What stays when you take a story back"),
        _(
            "A dated picture of the whole community keeps its sums where enough people stood behind"
            " them. Your words are gone from it."
        ),
    ),
    Prompt(
        "consent_copies",
        _("What nobody can call back"),
        _("Copies that others have downloaded. Our own backups are gone after at most 30 days."),
    ),
)


AUDIENCE_TEXTS = _by_key(
    Prompt(
        "me",
        _("Only me"),
        _("Your own notebook. Nobody else sees it, and it counts nowhere until you open it up."),
    ),
    Prompt(
        "facilitators",
        _("Facilitators"),
        _("The people who look after this community. Other members do not see it."),
    ),
    Prompt(
        "members",
        _("Members"),
        _("Everybody who belongs to this community, its facilitators included."),
    ),
    Prompt(
        "funders",
        _("Funders and hosts"),
        _("Members, and also those who give money, time or a home to this community."),
    ),
    Prompt(
        "public",
        _("Everybody"),
        _("Anyone with the address of the page, without logging in, if the community shows it."),
    ),
)

ATTRIBUTION_TEXTS = _by_key(
    Prompt("name", _("With my name"), _("Your name stands beside the story.")),
    Prompt(
        "pseudonym",
        _("With a name I choose"),
        _("Another name stands in its place. Facilitators may still know who you are."),
    ),
    Prompt(
        "anonymous",
        _("Without a name"),
        _("No name is shown. What happens in the story may still give you away to those nearby."),
    ),
)

TENSE_TEXTS = _by_key(
    Prompt("happened", _("It happened"), _("It is so, as far as you can tell.")),
    Prompt(
        "hoped", _("I hope for it"), _("Not yet, but you expect or wish it. We will ask again.")
    ),
    Prompt(
        "did_not_happen",
        _("It did not happen"),
        _("It was hoped for and did not come, or has been given up."),
    ),
)

VALUE_TEXTS = _by_key(
    Prompt("positive", _("It was good"), _("It helped you or somebody else.")),
    Prompt("negative", _("It did harm"), _("Something was lost, or somebody was worse off.")),
    Prompt("none_created", _("Nothing came of it"), _("The time was spent and nothing changed.")),
    Prompt("unset", _("I would rather not say"), _("That is something else than “nothing”.")),
)

TEMPLATE_TEXTS = _by_key(
    Prompt(
        "specific",
        _("One story"),
        _("One activity and what came of it, step by step."),
    ),
    Prompt(
        "personal",
        _("What it means to me"),
        _("Why you take part, and what that changes in you, between people and in your work."),
    ),
    Prompt(
        "personal_hope",
        _("What I hope it will mean to me"),
        _("What you would like to find here, and what that should change for you."),
    ),
    Prompt(
        "collective",
        _("What goes on in our community"),
        _("What you do together, what that gives you, and what comes of it."),
    ),
    Prompt(
        "collective_hope",
        _("What our community is for"),
        _("What should go on here, what should come of it, and how you would know."),
    ),
)
