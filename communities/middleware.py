"""The reader's own language and time zone, where they have chosen them."""

from django.utils import timezone, translation


def preferences(get_response):
    """After authentication: what the profile says goes before the browser and its cookie."""

    def middleware(request):
        timezone.deactivate()
        user = request.user
        if user.is_authenticated:
            if user.language:
                translation.activate(user.language)
                request.LANGUAGE_CODE = translation.get_language()
            if user.time_zone:
                timezone.activate(user.time_zone)
        return get_response(request)

    return middleware
