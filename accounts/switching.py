"""Where the switcher leads: the same page where that makes sense, else the list above it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme


def place_after_switch(request: HttpRequest, asked_for: str) -> str:
    """The address to go to when somebody switches on the page `asked_for`.

    A page about one row (its route has an id) shows what belongs to the freelancer just left, so
    the nearest page above it that names no row is meant: from a contract to the list of contracts.
    """
    if not url_has_allowed_host_and_scheme(asked_for, {request.get_host()}, request.is_secure()):
        return "/"
    path = urlsplit(asked_for).path
    for candidate in _path_and_above(path):
        if _names_no_row(candidate):
            return asked_for if candidate == path else candidate
    return "/"


def _path_and_above(path: str) -> Iterator[str]:
    yield path
    while path := path.rstrip("/").rpartition("/")[0]:
        yield f"{path}/"


def _names_no_row(path: str) -> bool:
    try:
        return not resolve(path).kwargs
    except Resolver404:
        return False
