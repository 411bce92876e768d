"""The lists of a draft (portfolio, languages, employment …) as formsets of entries."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from profiles.choices import LEVELS
from profiles.draft_forms import LineField, NormalisedField

MOST_ENTRIES: Final = 40
"""Of one list; far more than anybody reads."""

type FieldMaker = Callable[[], forms.Field]
type Entry = dict[str, str]


def _line(label: Promise, keeps: int = 200, hint: Promise | str = "") -> FieldMaker:
    return partial(LineField, keeps=keeps, label=label, help_text=hint)


def _text(label: Promise, rows: int = 3, hint: Promise | str = "") -> FieldMaker:
    def make() -> forms.Field:
        return NormalisedField(
            keeps=5_000, label=label, help_text=hint, widget=forms.Textarea(attrs={"rows": rows})
        )

    return make


def _level() -> forms.Field:
    return forms.ChoiceField(label=_("Level"), choices=LEVELS, required=False)


LIST_FIELDS: Final[Mapping[str, Mapping[str, FieldMaker]]] = {
    "portfolio": {
        "title": _line(_("Title")),
        "description": _text(_("What it was and what came of it")),
        "link": _line(_("Address"), keeps=500),
    },
    "languages": {"name": _line(_("Language"), keeps=60), "level": _level},
    "education": {
        "school": _line(_("School or course")),
        "degree": _line(_("Degree or subject")),
        "years": _line(_("Years"), keeps=40),
        "description": _text(_("Anything worth adding"), rows=2),
    },
    "employment": {
        "role": _line(_("Role")),
        "company": _line(_("Company")),
        "years": _line(_("Years"), keeps=40),
        "description": _text(_("A short story, in the first person")),
    },
    "testimonials": {
        "words": _text(_("Their words")),
        "said_by": _line(_("Who said it, and in which role")),
    },
    "certifications": {
        "name": _line(_("Certificate")),
        "issued_by": _line(_("Issued by")),
        "year": _line(_("Year"), keeps=20),
    },
    "experience": {
        "title": _line(_("Title")),
        "description": _text(_("What you did and learned")),
    },
    "catalogue": {
        "title": _line(_("What clients buy")),
        "price": _line(_("Price"), keeps=40),
        "description": _text(_("What they get"), rows=2),
    },
}

LIST_HINTS: Final[Mapping[str, Promise]] = {
    "portfolio": _("Four pieces or more, each with what came of it."),
    "languages": _("Each with one of Upwork's four levels."),
    "education": _("Any is better than none: school, course, self-taught with proof."),
    "employment": _("Short stories in the first person; explain abbreviations."),
    "testimonials": _("Words of clients and employers from outside Upwork."),
    "certifications": _("Only those that carry weight with your clients."),
    "experience": _("What else shaped you: volunteering, teaching, a project of your own."),
    "catalogue": _("Ready-made projects with a price, if you offer any."),
}


class EntryForm(forms.Form):
    """One entry of a list; all of it empty is no entry."""

    def __init__(self, *args: Any, makers: Mapping[str, FieldMaker], **options: Any) -> None:
        disabled = options.pop("disabled", False)
        super().__init__(*args, **options)
        for name, make in makers.items():
            self.fields[name] = make()
            self.fields[name].widget.attrs["dir"] = "auto"
            self.fields[name].disabled = disabled


class EntryFormSet(forms.BaseFormSet[EntryForm]):
    """All entries of one list."""

    def value(self, *, removed: int | None = None, raised: int | None = None) -> list[Entry]:
        """The list as the model keeps it: entries in their order, without empty ones.

        Without the one at position `removed`; the one at `raised` changes places with the one
        before it. Only of a valid set.
        """
        order = list(range(len(self.forms)))
        if raised is not None and 0 < raised < len(order):
            order[raised - 1 : raised + 1] = [raised, raised - 1]
        rows = [
            {name: str(value or "") for name, value in self.forms[at].cleaned_data.items()}
            for at in order
            if at != removed
        ]
        return [row for row in rows if any(row.values())]


def entry_forms(
    name: str,
    stored: list[Entry],
    *,
    data: Mapping[str, Any] | None = None,
    blanks: int = 0,
    may_change: bool = True,
) -> EntryFormSet:
    """The list `name` of a draft as forms, with `blanks` empty entries at its end."""
    made = forms.formset_factory(
        EntryForm,
        formset=EntryFormSet,
        extra=blanks,
        max_num=MOST_ENTRIES,
        absolute_max=MOST_ENTRIES + 10,
        validate_max=True,
    )
    options = {"makers": LIST_FIELDS[name], "disabled": not may_change}
    # What was sent is compared with nothing: an entry that is stored already is no empty one.
    initial = stored if data is None else None
    forms_of_list = made(data, prefix=name, initial=initial, form_kwargs=options)
    assert isinstance(forms_of_list, EntryFormSet)  # noqa: S101  # as `formset` says above
    return forms_of_list
