"""The demo people, made through the same actions as everybody's record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from accounts.actions import add_demo_person
from accounts.models import User, email_key
from activities.actions import Facts, attach_evidence, log_activity, stage_evidence
from certifications.actions import hold
from certifications.models import Certification, RenewalPeriod
from certifications.rules.dates import DAY, Span, add_months
from certifications.rules.periods import FOREVER
from renewals.actions import record_renewal, recount, take_up

from . import operations, rules_admins
from .certificates import certificate
from .employer import open_ridgeline
from .people import DANA, PEOPLE, SAMPLE_DAY, Did, Holds, Person, Renewed
from .ridgeline import COORDINATOR, OWNER

PASSWORD = "every-point-counts"  # noqa: S105  it is printed for everybody who starts the demo
# Dana must not be in the renewal window yet, which opens 180 days before the end.
_LEAST_DAYS_LEFT = 181
_EVENING = time(22, tzinfo=UTC)


@dataclass(frozen=True)
class Login:
    """How to sign in as a demo person, and what there is to see."""

    email: str
    password: str
    about: str


def seed(*, at: datetime, today: date) -> list[Login]:
    """Make the demo people as of today; those who are there already stay as they are.

    Their dates are moved by whole months, so that the sample day is today or soon after.
    """
    months = months_to(today)
    for person in PEOPLE:
        if not User.objects.filter(email_key=email_key(person.email)).exists():
            _Life(person, months, at, today).live()
    open_ridgeline(password=PASSWORD, months=months, at=at, today=today)
    operations.appoint_ari(password=PASSWORD, at=at)
    rules_admins.open_desk(password=PASSWORD, at=at, today=today)
    logins = [Login(one.email, PASSWORD, one.about) for one in (*PEOPLE, COORDINATOR, OWNER)]
    logins += [Login(email, PASSWORD, about) for _, email, about in rules_admins.PEOPLE]
    return [*logins, Login(operations.EMAIL, PASSWORD, operations.ABOUT)]


def months_to(today: date) -> int:
    """How many months the sample dates are moved: as few as bring the sample day to today or after it."""
    months = (today.year - SAMPLE_DAY.year) * 12 + today.month - SAMPLE_DAY.month
    end = next(step.last for step in DANA.story if isinstance(step, Holds) and step.last)
    while add_months(SAMPLE_DAY, months) < today or (moved_last(end, months) - today).days < _LEAST_DAYS_LEFT:
        months += 1
    return months


def moved_last(day: date, months: int) -> date:
    """A last day, moved: the end of a month stays the end of a month."""
    return add_months(day + DAY, months) - DAY


class _Life:
    """One person's story, entered step by step, and counted when it is told."""

    def __init__(self, person: Person, months: int, at: datetime, today: date):
        self.person, self.months, self.at, self.today = person, months, at, today

    @transaction.atomic
    def live(self) -> None:
        person = self.person
        self.user = add_demo_person(
            name=person.name, email=person.email, password=PASSWORD, at=self._evening(self._day(person.joined)),
            time_zone=person.time_zone, birth_date=self._day(person.birth) if person.birth else None,
        )  # fmt: skip
        for number, step in enumerate(person.story):
            match step:
                case Holds():
                    self._hold(step)
                case Did():
                    self._log(step, number)
                case Renewed():
                    self._renew(step)
        recount(user=self.user, at=self.at, today=self.today)

    def _hold(self, step: Holds) -> None:
        certification = Certification.objects.get(body__slug=step.body, slug=step.certification)
        start = self._day(step.start)
        period = hold(
            certification=certification,
            level=certification.levels.get(code=step.level) if step.level else None,
            span=Span(start, moved_last(step.last, self.months) + DAY if step.last else FOREVER),
            awarded_on=self._day(step.awarded) if step.awarded else None,
            number=step.number, facts=dict(step.facts), by=self.user, today=self.today,
            at=self._evening(self._day(self.person.joined)),
        )  # fmt: skip
        if step.looks_back:
            take_up(period=period, at=self.at, today=self.today)

    def _log(self, step: Did, number: int) -> None:
        on = moved_last(step.on, self.months) if step.since else self._day(step.on)
        facts = Facts(
            kind=step.kind, title=step.title, on=on, amount=step.amount, unit=step.unit,
            since=self._day(step.since) if step.since else None, provider=step.provider, format=step.format,
            role=step.role, reach=step.reach, topics=list(step.topics),
        )  # fmt: skip
        nonce = uuid5(NAMESPACE_URL, f"{self.person.email}/{number}")
        activity, _ = log_activity(facts=facts, nonce=nonce, by=self.user, at=self._evening(on))
        if step.proof:
            proof = stage_evidence(checked=certificate(activity, self.person.name), by=self.user, at=self._evening(on))
            attach_evidence(evidence=proof, activity=activity, by=self.user, at=self._evening(on))

    def _renew(self, step: Renewed) -> None:
        on = self._day(step.on)
        period = RenewalPeriod.objects.open().get(held__user=self.user, held__certification__slug=step.certification)
        record_renewal(
            period=period, renewed_on=on, reference=step.reference, by=self.user, at=self._evening(on), today=on
        )

    def _day(self, day: date) -> date:
        return add_months(day, self.months)

    def _evening(self, day: date) -> datetime:
        """When something of that day was entered: that evening, but never later than now."""
        return min(datetime.combine(day, _EVENING), self.at)
