"""Ways to begin a story, each with the questions of its first steps. All texts are ours."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from valuecreation.framework import PROMPTS, Prompt

HOPED = "hoped"


@dataclass(frozen=True)
class Start:
    """A way to begin a story: the questions of its first steps, each with the key of the cycle it
    stands in. A community without a cycle of this key begins with its first one. `value` is what the
    last of these steps came to."""

    key: str
    name: str
    steps: tuple[tuple[Prompt, str], ...]
    tense: str = "happened"
    value: str = "unset"
    template: str = "specific"

    def asks(self, number):
        """The question of the step with this number, counted from 1; after the last: so what?"""
        return self.steps[number - 1][0] if number <= len(self.steps) else PROMPTS["so_what"]

    @property
    def is_narrative(self):
        """Looks at the whole instead of at one happening."""
        return self.template != "specific"


def _step(cycle, key, text, help):
    return Prompt(key, text, help), cycle


STORIES = (
    Start(
        "activity",
        _("From something I took part in"),
        ((PROMPTS["start_activities"], "immediate"),),
    ),
    Start("change", _("From a change I made"), ((PROMPTS["start_change"], "applied"),)),
    Start(
        "did-not-work",
        _("From something that did not work"),
        (
            (PROMPTS["start_did_not_work"], "immediate"),
            (PROMPTS["why_it_stopped"], "applied"),
        ),
        value="none_created",
    ),
    Start("hope", _("From a hope"), ((PROMPTS["start_hope"], "immediate"),), tense=HOPED),
)

NARRATIVES = (
    Start(
        "worth-to-me",
        _("What taking part is worth to me"),
        (
            (PROMPTS["personal_why"], "immediate"),
            (PROMPTS["personal_self"], "potential"),
            (PROMPTS["personal_relations"], "potential"),
            (PROMPTS["personal_practice"], "applied"),
            (PROMPTS["personal_influence"], "realized"),
        ),
        template="personal",
    ),
    Start(
        "hope-for-me",
        _("What I hope it will be worth to me"),
        (
            _step(
                "immediate",
                "personal_hope_find",
                _("What would you like to find here?"),
                _("What would make an hour here an hour well spent?"),
            ),
            _step(
                "potential",
                "personal_hope_self",
                _("What would you like to be able to do?"),
                _("Something you want to understand, to master, or to dare."),
            ),
            _step(
                "potential",
                "personal_hope_relations",
                _("Whom would you like to be able to ask?"),
                _("And for what would you like others to come to you?"),
            ),
            _step(
                "applied",
                "personal_hope_practice",
                _("What would you like to do differently?"),
                _("In your own work, next month or next year."),
            ),
            _step(
                "realized",
                "personal_hope_influence",
                _("What should become better by it, and for whom?"),
                _("For you, for those you work with, or for those you work for."),
            ),
        ),
        tense=HOPED,
        template="personal_hope",
    ),
    Start(
        "our-account",
        _("What goes on in our community"),
        (
            _step(
                "immediate",
                "collective_activities",
                _("What do you do together?"),
                _("Regularly or now and then, with many or with two."),
            ),
            _step(
                "potential",
                "collective_resources",
                _("What do you have together that none of you would have alone?"),
                _("Knowledge, people to ask, documents, a good name."),
            ),
            _step(
                "applied",
                "collective_practice",
                _("What do people do differently because of it?"),
                _("Here, and where they come from."),
            ),
            _step(
                "realized",
                "collective_results",
                _("What has become better, and for whom?"),
                _("As far as you can tell; and what has not."),
            ),
        ),
        template="collective",
    ),
    Start(
        "our-hope",
        _("What our community is for"),
        (
            _step(
                "immediate",
                "collective_hope_activities",
                _("What should go on here?"),
                _("So that people come, and come back."),
            ),
            _step(
                "potential",
                "collective_hope_resources",
                _("What should one be able to find here?"),
                _("What should grow here, year by year?"),
            ),
            _step(
                "applied",
                "collective_hope_practice",
                _("What should people do differently because of it?"),
                _("What would you see if you visited them at work?"),
            ),
            _step(
                "realized",
                "collective_hope_results",
                _("What should become better, and for whom?"),
                _("Whom would you ask, to find out?"),
            ),
            _step(
                "reframing",
                "collective_hope_success",
                _("How would you know that it was worth it?"),
                _("What would you call a success, and who would call it something else?"),
            ),
        ),
        tense=HOPED,
        template="collective_hope",
    ),
)

STARTS = {start.key: start for start in (*STORIES, *NARRATIVES)}
