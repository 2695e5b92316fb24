from django.urls import path

from . import views

urlpatterns = [
    path("about/", views.about, name="about"),
    path("demo/enter/<slug:role>/", views.demo_enter, name="demo_enter"),
]
