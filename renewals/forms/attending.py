"""Who was at a class: ticked, or pasted by email address or name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from allauth.account.models import EmailAddress
from django import forms

from accounts.form_style import PlainForm
from accounts.models import Employer, User, email_key
from accounts.plain_text import one_line
from accounts.text_fields import NoteField
from activities.models import Attendance, ClassSession

from ..access import people_of
from .files import WithFiles
from .more import Ticks

MOST_PEOPLE = 300
_LONGEST_LIST = 20_000
_NAMED = 8


class WhoWasThere(PlainForm, WithFiles):
    """People of an employer, with a file for each of them."""

    mark_optional = False  # somebody must be ticked or pasted, whichever

    people = forms.MultipleChoiceField(
        label="Who was there?", required=False, widget=Ticks, error_messages={"invalid_choice": "Choose from the list"}
    )
    pasted = NoteField(
        label="Paste names or email addresses", required=False, max_length=_LONGEST_LIST,
        help_text="One to a line. Only people who work here.", widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Paste {_LONGEST_LIST:,} characters or fewer"},
    )  # fmt: skip

    def __init__(self, *args: Any, employer: Employer, by: User, known: dict[int, User], **kwargs: Any) -> None:
        self.files_of, self.employer, self.known = by, employer, known
        super().__init__(*args, **kwargs)
        names = [(str(pk), _named(user, by)) for pk, user in self.known.items() if pk not in self.settled]
        self.fields["people"].choices = names  # type: ignore[attr-defined]
        self.fields["people"].widget.layout = ""

    @property
    def settled(self) -> Collection[int]:
        """Whose part in the class is their own affair by now: they cannot be chosen."""
        return ()

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
        wrong: dict[str, list[str]] = defaultdict(list)
        for line in pasted.replace(",", "\n").replace(";", "\n").split("\n"):
            text = one_line(line)
            meant = by_word.get(email_key(text) if "@" in text else text.casefold(), set())
            if len(meant) == 1 and not meant & set(self.settled):
                found |= meant
            elif text:
                wrong[self._problem(meant)].append(text[:80])
        return found, [f"{problem}: {_listed(lines)}" for problem, lines in wrong.items()]

    def _problem(self, meant: set[int]) -> str:
        if not meant:
            return f"Nobody of {self.employer.name}"
        if len(meant) > 1:
            return "More than one person has this name, tick them in the list"
        return "They changed or declined this class themselves"

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


class ClassPeople(WhoWasThere):
    """Who was at a class that is logged already. Says who is added and who is taken off since the form was opened."""

    shown = forms.CharField(required=False, max_length=20 * MOST_PEOPLE, widget=forms.HiddenInput)

    def __init__(self, *args: Any, session: ClassSession, employer: Employer, by: User, today: date) -> None:
        self.rows = dict(session.attendances.values_list("user", "state"))
        super().__init__(*args, employer=employer, by=by, known=working_at(employer, today))
        there = [pk for pk in self.known if pk in self.rows and pk not in self.settled]
        self.fields["people"].initial = [str(pk) for pk in there]
        self.fields["shown"].initial = ",".join(str(pk) for pk in there)

    @property
    def settled(self) -> Collection[int]:
        return [pk for pk, state in self.rows.items() if state != Attendance.State.FOLLOWS]

    @property
    def added(self) -> list[User]:
        """Who was chosen and was not when the form was opened."""
        return [user for user in self.attending if user.pk not in self._shown]

    @property
    def removed(self) -> list[User]:
        """Who was chosen when the form was opened and is no longer."""
        chosen = self.cleaned_data["attending"]
        return [self.known[pk] for pk in sorted(self._shown - chosen) if pk in self.known]

    @property
    def _shown(self) -> set[int]:
        sent = str(self.cleaned_data.get("shown", "")).split(",")
        return {int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 19}


def working_at(employer: Employer, today: date) -> dict[int, User]:
    """Everybody who can be chosen, by id, in the order of names."""
    return {one.user_id: one.user for one in people_of(employer, today)}


def _named(user: User, by: User) -> str:
    return f"{user.name} (you)" if user == by else user.name


def _listed(words: list[str]) -> str:
    more = len(words) - _NAMED
    return ", ".join(words[:_NAMED]) + (f" and {more} more" if more > 0 else "")
