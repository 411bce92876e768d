"""URLs of practices; signing up and in are allauth's."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("practice/start/", views.practice_start, name="practice_start"),
    path("settings/", views.settings, name="settings"),
    path("practice/switch/", views.practice_switch, name="practice_switch"),
]
