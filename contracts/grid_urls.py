"""URLs of the grid pages."""

from django.shortcuts import render
from django.urls import path

urlpatterns = [
    path("", lambda request: render(request, "contracts/_soon.html"), name="grid"),
]
