"""Forms about how many people are wanted, and what people mean to reach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from accounts.form_style import PlainForm
from accounts.models import User
from accounts.text_fields import DayField, LineField
from certifications.models import Certification, Level
from certifications.rules.dates import add_months, written

from ..teams.coverage import Cover

MOST_YEARS = 5
MOST_PEOPLE = 10_000
Key = tuple[int, int | None]


class DayForm(PlainForm, forms.Form):
    """The day on which coverage is asked for: from today, at most five years ahead."""

    on = DayField(what="Day", label="On date", required=False)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.fields["on"].widget.attrs["class"] = "form-control w-date"

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on and on > add_months(self.today, 12 * MOST_YEARS):
            raise forms.ValidationError(f"Choose a date within {MOST_YEARS} years")
        if on and on < self.today:
            raise forms.ValidationError(f"Choose {written(self.today)} or a later day")
        return on


class PeopleField(forms.CharField):
    """How many people, as a whole number; empty for no target."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "w-year"})

    def to_python(self, value: Any) -> Any:
        text: str = super().to_python(value) or ""
        if not text or text == "0":
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= MOST_PEOPLE):
            raise forms.ValidationError(f"Enter a whole number up to {MOST_PEOPLE:,}, or leave it empty for no target")
        return int(text)

    def run_validators(self, value: Any) -> None:
        """Nothing more to check: the text validators do not apply to a number."""


class TargetsForm(PlainForm, forms.Form):
    """A number for each certification that is held or has a target, and one more from the catalogue."""

    another = forms.ChoiceField(
        label="Another certification", required=False, error_messages={"invalid_choice": "Choose from the list"}
    )
    another_people = PeopleField(label="How many people", required=False)
    # What the page showed, so that what somebody else set meanwhile is not set back.
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, covers: Iterable[Cover]) -> None:
        self.keys: dict[str, Key] = {}
        numbers = {}
        for cover in covers:
            key = (cover.certification.pk, cover.level.pk if cover.level else None)
            name = choice_value(key)
            self.keys[name] = key
            numbers[name] = PeopleField(
                label=cover.name, required=False, initial=cover.target, help_text=f"{cover.now} now"
            )
        super().__init__(data)
        self.fields = {**numbers, **self.fields}
        self.fields["shown"].initial = " ".join(f"{name}:{one.initial or ''}" for name, one in numbers.items())
        offered = [one for one in catalogue() if one[0] not in self.keys]
        another = self.fields["another"]
        another.choices = [("", "Choose"), *offered]  # type: ignore[attr-defined]
        another.widget.attrs["class"] = "form-select"

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or self.cleaned_data
        if chosen.get("another") and not chosen.get("another_people") and "another_people" not in self.errors:
            self.add_error("another_people", "Enter how many people you want to have")
        if chosen.get("another_people") and not chosen.get("another") and "another" not in self.errors:
            self.add_error("another", "Choose the certification")
        return dict(chosen)

    def wanted(self) -> dict[Key, int | None]:
        """The numbers by certification and level, of those that were typed over."""
        shown = dict(one.split(":", 1) for one in self.cleaned_data["shown"].split() if ":" in one)
        typed = {name: self.cleaned_data[name] for name in self.keys if name in self.data}
        found = {self.keys[name]: people for name, people in typed.items() if shown.get(name) != str(people or "")}
        if self.cleaned_data["another"]:
            found[key_of(self.cleaned_data["another"])] = self.cleaned_data["another_people"]
        return found


class InterestForm(PlainForm, forms.Form):
    """What somebody means to reach, and whether employers may see it."""

    what = forms.ChoiceField(
        label="Certification",
        error_messages={"required": "Choose the certification", "invalid_choice": "Choose from the list"},
    )
    note = LineField(
        label="Where you are with it", required=False, max_length=200, help_text="Like: exam booked for May",
        error_messages={"max_length": "Use 200 characters or fewer"},
    )  # fmt: skip
    shared = forms.BooleanField(label="Employers I work for may see this", required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        what = self.fields["what"]
        what.choices = [("", "Choose"), *catalogue()]  # type: ignore[attr-defined]

    def chosen(self) -> tuple[Certification, Level | None]:
        certification, level = key_of(self.cleaned_data["what"])
        return (
            Certification.objects.get(pk=certification),
            Level.objects.get(pk=level) if level else None,
        )


def catalogue() -> list[tuple[str, str]]:
    """Every certification of the catalogue and each of its levels, by name. Two queries."""
    found = Certification.objects.catalogue().select_related("body").prefetch_related("levels")
    rows = []
    for one in found.order_by("body__name", "name", "pk"):
        name = f"{one.body.name}: {one.name}" if one.body else one.name
        rows.append((choice_value((one.pk, None)), name))
        rows += [(choice_value((one.pk, level.pk)), f"{name}, {level.name}") for level in one.levels.all()]
    return rows


def choice_value(key: Key) -> str:
    return f"{key[0]}-{key[1] or 0}"


def key_of(value: str) -> Key:
    certification, _, level = value.partition("-")
    return (int(certification), int(level) or None)


def interests_of(user: User) -> Any:
    """What a person said they mean to reach, newest first."""
    return user.interests.select_related("certification", "level").order_by("-said_at", "pk")
