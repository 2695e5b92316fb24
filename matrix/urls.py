from django.urls import path

from . import (
    beside_page,
    box_page,
    files_page,
    gaps_page,
    pair_page,
    paths_page,
    snapshots_page,
    tidy_page,
    upkeep_page,
    views,
)

app_name = "matrix"
urlpatterns = [
    path("", views.matrix, name="matrix"),
    path("upkeep/", upkeep_page.upkeep, name="upkeep"),
    path("tidy/", tidy_page.tidy, name="tidy"),
    path("pairs/<str:start>/<str:end>/", pair_page.pair, name="pair"),
    path("picture/<slug:name>/", files_page.file, name="file"),
    path("missing/", gaps_page.missing, name="missing"),
    path("periods/", beside_page.periods, name="periods"),
    path("hopes/", beside_page.hopes, name="hopes"),
    path("paths/", paths_page.ways, name="paths"),
    path("snapshots/", snapshots_page.snapshots, name="snapshots"),
    path("snapshots/<int:pk>/", snapshots_page.snapshot, name="snapshot"),
    path("snapshots/<int:pk>/compare/", snapshots_page.compare, name="compare"),
    path("indicators/<slug:code>/", box_page.indicator, name="indicator"),
    path("cycles/<slug:key>/no-indicator/", box_page.no_indicator, name="no_indicator"),
]
