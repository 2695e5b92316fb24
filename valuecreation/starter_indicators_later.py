"""Starter indicators for the cycles that later schemes added."""

from django.utils.translation import gettext_lazy as _

from valuecreation.starter_indicators import IndicatorPreset

STRATEGIC = (
    IndicatorPreset(
        code="aims-agreed",
        name=_("Aims agreed with stakeholders"),
        text=_(
            "Aims of the community on which it and at least one stakeholder group have agreed in so"
            " many words, with the words and the date."
        ),
        cycle="strategic",
        unit=_("aims"),
        cumulative=True,
        data_source=_("minutes of the conversations"),
        collector=_("a facilitator"),
        frequency=_("twice a year"),
        caution=_("What is easy to agree on is soon agreed; count what was argued about, too."),
    ),
    IndicatorPreset(
        code="stakeholders-in-conversation",
        name=_("Stakeholders in conversation"),
        text=_(
            "Stakeholder groups with whom somebody of the community spoke in the half-year about"
            " what difference matters, each group once."
        ),
        cycle="strategic",
        unit=_("groups"),
        data_source=_("calendar and notes"),
        collector=_("a facilitator"),
        frequency=_("twice a year"),
        caution=_(
            "A report read out is no conversation; those with little power are left out first."
        ),
    ),
    IndicatorPreset(
        code="heard-by-those-above",
        name=_("How well those above listen"),
        text=_(
            "How the community finds it is listened to by those it reports to: nobody asks, we are"
            " informed, we are asked, we decide together."
        ),
        cycle="strategic",
        kind="level",
        levels=(
            _("nobody asks"),
            _("we are informed"),
            _("we are asked"),
            _("we decide together"),
        ),
        data_source=_("a conversation in the meeting"),
        collector=_("the members together"),
        frequency=_("twice a year"),
        caution=_("Said aloud in front of those above, it is kinder than the truth."),
    ),
)

ENABLING = (
    IndicatorPreset(
        code="hours-for-learning",
        name=_("Working hours given to learning together"),
        text=_(
            "Hours in the month that employers counted as working time for the community, all"
            " members together."
        ),
        cycle="enabling",
        unit=_("hours"),
        data_source=_("rosters and time sheets"),
        collector=_("the host organisation"),
        frequency=_("every month"),
        caution=_("Hours granted are not hours free: ask who had to make them up in the evening."),
    ),
    IndicatorPreset(
        code="sharing-the-work-of-convening",
        name=_("People who share the work of convening"),
        text=_(
            "People who in the quarter prepared, led or wrote up at least one thing that the"
            " community did together."
        ),
        cycle="enabling",
        unit=_("people"),
        data_source=_("programmes and minutes"),
        collector=_("a facilitator"),
        frequency=_("every quarter"),
        caution=_("It can hide that one person still does what nobody sees."),
    ),
    IndicatorPreset(
        code="hindrances-removed",
        name=_("Hindrances named and removed"),
        text=_(
            "Of the hindrances to learning together that members named in the year, those that were"
            " gone when they were asked again."
        ),
        cycle="enabling",
        kind="percentage",
        unit="%",
        data_source=_("a list kept in the open"),
        collector=_("a facilitator"),
        frequency=_("twice a year"),
        caution=_(
            "Small hindrances are removed so that the list looks short; the large one stays."
        ),
    ),
)

ORIENTING = (
    IndicatorPreset(
        code="seeing-where-one-stands",
        name=_("Seeing where one stands"),
        text=_(
            "How clearly members say they see their own place among others who do this work: not"
            " yet, in part, clearly."
        ),
        cycle="orienting",
        kind="level",
        levels=(_("not yet"), _("in part"), _("clearly")),
        data_source=_("a question at the end of a meeting"),
        collector=_("a facilitator"),
        frequency=_("every quarter"),
        caution=_("Whoever begins to see how much there is may answer “not yet” with good reason."),
    ),
    IndicatorPreset(
        code="maps-of-the-field",
        name=_("Who does what, put together"),
        text=_(
            "Overviews of who works on what, where and with whom, that members made together and"
            " that somebody outside the group used."
        ),
        cycle="orienting",
        unit=_("overviews"),
        cumulative=True,
        data_source=_("the shared folder"),
        collector=_("a facilitator"),
        frequency=_("twice a year"),
        caution=_("A map shows those who were easy to find."),
    ),
    IndicatorPreset(
        code="stories-of-finding-ones-place",
        name=_("Stories of finding one’s place"),
        text=_(
            "Stories in which somebody tells that they see themselves, others or the field as a"
            " whole in another way than before."
        ),
        cycle="orienting",
        kind="story_count",
        unit=_("stories"),
        direction="neither",
        data_source=_("the community’s stories"),
        collector=_("counted from the stories"),
        frequency=_("at any time"),
        caution=_("Newcomers tell it often and old hands seldom, and both may have moved as far."),
    ),
)

TRANSFORMATIVE = (
    IndicatorPreset(
        code="still-there-after-a-year",
        name=_("Changes still there after a year"),
        text=_(
            "Of the changes that stories told of a year ago or more, those that are still in place"
            " when somebody goes and looks."
        ),
        cycle="transformative",
        kind="percentage",
        unit="%",
        data_source=_("a visit or a call, change by change"),
        collector=_("a facilitator"),
        frequency=_("once a year"),
        caution=_("What is easy to look at is looked at; a change may also have been a bad one."),
    ),
    IndicatorPreset(
        code="taken-up-elsewhere",
        name=_("Ways of working taken up elsewhere"),
        text=_(
            "Places outside the community that have made one of its ways of working their own, with"
            " what they changed in it."
        ),
        cycle="transformative",
        unit=_("places"),
        cumulative=True,
        data_source=_("letters, visits and published accounts"),
        collector=_("the members together"),
        frequency=_("once a year"),
        caution=_("A way of working may spread because it was bought or ordered."),
    ),
    IndicatorPreset(
        code="who-one-has-become",
        name=_("Stories of having become somebody else"),
        text=_(
            "Stories in which somebody tells of a change in themselves, their institution or their"
            " surroundings that they think will last."
        ),
        cycle="transformative",
        kind="story_count",
        unit=_("stories"),
        direction="neither",
        data_source=_("the community’s stories"),
        collector=_("counted from the stories"),
        frequency=_("at any time"),
        caution=_("Nobody knows yet what will last; ask the same person again."),
    ),
)
