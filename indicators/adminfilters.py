"""What the facilitators' list of indicators can be narrowed to."""

from datetime import timedelta

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from communities.admin import communities_with
from communities.models import Cycle, StakeholderGroup
from communities.permissions import Permission

from .models import Asked, Round, Stance

SOON = timedelta(days=30)


def looked_after(request):
    return communities_with(request, Permission.KEEP_INDICATORS)


class CycleFilter(SimpleListFilter):
    """By key: two communities' cycles of one key are one choice."""

    title = _("cycle")
    parameter_name = "cycle"

    def lookups(self, request, model_admin):
        cycles = Cycle.objects.filter(community__in=looked_after(request)).order_by("position")
        return list({cycle.key: cycle.name for cycle in cycles}.items())

    def queryset(self, request, queryset):
        return queryset.filter(cycle__key=self.value()) if self.value() else queryset


class MissingFilter(SimpleListFilter):
    """Who is asked and has said nothing of the version in force. Of a blind round that has not
    closed nobody is told."""

    title = _("not heard yet")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        groups = StakeholderGroup.objects.filter(community__in=looked_after(request))
        named = [(str(group.pk), group.name) for group in groups.order_by("name", "pk")]
        return [("any", _("any group")), *named]

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        blind = Round.objects.undecided().filter(is_blind=True, indicator__in=queryset)
        hidden = [one.pk for one in blind.select_related("indicator__community") if one.is_hidden]
        spoken = Stance.objects.current().filter(
            round=OuterRef("round"),
            stakeholder_group=OuterRef("stakeholder_group"),
            definition=F("round__indicator__definition"),
        )
        missing = Asked.objects.filter(
            ~Exists(spoken), round__indicator=OuterRef("pk"), round__decided_at=None
        ).exclude(round__in=hidden)
        if self.value() != "any":
            wanted = self.value()
            missing = missing.filter(stakeholder_group=wanted if wanted.isdecimal() else None)
        return queryset.filter(Exists(missing))


class ReviewFilter(SimpleListFilter):
    """When the gaming check is to be looked at again."""

    title = _("look again")
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [
            ("due", _("now")),
            ("soon", _("within 30 days")),
            ("later", _("later")),
            ("never", _("no gaming check yet")),
        ]

    def queryset(self, request, queryset):
        """Each community's own day."""
        if self.value() == "never":
            return queryset.filter(review_on=None)
        if self.value() not in {"due", "soon", "later"}:
            return queryset
        found = Q(pk=None)
        for community in looked_after(request):
            today = community.today
            within = {
                "due": {"review_on__lte": today},
                "soon": {"review_on__gt": today, "review_on__lte": today + SOON},
                "later": {"review_on__gt": today + SOON},
            }
            found |= Q(community=community, **within[self.value()])
        return queryset.filter(found)
