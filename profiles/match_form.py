"""The form into which a job post is pasted."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.formats import number
from profiles.matching import LONGEST_POST
from profiles.pasting import cleaned, normalised

EXAMPLE_POST: Final = gettext_lazy(
    "Developer for a slow online shop\n"
    "We sell tea all over Europe, and many orders get lost in the checkout. We look for a web "
    "developer who will:\n"
    "- find out why the pages are slow, and improve Core Web Vitals\n"
    "- shorten the checkout and add payment by wallet\n"
    "- set up web analytics, so that we see the orders before and after\n"
    "- move 400 products from WooCommerce to Shopify\n"
    "Skills: Ecommerce, Checkout Optimization, Page Speed Optimization, Shopify, Web Analytics"
)
"""Written for this page: what to look at before one has a post at hand."""


class PostForm(forms.Form):
    """A job post; `cleaned_data["post"]` is without what was pasted along with it."""

    post = forms.CharField(
        label=gettext_lazy("The job post"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false", "dir": "auto"}),
        help_text=gettext_lazy(
            "Its title first, then the text and the list of skills. It is read once and not kept."
        ),
    )

    def __init__(self, data: dict[str, Any] | None = None) -> None:
        # A NUL byte is nothing that anybody typed, and no reason to refuse the rest.
        super().__init__(data and {"post": normalised(str(data.get("post", "")))})
        self.fields["post"].widget.attrs["aria-describedby"] = "id_post_helptext id_post_error"

    @property
    def was_cleaned(self) -> bool:
        """Whether tags or characters that nobody sees came along."""
        return bool(self.cleaned_data["post"].strip() != self.data["post"].strip())

    def clean_post(self) -> str:
        text = cleaned(self.cleaned_data["post"])
        if not text.strip():
            raise ValidationError(
                _("Paste a job post here: its title, its text and its list of skills.")
            )
        if len(text) > LONGEST_POST:
            raise ValidationError(
                _(
                    "This has %(has)s characters, and %(most)s are read. It stays here: leave "
                    "out what is not about the work, such as the client's history, and try again."
                )
                % {"has": number(len(text)), "most": number(LONGEST_POST)}
            )
        return text
