"""Copies of what somebody types, kept in their browser while the server cannot be reached.

They are encrypted with a key of one person in one community, which only pages sent to that person
hold. Whoever else uses the computer has another key, and cannot tell whose a copy is."""

import re
from base64 import b64encode

from django.conf import settings
from django.utils.crypto import salted_hmac

SALT = "stories.copies"
COOKIE = "saved_pages"
MOST = 20
IS_TAB = re.compile(r"[0-9a-f-]{20,40}")


def key_of(user, community):
    """256 bits, in base64."""
    given = f"key:{user.pk}:{community.pk}"
    return b64encode(salted_hmac(SALT, given, algorithm="sha256").digest()).decode()


def owner_of(user):
    """The name under which this person's copies lie, which says nothing of the person."""
    return salted_hmac(SALT, f"owner:{user.pk}", algorithm="sha256").hexdigest()[:24]


def note_saved(request, response, tab):
    """Tells the browser that what this page typed is in the story: its copy can go."""
    if not IS_TAB.fullmatch(tab):
        return response
    earlier = [one for one in request.COOKIES.get(COOKIE, "").split(".") if IS_TAB.fullmatch(one)]
    response.set_cookie(
        COOKIE,
        ".".join([*earlier, tab][-MOST:]),
        max_age=24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response
