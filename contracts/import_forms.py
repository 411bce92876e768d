"""Forms of the import: the file, its encoding, and what to do with each contract found."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.models import Freelancer
from contracts.filters import DayInput
from contracts.importing.limits import MAX_FILE_BYTES, MAX_TITLE_CHARACTERS
from contracts.imports.choices import contract_choices, item_choices
from contracts.imports.decisions import Action, Decision, decision_of, only_freelancer_of
from contracts.imports.services import ENCODINGS
from contracts.models import Contract, ImportBatch, ImportItem

MEGABYTE = 1024 * 1024


class UploadForm(forms.Form):
    """A file or pasted text, and whose contracts they are (asked only where there are several)."""

    freelancer = forms.ModelChoiceField(
        label=gettext_lazy("Whose contracts are they?"),
        queryset=Freelancer.objects.none(),
        to_field_name="public_id",
        empty_label=gettext_lazy("Choose…"),
    )
    file = forms.FileField(label=gettext_lazy("File"), required=False, allow_empty_file=True)
    text = forms.CharField(
        label=gettext_lazy("Pasted rows"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict[str, UploadedFile[bytes]] | None = None,
        *,
        actor: Actor,
    ) -> None:
        super().__init__(data, files)
        freelancers = Freelancer.objects.for_actor(actor).in_order()
        field = cast("forms.ModelChoiceField[Freelancer]", self.fields["freelancer"])
        field.queryset = freelancers
        field.initial = actor.freelancer
        few = list(freelancers[:2])
        self.only_freelancer = few[0] if len(few) == 1 else None
        if self.only_freelancer:
            del self.fields["freelancer"]

    def clean_file(self) -> UploadedFile[bytes] | None:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > MAX_FILE_BYTES:
            raise ValidationError(
                _(
                    "The file has %(size)s MB; up to %(limit)s MB can be imported. "
                    "Export a shorter period."
                )
                % {
                    "size": -(-(file.size or 0) // MEGABYTE),
                    "limit": MAX_FILE_BYTES // MEGABYTE,
                }
            )
        return file

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        if values["file"] and values["text"].strip():
            self.add_error(
                "text", _("You chose a file and pasted text too. Clear one, so that one is meant.")
            )
        elif not values["file"] and not values["text"].strip():
            self.add_error("file", _("Choose a file, drop it here, or paste its rows below."))
        return values

    @property
    def chosen_freelancer(self) -> Freelancer:
        chosen: Freelancer = self.only_freelancer or self.cleaned_data["freelancer"]
        return chosen

    @property
    def content(self) -> bytes:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        return file.read() if file else str(self.cleaned_data["text"]).encode("utf-8", "replace")

    @property
    def file_name(self) -> str:
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        return (file.name or "") if file else _("Pasted rows")


class DecisionAction(models.TextChoices):
    """What a contract found can become."""

    NEW = "new", gettext_lazy("Import it as a new contract")
    ADD = "add", gettext_lazy("Add it to one of your contracts")
    MERGE = "merge", gettext_lazy("Merge it into another one of this file")
    LEAVE_OUT = "leave_out", gettext_lazy("Leave it out")


_FIELD_OF_ACTION = {"new": "title", "add": "contract", "merge": "into"}


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "select"})


class DecisionForm(forms.Form):
    """What to do with one contract of an import."""

    action = forms.ChoiceField(
        label=gettext_lazy("What should happen?"),
        choices=DecisionAction,
        widget=forms.RadioSelect(attrs={"class": "size-4 accent-accent"}),
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=MAX_TITLE_CHARACTERS,
        widget=forms.TextInput(attrs={"class": "input"}),
    )
    contract = forms.CharField(
        label=gettext_lazy("Your contract"), required=False, widget=_select()
    )
    into = forms.CharField(
        label=gettext_lazy("Contract of this file"), required=False, widget=_select()
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        batch: ImportBatch,
        item: ImportItem,
        words: str = "",
    ) -> None:
        initial = _initial(item, decision_of(batch, item.key))
        super().__init__(data, initial=initial, auto_id=f"id_{item.number}_%s")
        self.batch = batch
        self.item = item
        contracts = contract_choices(batch, item, words)
        items = [] if batch.format == "D" else item_choices(batch, item, words)
        self.has_contracts, self.has_items = bool(contracts or words), bool(items or words)
        cast("forms.Select", self.fields["contract"].widget).choices = contracts
        cast("forms.Select", self.fields["into"].widget).choices = items
        possible = {"add": self.has_contracts, "merge": self.has_items and batch.format != "D"}
        choices = [choice for choice in DecisionAction.choices if possible.get(choice[0], True)]
        cast("forms.ChoiceField", self.fields["action"]).choices = choices
        for index, (action, _label) in enumerate(choices):
            if name := _FIELD_OF_ACTION.get(action):
                chosen = f"id_{item.number}_action_{index}"
                self.fields[name].widget.attrs["data-chooses"] = chosen

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        action = values.get("action")
        if action == "add" and not self._contracts().filter(public_id=values["contract"]).exists():
            self.add_error("contract", _("Choose one of your contracts."))
        if action == "merge":
            self._clean_into(values["into"])
        return values

    def _contracts(self) -> models.QuerySet[Contract]:
        return Contract.objects.filter(freelancer=self.batch.freelancer_id)

    def _clean_into(self, key: str) -> None:
        others = ImportItem.objects.filter(batch=self.batch).exclude(key=self.item.key)
        other = others.filter(key=key).first()
        if other is None:
            self.add_error("into", _("Choose another contract of this file."))
            return
        seen = {self.item.key}
        while (decision := decision_of(self.batch, key)) and decision.action == "merge":
            seen.add(key)
            key = decision.into
            if key in seen:
                self.add_error(
                    "into",
                    _("“%(title)s” is merged into this one already.") % {"title": other.title},
                )
                return
        if decision and decision.action == "leave_out":
            self.add_error(
                "into",
                _("“%(title)s” is left out. Bring it in first.") % {"title": other.title},
            )

    @property
    def decision(self) -> Decision:
        """What was decided. What was proposed can be decided too: then it is no longer in doubt."""
        values = self.cleaned_data
        action: Action = values["action"]
        title = " ".join(values["title"].split())
        return Decision(
            action,
            contract=values["contract"] if action == "add" else "",
            into=values["into"] if action == "merge" else "",
            title=title if action == "new" and title != self.item.title else "",
        )


def _initial(item: ImportItem, decision: Decision | None) -> dict[str, Any]:
    match = item.match.public_id if item.match else ""
    if decision is None:
        proposed = item.facts.get("default", "new")
        return {"action": proposed, "title": item.title, "contract": match}
    return {
        "action": decision.action,
        "title": decision.title or item.title,
        "contract": decision.contract or match,
        "into": decision.into,
    }


class SplitForm(forms.Form):
    """The day on which another contract of the same title began."""

    day = forms.DateField(
        label=gettext_lazy("New contract from"), widget=DayInput({"class": "input"})
    )

    def __init__(self, data: QueryDict | None = None, *, item: ImportItem) -> None:
        super().__init__(data, auto_id=f"id_{item.number}_split_%s")
        self.item = item
        earliest = item.first_on + dt.timedelta(days=1) if item.first_on else None
        bounds = {"min": earliest, "max": item.last_on}
        self.fields["day"].widget.attrs.update(
            {name: day.isoformat() for name, day in bounds.items() if day}
        )

    @property
    def is_possible(self) -> bool:
        first, last = self.item.first_on, self.item.last_on
        return self.item.batch.format != "D" and bool(first and last and first < last)

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        first, last = self.item.first_on, self.item.last_on
        if not first or not last or not first < day <= last:
            raise ValidationError(
                _("Choose a day after the first payment and not after the last one.")
            )
        return day


class EncodingForm(forms.Form):
    """How a file that is not UTF-8 is to be read."""

    encoding = forms.ChoiceField(choices=[(name, name) for name in ENCODINGS])


class OnlyFreelancerForm(forms.Form):
    """Whose rows of a file with several freelancers are imported."""

    name = forms.ChoiceField(label=gettext_lazy("Import the rows of"), required=False)

    def __init__(self, data: QueryDict | None = None, *, batch: ImportBatch) -> None:
        super().__init__(data, initial={"name": only_freelancer_of(batch)})
        names = batch.preview.get("freelancers", {})
        field = cast("forms.ChoiceField", self.fields["name"])
        field.choices = [("", _("Everybody in the file")), *((name, name) for name in names)]
