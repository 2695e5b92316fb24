"""The page on which a community talks about an indicator: read from a projector, answered by phone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.guard import community_page
from communities.models import StakeholderGroup
from communities.permissions import Permission

from . import negotiating
from .models import GamingCheck, Indicator
from .negotiation_forms import (
    AgreeForm,
    AnswerForm,
    CommentForm,
    GamingForm,
    RoundForm,
    StanceForm,
)

# What is sent as `act`: its form, who may do it, whether a round must be open, what is said then.
ACTS = {
    "open": (
        RoundForm,
        Permission.KEEP_INDICATORS,
        False,
        gettext_lazy("Opened. Everybody who is asked can speak now."),
    ),
    "stance": (
        StanceForm,
        Permission.NEGOTIATE,
        True,
        gettext_lazy("Thank you. Your words stand there now."),
    ),
    "answer": (
        AnswerForm,
        Permission.KEEP_INDICATORS,
        True,
        gettext_lazy("Answered. Whoever objected reads it, and may object again."),
    ),
    "gaming": (GamingForm, Permission.NEGOTIATE, False, gettext_lazy("Thank you. That is kept.")),
    "comment": (CommentForm, Permission.NEGOTIATE, False, gettext_lazy("Thank you. That is kept.")),
    "agree": (
        AgreeForm,
        Permission.KEEP_INDICATORS,
        True,
        gettext_lazy("Agreed, and kept as it stood."),
    ),
}


class Talk:
    """An indicator's negotiation as a viewer finds it."""

    def __init__(self, viewer, indicator):
        self.viewer, self.indicator = viewer, indicator
        self.community = viewer.community
        self.round = indicator.rounds.filter(decided_at=None).first()
        if self.round:
            # Not asked for again: its last day is told by the community's clock.
            self.round.indicator = indicator
            indicator.community = viewer.community

    @cached_property
    def voices(self):
        return negotiating.voices(self.round) if self.round else []

    @cached_property
    def axes(self):
        """[(axis, its voices)]: peers and those one reports to, facing each other."""
        sides = [(axis, [one for one in self.voices if one.group.axis == axis]) for axis in Axis]
        return [(axis.label, side) for axis, side in sides]

    @cached_property
    def objections(self):
        """Those without an answer first."""
        said = [stance for voice in self.voices for stance in voice.stances]
        objections = [one for one in said if one.choice == one.Choice.OBJECT]
        return sorted(objections, key=lambda one: bool(one.answered_at))

    @cached_property
    def gaming(self):
        checks = GamingCheck.objects.filter(definition=self.indicator.definition_id)
        return checks.select_related("counter_indicator__definition").first()

    @cached_property
    def own(self):
        said = (stance for voice in self.voices for stance in voice.stances)
        return next((one for one in said if one.user_id == self.viewer.user.pk), None)

    @cached_property
    def own_group(self):
        members = self.community.memberships.select_related("stakeholder_group")
        return members.get(user=self.viewer.user).stakeholder_group

    @cached_property
    def between(self):
        return list(negotiating.between(self.round, self.voices)) if self.round else []

    @cached_property
    def silent(self):
        return negotiating.silent(self.round, self.voices) if self.round else []

    @cached_property
    def comments(self):
        """[(comment, its replies)], in the order in which they were said."""
        said = list(self.indicator.comments.select_related("author"))
        replies = {}
        for one in said:
            replies.setdefault(one.parent_id, []).append(one)
        return [(one, self.below(one, replies)) for one in replies.get(None, [])]

    def below(self, comment, replies):
        """All that answers it, directly or not: one level is enough to read."""
        found = []
        for reply in replies.get(comment.pk, []):
            found += [reply, *self.below(reply, replies)]
        return found

    def may(self, act):
        _form, permission, needs_round, _done = ACTS[act]
        if not self.viewer.can(permission):
            return False
        if act == "open":
            return not self.round and self.indicator.state in OPEN_TO_TALK
        return bool(self.round) or not needs_round


Axis = StakeholderGroup.Axis
OPEN_TO_TALK = {Indicator.State.PROPOSED, Indicator.State.AGREED}


@community_page(Permission.NEGOTIATE)
def negotiation(request, viewer, code):
    rows = viewer.community.indicators.select_related("definition", "cycle")
    indicator = rows.filter(code=code).first()
    if not indicator:
        raise Http404
    talk = Talk(viewer, indicator)
    forms = {act: form(None, talk=talk) for act, (form, *_rest) in ACTS.items() if talk.may(act)}
    status = 200
    if request.method == "POST":
        act = request.POST.get("act")
        if act not in ACTS or not viewer.can(ACTS[act][1]):
            raise PermissionDenied
        if not talk.may(act):
            messages.error(request, _("This was decided meanwhile, or is not open yet."))
            return redirect("negotiation", viewer.community.slug, code)
        sent = ACTS[act][0](request.POST, talk=talk)
        if sent.is_valid() and sent.do(talk, request.user):
            messages.success(request, ACTS[act][3])
            return redirect("negotiation", viewer.community.slug, code)
        forms[act], status = sent, 422
    context = {"talk": talk, "indicator": indicator, "forms": forms}
    return render(request, "indicators/negotiation.html", context, status=status)
