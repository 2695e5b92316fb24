"""The one door to a community's pages: it finds the community and hands the view its viewer."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from .models import Community
from .viewer import Viewer


def viewer_or_404(user, slug):
    """The viewer that `user` is in the community; Http404 for a stranger and an unknown slug."""
    community = Community.objects.filter(slug=slug).first()
    viewer = community and Viewer.of(user, community)
    if not viewer:
        raise Http404
    return viewer


def community_page(permission):
    """Calls `view(request, viewer, ...)`. Anonymous: to sign-in; stranger: 404; without the
    right: 403."""

    def decorate(view):
        @wraps(view)
        def guarded(request, slug, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.viewer = viewer_or_404(request.user, slug)
            if not request.user.time_zone:
                timezone.activate(request.viewer.community.time_zone)
            if not request.viewer.can(permission):
                raise PermissionDenied
            return view(request, request.viewer, **kwargs)

        guarded.permission = permission
        return guarded

    return decorate
