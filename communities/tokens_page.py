"""A person's tokens for programs: what there are, a new one, and the end of one."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from . import actions
from .actions.tokens import TOKEN_DAYS
from .forms import ActForm, sent
from .models import Community, Token
from .permissions import Scope

DAYS = (7, 30, TOKEN_DAYS, 365)
MOST_SHOWN = 50


def days_choices():
    return [(days, ngettext_lazy("%d day", "%d days", days) % days) for days in DAYS]


class TokenForm(ActForm):
    name = Token._meta.get_field("name").formfield(
        label=gettext_lazy("What is it for?"),
        help_text=gettext_lazy("A word by which you know it again: the program, or its machine."),
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("What may it do in your name?"),
        choices=Scope.choices,
        widget=forms.RadioSelect,
        initial=Scope.READ,
    )
    communities = forms.ModelMultipleChoiceField(
        Community.objects.none(),
        label=gettext_lazy("In which communities?"),
        help_text=gettext_lazy("None ticked: in all that you belong to, now and later."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("For how long?"), coerce=int, choices=days_choices, initial=TOKEN_DAYS
    )

    def __init__(self, *args, user):
        super().__init__(*args, community=None)
        self.fields["communities"].queryset = Community.objects.of(user)

    def act(self, by):
        return actions.make_token(user=by, **self.cleaned_data)


@never_cache
@login_required
def tokens(request):
    """With the secret of one that was made just now: it is shown this once."""
    form, secret = TokenForm(*sent(request), user=request.user), ""
    if form.done(request.user):
        _made, secret = form.outcome
        form = TokenForm(user=request.user)
    rows = request.user.tokens.prefetch_related("communities")[:MOST_SHOWN]
    context = {"form": form, "tokens": rows, "secret": secret}
    return render(request, "tokens.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def revoke_token(request, pk):
    token = get_object_or_404(request.user.tokens, pk=pk)
    actions.revoke_token(token=token)
    messages.success(request, _("Revoked: %s. It lets nobody in any more.") % token)
    return redirect("tokens")
