"""Page for the holder of a receipt: narrower, or taken back. No account, no words of the story."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from communities.permissions import Audience

from . import actions, receipts
from .rights import ACTS


@never_cache
def receipt(request):
    """A form for the code; with the right one what can be done; then it is done."""
    refused = ratelimit.consume_or_429(request, action="receipt")
    if refused:
        return refused
    code = request.POST.get("code", "")
    story = receipts.find(code) if code.strip() else None
    if not story:
        context = {"wrong": request.method == "POST"}
        status = 422 if request.method == "POST" else 200
        return render(request, "stories/receipt.html", context, status=status)
    try:
        said = act(story, request.POST)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        if said:
            messages.success(request, said)
    story = receipts.find(code)
    context = {"story": story, "code": code, "narrower": narrower_than(story)}
    context["may_withdraw"] = story.status in ACTS["withdraw"].when
    return render(request, "stories/receipt.html", context)


def act(story, sent):
    """Does what was asked and says so; nothing where only the code was sent."""
    if "withdraw" in sent:
        actions.withdraw(story=story, by=None)
        return _("Your story is withdrawn. Nobody else sees it.")
    if "audience" in sent:
        chosen = {str(value): value for value, label in narrower_than(story)}
        if sent["audience"] not in chosen:
            raise ValidationError(_("Choose a smaller circle than now."))
        actions.change_audience(story=story, by=None, audience=chosen[sent["audience"]])
        return _("Changed, from now on.")
    return ""


def narrower_than(story):
    if story.status not in ACTS["change_audience"].when:
        return []
    return [(value, label) for value, label in Audience.choices if value < story.audience]
