"""The front page, and the demo's one-click entries."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from valuecreation.framework import SCHEMES

from .models import Community, User
from .permissions import Role


def home(request):
    """A signed-in person's communities; for anybody else what this is."""
    if request.user.is_authenticated:
        return render(request, "home.html", {"communities": Community.objects.of(request.user)})
    cycles = SCHEMES["2011"].cycles
    return render(request, "landing.html", {"roles": Role.choices, "cycles": cycles})


@require_POST
def demo_enter(request, role):
    """Signs in as the example person of this role. Only with the demo switch."""
    if not settings.DEMO or role not in Role.values:
        raise Http404
    user = get_object_or_404(User, email=f"{role}@example.org", is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")
