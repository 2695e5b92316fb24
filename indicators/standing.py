"""How a community's indicators stand: who is asked, agreed without whom, looked at again when, merged
into what."""

from django.db.models import Exists, OuterRef

from .models import Asked, Decision, GamingCheck, Indicator, Round, Stance


def rounds_that_ask(user):
    """The open rounds in which this person is asked and has said nothing of the version in force."""
    groups = user.memberships.values("stakeholder_group")
    asked = Asked.objects.filter(stakeholder_group__in=groups)
    spoken = Stance.objects.current().filter(
        round=OuterRef("pk"), user=user, definition=OuterRef("indicator__definition")
    )
    rounds = Round.objects.undecided().filter(~Exists(spoken), pk__in=asked.values("round"))
    found = rounds.select_related("indicator__community")
    return [one for one in found if one.phase == Round.Phase.OPEN]


def reviews_of(community):
    """{definition: when its gaming check is to be looked at again}."""
    checks = GamingCheck.objects.current().filter(definition__indicator__community=community)
    return dict(checks.values_list("definition", "review_on"))


def silent_of(community):
    """{indicator: [names of groups]} of what stands agreed without a word from them."""
    agreed = Decision.objects.filter(
        definition__indicator__community=community,
        definition__indicator__state=Indicator.State.AGREED,
        outcome=Decision.Outcome.AGREE,
    )
    newest = {}
    for decision in agreed.select_related("definition").order_by("decided_at", "pk"):
        newest[decision.definition.indicator_id] = decision.silent
    return {pk: names for pk, names in newest.items() if names}


def merged_into(indicator):
    """Those for which it stands, be it by way of another one."""
    merged = Indicator.objects.filter(
        community=indicator.community_id, state=Indicator.State.MERGED
    ).select_related("definition")
    found, rows = [], list(merged.order_by("pk"))
    targets = {indicator.pk}
    while more := [row for row in rows if row.merged_into_id in targets and row not in found]:
        found += more
        targets = {row.pk for row in more}
    return found
