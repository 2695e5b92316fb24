"""How often one may ask (`API_RATES`): by person where somebody asks, else by client."""

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS
from rest_framework.throttling import SimpleRateThrottle


class Patience(SimpleRateThrottle):
    """Reads and writes are counted apart, so that whoever reads much can still tell."""

    scope = None
    rate = "0/m"

    def allow_request(self, request, view):
        self.scope = "read" if request.method in SAFE_METHODS else "write"
        if not request.user.is_authenticated:
            self.scope = "nobody"
        if not (rate := settings.API_RATES[self.scope]):
            return True
        self.num_requests, self.duration = self.parse_rate(rate)
        return super().allow_request(request, view)

    def get_cache_key(self, request, view):
        asks = request.user.pk if request.user.is_authenticated else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": asks}
