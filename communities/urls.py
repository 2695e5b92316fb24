from django.urls import path

from . import joining, views

urlpatterns = [
    path("about/", views.about, name="about"),
    path("join/<slug:secret>/", joining.join, name="join"),
    path("join/<slug:secret>/decline/", joining.decline, name="decline"),
    path("demo/enter/<slug:role>/", views.demo_enter, name="demo_enter"),
]
