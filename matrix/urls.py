from django.urls import path

from . import box_page, upkeep_page, views

app_name = "matrix"
urlpatterns = [
    path("", views.matrix, name="matrix"),
    path("upkeep/", upkeep_page.upkeep, name="upkeep"),
    path("indicators/<slug:code>/", box_page.indicator, name="indicator"),
    path("cycles/<slug:key>/no-indicator/", box_page.no_indicator, name="no_indicator"),
]
