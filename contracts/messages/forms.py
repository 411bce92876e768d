"""The form of a message's words."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contracts.contract_forms import RowForm
from contracts.messages.services import LONGEST_BODY, body_cleaned
from contracts.models import MessageTemplate


class MessageForm(RowForm):
    """The words of one message in one language, with their placeholders."""

    model = MessageTemplate
    names = ("body",)

    body = forms.CharField(
        label=_("Words of the message"),
        required=False,  # `body_cleaned` says it in better words
        strip=False,
        widget=forms.Textarea(
            attrs={
                "class": "textarea",
                "rows": 18,
                "maxlength": LONGEST_BODY,
                # Errors and hints come there while somebody types.
                "aria-describedby": "body-said",
            }
        ),
    )

    def __init__(
        self, data: QueryDict | None = None, *, row: MessageTemplate, may_change: bool = True
    ) -> None:
        super().__init__(data, row=row)
        self.fields["body"].widget.attrs |= {"lang": row.language, "readonly": not may_change}

    @property
    def shown_body(self) -> str:
        """The words as they stand in the field, errors and all."""
        return "\n".join(str(self["body"].value() or "").splitlines())

    def clean_body(self) -> str:
        try:
            return body_cleaned(self.cleaned_data["body"])
        except ValidationError as error:
            raise ValidationError(error.message_dict["body"]) from None
