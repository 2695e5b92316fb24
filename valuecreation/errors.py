"""The pages of what goes wrong: they need no database, and a failure's reference is in the log."""

import logging
import secrets
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import loader

logger = logging.getLogger(__name__)


RETRY_SECONDS = 60


def server_error(request):
    """500; where the database does not answer 503, which asks machines to come back later."""
    reference = secrets.token_hex(4)
    logger.error("Reference %s: %s %s failed", reference, request.method, request.path)
    status = 503 if isinstance(sys.exc_info()[1], OperationalError | InterfaceError) else 500
    page = loader.get_template(f"{status}.html").render({"reference": reference})
    headers = {"Retry-After": RETRY_SECONDS} if status == 503 else {}
    return HttpResponse(page, status=status, headers=headers)


def gone(request):
    """410: the answer to an address that was given out and lets nobody in any more, and to one
    that never did; they are not told apart."""
    return HttpResponse(loader.get_template("410.html").render({}, request), status=410)


def patience(get_response):
    """Middleware: whoever is told 429 is told when to come back."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", str(RETRY_SECONDS))
        return response

    return middleware
