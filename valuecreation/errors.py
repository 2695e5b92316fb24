"""The page of a failure: it needs no database, and its reference is in the log."""

import logging
import secrets

from django.http import HttpResponseServerError
from django.template import loader

logger = logging.getLogger(__name__)


def server_error(request):
    reference = secrets.token_hex(4)
    logger.error("Reference %s: %s %s failed", reference, request.method, request.path)
    return HttpResponseServerError(loader.get_template("500.html").render({"reference": reference}))
