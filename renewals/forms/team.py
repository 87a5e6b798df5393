"""Forms of the team pages."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms

from accounts.form_style import PlainForm
from accounts.models import Employer
from accounts.plain_text import one_line
from accounts.text_fields import NoteField
from certifications.models import Certification
from certifications.rules.dates import written
from certifications.rules.words import STANDING_LABELS

from ..access import visible_held
from ..teams.filters import NEEDS_ACTION, Filters

_WRONG = {"invalid_choice": "Choose from the list"}


class FilterForm(PlainForm, forms.Form):
    """Team, site, certification, last day, standing; each may stay at all. Made for an address, so it is a GET form."""

    team = forms.ChoiceField(label="Team", required=False, error_messages=_WRONG)
    site = forms.ChoiceField(label="Site", required=False, error_messages=_WRONG)
    certification = forms.ChoiceField(label="Certification", required=False, error_messages=_WRONG)
    ends = forms.ChoiceField(label="Ends or ended", required=False, error_messages=_WRONG)
    standing = forms.ChoiceField(label="Standing", required=False, error_messages=_WRONG)

    def __init__(self, data: Any, *, employer: Employer, today: date) -> None:
        super().__init__(data)
        self._choose("team", [(one.pk, one.name) for one in employer.teams.order_by("name")])
        self._choose("site", [(one.pk, one.name) for one in employer.sites.order_by("name")])
        held = Certification.objects.filter(pk__in=visible_held(employer, today).values("certification"))
        self._choose("certification", [(one.pk, one.name) for one in held.order_by("name", "pk")])
        self._choose("ends", last_days(today), anything="Any day")
        words = [(word.value, label) for word, label in STANDING_LABELS.items()]
        self._choose("standing", [(NEEDS_ACTION, "Needs action"), *words])
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def _choose(self, name: str, choices: list[tuple[Any, str]], anything: str = "All") -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [("", anything), *choices]

    def filters(self) -> Filters:
        """What was chosen; nothing where something else was sent than the lists offer."""
        if not self.is_valid():
            return Filters()
        chosen = self.cleaned_data
        return Filters(
            **{name: int(chosen[name]) if chosen[name] else None for name in ("team", "site", "certification")},
            ends=date.fromisoformat(chosen["ends"]) if chosen["ends"] else None,
            standing=chosen["standing"],
        )


def last_days(today: date) -> list[tuple[str, str]]:
    """The days until which something may end, soonest first."""
    days = {today + timedelta(days=number): f"in {number} days" for number in (30, 90, 180, 365)}
    days[year_end(today)] = "this year"
    days[year_end(year_end(today) + timedelta(days=1))] = "next year"
    return [(day.isoformat(), f"By {written(day)}, {words}") for day, words in sorted(days.items())]


def year_end(today: date) -> date:
    return date(today.year, 12, 31)


class NoteForm(PlainForm, forms.Form):
    """A note on a person, who can read it."""

    text = NoteField(
        label="Note",
        max_length=2000,
        error_messages={"required": "Enter the note", "max_length": "Note must be 2,000 characters or fewer"},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if not one_line(text):
            raise forms.ValidationError("Enter the note", code="required")
        return text
