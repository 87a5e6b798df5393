"""Log an activity: what kind, what was it, how long, when. Everything else may wait."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms

from accounts.fields import RadioCards
from accounts.text_fields import DayField, LineField
from activities.actions import Facts
from activities.models import Activity
from certifications.rules.words import AMOUNT_UNITS, GROUP_LABELS, KINDS, Group
from renewals.desk import Desk
from renewals.plans import PlanLine

from .amounts import UNITS, read_amount, shown_amount
from .more import NOTHING, AboveLevel, MoreFields, Ticks, initial_of

OTHER = "other"
_DAY = timedelta(days=1)
# Done once or not at all: how long it took says nothing, so the hours may be left out.
BY_TIMES = frozenset(kind.key for kind in KINDS.values() if kind.group is Group.EXAM) | {"membership", "office"}
_READ = {"": None, "yes": True, "no": False}
IN_THE_FUTURE = "This date is in the future. Choose today or earlier"


def exact_kinds() -> list[tuple[str, Any]]:
    """All kinds but field time, by group, for the list of exact kinds."""
    groups = [group for group in Group if group is not Group.FIELD_TIME]
    return [
        ("", "The usual one"),
        *((GROUP_LABELS[g], [(k.key, k.label) for k in KINDS.values() if k.group is g]) for g in groups),
    ]


class LogForm(MoreFields):
    """The fast path: four inputs before Save."""

    group = forms.ChoiceField(
        label="What kind?",
        choices=[(group.value, label) for group, label in GROUP_LABELS.items()],
        widget=RadioCards,
        error_messages={"required": "Choose what kind it was"},
    )
    title = LineField(
        required=False, label="What was it?", max_length=200, help_text="You can leave this empty",
        widget=forms.TextInput(attrs={"list": "titles", "autocomplete": "off"}),
    )  # fmt: skip
    hours = LineField(
        required=False,
        label="How many hours?",
        help_text="For example 1.5",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "w-hours"}),
    )
    when = forms.ChoiceField(
        label="When?", widget=RadioCards(layout="narrow"), error_messages={"required": "Choose when it was"}
    )
    other_on = DayField(required=False, label="On which day?", what="Date")
    was = LineField(required=False, widget=forms.HiddenInput)
    exact = forms.ChoiceField(required=False, label="Exact kind", choices=exact_kinds)
    type = forms.ChoiceField(required=False, label="Type")
    topics = forms.MultipleChoiceField(required=False, label="Topics", widget=Ticks)
    above_level = AboveLevel()
    unit = forms.ChoiceField(
        required=False, label="The amount is in", choices=[(key, AMOUNT_UNITS[key].many) for key in UNITS]
    )
    since = DayField(required=False, label="First day, if it took several", what="First day")

    below = ("exact", "type", "topics", "above_level", "unit", "since", *MoreFields.below)

    def __init__(self, data: Any = None, files: Any = None, *, desk: Desk, today: date, **kwargs: Any) -> None:
        self.today, self.yesterday = today, today - _DAY
        super().__init__(_with_day_of_its_own(data, today), files, desk=desk, **kwargs)
        self.fields["when"].choices = [  # type: ignore[attr-defined]
            (today.isoformat(), "Today"), (self.yesterday.isoformat(), "Yesterday"), (OTHER, "Other"),
        ]  # fmt: skip
        self._offer("type", desk.asked.types, self.initial.get("type"))
        self._offer("topics", desk.asked.topics, *(self.initial.get("topics") or ()))
        if desk.asked.stated and self.correcting:
            self.fields["hours"].help_text = "For example 1.5, or 3 points where a certificate states points"
        if not desk.asked.above_level and not self.initial.get("above_level"):
            del self.fields["above_level"]

    def _offer(self, name: str, words: tuple[str, ...], *kept: str | None) -> None:
        """Offer the words rules know, and those already there; nothing to offer, nothing asked."""
        offered = list(dict.fromkeys([*words, *(word for word in kept if word)]))
        if not offered:
            del self.fields[name]
            return
        choices = [(word, word[:1].upper() + word[1:]) for word in offered]
        self.fields[name].choices = choices if name == "topics" else [NOTHING, *choices]  # type: ignore[attr-defined]

    @property
    def is_field_time(self) -> bool:
        """Whether field time was chosen, which has a form of its own."""
        return str(self.data.get(self.add_prefix("group"), "")) == Group.FIELD_TIME.value

    def clean_unit(self) -> str:
        return str(self.cleaned_data["unit"] or "hour")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "group" in data:
            data["kind"] = self._kind(data)
        self._clean_day(data)
        self._clean_first_day(data)
        self._clean_amount(data)
        return data

    def _kind(self, data: dict[str, Any]) -> str:
        """The exact kind, unless it was there before and only the group was changed."""
        exact: str = data.get("exact", "")
        if exact and (KINDS[exact].group.value == data["group"] or exact != data.get("was")):
            return exact
        return str(data["group"])

    def _clean_day(self, data: dict[str, Any]) -> None:
        if data.get("when") != OTHER:
            data["on"] = date.fromisoformat(data["when"]) if data.get("when") else None
            return
        data["on"] = data.get("other_on")
        if "other_on" in self.errors:
            return
        if data["on"] is None:
            self.add_error("other_on", "Enter the date")
        elif data["on"] > self.today:
            self.add_error("other_on", forms.ValidationError(IN_THE_FUTURE, code="future"))

    def _clean_first_day(self, data: dict[str, Any]) -> None:
        first, on = data.get("since"), data.get("on")
        if first and on and first > on:
            self.add_error("since", "First day must be on or before the date it ended")
        if first == on:
            data["since"] = None

    def _clean_amount(self, data: dict[str, Any]) -> None:
        text, unit = str(data.get("hours", "")).strip().lower(), data.get("unit", "hour")
        if not text and unit in ("hour", "each") and data.get("kind") in BY_TIMES:
            data["amount"], data["unit"] = 100, "each"
            return
        first, on = data.get("since"), data.get("on")
        days = (on - first).days + 1 if first and on and first <= on else 1
        try:
            data["amount"], data["unit"] = read_amount(text, unit, days)
        except forms.ValidationError as error:
            self.add_error("hours", error)

    def facts(self) -> Facts:
        """What was said, when the form holds."""
        data = self.cleaned_data
        return Facts(
            kind=data["kind"], title=data["title"] or KINDS[data["kind"]].label, on=data["on"], amount=data["amount"],
            unit=data["unit"], since=data["since"], type=data.get("type", ""), provider=data["provider"],
            format=data["format"], role=data["role"], reach=data["reach"], topics=list(data.get("topics", [])),
            course=data["course"], above_level=_READ[data.get("above_level", "")], link=data["link"],
            note=data["note"],
        )  # fmt: skip

    @property
    def more_is_open(self) -> bool:
        """As ever, and where more hours than a day has were entered: the first day is asked there."""
        return super().more_is_open or self.has_error("hours", "too_many")

    @property
    def plan(self) -> str:
        """For a date in the future: the activity as a line of the planner; "" otherwise."""
        data = self.cleaned_data if self.has_error("other_on", "future") else {}
        if not {"kind", "on", "amount", "unit"} <= set(data):
            return ""
        return urlencode({"plan": PlanLine(data["kind"], data["on"], data["amount"], data["unit"]).token})


def _with_day_of_its_own(data: Any, today: date) -> Any:
    """A form sent on another day than it was opened on: "Today" stays the day it meant then."""
    sent = data.get("when", "") if data is not None else ""
    try:
        meant = date.fromisoformat(sent) if len(sent) == 10 and sent.isascii() else None
    except ValueError:
        meant = None
    if meant is None or meant in (today, today - _DAY):
        return data
    data = data.copy()
    data["when"], data["other_on"] = OTHER, meant.isoformat()
    return data


def initial_for_new(desk: Desk, today: date, query: Any) -> dict[str, Any]:
    """What a new form starts with: the kind used last and today, or what a link says. Odd links are ignored."""
    kind = query.get("kind", "")
    if kind not in KINDS or KINDS[kind].over_time:
        # Only the group: an exact kind out of sight would be one that nobody chose.
        kind = KINDS[desk.history.last_kind or Group.CLASS.value].group.value
    unit = query.get("unit", "")
    amount = query.get("amount", "")
    amount = int(amount) if amount.isascii() and amount.isdigit() and len(amount) < 8 else 0
    return {
        "group": KINDS[kind].group.value,
        "exact": "" if kind == KINDS[kind].group.value else kind,
        "was": "" if kind == KINDS[kind].group.value else kind,
        "title": LineField(required=False).to_python(query.get("title", ""))[:200],
        "hours": shown_amount(amount, unit) if amount and unit in UNITS else "",
        "unit": unit if unit in UNITS and unit != "minute" else "hour",
        "when": today.isoformat(),
    }


def initial_of_activity(activity: Activity, desk: Desk, today: date) -> dict[str, Any]:
    """What stands in the form for an activity that is being corrected."""
    group = KINDS[activity.kind].group.value
    near = activity.on in (today, today - _DAY)
    return {
        **initial_of(activity, desk),
        "group": group,
        "exact": activity.kind if activity.kind != group else "",
        "was": activity.kind if activity.kind != group else "",
        "title": activity.title,
        "hours": shown_amount(activity.amount, activity.unit),
        "unit": "hour" if activity.unit == "minute" else activity.unit,
        "when": activity.on.isoformat() if near else OTHER,
        "other_on": "" if near else activity.on,
        "since": activity.since,
        "type": activity.type,
        "topics": activity.topics,
        "above_level": _yes_or_no(activity.above_level),
    }


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"
