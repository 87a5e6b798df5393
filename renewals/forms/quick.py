"""What a person remembers of the running period: a few activities by month, and work in the field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.forms.boundfield import BoundField

from accounts.form_style import PlainForm
from activities.actions import Facts
from certifications.rules.dates import DAY, Span, add_months, month_days
from certifications.rules.words import GROUP_LABELS, KINDS

from .amounts import read_amount
from .log import BY_TIMES
from .nonce import nonce_of

ROWS = 5
MOST_MONTHS = 60
_FIELD_TIME = "field-time"
_SHARES = (("100", "Full time"), ("75", "Three quarters"), ("50", "Half time"), ("25", "A quarter"))
NOTE = "Entered from memory, by month."


def months_from(first: date, today: date) -> list[date]:
    """First days of the months from this one back to the month of `first`, at most five years."""
    months = [today.replace(day=1)]
    while len(months) < MOST_MONTHS and months[-1] > first:
        months.append(add_months(months[-1], -1))
    return months


def _month_choices(months: list[date], nothing: str = "Choose") -> list[tuple[str, str]]:
    return [("", nothing), *((month.isoformat(), f"{month:%b %Y}") for month in months)]


def _kind_choices() -> list[tuple[str, Any]]:
    """The kinds that are told in hours, by group."""
    kinds = [kind for kind in KINDS.values() if not kind.over_time and kind.key not in BY_TIMES]
    groups = dict.fromkeys(kind.group for kind in kinds)
    return [
        ("", "Choose"),
        *((GROUP_LABELS[group], [(one.key, one.label) for one in kinds if one.group is group]) for group in groups),
    ]


def _last_day(month: date, today: date) -> date:
    """The last day of a month that is not in the future."""
    return min(month.replace(day=month_days(month.year, month.month)), today)


class QuickRow(PlainForm, forms.Form):
    """One activity: what kind, how many hours, in which month. A row left empty is no activity."""

    mark_optional = False

    kind = forms.ChoiceField(label="Kind", required=False, choices=_kind_choices)
    hours = forms.CharField(
        label="Hours", required=False, widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    )
    month = forms.ChoiceField(label="Month", required=False)

    def __init__(self, data: Any = None, *, months: list[date], today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(data, **kwargs)
        self.fields["month"].choices = _month_choices(months)  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = f"{field.label}: choose one of the options"

    @property
    def number(self) -> int:
        return int((self.prefix or "0").rpartition("-")[2])

    @property
    def used(self) -> bool:
        return any(str(self.data.get(self.add_prefix(name), "")).strip() for name in self.fields)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if not self.used:
            return found
        missing = {"kind": "choose the kind", "hours": "enter the hours", "month": "choose the month"}
        for name, what in missing.items():
            if name in found and not found[name]:
                self.add_error(name, f"Activity {self.number}: {what}")
        if found.get("hours"):
            self._read_hours(found)
        return found

    def _read_hours(self, found: dict[str, Any]) -> None:
        days = 31  # where the month is not said, what no month could hold is told all the same
        if found.get("month"):
            found["on"] = _last_day(date.fromisoformat(found["month"]), self.today)
            days = found["on"].day
        try:
            text = str(found["hours"]).strip().lower()
            found["amount"], found["unit"] = read_amount(text, "hour", days)
        except forms.ValidationError as error:
            said = error.messages[0]
            self.add_error("hours", f"Activity {self.number}: {said[:1].lower()}{said[1:]}")

    def facts(self) -> Facts:
        """What was said, when the row holds and is used."""
        found = self.cleaned_data
        return Facts(
            kind=found["kind"], title=KINDS[found["kind"]].label, on=found["on"], amount=found["amount"],
            unit=found["unit"], note=NOTE,
        )  # fmt: skip


class QuickFieldTime(PlainForm, forms.Form):
    """Work in the field from one month to another; left empty, none."""

    mark_optional = False

    since = forms.ChoiceField(label="From", required=False)
    until = forms.ChoiceField(label="To", required=False)
    share = forms.ChoiceField(label="How much", choices=_SHARES, required=False)

    def __init__(self, data: Any = None, *, months: list[date], today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(data, prefix=_FIELD_TIME, **kwargs)
        for name, nothing in (("since", "Choose"), ("until", "Today")):
            field = self.fields[name]
            field.choices = _month_choices(months, nothing)  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = f"{field.label}: choose one of the months"

    @property
    def used(self) -> bool:
        return any(self.data.get(self.add_prefix(name)) for name in ("since", "until"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        since, until = found.get("since"), found.get("until")
        if until and "since" in found and not since:
            self.add_error("since", "Field time: choose the month it began")
        if since and until and until < since:
            self.add_error("until", "Field time: the last month must not be before the first")
        return found

    def facts(self) -> Facts:
        """What was said, when it holds and is used."""
        found = self.cleaned_data
        since = date.fromisoformat(found["since"])
        on = _last_day(date.fromisoformat(found["until"]), self.today) if found["until"] else self.today
        return Facts(
            kind=_FIELD_TIME, title=KINDS[_FIELD_TIME].label, since=since, on=on, unit="month",
            amount=max(1, int(Span(since, on + DAY).months() * 100)), share=int(found["share"] or 100), note=NOTE,
        )  # fmt: skip


class QuickStart:
    """The rows of one page. It has no formset's counters: the number of rows is ours, whatever is sent."""

    def __init__(self, data: Mapping[str, Any] | None, *, first: date, today: date, field_time: bool) -> None:
        months = months_from(first, today)
        shared: dict[str, Any] = {"months": months, "today": today}
        self.rows = [QuickRow(data, prefix=f"row-{number}", **shared) for number in range(1, ROWS + 1)]
        self.field_time = QuickFieldTime(data, **shared) if field_time else None
        self.nonce = nonce_of((data or {}).get("nonce"))

    @property
    def forms(self) -> list[QuickRow | QuickFieldTime]:
        return [*([self.field_time] if self.field_time else []), *self.rows]

    def is_valid(self) -> bool:
        found = [form.is_valid() for form in self.forms]  # every row is to say what is wrong with it
        return all(found)

    @property
    def errors(self) -> bool:
        """Whether anything is wrong, for the page's title and summary; a page opened for the first time has none."""
        return any(form.errors for form in self.forms)

    def non_field_errors(self) -> list[str]:
        return []

    def __iter__(self) -> Iterator[BoundField]:
        for form in self.forms:
            yield from form

    def facts(self) -> list[tuple[UUID, Facts]]:
        """Each activity with a nonce of its own, so that the page sent twice stores each once."""
        return [(uuid5(self.nonce, str(form.prefix)), form.facts()) for form in self.forms if form.used]
