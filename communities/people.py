"""Pages on the people of a community: who belongs to it, in which roles and groups."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from valuecreation.alphabet import place_of

from . import actions
from .forms import CommunityForm, GroupForm, MemberForm, sent
from .guard import community_page
from .models import User
from .permissions import Permission, Role

PAGE = 50


@community_page(Permission.SEE_PEOPLE)
def people(request, viewer):
    """Names and roles; never addresses."""
    members = viewer.community.memberships.select_related("user", "stakeholder_group")
    members = members.filter(user__is_active=True)
    page = Paginator(sorted(members, key=lambda one: place_of(one.user.name)), PAGE)
    return render(
        request,
        "people/people.html",
        {"page": page.get_page(request.GET.get("page")), "own": viewer.user.pk},
    )


@community_page(Permission.KEEP_PEOPLE)
def member(request, viewer, pk):
    """Roles and group of one member."""
    found = member_or_404(viewer, pk)
    form = MemberForm(*sent(request), membership=found)
    if form.done(viewer.user):
        messages.success(request, _("Changed: %s.") % found.user)
        return redirect("people:people", viewer.community.slug)
    context = {"form": form, "member": found}
    return render(request, "people/member.html", context, status=422 if form.errors else 200)


@require_POST
@community_page(Permission.KEEP_PEOPLE)
def remove(request, viewer, pk):
    found = member_or_404(viewer, pk)
    try:
        actions.remove(membership=found, by=viewer.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("people:member", viewer.community.slug, pk)
    messages.success(request, _("%s does not belong to this community any more.") % found.user)
    return redirect("people:people", viewer.community.slug)


@community_page(Permission.SEE_MATRIX)
def leave(request, viewer):
    """Says what leaving means; then, sent, leaves. Whoever only looks in has nothing to leave."""
    if not viewer.user:
        raise Http404
    if request.method == "POST":
        try:
            actions.leave(membership=viewer.community.memberships.get(user=viewer.user))
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("people:leave", viewer.community.slug)
        messages.success(request, _("You have left “%s”.") % viewer.community)
        return redirect("home")
    return render(request, "people/leave.html")


@require_POST
@community_page(Permission.TELL_STORY)
def decline_to_tell(request, viewer):
    actions.decline_to_tell(membership=viewer.community.memberships.get(user=viewer.user))
    messages.success(request, _("That is fine. You can still tell one whenever you like."))
    return redirect("home")


@community_page(Permission.KEEP_PEOPLE)
def groups(request, viewer):
    """The stakeholder groups, and a form for one more."""
    form = GroupForm(*sent(request), community=viewer.community)
    if form.done(viewer.user):
        messages.success(request, _("Added: %s.") % form.outcome)
        return redirect("people:groups", viewer.community.slug)
    kept = sorted(viewer.community.stakeholder_groups.all(), key=lambda one: place_of(one.name))
    context = {"groups": kept, "form": form}
    return render(request, "people/groups.html", context, status=422 if form.errors else 200)


@community_page(Permission.KEEP_PEOPLE)
def group(request, viewer, pk):
    found = get_object_or_404(viewer.community.stakeholder_groups, pk=pk)
    form = GroupForm(*sent(request), community=viewer.community, group=found)
    if form.done(viewer.user):
        messages.success(request, _("Changed: %s.") % found)
        return redirect("people:groups", viewer.community.slug)
    context = {"group": found, "form": form}
    return render(request, "people/group.html", context, status=422 if form.errors else 200)


@require_POST
@community_page(Permission.KEEP_PEOPLE)
def delete_group(request, viewer, pk):
    found = get_object_or_404(viewer.community.stakeholder_groups, pk=pk)
    try:
        actions.delete_group(group=found, by=viewer.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Deleted: %s.") % found)
    return redirect("people:groups", viewer.community.slug)


@community_page(Permission.SEE_MATRIX)
def privacy(request, viewer):
    """What is kept here, why, how long, and whom to ask."""
    return render(request, "people/privacy.html")


@community_page(Permission.KEEP_COMMUNITY)
def community(request, viewer):
    """What the community is called, what it is for, and who may look in."""
    form = CommunityForm(*sent(request), community=viewer.community)
    if form.done(viewer.user):
        messages.success(request, _("Saved."))
        return redirect("people:community", viewer.community.slug)
    return render(
        request, "people/community.html", {"form": form}, status=422 if form.errors else 200
    )


@community_page(Permission.KEEP_PEOPLE)
def audit(request, viewer):
    """What was done to people here. The entries hold ids; names are those of today."""
    entries = Paginator(viewer.community.audit_entries.all(), PAGE)
    page = entries.get_page(request.GET.get("page"))
    people = [one.about_id for one in page if one.about == "user"]
    names = User.objects.in_bulk({*people, *(one.actor_id for one in page if one.actor_id)})
    rows = [
        {
            "entry": one,
            "actor": names.get(one.actor_id),
            "about": names.get(one.about_id) if one.about == "user" else None,
            "roles": [Role(role).label for role in one.roles or []],
        }
        for one in page
    ]
    return render(request, "people/audit.html", {"page": page, "rows": rows})


def member_or_404(viewer, pk):
    members = viewer.community.memberships.select_related("user", "community", "stakeholder_group")
    return get_object_or_404(members, pk=pk)
