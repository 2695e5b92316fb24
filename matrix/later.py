"""What is shown instead of figures while more was taken away than a page can take into account."""

from functools import wraps

from django.shortcuts import render

from .reading import AddingUp

RETRY_SECONDS = 10


def figures_or_later(view):
    """Calls `view(request, viewer, ...)`; where the figures can't be said now, 503 and a page that says
    so."""

    @wraps(view)
    def careful(request, viewer, **kwargs):
        try:
            return view(request, viewer, **kwargs)
        except AddingUp:
            response = render(request, "matrix/later.html", {"seconds": RETRY_SECONDS}, status=503)
            response["Retry-After"] = RETRY_SECONDS
            return response

    return careful
