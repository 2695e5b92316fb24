"""The door of the API: a view of a community, as `communities.guard` is for pages."""

import hashlib

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from rest_framework.exceptions import MethodNotAllowed, NotAuthenticated
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import APIView

from communities.guard import SignInFirst, viewer_with

from .once import made_once
from .paging import Pages
from .problems import Changed, SayWhatYouSaw


class ApiView(APIView):
    """Answers in the asking person's language and time zone, as the pages do. Not kept by anybody but
    the one who asks, who asks again each time."""

    # Who may is asked where it is known what for.
    permission_classes = ()

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.auth and request.user.language:
            translation.activate(request.user.language)
        if request.auth and request.user.time_zone:
            timezone.activate(request.user.time_zone)

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language"])
        return response


class CommunityView(ApiView):
    """`permissions`: {method: what it takes}. Then `self.viewer` is who asks, in the community."""

    permissions = {}

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        method = "GET" if request.method in SAFE_METHODS else request.method
        if method not in self.permissions:
            raise MethodNotAllowed(request.method)
        try:
            self.viewer = viewer_with(
                self.permissions[method], request.user, kwargs["slug"], request.auth
            )
        except SignInFirst:
            raise NotAuthenticated from None
        self.community = self.viewer.community
        if not getattr(request.user, "time_zone", ""):
            timezone.activate(self.community.time_zone)

    def pages(self, rows, document):
        """A page of `rows` (a QuerySet), each as its `document` (a serializer)."""
        pages = Pages()
        page = pages.paginate_queryset(rows, self.request, view=self)
        return pages.get_paginated_response(self.shown(page, document, many=True))

    def shown(self, found, document, **kwargs):
        """As whoever asks may read it."""
        return document(found, context={"viewer": self.viewer}, **kwargs).data

    def created(self, make, document):
        """201 with `document(id)` of what `make()` made; the same again for the same
        `Idempotency-Key`."""
        made, is_new = made_once(self.request, make)
        headers = {} if is_new else {"Idempotency-Replayed": "true"}
        return tagged(document(made), status=201, headers=headers)

    def require_unchanged(self, document, *, is_told=False):
        """Raises Changed where `If-Match` does not name the document; without it SayWhatYouSaw, unless
        the request `is_told` otherwise what was seen."""
        seen = self.request.headers.get("If-Match")
        if seen is None and not is_told:
            raise SayWhatYouSaw
        tags = {one.strip().removeprefix("W/") for one in (seen or "*").split(",")}
        if not tags & {"*", etag_of(document)}:
            raise Changed(document)


def etag_of(document):
    return f'"{hashlib.sha256(JSONRenderer().render(document)).hexdigest()[:32]}"'


def tagged(document, *, seen=None, **kwargs):
    """The document with its ETag; 304 where that is what was `seen` (`If-None-Match`)."""
    etag = etag_of(document)
    is_same = seen and etag in {one.strip().removeprefix("W/") for one in seen.split(",")}
    answer = Response(status=304) if is_same else Response(document, **kwargs)
    answer["ETag"] = etag
    return answer


def found_or_404(rows, **which):
    found = rows.filter(**which).first()
    if not found:
        raise Http404
    return found


def require(may):
    if not may:
        raise PermissionDenied
