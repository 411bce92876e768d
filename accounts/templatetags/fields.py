"""One form field with its label, hint and errors, tied together for screen readers."""

from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
)


@register.inclusion_tag("accounts/field.html")
def form_field(
    field: BoundField,
    label: str | None = None,
    hint: str | None = None,
    *,
    says_optional: bool = True,
    **attributes: Any,
) -> dict[str, Any]:
    """Show `field`; `label` and `hint` stand in for the form's own, `hint=""` shows none.

    `says_optional=False` is for forms that save themselves while they are filled, bit by bit.

    Further arguments become attributes of the control. Django adds `aria-describedby` (hint and
    errors) and `aria-invalid` by itself; the template uses the ids that it names there.
    """
    if label is not None:
        field.label = label
    if hint is not None:
        field.help_text = hint
    return {
        "field": field,
        "control": _control(field, attributes),
        "says_optional": says_optional and not field.field.required,
        "is_checkbox": isinstance(field.field.widget, forms.CheckboxInput),
    }


def _control(field: BoundField, attributes: dict[str, Any]) -> SafeString:
    widget = field.field.widget
    css = next((css for kind, css in CLASSES if isinstance(widget, kind)), "input")
    # allauth repeats each label as a placeholder; the label stands above the field already.
    return field.as_widget(attrs={"class": css, "placeholder": False, **attributes})


@register.simple_tag
def control(field: BoundField, **attributes: Any) -> SafeString:
    """The field's control alone, for a template that lays out the rest by itself."""
    return _control(field, attributes)


@register.simple_tag
def email_is_sent() -> bool:
    """Whether this installation has a mail server; without one mail is written to files."""
    return bool(settings.EMAIL_IS_SENT)
