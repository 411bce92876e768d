"""Forms whose rules are a service's."""

from django import forms
from django.core.exceptions import ValidationError


class ServiceForm(forms.Form):
    """Checks types and choices; the rest the service refuses, in its own words."""

    def take_errors(self, error: ValidationError) -> None:
        """Put the service's messages beside their fields, or above the form."""
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in by_field.items():
            for message in messages:
                self.add_error(name if name in self.fields else None, message)
