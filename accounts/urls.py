"""URLs of practices; signing up and in are allauth's."""

from django.urls import path

from accounts import calendar_views, views

app_name = "accounts"
urlpatterns = [
    path("practice/start/", views.practice_start, name="practice_start"),
    path("settings/", views.settings, name="settings"),
    path("settings/calendar/", calendar_views.calendar, name="calendar"),
    path("settings/calendar/new/", calendar_views.calendar_create, name="calendar_create"),
    path("settings/calendar/renew/", calendar_views.calendar_renew, name="calendar_renew"),
    path("settings/calendar/off/", calendar_views.calendar_revoke, name="calendar_revoke"),
    path("practice/switch/", views.practice_switch, name="practice_switch"),
]
