"""What is shown instead of figures while more was taken away than a page can take into account."""

from functools import wraps

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from .reading import AddingUp

RETRY_SECONDS = 10
SENTENCE = _(
    "A great deal was taken back just now, and is being left out of every number. Until that is done,"
    " we show none."
)


def figures_or_later(view):
    """Calls `view(request, viewer, ...)`; where the figures can't be said now, 503 and a page that says
    so."""

    @wraps(view)
    def careful(request, viewer, **kwargs):
        try:
            return view(request, viewer, **kwargs)
        except AddingUp:
            response = render(request, "matrix/later.html", {"sentence": SENTENCE}, status=503)
            response["Retry-After"] = RETRY_SECONDS
            return response

    return careful
