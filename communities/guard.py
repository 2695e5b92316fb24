"""The one door to a community's pages: it finds the community and hands the view its viewer."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from .models import Community
from .viewer import Viewer


class SignInFirst(Exception):
    """Nobody is signed in, and nobody may not open this."""


def viewer_with(permission, user, slug, token=None):
    """The viewer that `user` is in the community. Where it has opened its public page, whoever does
    not belong to it is nobody there, and may what nobody may. `token`: what the user is known by, where
    it is not a session.

    Raises SignInFirst, Http404 for a stranger and an unknown slug, PermissionDenied for a member
    without the right."""
    community = Community.objects.filter(slug=slug).first()
    viewer = community and Viewer.of(user, community, token)
    if viewer:
        if not viewer.can(permission):
            raise PermissionDenied
        return viewer
    if community and Viewer(community).can(permission):
        return Viewer(community)
    if not user.is_authenticated:
        raise SignInFirst
    raise Http404


def community_page(permission):
    """Calls `view(request, viewer, ...)`. Anonymous: to sign-in; stranger: 404; without the
    right: 403."""

    def decorate(view):
        @wraps(view)
        def guarded(request, slug, **kwargs):
            try:
                request.viewer = viewer_with(permission, request.user, slug)
            except SignInFirst:
                return redirect_to_login(request.get_full_path())
            if not getattr(request.user, "time_zone", ""):
                timezone.activate(request.viewer.community.time_zone)
            return view(request, request.viewer, **kwargs)

        guarded.permission = permission
        return guarded

    return decorate
