"""What every template may ask for."""

from django.conf import settings

from .permissions import Permission


def site(request):
    viewer = getattr(request, "viewer", None)
    may = {
        "tell": viewer and viewer.can(Permission.TELL_STORY),
        "propose": viewer and viewer.can(Permission.PROPOSE_INDICATOR),
        "negotiate": viewer and viewer.can(Permission.NEGOTIATE),
        "keep_indicators": viewer and viewer.can(Permission.KEEP_INDICATORS),
        "see_people": viewer and viewer.can(Permission.SEE_PEOPLE),
        "keep_community": viewer and viewer.can(Permission.KEEP_COMMUNITY),
        "keep_people": viewer and viewer.can(Permission.KEEP_PEOPLE),
        "review": viewer and viewer.can(Permission.REVIEW_STORY),
    }
    return {"demo": settings.DEMO, "viewer": viewer, "may": may}
