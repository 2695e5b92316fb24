"""Who asks by a token: `Authorization: Bearer vct_…`."""

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed

from communities.actions import note_use
from communities.models import Token


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request):
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        found = Token.objects.by_secret(secret.strip()).in_force().select_related("user")
        token = found.prefetch_related("communities").first()
        if not token:
            raise AuthenticationFailed(_("This token is not known, has expired or was revoked."))
        note_use(token=token)
        return token.user, token

    def authenticate_header(self, request):
        return "Bearer"


class TokenScheme(OpenApiAuthenticationExtension):
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer"}
