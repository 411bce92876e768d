"""URLs of the contract pages."""

from django.shortcuts import render
from django.urls import path

urlpatterns = [
    path(
        "c/<str:public_id>/",
        lambda request, public_id: render(request, "contracts/_soon.html"),
        name="contract",
    ),
    path("", lambda request: render(request, "contracts/_soon.html"), name="list"),
]
