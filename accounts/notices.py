"""Sentences above the next page."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as _


def tell_with_undo(request: HttpRequest, words: str, undo_url: str) -> None:
    """Say that something is done, with the way back: at once with htmx, else a page that asks."""
    link = '{} <a class="font-medium underline" href="{}" hx-post="{}">{}</a>'
    messages.success(request, format_html(link, words, undo_url, undo_url, _("Undo")))
