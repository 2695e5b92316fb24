from django.urls import path

from . import box_page, files_page, gaps_page, pair_page, paths_page, upkeep_page, views

app_name = "matrix"
urlpatterns = [
    path("", views.matrix, name="matrix"),
    path("upkeep/", upkeep_page.upkeep, name="upkeep"),
    path("pairs/<str:start>/<str:end>/", pair_page.pair, name="pair"),
    path("picture/<slug:name>/", files_page.file, name="file"),
    path("missing/", gaps_page.missing, name="missing"),
    path("paths/", paths_page.ways, name="paths"),
    path("indicators/<slug:code>/", box_page.indicator, name="indicator"),
    path("cycles/<slug:key>/no-indicator/", box_page.no_indicator, name="no_indicator"),
]
