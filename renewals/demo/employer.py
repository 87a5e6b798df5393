"""The demo employer, made through the same actions as everybody's: its people, what they hold, its targets."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from accounts import actions as accounts_actions
from accounts.models import Employer, Membership, Site, Team, User, email_key
from activities.actions import Facts, log_activity
from activities.models import Activity
from certifications.actions import hold
from certifications.models import Certification, CoverageTarget, HeldCertification
from certifications.rules.dates import DAY, Span, add_months
from renewals.actions import recount
from renewals.actions.confirming import ask

from .ridgeline import BODY, COORDINATOR, NAME, OWNER, TARGETS, WORKERS, Course, Record, Work, Worker

_JOINED = date(2025, 2, 3)
_EVENING = time(22, tzinfo=UTC)
_ASKED = timedelta(days=2)  # so long ago, that those who look after the team were told


@transaction.atomic
def open_ridgeline(*, password: str, months: int, at: datetime, today: date) -> None:
    """Make the employer with everybody who works there. Those who have an account already join with it."""
    owner = _user(OWNER, password, at)
    if Membership.objects.of(owner).exists():
        return
    employer = accounts_actions.found_employer(by=owner, name=NAME, at=at, today=add_months(_JOINED, months))
    accounts_actions.share(
        membership=Membership.objects.get(user=owner, employer=employer), shares=OWNER.shares, by=owner, at=at
    )
    for kind, names in ((Team, {one.team for one in WORKERS}), (Site, {one.site for one in WORKERS})):
        for name in sorted(names):
            accounts_actions.add_place(kind=kind, employer=employer, name=name, by=owner, at=at)
    for worker in (COORDINATOR, *WORKERS):
        user = _user(worker, password, at)
        _join(employer, worker, user, at, add_months(_JOINED, months))
        _live(worker, user, months, at, today)
    for worker in WORKERS:
        _ask(worker, employer, at - _ASKED, today - _ASKED)
    for (certification, level), people in TARGETS.items():
        found = Certification.objects.get(body__slug=BODY, slug=certification)
        CoverageTarget.objects.create(
            employer=employer, certification=found, level=found.levels.get(code=level), people=people
        )


def _user(worker: Worker, password: str, at: datetime) -> User:
    there = User.objects.filter(email_key=email_key(worker.email)).first()
    return there or accounts_actions.add_demo_person(name=worker.name, email=worker.email, password=password, at=at)


def _join(employer: Employer, worker: Worker, user: User, at: datetime, joined: date) -> None:
    """As by an invitation that was accepted on the day of joining."""
    team = Team.objects.filter(employer=employer, name=worker.team).first()
    site = Site.objects.filter(employer=employer, name=worker.site).first()
    Membership.objects.create(
        user=user, employer=employer, role=worker.role, team=team, site=site, shares=worker.shares,
        shares_changed_at=at, joined_on=joined,
    )  # fmt: skip


def _live(worker: Worker, user: User, months: int, at: datetime, today: date) -> None:
    """Everything they hold, then everything they did, each for one certification alone; counted once at the end."""
    if not worker.records:
        return
    helds = {record.certification: _hold(record, user, months, at, today) for record in worker.records}
    for record in worker.records:
        not_for = frozenset(held.pk for key, held in helds.items() if key != record.certification)
        for number, done in enumerate(record.done):
            facts = _facts(done, months)
            nonce = uuid5(NAMESPACE_URL, f"{worker.email}/{record.certification}/{number}")
            activity, _ = log_activity(
                facts=facts, nonce=nonce, by=user, at=min(_evening(facts.on), at), not_for=not_for
            )
            # As if it had been entered before they held the others: those need not say why they do not count it.
            activity.claims.filter(relevant=False).delete()
    recount(user=user, at=at, today=today)


def _ask(worker: Worker, employer: Employer, at: datetime, today: date) -> None:
    """What they ask their employer to confirm."""
    for activity in Activity.objects.kept().filter(user__email=worker.email, title__in=worker.asks):
        ask(activity=activity, employer=employer, by=activity.user, at=at, today=today)


def _hold(record: Record, user: User, months: int, at: datetime, today: date) -> HeldCertification:
    certification = Certification.objects.get(body__slug=BODY, slug=record.certification)
    period = hold(
        certification=certification, level=certification.levels.get(code=record.level),
        span=Span(add_months(record.start, months), _last(record.last, months) + DAY),
        number="".join(re.findall(r"\d", str(uuid5(NAMESPACE_URL, user.email))))[:6], by=user, at=at, today=today,
    )  # fmt: skip
    return period.held


def _facts(done: Work | Course, months: int) -> Facts:
    if isinstance(done, Course):
        return Facts(
            kind="class", title=done.title, on=add_months(done.on, months), amount=done.hours * 100,
            provider="State chapter",
        )  # fmt: skip
    whole = (done.on.year - done.since.year) * 12 + done.on.month - done.since.month + (done.on.day >= done.since.day)
    return Facts(
        kind="field-time", title=done.title, on=_last(done.on, months), since=add_months(done.since, months),
        amount=whole * 100, unit="month", provider=NAME,
    )  # fmt: skip


def _last(day: date, months: int) -> date:
    """A last day, moved: the end of a month stays the end of a month."""
    return add_months(day + DAY, months) - DAY


def _evening(day: date) -> datetime:
    return datetime.combine(day, _EVENING)
