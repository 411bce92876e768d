"""The form of the answer about the score."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from contracts.contract_forms import RowForm
from jss.models import RecoveryAnswer
from jss.recovery_services import LONGEST_ANSWER, answer_cleaned


class AnswerForm(RowForm):
    """One's own words; the page says what to look at in them while they are typed."""

    model = RecoveryAnswer
    names = ("text",)

    text = forms.CharField(
        label=_("Your answer"),
        required=False,  # `answer_cleaned` says it in better words
        strip=False,
        widget=forms.Textarea(
            attrs={
                "class": "textarea",
                "rows": 22,
                "maxlength": LONGEST_ANSWER,
                # Errors and hints come there while somebody types.
                "aria-describedby": "text-said",
            }
        ),
    )

    def __init__(
        self, data: QueryDict | None = None, *, row: RecoveryAnswer, may_change: bool = True
    ) -> None:
        super().__init__(data, row=row)
        self.fields["text"].widget.attrs |= {"readonly": not may_change}

    @property
    def shown_text(self) -> str:
        """The words as they stand in the field, errors and all."""
        return "\n".join(str(self["text"].value() or "").splitlines())

    def clean_text(self) -> str:
        try:
            return answer_cleaned(self.cleaned_data["text"])
        except ValidationError as error:
            raise ValidationError(error.message_dict["text"]) from None
