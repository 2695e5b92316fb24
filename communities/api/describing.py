"""What the API says of itself: its description, and a page to try it by hand."""

from functools import cache

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_update
from django.utils import translation
from django.utils.decorators import method_decorator
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.response import Response

# Swagger's own pictures and styles.
SWAGGER_NEEDS = {"style-src": [SELF, UNSAFE_INLINE]}


class Schema(SpectacularJSONAPIView):
    """OpenAPI 3.1; the same for everybody, and in English."""

    throttle_classes = ()

    @extend_schema(exclude=True)
    def get(self, request):
        return Response(schema())


@cache
def schema():
    with translation.override("en"):
        return SchemaGenerator().get_schema(request=None, public=True)


@method_decorator(csp_update(SWAGGER_NEEDS), name="dispatch")
class ByHand(SpectacularSwaggerSplitView):
    url_name = "api:schema"
