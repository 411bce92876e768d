"""URLs of the Job Success Score."""

from django.urls import URLPattern

app_name = "jss"
urlpatterns: list[URLPattern] = []
