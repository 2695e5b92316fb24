"""A story for whoever holds its private address: to read, confirm, narrow and withdraw, without an
account. A forged address and one that ran out get the same answer."""

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from communities.addresses import site_address
from communities.adminforms import show_faults
from communities.guard import community_page
from communities.permissions import Permission
from communities.viewer import Viewer

from . import files_page, private, receipt_page
from .confirming import answer
from .forms import OthersForm, TermsForm
from .models import PrivateAddress, Story
from .others import found_in, own_name
from .proposed import parts_to_confirm
from .reading import trail
from .receipts import receipt_of
from .rights import ACTS


@never_cache
def private_story(request, secret):
    address = open_address(secret)
    if not address:
        return closed(request, secret)
    viewer = holder_of(address)
    story = Story.objects.visible_to(viewer).with_trail().get()
    sends = request.method == "POST" and "submit" in request.POST
    forms = forms_for(story, request.POST if sends else None)
    if sends:
        # Sent twice: it is submitted already.
        if not forms or submitted(request, story, **forms):
            return redirect("private_story", secret)
    elif request.method == "POST":
        do(request, story)
        return redirect("private_story", secret)
    context = {
        "story": story,
        "secret": secret,
        "trail": trail(story, viewer),
        "attachments": story.attachments.all(),
        "parts": parts_to_confirm(story),
        "narrower": receipt_page.narrower_than(story),
        "may_withdraw": story.status in ACTS["withdraw"].when,
        "receipt": receipt_of(story),
        "until": address.expires_at,
        **forms,
    }
    status = 422 if sends else 200
    return unindexed(render(request, "stories/private_story.html", context, status=status))


@never_cache
def private_attachment(request, secret, pk):
    """A file of the story."""
    address = open_address(secret)
    if not address:
        return closed(request, secret)
    return unindexed(files_page.served_or_404(request, holder_of(address), pk))


def open_address(secret):
    """None for one that ran out or was never made."""
    addresses = PrivateAddress.objects.by_secret(secret).open()
    return addresses.select_related("story__community").first()


def holder_of(address):
    return Viewer(address.story.community, holds=address.story_id)


def forms_for(story, data):
    """Who may see it, and whether others are in it: while it is its teller's to submit."""
    if story.status not in ACTS["submit"].when:
        return {}
    terms = TermsForm(data, instance=story)
    if story.is_stub or not story.consented_at:
        terms.initial["audience"] = None
    return {"terms": terms, "form": OthersForm(data, found=found_in(story, own_name(story)))}


def submitted(request, story, terms, form):
    """Whether it was submitted; faults are shown at the forms."""
    if not all([terms.is_valid(), form.is_valid()]):
        return False
    try:
        private.submit(
            story=story,
            terms=terms.written(),
            texts=form.cleaned_data["mask"],
            others=form.cleaned_data["others"],
        )
    except ValidationError as error:
        show_faults(terms, error)
        return False
    said = _("Thank you. A facilitator reads your story, then publishes it.")
    if story.community.publishes_at_once:
        said = _("Thank you. Your story is published.")
    messages.success(request, said)
    return True


def do(request, story):
    sent = request.POST
    try:
        if "kind" in sent:
            is_so = sent.get("is_so") == "yes"
            answer(story=story, kind=sent["kind"], pk=sent.get("part", ""), is_so=is_so)
            said = _("Thank you. That is kept.")
        else:
            said = receipt_page.act(story, sent)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        if said:
            messages.success(request, said)


def closed(request, secret):
    """Whether it ever was one is not said."""
    return unindexed(render(request, "stories/private_closed.html", {"secret": secret}, status=410))


def unindexed(response):
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def renew(request, secret):
    """Whatever the address: the same words. Only the address on file gets a mail."""
    refused = ratelimit.consume_or_429(request, action="receipt")
    if refused:
        return refused
    found = PrivateAddress.objects.by_secret(secret).select_related("story__teller").first()
    if found:
        private.renew(address=found)
    return unindexed(render(request, "stories/private_closed.html", {"asked": True}))


@require_POST
@community_page(Permission.REVIEW_STORY)
def make_private_address(request, viewer, pk):
    story = Story.objects.reviewable_by(viewer).with_people().filter(pk=pk).first()
    if not story:
        raise PermissionDenied
    try:
        address = private.make_private_address(story=story, by=viewer.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("stories:story", viewer.community.slug, pk)
    context = {"story": story, "address": site_address(address.path), "until": address.expires_at}
    return render(request, "stories/private_made.html", context)
