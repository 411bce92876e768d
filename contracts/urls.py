"""URLs of contracts, their feedback and imports."""

from django.urls import URLPattern

app_name = "contracts"
urlpatterns: list[URLPattern] = []
