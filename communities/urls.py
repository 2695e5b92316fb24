from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("demo/enter/<slug:role>/", views.demo_enter, name="demo_enter"),
]
