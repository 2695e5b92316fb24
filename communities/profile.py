"""What a person keeps about themselves: name, language, time zone, and the mails they want."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from . import actions
from .forms import ActForm, sent
from .mail import KINDS, read_stop
from .models import Membership, User
from .zones import AS_THEY_ARE, zone_choices


def wanted_choices():
    return [(one.key, one.words) for one in KINDS.values() if one.words]


class ProfileForm(ActForm):
    name = User._meta.get_field("name").formfield(
        label=gettext_lazy("Your name, as others here read it"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=lambda: [("", _("As the browser says")), *settings.LANGUAGES],
        widget=forms.Select(attrs=AS_THEY_ARE),
    )
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        required=False,
        choices=lambda: [("", _("As the community has it")), *zone_choices()],
        widget=forms.Select(attrs=AS_THEY_ARE),
    )
    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("Send me a mail when"),
        required=False,
        choices=wanted_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Codes to sign in, invitations and a notice of each new token always come."
        ),
    )

    def __init__(self, *args, user):
        initial = {name: getattr(user, name) for name in ("name", "language", "time_zone")}
        unwanted = set(user.unwanted_mails)
        initial["wanted"] = [key for key, words in wanted_choices() if key not in unwanted]
        super().__init__(*args, community=None, initial=initial)

    def act(self, by):
        wanted = set(self.cleaned_data.pop("wanted"))
        unwanted = [key for key, words in wanted_choices() if key not in wanted]
        return actions.change_profile(user=by, unwanted_mails=unwanted, **self.cleaned_data)


@login_required
def profile(request):
    form = ProfileForm(*sent(request), user=request.user)
    if form.done(request.user):
        messages.success(request, _("Saved."))
        return redirect("profile")
    memberships = Membership.objects.filter(user=request.user).select_related("community")
    context = {"form": form, "memberships": memberships.order_by("community__name", "pk")}
    return render(request, "profile.html", context, status=422 if form.errors else 200)


@csrf_exempt
def stop_mails(request, signed):
    """From a mail, without signing in: a page with one button; mail programs send it by themselves
    (RFC 8058). The signature is what allows it."""
    try:
        pk, key = read_stop(signed)
    except (BadSignature, ValueError):
        raise Http404 from None
    if key not in KINDS:
        raise Http404
    user = get_object_or_404(User, pk=pk)
    if request.method == "POST":
        actions.stop_mails(user=user, kind=key)
    return render(request, "stop_mails.html", {"words": KINDS[key].words})
