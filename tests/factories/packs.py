"""Real rule packs in the test database, and people who hold what they are about, made by the actions themselves."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from functools import cache

from accounts.models import User
from activities.actions import Facts
from activities.models import Activity
from certifications import packs
from certifications.actions import hold, span_from_card
from certifications.loading import load_rule_packs
from certifications.models import Body, Certification, HeldCertification, RenewalPeriod, RuleSetVersion
from certifications.packs import SHIPPED, Reading
from certifications.rules.dates import DAY, Span
from renewals.actions import log, record_renewal, take_up
from tests.factories.kept import kept

AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
TODAY = date(2026, 10, 1)


@cache
def _read(names: tuple[str, ...]) -> Reading:
    return packs.read([SHIPPED / name for name in names])


def load_packs(*names: str) -> None:
    """Load shipped packs by the names of their folders: `load_packs("nicet", "iicrc")`."""
    reading = _read(names)
    if Certification.objects.exists() or Body.objects.exists():
        load_rule_packs(reading, at=AT)
    else:
        kept(("packs", names), lambda: load_rule_packs(reading, at=AT))


def give(
    user: User,
    slug: str,
    *,
    expiry: date | None = None,
    level: str = "",
    awarded_on: date | None = None,
    at: datetime = AT,
    today: date = TODAY,
) -> RenewalPeriod:
    """Let a person hold a certification of a loaded pack, by the expiry date on the card."""
    certification = Certification.objects.get(slug=slug)
    rung = certification.levels.get(code=level) if level else None
    span, _ = span_from_card(
        certification=certification, level=rung, expiry=expiry, awarded_on=awarded_on, birth=user.birth_date,
        today=today,
    )  # fmt: skip
    period = hold(
        certification=certification, level=rung, span=span, by=user, at=at, today=today, awarded_on=awarded_on
    )
    take_up(period=period, at=at, today=today)
    return period


def do(user: User, *, at: datetime = AT, today: date = TODAY, **facts: object) -> Activity:
    """Log an activity: `do(user, kind="class", title="...", on=date(...), amount=800)`; field time by since and on."""
    values: dict[str, object] = {"kind": "class", "title": "Class", "unit": "hour", **facts}
    if values["kind"] == "field-time" and "amount" not in values:
        values["unit"] = "month"
        values["amount"] = int(Span(values["since"], values["on"] + DAY).months() * 100)
    return log(facts=Facts(**values), nonce=uuid.uuid4(), by=user, at=at, today=today)  # type: ignore[arg-type]


def renew(
    period: RenewalPeriod, on: date, *, today: date | None = None, following: Span | None = None
) -> RenewalPeriod:
    """Record the renewal of a period, on the day itself unless `today` is later. Returns the period that follows."""
    day = today or on
    return record_renewal(
        period=period, renewed_on=on, reference="R-1", by=period.user, today=day, following=following,
        at=datetime(day.year, day.month, day.day, 15, tzinfo=UTC),
    )  # fmt: skip


def dates(period: RenewalPeriod) -> tuple[date, date]:
    """First and last day."""
    return period.start, period.last_day


# What Dana Reyes logged: the worked example of the product. 99 asked, 81 counted.
DANA = (
    {"title": "NFPA 72 seminar", "on": date(2024, 3, 12), "amount": 400},
    {"kind": "field-time", "title": "Fire alarm field time", "since": date(2024, 4, 1), "on": date(2025, 3, 31),
     "amount": 3000, "unit": "point", "provider": "Ridgeline"},
    {"title": "Panel programming class", "on": date(2024, 9, 10), "amount": 1600},
    {"title": "Voice intelligibility course", "on": date(2025, 2, 18), "amount": 1400},
    {"kind": "field-time", "title": "Fire alarm field time", "since": date(2025, 4, 1), "on": date(2025, 9, 30),
     "provider": "Ridgeline"},
    {"title": "Code update course", "on": date(2025, 11, 12), "amount": 1200},
    {"title": "Smoke control webinars", "on": date(2026, 8, 14), "amount": 1100},
)  # fmt: skip


def make_dana(user: User) -> RenewalPeriod:
    """Fire Alarm Systems, Level II, to 31 Mar 2027: on 1 Oct 2026 At risk, 81 of 90. Needs the NICET pack."""
    if Activity.objects.exists() or HeldCertification.objects.exists():
        return _make_dana(user)
    rules = tuple(RuleSetVersion.objects.order_by("pk").values_list("pk", flat=True))
    kept(("Dana", rules, user.time_zone), lambda: _make_dana(user), user=user)
    User.objects.filter(pk=user.pk).update(last_kind=DANA[-1].get("kind", "class"))  # the one row that is changed
    return RenewalPeriod.objects.get(user=user)


def _make_dana(user: User) -> RenewalPeriod:
    period = give(user, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    for facts in DANA:
        do(user, **facts)
    return period
