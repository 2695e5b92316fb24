"""All addresses: nouns, the community first."""

from django.urls import include, path

from communities.admin import site
from communities.views import set_language
from indicators.negotiation_page import calendar, negotiation
from indicators.negotiations_page import negotiations
from indicators.proposing import propose
from stories import private_page
from stories.founding_page import found_page
from stories.home import home
from stories.own_value import own_value
from stories.receipt_page import receipt

from . import health

handler404 = "valuecreation.errors.not_found"
handler500 = "valuecreation.errors.server_error"

urlpatterns = [
    path("", home, name="home"),
    path("", include("communities.urls")),
    path("private/<slug:secret>/", private_page.private_story, name="private_story"),
    path(
        "private/<slug:secret>/files/<int:pk>/",
        private_page.private_attachment,
        name="private_attachment",
    ),
    path("private/<slug:secret>/renew/", private_page.renew, name="renew_private_address"),
    path("my-value/", own_value, name="own_value"),
    path("receipt/", receipt, name="receipt"),
    path("communities/found/", found_page, name="found"),
    path("c/<slug:slug>/propose/", propose, name="propose"),
    path("c/<slug:slug>/negotiation/", negotiations, name="negotiations"),
    path("c/<slug:slug>/negotiation/<slug:code>/", negotiation, name="negotiation"),
    path("c/<slug:slug>/negotiation/<slug:code>/calendar/", calendar, name="calendar"),
    path("c/<slug:slug>/", include("matrix.urls")),
    path("c/<slug:slug>/people/", include("communities.people_urls")),
    path("c/<slug:slug>/stories/", include("stories.urls")),
    path("api/v1/", include("valuecreation.api_urls")),
    path("language/", set_language, name="set_language"),
    path("accounts/", include("communities.account_urls")),
    path("admin/", site.urls),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
