"""A worked example of dates: what is known about somebody, and the days that follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from pydantic import ValidationError

from accounts.form_style import PlainForm
from certifications.rules.document import Document, PeriodExample
from certifications.rules.figures import DAYS, shown_day
from certifications.rules.trying import USUAL_DAYS, taken_days

from .example import readable
from .example_fields import choice_field, day_field

GIVEN = {
    "awarded": "Awarded on", "birth": "Born on", "expiry": "Date on the card", "starts": "Period began on",
    "ends": "Last day of the period", "renewed_on": "Renewed on", "as_of": "Judged on",
    "joins_ends": "End of what the holder has already",
}  # fmt: skip
TABLES = ("reinstatement", "nested")  # kept as they are, and taken with the result


class DatesForm(PlainForm, forms.Form):
    """What is known, and what must follow. Days that are left empty are not checked."""

    say = forms.CharField(
        label="What it shows", max_length=160, widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": "Enter what the example shows"},
    )  # fmt: skip
    number = forms.IntegerField(label="Number of the period", required=False, min_value=1, max_value=100)
    origin = forms.CharField(
        label="Where it comes from", required=False, max_length=4000, widget=forms.Textarea({"rows": 2})
    )
    lock_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)
    mark_optional = False

    def __init__(self, document: Document, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = {one.key: one.name for one in document.events}
        self.fields["renewed_by"] = choice_field("Renewed by", events, "In the usual way")
        self.fields |= {name: day_field(label) for name, label in GIVEN.items()}
        self.fields |= {f"then-{name}": day_field(label) for name, label in DAYS.items() if name not in TABLES}

    @property
    def given(self) -> list[forms.BoundField]:
        return [self["say"], *(self[name] for name in (*GIVEN, "number", "renewed_by"))]

    @property
    def follows(self) -> list[forms.BoundField]:
        return [self[f"then-{name}"] for name in DAYS if name not in TABLES]


class DatesEdit:
    """The form of one example of dates. `kept` is the example as it stands in the draft, empty for a new one."""

    def __init__(
        self, document: Document, kept: Mapping[str, Any], data: QueryDict | None = None, *, lock_version: int = 1
    ) -> None:
        self.document, self.data = document, data
        self.kept = kept = readable(kept)
        self.failed: list[str] = []
        then = {f"then-{name}": day for name, day in kept["expect"].items()}
        self.head = DatesForm(document, data, initial={**kept, **then, "lock_version": lock_version})

    def is_valid(self) -> bool:
        if not self.head.is_valid():
            return False
        try:
            PeriodExample.model_validate({**self.raw(), "expect": {}})
        except ValidationError as error:
            self.failed = [one["msg"].removeprefix("Value error, ") for one in error.errors()]
        return not self.failed

    def raw(self) -> dict[str, Any]:
        """The example as a document writes it, without what it expects."""
        names = ("say", *GIVEN, "number", "renewed_by", "origin")
        return {name: _plain(value) for name in names if (value := self.head.cleaned_data[name])}

    def expected(self) -> dict[str, Any]:
        """The days that are filled in, as a document writes them."""
        chosen = self.head.cleaned_data
        return {name: _plain(chosen[f"then-{name}"]) for name in DAYS if chosen.get(f"then-{name}")}

    def whole(self) -> dict[str, Any]:
        """The example with what it expects; what no field shows stays as it was."""
        before = self.kept["expect"]
        return {**self.raw(), "expect": self.expected() | {key: before[key] for key in TABLES if key in before}}

    @property
    def errors(self) -> bool:
        return bool(self.failed or self.head.errors)

    def problems(self) -> Iterator[dict[str, str]]:
        """Everything that is wrong, with the control to go to."""
        for field in self.head:
            yield from ({"text": str(text), "target": field.id_for_label} for text in field.errors)
        yield from ({"text": text, "target": ""} for text in self.failed)

    def figures(self) -> list[tuple[str, str]]:
        """The days that follow, in words; for a form that was given a result."""
        chosen = self.head.cleaned_data
        return [(DAYS[name], shown_day(chosen[f"then-{name}"])) for name in self.expected()]

    def with_result(self) -> DatesEdit:
        """The same form with the days that the rules give now. Raises ValueError where a date is missing."""
        example = PeriodExample.model_validate({**self.raw(), "expect": {}})
        now = taken_days(self.document, example, [*self.expected(), *USUAL_DAYS])
        data = self.data.copy() if self.data is not None else QueryDict(mutable=True)
        for name, day in now.items():
            data[f"then-{name}"] = day
        return DatesEdit(self.document, self.kept, data)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
