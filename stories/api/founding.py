"""Founding a community by the API."""

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied

from communities.api.documents import checked, document_of, fill, require_valid
from communities.api.once import made_once
from communities.api.schema import example
from communities.api.view import found_or_404, tagged
from communities.api.views import Communities as Read
from communities.api.views import CommunityDocument
from communities.models import Community
from communities.permissions import Scope, may_found
from stories.founding_page import MAY_NOT_FOUND, FoundForm

NewCommunity = document_of(
    FoundForm, "NewCommunity", optional={"language", "time_zone"}, without={"example"}
)

FIVE_CYCLES = {
    "name": "Wound care circle",
    "purpose": "Nurses who learn from each other how wounds heal.",
    "scheme": "2011",
}


class Communities(Read):
    @extend_schema(
        request=NewCommunity,
        responses={201: CommunityDocument},
        examples=[example("Five cycles", FIVE_CYCLES)],
    )
    def post(self, request):
        """Founds a community, which you look after; for those who may. `scheme`: its cycles of value."""
        if not (may_found(request.user) and is_good_for_founding(request.auth)):
            raise PermissionDenied(MAY_NOT_FOUND)
        sent = {"language": request.user.language or settings.LANGUAGE_CODE}
        form = require_valid(fill(FoundForm(), sent | checked(NewCommunity, request.data)))
        made, is_new = made_once(request, lambda: form.act(request.user))
        document = CommunityDocument(found_or_404(Community.objects.of(request.user), pk=made)).data
        headers = {} if is_new else {"Idempotency-Replayed": "true"}
        return tagged(document, status=201, headers=headers)


def is_good_for_founding(token):
    """A session is, and a token for everything."""
    return not token or (token.scope == Scope.FACILITATE and not token.chosen)
