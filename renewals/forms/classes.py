"""A class for many people in one form: what it was, and who was there."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms

from accounts.form_style import PlainForm
from accounts.models import Employer, User
from accounts.text_fields import DayField, LineField
from activities.actions import Facts
from activities.models import ClassSession
from certifications.rules.words import KINDS, Group

from .amounts import read_amount, shown_amount
from .attending import WhoWasThere, working_at
from .nonce import nonce_of

CLASS_KINDS = [(kind.key, kind.label) for kind in KINDS.values() if kind.group is Group.CLASS or kind.key == "meeting"]


class ClassFacts(PlainForm, forms.Form):
    """What a class was."""

    title = LineField(label="What was it?", max_length=200, error_messages={"required": "Enter the title of the class"})
    kind = forms.ChoiceField(
        label="Kind",
        choices=CLASS_KINDS,
        initial="class",
        error_messages={"invalid_choice": "Kind: choose from the list"},
    )
    hours = LineField(
        label="How many hours?", max_length=20,
        error_messages={"required": "Enter how many hours it took"},
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "w-hours"}),
    )  # fmt: skip
    on = DayField(label="Date", what="Date", error_messages={"required": "Enter the date"})
    provider = LineField(label="Provider", max_length=160, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("This date is in the future. Log the class once it took place")
        return on

    def clean_hours(self) -> tuple[int, str]:
        return read_amount(self.cleaned_data["hours"].lower(), "hour")

    def facts(self) -> Facts:
        """What was said, when the form holds."""
        data = self.cleaned_data
        amount, unit = data["hours"]
        return Facts(
            kind=data["kind"], title=data["title"], on=data["on"], amount=amount, unit=unit, provider=data["provider"]
        )


class NewClass(WhoWasThere, ClassFacts):
    """A new class and who was there."""

    nonce = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, employer: Employer, by: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, employer=employer, by=by, known=working_at(employer, today), today=today, **kwargs)
        self.fields["nonce"].initial = str(uuid4())

    @property
    def form_nonce(self) -> UUID:
        """What tells this form from the next one."""
        return nonce_of(self.cleaned_data.get("nonce"))


def initial_of_class(session: ClassSession) -> dict[str, Any]:
    """What stands in the form for a class that is being corrected."""
    return {
        "title": session.title, "kind": session.kind, "hours": shown_amount(session.amount, session.unit),
        "on": session.on, "provider": session.provider,
    }  # fmt: skip
