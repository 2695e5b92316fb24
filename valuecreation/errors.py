"""The pages of what goes wrong: they need no database, and a failure's reference is in the log."""

import logging
import secrets
import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.template import loader
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found

logger = logging.getLogger(__name__)


RETRY_SECONDS = 60
API = "/api/"


def server_error(request):
    """500; where the database does not answer 503, which asks machines to come back later."""
    reference = secrets.token_hex(4)
    logger.error("Reference %s: %s %s failed", reference, request.method, request.path)
    status = 503 if isinstance(sys.exc_info()[1], OperationalError | InterfaceError) else 500
    if request.path.startswith(API):
        return problem(status, f"{_('Something went wrong here.')} {reference}")
    page = loader.get_template(f"{status}.html").render({"reference": reference})
    headers = {"Retry-After": RETRY_SECONDS} if status == 503 else {}
    return HttpResponse(page, status=status, headers=headers)


def not_found(request, exception):
    """404, as the one who asks can read it."""
    if request.path.startswith(API):
        return problem(404, _("There is nothing at this address."))
    return page_not_found(request, exception)


def problem(status, detail):
    """For programs (RFC 9457)."""
    title = HTTPStatus(status).phrase
    document = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    headers = {"Retry-After": RETRY_SECONDS} if status == 503 else {}
    content_type = "application/problem+json"
    return JsonResponse(document, status=status, content_type=content_type, headers=headers)


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
