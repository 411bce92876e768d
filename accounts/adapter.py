"""How allauth makes a user here: with a name and a solo practice."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest

from accounts.models import User
from accounts.services import practice_create_solo


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Signing up makes the user and his or her solo practice in one transaction."""

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        user.name = form.cleaned_data.get("name", "")
        saved: User = super().save_user(request, user, form, commit=commit)
        if commit:
            practice_create_solo(user=saved, time_zone=form.cleaned_data.get("time_zone") or "UTC")
        return saved
