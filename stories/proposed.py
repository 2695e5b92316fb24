"""What others wrote down of a story, and its teller has not answered yet."""

from django.db.models import Exists, OuterRef, Q

from .models import Link, Status, Step, Story, Touch

# Of stories `with_proposed`: those that ask something of their teller.
ASKING = Q(has_proposed=True) & ~Q(status=Status.WITHDRAWN)


def parts_to_confirm(story):
    """What others wrote down and the teller has not answered, in the order of the story."""
    proposed = {"status": Step.Status.PROPOSED}
    return [
        *Step.objects.filter(story=story, **proposed).select_related("cycle"),
        *Touch.objects.filter(step__story=story, **proposed).select_related(
            "step", "indicator__definition"
        ),
        *Link.objects.filter(story=story, **proposed).select_related("from_step", "to_step"),
    ]


def with_proposed(stories):
    """The stories, each with `has_proposed`: is there something to answer?"""
    proposed = {"status": Step.Status.PROPOSED}
    return stories.annotate(
        has_proposed=Q(Exists(Step.objects.filter(story=OuterRef("pk"), **proposed)))
        | Q(Exists(Touch.objects.filter(step__story=OuterRef("pk"), **proposed)))
        | Q(Exists(Link.objects.filter(story=OuterRef("pk"), **proposed)))
    )


def waiting_for(user, community):
    """How many of their stories there ask something of them."""
    told = Story.objects.told_by(user).filter(community=community)
    return with_proposed(told).filter(ASKING).count()
