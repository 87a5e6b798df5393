"""Forms of importing a list of people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.form_style import PlainForm
from accounts.models import Employer
from accounts.plain_text import one_line
from accounts.spreadsheets.bounds import Unreadable
from accounts.spreadsheets.days import ORDERS, is_ambiguous
from accounts.spreadsheets.reading import MOST_BYTES, Table, read_table, read_text

from ..importing.columns import EMAIL, EXPIRY, MEANINGS
from ..importing.offers import Offered
from .employers import SharesForm

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class UploadForm(PlainForm, forms.Form):
    """A file, or rows pasted from a spreadsheet."""

    file = forms.FileField(
        label="CSV or Excel file", required=False,
        widget=forms.FileInput({"accept": ".csv,.xlsx,.txt,text/csv"}),
        error_messages={"empty": "No rows found. The file is empty", "max_length": "Give the file a shorter name"},
    )  # fmt: skip
    pasted = forms.CharField(
        label="Or paste rows, headings first", required=False, strip=False,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false", "autocapitalize": "none"}),
    )  # fmt: skip
    mark_optional = False

    table: Table | None = None

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or self.cleaned_data
        file, pasted = chosen.get("file"), chosen.get("pasted") or ""
        if self.errors:
            return chosen
        if not file and not pasted.strip():
            self.add_error("file", "Choose a CSV or XLSX file, or paste rows")
        elif file and file.size > MOST_BYTES:
            self.add_error("file", "Choose a file under 5 MB")
        else:
            self._read(file, pasted)
        return chosen

    @property
    def file_name(self) -> str:
        file: UploadedFile | None = self.cleaned_data.get("file")
        return (one_line(file.name or "") if file else "") or "Pasted rows"

    def _read(self, file: UploadedFile | None, pasted: str) -> None:
        try:
            self.table = read_table(file.read()) if file else read_text(pasted)
            if any(_ADDRESS.fullmatch(heading) for heading in self.table.headings):
                raise Unreadable("The first line names the columns, like Name and Email. Add such a line on top")
        except Unreadable as problem:
            self.add_error("file" if file else "pasted", str(problem))


class ColumnsForm(PlainForm, forms.Form):
    """What each column of a list means, and how its dates are written where that is not clear."""

    mark_optional = False

    def __init__(self, data: Any = None, *, columns: dict[str, Any], rows: Sequence[Any]) -> None:
        super().__init__(data)
        self.headings: list[str] = columns["headings"]
        self.rows = rows
        choices = [("", "Do not import"), *MEANINGS.items()]
        for number, heading in enumerate(self.headings):
            self.fields[f"column_{number}"] = forms.ChoiceField(
                label=heading or f"Column {number + 1}", choices=choices, required=False,
                help_text=self._sample(number), initial=columns["means"][number],
                error_messages={"invalid_choice": "Choose from the list"},
            )  # fmt: skip
        known = columns["means"].index(EXPIRY) if EXPIRY in columns["means"] else None
        if data is not None:
            known = next((n for n in range(len(self.headings)) if data.get(f"column_{n}") == EXPIRY), None)
        self.unclear = known is not None and self._is_unclear(known)
        if self.unclear:
            self.fields["order"] = forms.ChoiceField(
                label="How are dates written?", choices=list(ORDERS.items()), widget=forms.RadioSelect,
                initial=columns["order"],
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose how dates are written"),
                help_text=f"{self._first_unclear(known)} could be two days.",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or self.cleaned_data
        means = [chosen.get(f"column_{number}", "") for number in range(len(self.headings))]
        for number, meaning in enumerate(means):
            if meaning and meaning in means[:number]:
                self.add_error(f"column_{number}", f"{MEANINGS[meaning]} is chosen twice")
        if EMAIL not in means and not self.errors:
            self.add_error(None, "Choose which column is the email address")
        self.means = means
        return chosen

    @property
    def order(self) -> str:
        return str(self.cleaned_data.get("order") or "")

    def _cells(self, number: int) -> list[str]:
        return [cells[number] for _, cells in self.rows if len(cells) > number and cells[number]]

    def _sample(self, number: int) -> str:
        return ", ".join(dict.fromkeys(cell[:40] for cell in self._cells(number)[:3]))

    def _is_unclear(self, number: int) -> bool:
        return any(is_ambiguous(cell) for cell in self._cells(number))

    def _first_unclear(self, number: int | None) -> str:
        return next((cell for cell in self._cells(number or 0) if is_ambiguous(cell)), "")


class JoinForm(SharesForm):
    """What to share, and which of the proposed certifications to take over into one's own record."""

    offers = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose from the certifications offered"},
    )  # fmt: skip
    mark_optional = False

    def __init__(self, data: Any = None, *, employer: Employer, offered: Sequence[Offered], **kwargs: Any) -> None:
        super().__init__(data, employer=employer, **kwargs)
        takeable = [(str(one.number), str(one)) for one in offered if one.can_be_taken]
        if not takeable:
            del self.fields["offers"]
            return
        field = self.fields["offers"]
        field.label, field.choices = "Add to your record", takeable  # type: ignore[attr-defined]
        field.initial = [number for number, _ in takeable]
        field.help_text = (
            f"{employer.name} wrote these down. Leave out what is not right; you can correct the rest later."
        )

    @property
    def chosen(self) -> set[int]:
        return {int(number) for number in self.cleaned_data.get("offers", [])}
