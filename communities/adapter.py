"""How allauth meets our accounts."""

from allauth.account.adapter import DefaultAccountAdapter

from .fields import clean_email


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """People come by invitation."""
        return False

    def clean_email(self, email):
        return clean_email(super().clean_email(email))
