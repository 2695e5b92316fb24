"""What every template may ask for."""

from django.conf import settings


def site(request):
    return {"demo": settings.DEMO, "viewer": getattr(request, "viewer", None)}
