"""What importing a list of people would do: for each person the outcome, for each wrong cell its line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.models import Employer, Site, Team, email_key
from accounts.plain_text import one_line
from accounts.queries import Outcome, plan_invitations
from accounts.spreadsheets.days import read_day
from certifications.rules.dates import add_months

from .catalogue import Catalogue, Unknown
from .columns import EMAIL, EXPIRY, MEANINGS

MOST_PEOPLE = 5_000
_LONGEST = {"name": 120, "team": 120, "site": 120, "number": 60}
_FARTHEST_MONTHS = 10 * 12
_LINES_NAMED = 8

Rows = Sequence[tuple[int, Sequence[str]]]


@dataclass(frozen=True)
class Problem:
    """A cell, or a row, that has to be put right in the file."""

    line: int
    column: str
    found: str
    expected: str


@dataclass(frozen=True)
class Repair:
    """The same thing to put right in several lines."""

    column: str
    found: str
    expected: str
    lines: tuple[int, ...]

    @property
    def where(self) -> str:
        first = [str(line) for line in self.lines[:_LINES_NAMED]]
        more = len(self.lines) - len(first)
        if len(first) == 1:
            return f"Line {first[0]}"
        return f"Lines {', '.join(first)} and {more} more" if more else f"Lines {', '.join(first[:-1])} and {first[-1]}"


@dataclass(frozen=True)
class Offer:
    """A certification that will be offered to the person."""

    certification: int
    title: str
    level: str = ""
    number: str = ""
    expiry: str = ""

    @property
    def last_day(self) -> date | None:
        return date.fromisoformat(self.expiry) if self.expiry else None


@dataclass
class Person:
    """Somebody on the list, and what becomes of them."""

    line: int
    email: str
    name: str = ""
    team: str = ""
    site: str = ""
    offers: list[Offer] = field(default_factory=list)
    outcome: Outcome = Outcome.INVITE


@dataclass
class Plan:
    """The whole list."""

    people: list[Person] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    repeated: int = 0
    new_teams: list[str] = field(default_factory=list)
    new_sites: list[str] = field(default_factory=list)

    @property
    def repairs(self) -> list[Repair]:
        """The problems, those that are the same together."""
        lines: dict[tuple[str, str, str], list[int]] = {}
        for one in self.problems:
            lines.setdefault((one.column, one.found, one.expected), []).append(one.line)
        return [Repair(*what, tuple(where)) for what, where in lines.items()]

    @property
    def invited(self) -> list[Person]:
        return [one for one in self.people if one.outcome is Outcome.INVITE]

    @property
    def members(self) -> list[Person]:
        return [one for one in self.people if one.outcome is Outcome.MEMBER]

    @property
    def waiting(self) -> list[Person]:
        return [one for one in self.people if one.outcome is Outcome.OPEN]

    @property
    def enough(self) -> list[Person]:
        return [one for one in self.people if one.outcome is Outcome.ENOUGH]

    @property
    def offered(self) -> int:
        return sum(len(one.offers) for one in self.invited)

    @property
    def ready(self) -> bool:
        """Whether it can be imported: nothing is wrong, and there is something new."""
        return not self.problems and bool(self.invited)

    @property
    def digest(self) -> str:
        """Another one means that something else would happen."""
        told = [[asdict(one) for one in self.people], self.new_teams, self.new_sites]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def plan(employer: Employer, rows: Rows, means: Sequence[str], order: str, at: datetime, today: date) -> Plan:
    """Look through the rows. `means` says what each column is, `order` how numeric dates are written."""
    reader = _Reader(means, order, today)
    for line, cells in rows:
        reader.read(line, cells)
    made = reader.plan
    if len(made.people) > MOST_PEOPLE:
        made.problems.append(
            Problem(made.people[MOST_PEOPLE].line, "", "", f"Import at most {MOST_PEOPLE:,} people at a time")
        )
        return made
    addresses = "\n".join(one.email for one in made.people)
    for one, planned in zip(made.people, plan_invitations(employer, addresses, at, today), strict=True):
        one.outcome = planned.outcome
    made.new_teams = _new([one.team for one in made.invited], Team.objects.filter(employer=employer))
    made.new_sites = _new([one.site for one in made.invited], Site.objects.filter(employer=employer))
    return made


def _new(names: list[str], known: Any) -> list[str]:
    """Names nobody has yet, as they are written first."""
    there = {name.casefold() for name in known.values_list("name", flat=True)}
    found: dict[str, str] = {}
    for name in names:
        if name and name.casefold() not in there:
            found.setdefault(name.casefold(), name)
    return list(found.values())


class _Reader:
    """Reads row after row and remembers who was there."""

    def __init__(self, means: Sequence[str], order: str, today: date) -> None:
        self.means, self.order, self.today = means, order, today
        self.catalogue = Catalogue()
        self.plan = Plan()
        self.people: dict[str, Person] = {}

    def read(self, line: int, cells: Sequence[str]) -> None:
        before = len(self.plan.problems)
        if len(cells) > len(self.means):
            self._wrong(line, "", f"{len(cells)} columns", f"As many as there are headings: {len(self.means)}")
            return
        values = {meaning: one_line(cell) for meaning, cell in zip(self.means, cells, strict=False) if meaning}
        for meaning, most in _LONGEST.items():
            if len(values.get(meaning, "")) > most:
                self._wrong(line, meaning, values[meaning][:40], f"{most} characters or fewer")
        if not _is_address(values.get(EMAIL, "")):
            self._wrong(line, EMAIL, values.get(EMAIL, ""), "An email address, like name@example.org")
        offer = self._offer(line, values)
        if len(self.plan.problems) == before:
            self._take(line, values, offer)

    def _offer(self, line: int, values: dict[str, str]) -> Offer | None:
        name, level = values.get("certification", ""), values.get("level", "")
        expiry = self._expiry(line, values.get(EXPIRY, ""))
        if not name:
            given = next((meaning for meaning in ("level", "number", EXPIRY) if values.get(meaning)), "")
            if given:
                self._wrong(line, "certification", "", f"A certification, because there is a {MEANINGS[given].lower()}")
            return None
        try:
            found, rung = self.catalogue.find(name, level)
        except Unknown as unknown:
            self._wrong(line, unknown.column, name if unknown.column == "certification" else level, str(unknown))
            return None
        return Offer(
            found.pk, f"{found.name}, {rung.name}" if rung else found.name, rung.code if rung else "",
            values.get("number", ""), expiry,
        )  # fmt: skip

    def _expiry(self, line: int, text: str) -> str:
        if not text:
            return ""
        try:
            day = read_day(text, self.order)
        except ValueError:
            self._wrong(line, EXPIRY, text, "A real date, like 2027-03-31 or 31 Mar 2027")
            return ""
        if not add_months(self.today, -_FARTHEST_MONTHS) <= day <= add_months(self.today, _FARTHEST_MONTHS):
            self._wrong(line, EXPIRY, text, "A date within 10 years")
        return day.isoformat()

    def _take(self, line: int, values: dict[str, str], offer: Offer | None) -> None:
        key = email_key(values[EMAIL])
        person = self.people.get(key)
        if person is None:
            said = {name: values.get(name, "") for name in ("name", "team", "site")}
            person = Person(line, values[EMAIL], **said)  # type: ignore[arg-type]
            self.people[key] = person
            self.plan.people.append(person)
        elif not self._same_person(line, person, values):
            return
        elif offer is None or offer in person.offers:
            self.plan.repeated += 1
            return
        if offer is None:
            return
        if any(one.certification == offer.certification for one in person.offers):
            self._wrong(line, "certification", offer.title, f"The same as before for {person.email}, or one line only")
            return
        person.offers.append(offer)

    def _same_person(self, line: int, person: Person, values: dict[str, str]) -> bool:
        for name in ("name", "team", "site"):
            said, before = values.get(name, ""), getattr(person, name)
            if said and before and said.casefold() != before.casefold():
                self._wrong(line, name, said, f"{before}, as in line {person.line}")
                return False
            if said and not before:
                setattr(person, name, said)
        return True

    def _wrong(self, line: int, meaning: str, found: str, expected: str) -> None:
        self.plan.problems.append(Problem(line, MEANINGS.get(meaning, ""), found, expected))


def _is_address(text: str) -> bool:
    if not text.isascii() or len(text) > 254 or any(mark in text for mark in ',;<>" '):
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
