"""How allauth meets our accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from .addresses import site_address
from .fields import clean_email
from .joining import invited
from .mail import post
from .models import User


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """People come by invitation, unless the site is open."""
        return settings.SIGN_UP == "open" or bool(invited(request))

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
    def is_open_for_signup(self, request, sociallogin):
        return settings.SIGN_UP == "open" or bool(invited(request))

    def pre_social_login(self, request, sociallogin):
        """An address that the provider did not verify may be anybody's."""
        verified = any(address.verified for address in sociallogin.email_addresses)
        if not sociallogin.is_existing and not verified:
            messages.error(
                request,
                _("%s does not vouch for your e-mail address, so it cannot sign you in here.")
                % sociallogin.provider.name,
            )
            raise ImmediateHttpResponse(redirect("account_request_login_code"))

    def populate_user(self, request, sociallogin, data):
        user = sociallogin.user
        user.email = clean_email(data.get("email") or "")
        names = (data.get("name"), data.get("first_name"), data.get("last_name"))
        user.name = names[0] or " ".join(filter(None, names[1:])) or user.email.split("@")[0]
        return user
