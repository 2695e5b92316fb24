from django.urls import path

from . import views

app_name = "matrix"
urlpatterns = [
    path("", views.matrix, name="matrix"),
    path("indicators/<slug:code>/", views.indicator, name="indicator"),
    path("cycles/<slug:key>/no-indicator/", views.no_indicator, name="no_indicator"),
]
