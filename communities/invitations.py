"""Pages on invitations, for facilitators: by mail, or by an address and its QR code."""

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from . import actions
from .addresses import site_address
from .forms import AddressForm, MailForm, sent
from .guard import community_page
from .permissions import Permission
from .sign_in import limited

PAGE = 50


@community_page(Permission.KEEP_PEOPLE)
def invitations(request, viewer):
    """All that were sent or made; who has not come yet is on top."""
    sent = viewer.community.invitations.select_related("stakeholder_group").waiting_first()
    page = Paginator(sent, PAGE).get_page(request.GET.get("page"))
    return render(request, "people/invitations.html", {"page": page})


@community_page(Permission.KEEP_PEOPLE)
@limited("invite")
def invite(request, viewer):
    """By mail, one person or a whole list: all are invited, or none and the form says why."""
    form = MailForm(*sent(request), community=viewer.community)
    if form.done(viewer.user):
        messages.success(request, what_became(form.outcome))
        return redirect("people:invitations", viewer.community.slug)
    return render(request, "people/invite.html", {"form": form}, status=422 if form.errors else 200)


@community_page(Permission.KEEP_PEOPLE)
@limited("invite")
def make_address(request, viewer):
    form = AddressForm(*sent(request), community=viewer.community)
    if form.done(viewer.user):
        return redirect("people:invitation", viewer.community.slug, form.outcome.pk)
    return render(
        request, "people/make_address.html", {"form": form}, status=422 if form.errors else 200
    )


@community_page(Permission.KEEP_PEOPLE)
def invitation(request, viewer, pk):
    """The address to pass on, and its QR code to show or print."""
    found = get_object_or_404(viewer.community.invitations, pk=pk)
    address = site_address(found.path)
    code = segno.make(address, error="m").svg_inline(
        scale=6, border=4, dark="#000", light="#fff", omitsize=True, title=None
    )
    context = {"invitation": found, "address": address, "code": code}
    return render(request, "people/invitation.html", context)


@require_POST
@community_page(Permission.KEEP_PEOPLE)
@limited("invite")
def resend(request, viewer, pk):
    found = get_object_or_404(viewer.community.invitations, pk=pk)
    try:
        actions.resend(invitation=found, by=viewer.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Invited again: %s.") % found)
    return redirect("people:invitations", viewer.community.slug)


@require_POST
@community_page(Permission.KEEP_PEOPLE)
def revoke(request, viewer, pk):
    found = get_object_or_404(viewer.community.invitations, pk=pk)
    actions.revoke(invitation=found, by=viewer.user)
    messages.success(request, _("Taken back. It lets nobody in any more."))
    return redirect("people:invitations", viewer.community.slug)


def what_became(invited):
    parts = [
        (
            ngettext("%d person is invited.", "%d people are invited.", len(invited.new)),
            invited.new,
        ),
        (
            ngettext("%d is invited again.", "%d are invited again.", len(invited.again)),
            invited.again,
        ),
        (ngettext("%d is here already.", "%d are here already.", len(invited.here)), invited.here),
    ]
    return " ".join(text % len(people) for text, people in parts if people)
