"""How allauth works here: sign-up makes a practice too, and its words are ours."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.formats import locale_for
from accounts.models import User
from accounts.services import practice_create_solo

PRODUCT = "Freelance Ops"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Sign-up, its errors and its e-mails."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off. Ask the owner of your practice."),
        "cannot_remove_primary_email": _(
            "This is your main address. Make another one the main address first."
        ),
        "duplicate_email": _("This address is already on your account."),
        "email_password_mismatch": _(
            "This address and password do not belong together. Check both, or set a new password."
        ),
        "email_taken": _(
            "This address has an account already. Sign in with it, or use another address."
        ),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("This code is not right, or it is too old. Enter the newest one."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _(
            "Too many attempts that failed. Wait five minutes and try again."
        ),
        "unverified_primary_email": _("Confirm this address first; then make it the main one."),
        "rate_limited": _("Too many attempts. Wait a minute and try again."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Make the user and his or her solo practice in one transaction."""
        user.name = form.cleaned_data.get("name", "")
        try:
            with transaction.atomic():
                saved: User = super().save_user(request, user, form, commit=commit)
                if commit:
                    practice_create_solo(
                        user=saved,
                        time_zone=form.cleaned_data.get("time_zone") or "UTC",
                        locale=locale_for(request.headers.get("Accept-Language", "")),
                    )
        except IntegrityError as error:
            # Twice at the same moment: the form's own check saw no such address yet.
            messages.error(request, str(self.error_messages["email_taken"]))
            raise ImmediateHttpResponse(redirect("account_login")) from error
        return saved

    def format_email_subject(self, subject: str) -> str:
        return f"{PRODUCT}: {subject}"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Names of passkeys, as the browser and our pages show them."""

    error_messages: ClassVar[dict[str, str | Promise]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_generate_recovery_codes": _(
            "Recovery codes come with a passkey or an authenticator app. Set up one of them first."
        ),
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _(
            "Confirm your e-mail address first. Otherwise nobody could help you back in."
        ),
    }

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002  # allauth's
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The browser's own dialogue shows this name; allauth would show host and port."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": PRODUCT}
