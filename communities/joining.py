"""Coming in by an invitation: who asks, into what, and the shortest way to be there."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.core.exceptions import ValidationError
from django.dispatch import receiver
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from valuecreation.errors import gone

from . import actions
from .forms import JoinForm
from .models import Invitation
from .sign_in import send_code

# The session remembers the invitation while its bearer signs in.
KEPT = "invitation"


def join(request, secret):
    """What one is invited to. Signed in: one button; otherwise an address and a name, then a code
    by mail, or another way to sign in."""
    invitation = Invitation.objects.by_secret(secret).select_related("community", "invited_by")
    invitation = invitation.first()
    if not invitation:
        return gone(request)
    if request.user.is_authenticated and invitation.community.has_member(request.user):
        return redirect("matrix:matrix", invitation.community.slug)
    if not invitation.is_open:
        return gone(request)
    if request.user.is_authenticated:
        return join_signed_in(request, invitation)
    return join_by_signing_in(request, invitation)


def join_signed_in(request, invitation):
    if request.method == "POST":
        return enter(request, invitation)
    return page(request, invitation)


def join_by_signing_in(request, invitation):
    initial = {"email": invitation.email, "name": invitation.name}
    by_code = request.POST.get("way") == "code"
    form = JoinForm(request, request.POST if by_code else None, initial=initial)
    if request.method != "POST" or (by_code and not form.is_valid()):
        return page(request, invitation, form)
    request.session[KEPT] = invitation.secret
    after = urlencode({"next": request.path})
    if not by_code:
        return redirect(f"{reverse('account_login')}?{after}")
    send_code(request, actions.add_person(**form.cleaned_data))
    return redirect(f"{reverse('account_confirm_login_code')}?{after}")


def sign_up(request):
    """An account without an invitation, where the site is open to all; a name, an address, a code."""
    if request.user.is_authenticated:
        return redirect("home")
    if settings.SIGN_UP != "open":
        return render(request, "account/signup_closed.html")
    form = JoinForm(request, request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(
            request, "account/signup.html", {"form": form}, status=422 if form.errors else 200
        )
    send_code(request, actions.add_person(**form.cleaned_data))
    return redirect("account_confirm_login_code")


@require_POST
def decline(request, secret):
    """No, thank you: no reason is asked."""
    invitation = Invitation.objects.by_secret(secret).open().first()
    if not invitation:
        return gone(request)
    actions.decline(invitation=invitation)
    return render(request, "people/declined.html", {"invitation": invitation})


def page(request, invitation, form=None):
    context = {"invitation": invitation, "form": form}
    response = render(
        request, "people/join.html", context, status=422 if form and form.errors else 200
    )
    response["X-Robots-Tag"] = "noindex"
    return response


def enter(request, invitation):
    try:
        actions.accept(invitation=invitation, user=request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("home")
    messages.success(request, _("Welcome to “%s”.") % invitation.community)
    return redirect("matrix:matrix", invitation.community.slug)


def lets_in(request):
    """Whether an account may be made: people come by invitation, unless the site is open."""
    return settings.SIGN_UP == "open" or bool(invited(request))


def invited(request):
    """The open invitation that this browser came with, if any."""
    secret = request.session.get(KEPT)
    return secret and Invitation.objects.by_secret(secret).open().first()


@receiver(user_logged_in, dispatch_uid="join-after-signing-in")
def join_after_signing_in(*, request, user, **kwargs):
    """Whoever signs in on the way that an invitation began belongs to the community."""
    if not hasattr(request, "session"):
        return
    invitation = invited(request)
    request.session.pop(KEPT, None)
    if invitation:
        enter(request, invitation)
