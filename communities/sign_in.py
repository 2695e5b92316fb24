"""Signing somebody in by a code that is mailed to them."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess


def send_code(request, user):
    """Mails a code to the stored address; the page for it is `account_confirm_login_code`. Of
    somebody whose account was closed nothing is sent, and the page is the same."""
    known = user if user.is_active else None
    LoginCodeVerificationProcess.initiate(request=request, user=known, email=user.email)
