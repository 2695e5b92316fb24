"""What this is, for whoever comes by; and the demo's one-click entries."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views import i18n
from django.views.decorators.http import require_POST

from valuecreation.framework import SCHEMES

from .actions import change_profile
from .models import User
from .permissions import Role


def landing(request):
    return render(request, "landing.html", {"roles": Role.choices})


def about(request):
    """The method: its authors, its sources, and that this product is independent of them."""
    cycles = {"cycles": SCHEMES["2011"].cycles, "side_cycles": SCHEMES["eight"].side_cycles}
    return render(request, "about.html", cycles)


@require_POST
def set_language(request):
    """The language chosen in the footer; of whoever is signed in, in their profile too."""
    chosen = request.POST.get("language")
    if request.user.is_authenticated and chosen in dict(settings.LANGUAGES):
        change_profile(user=request.user, language=chosen)
    return i18n.set_language(request)


@require_POST
def demo_enter(request, role):
    """Signs in as the example person of this role. Only with the demo switch."""
    if not settings.DEMO or role not in Role.values:
        raise Http404
    user = get_object_or_404(User, email=f"{role}@example.org", is_active=True)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")
