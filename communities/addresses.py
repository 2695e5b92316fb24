"""Addresses for mails and codes: built from the configured host only, whatever a request says."""

from django.conf import settings


def site_address(path):
    return f"{settings.SITE_URL}{path}"
