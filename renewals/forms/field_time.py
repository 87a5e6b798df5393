"""Log field time: from, to, how much of a full job, for whom."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms

from accounts.fields import RadioCards
from accounts.text_fields import DayField, LineField
from activities.actions import Facts
from activities.models import Activity
from certifications.rules.dates import DAY, Span
from renewals.desk import Desk
from renewals.plans import work

from .amounts import read_amount, shown_amount
from .log import IN_THE_FUTURE
from .more import MoreFields, initial_of

FULL, PART = "full", "part"
KIND = "field-time"


class FieldTimeForm(MoreFields):
    """Work in the field over some time. Its amount follows from its dates, exact."""

    since = DayField(label="From", what="From", error_messages={"required": "Enter the day it began"})
    on = DayField(label="To", what="To", error_messages={"required": "Enter the last day"})
    time = forms.ChoiceField(
        label="How much of a full job?",
        choices=[(FULL, "Full time"), (PART, "Part time")],
        widget=RadioCards(layout="narrow"),
        error_messages={"required": "Choose full time or part time"},
    )
    share = LineField(
        required=False,
        label="What part of full time, in percent?",
        help_text="For example 50",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-hours"}),
    )
    provider = LineField(required=False, label="For whom?", max_length=160)
    title = LineField(required=False, label="What was it?", max_length=200)
    points = LineField(
        required=False,
        label="Points, if a letter or portal states them",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "w-hours"}),
    )

    below = ("title", "points", *(name for name in MoreFields.below if name != "provider"))

    def __init__(self, data: Any = None, files: Any = None, *, desk: Desk, today: date, **kwargs: Any) -> None:
        self.today = today
        self.span: Span | None = None
        super().__init__(data, files, desk=desk, **kwargs)
        for name in ("role", "reach", "format", "course"):
            del self.fields[name]

    def clean_share(self) -> int:
        text = self.cleaned_data["share"].strip().removesuffix("%").strip()
        if self.cleaned_data.get("time") != PART:
            return 100
        if not text:
            raise forms.ValidationError("Enter what part of full time it was, in percent", code="required")
        if not (text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= 100):
            raise forms.ValidationError("Enter the part of full time as a whole number from 1 to 100", code="unclear")
        return int(text)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, on = data.get("since"), data.get("on")
        if since and on and since > on:
            self.add_error("on", "The last day must be on or after the day it began")
            return data
        if since and on:
            self.span = Span(since, on + DAY)
            self._clean_amount(data, self.span)
        for name, day in (("since", since), ("on", on)):
            if day and day > self.today:
                self.add_error(name, forms.ValidationError(IN_THE_FUTURE, code="future"))
        return data

    def _clean_amount(self, data: dict[str, Any], span: Span) -> None:
        stated = str(data.get("points", "")).strip()
        data["unit"] = "month"
        data["amount"] = max(1, int(span.months() * 100))
        if stated:
            try:
                data["amount"], data["unit"] = read_amount(stated, "point")
            except forms.ValidationError as error:
                self.add_error("points", error)

    def facts(self) -> Facts:
        """What was said, when the form holds."""
        data = self.cleaned_data
        usual = f"Field time, {data['provider']}" if data["provider"] else "Field time"
        return Facts(
            kind=KIND, title=data["title"] or usual, on=data["on"], since=data["since"], amount=data["amount"],
            unit=data["unit"], share=data["share"], provider=data["provider"], link=data["link"], note=data["note"],
        )  # fmt: skip

    @property
    def plan(self) -> str:
        """For dates in the future: the work as a line of the planner; "" otherwise."""
        ahead = self.has_error("on", "future") or self.has_error("since", "future")
        if not ahead or self.span is None or "share" not in self.cleaned_data:
            return ""
        return urlencode({"plan": work(KIND, self.span.start, self.span.last, self.cleaned_data["share"]).token})


def initial_for_new(today: date, query: Any, last: Activity | None) -> dict[str, Any]:
    """What a new form starts with: full time from the day after the last block up to today, or a link's dates."""
    following = last.on + DAY if last and last.on < today else ""
    return {
        "since": _day(query.get("from", "")) or following,
        "on": _day(query.get("to", "")) or today,
        "time": FULL if last is None or last.share == 100 else PART,
        "share": last.share if last and last.share < 100 else "",
        "title": LineField(required=False).to_python(query.get("title", ""))[:200],
        "provider": last.provider if last else "",
    }


def _day(text: str) -> date | None:
    try:
        found: date | None = DayField(required=False).to_python(text)
    except forms.ValidationError:
        return None
    return found


def initial_of_activity(activity: Activity, desk: Desk) -> dict[str, Any]:
    """What stands in the form for field time that is being corrected."""
    return {
        **initial_of(activity, desk),
        "since": activity.since or activity.on,
        "on": activity.on,
        "time": FULL if activity.share == 100 else PART,
        "share": activity.share if activity.share < 100 else "",
        "title": activity.title,
        "points": shown_amount(activity.amount, "point") if activity.unit == "point" else "",
    }
