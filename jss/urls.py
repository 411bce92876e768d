"""URLs of the Job Success Score."""

from django.shortcuts import render
from django.urls import path

app_name = "jss"
urlpatterns = [
    path("", lambda request: render(request, "contracts/_soon.html"), name="score"),
]
