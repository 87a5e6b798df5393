"""A class for many people in one form: what it was, and who was there."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from allauth.account.models import EmailAddress
from django import forms

from accounts.form_style import PlainForm
from accounts.models import Employer, User, email_key
from accounts.plain_text import one_line
from accounts.text_fields import DayField, LineField, NoteField
from activities.actions import Facts
from activities.models import ClassSession
from certifications.rules.words import KINDS, Group

from ..access import people_of
from .amounts import read_amount, shown_amount
from .files import WithFiles
from .more import Ticks

MOST_PEOPLE = 300
_LONGEST_LIST = 20_000
_NAMED = 8
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


class NewClass(ClassFacts, WithFiles):
    """A new class and who was there: ticked, or pasted by email address or name."""

    mark_optional = False  # somebody must be ticked or pasted, whichever

    nonce = forms.CharField(required=False, widget=forms.HiddenInput)
    people = forms.MultipleChoiceField(
        label="Who was there?", required=False, widget=Ticks, error_messages={"invalid_choice": "Choose from the list"}
    )
    pasted = NoteField(
        label="Paste names or email addresses", required=False, max_length=_LONGEST_LIST,
        help_text="One to a line. Only people who work here.", widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Paste {_LONGEST_LIST:,} characters or fewer"},
    )  # fmt: skip

    def __init__(self, *args: Any, employer: Employer, by: User, today: date, **kwargs: Any) -> None:
        self.files_of, self.employer = by, employer
        self.known = {one.user_id: one.user for one in people_of(employer, today)}
        super().__init__(*args, today=today, **kwargs)
        names = [(str(pk), _named(user, by)) for pk, user in self.known.items()]
        self.fields["people"].choices = names  # type: ignore[attr-defined]
        self.fields["people"].widget.layout = ""  # type: ignore[attr-defined]
        self.fields["nonce"].initial = str(uuid4())

    @property
    def form_nonce(self) -> UUID:
        """What tells this form from the next one; a broken one is taken as a new form."""
        try:
            return UUID(self.cleaned_data.get("nonce") or "")
        except ValueError:
            return uuid4()

    @property
    def attending(self) -> list[User]:
        """Everybody ticked or pasted, once."""
        return [self.known[pk] for pk in sorted(self.cleaned_data["attending"])]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        found = {int(pk) for pk in data.get("people", [])}
        if data.get("pasted"):
            pasted, problems = self._read(data["pasted"])
            found |= pasted
            for problem in problems:
                self.add_error("pasted", problem)
        if not found and not self.has_error("people") and not self.has_error("pasted"):
            self.add_error("people", "Choose who was there")
        if len(found) > MOST_PEOPLE:
            self.add_error("people", f"Choose {MOST_PEOPLE} people or fewer")
        data["attending"] = found
        return data

    def _read(self, pasted: str) -> tuple[set[int], list[str]]:
        """The people meant by these lines, and a sentence for the lines that mean nobody or more than one."""
        by_word = self._words()
        found: set[int] = set()
        unknown: list[str] = []
        unclear: list[str] = []
        for line in pasted.replace(",", "\n").replace(";", "\n").split("\n"):
            text = one_line(line)
            meant = by_word.get(email_key(text) if "@" in text else text.casefold(), set())
            if len(meant) == 1:
                found |= meant
            elif text:
                (unclear if meant else unknown).append(text[:80])
        problems = []
        if unknown:
            problems.append(f"Nobody of {self.employer.name}: {_listed(unknown)}")
        if unclear:
            problems.append(f"More than one person has this name, tick them in the list: {_listed(unclear)}")
        return found, problems

    def _words(self) -> dict[str, set[int]]:
        """What people of this employer are called by: their name and their confirmed addresses."""
        found: dict[str, set[int]] = defaultdict(set)
        for pk, user in self.known.items():
            found[user.name.casefold()].add(pk)
            found[user.email_key].add(pk)
        confirmed = EmailAddress.objects.filter(user__in=self.known, verified=True).values_list("user", "email")
        for pk, email in confirmed:
            found[email_key(email)].add(pk)
        return found


def _named(user: User, by: User) -> str:
    return f"{user.name} (you)" if user == by else user.name


def _listed(words: list[str]) -> str:
    more = len(words) - _NAMED
    return ", ".join(words[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def initial_of_class(session: ClassSession) -> dict[str, Any]:
    """What stands in the form for a class that is being corrected."""
    return {
        "title": session.title, "kind": session.kind, "hours": shown_amount(session.amount, session.unit),
        "on": session.on, "provider": session.provider,
    }  # fmt: skip
