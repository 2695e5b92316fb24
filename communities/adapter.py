"""How allauth meets our accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from .actions import add_person
from .addresses import site_address
from .fields import clean_email
from .joining import lets_in
from .mail import post
from .models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return lets_in(request)

    def clean_email(self, email):
        return clean_email(super().clean_email(email))

    def send_mail(self, template_prefix, email, context):
        """To the stored address of an account, and to nobody else."""
        user = User.objects.filter(email=clean_email(email), is_active=True).first()
        if user:
            shown = {"code": context.get("code"), "address": context.get("password_reset_url")}
            shown = {name: value for name, value in shown.items() if value}
            post("account", user=user, template=template_prefix, context=shown)

    def get_reset_password_from_key_url(self, key):
        address = reverse("account_reset_password_from_key", args=["UID", "KEY"])
        return site_address(address.replace("UID-KEY", key))

    def _get_login_attempts_cache_key(self, request, **credentials):
        """By client and account: whoever guesses locks out themselves, not the owner."""
        own = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{self.get_client_ip(request)} {own}"


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Who comes by single sign-on is the account of their verified address, and nothing else is
    kept of them: the address stays the one truth."""

    def is_open_for_signup(self, request, sociallogin):
        return lets_in(request)

    def pre_social_login(self, request, sociallogin):
        """An address that the provider did not verify may be anybody's. Some say so in letters:
        "false" is no yes."""
        address = next(iter(sociallogin.email_addresses), None)
        if address is None or address.verified is not True:
            messages.error(
                request,
                _("%s does not vouch for your e-mail address, so it cannot sign you in here.")
                % sociallogin.provider.name,
            )
            raise ImmediateHttpResponse(redirect("account_request_login_code"))
        address.email = clean_email(address.email)
        known = User.objects.filter(email=address.email).first()
        sociallogin.user = known or sociallogin.user

    def populate_user(self, request, sociallogin, data):
        sociallogin.user.email = clean_email(data.get("email") or "")
        return sociallogin.user

    def save_user(self, request, sociallogin, form=None):
        """Without a name none is made from the address, which is nobody else's to see."""
        said = sociallogin.provider.extract_common_fields(sociallogin.account.extra_data)
        names = (said.get("name"), said.get("first_name"), _("New member"))
        sociallogin.user = add_person(
            email=sociallogin.email_addresses[0].email, name=next(filter(None, names))
        )
        return sociallogin.user
