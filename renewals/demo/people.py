"""Six invented people, with dates as they are on 1 Oct 2026. Facts only; `renewals.demo` makes them real."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

SAMPLE_DAY = date(2026, 10, 1)


@dataclass(frozen=True)
class Holds:
    """They hold this: `body` and `certification` as in the packs. Without `last` it never ends."""

    body: str
    certification: str
    start: date
    last: date | None
    level: str = ""
    awarded: date | None = None
    number: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    looks_back: bool = True  # whether what was logged before is looked at for this certification


@dataclass(frozen=True)
class Did:
    """They did this. `amount` is in hundredths of `unit`; `proof` is whether they kept a certificate."""

    kind: str
    title: str
    on: date
    amount: int
    unit: str = "hour"
    since: date | None = None
    provider: str = ""
    format: str = ""
    role: str = ""
    reach: str = ""
    topics: tuple[str, ...] = ()
    proof: bool = True


@dataclass(frozen=True)
class Renewed:
    """Their body renewed what they hold of it."""

    certification: str
    on: date
    reference: str


@dataclass(frozen=True)
class Person:
    """Somebody, and what happened in the order in which they entered it."""

    name: str
    email: str
    about: str
    story: tuple[Holds | Did | Renewed, ...]
    joined: date
    birth: date | None = None
    time_zone: str = "America/New_York"


def _field(title: str, since: date, on: date, amount: int, unit: str = "month", provider: str = "") -> Did:
    return Did("field-time", title, on, amount, unit, since=since, provider=provider)


def _held_by_dana(certification: str, *, looks_back: bool) -> Holds:
    span = (date(2024, 4, 1), date(2027, 3, 31))
    return Holds("nicet", certification, *span, level="II", number="142207", looks_back=looks_back)


# The committee is about inspection alone. It was entered before the other certification, which does not look back.
DANA = Person(
    "Dana Reyes", "dana@demo.example", "At risk: 81 of 90 points. A second certification is complete",
    (
        _held_by_dana("inspection-testing-fire-alarm", looks_back=True),
        Did("committee", "Inspection task force, state chapter", date(2026, 5, 20), 1300, "point", role="member",
            reach="regional"),
        _held_by_dana("fire-alarm-systems", looks_back=False),
        Did("class", "NFPA 72 seminar", date(2024, 3, 12), 400, provider="State chapter"),
        _field("Fire alarm field time", date(2024, 4, 1), date(2025, 3, 31), 3000, "point", "Ridgeline Fire"),
        Did("class", "Panel programming class", date(2024, 9, 10), 1600, provider="Panel maker"),
        Did("class", "Voice intelligibility course", date(2025, 2, 18), 1400, provider="Ridgeline Fire"),
        _field("Fire alarm field time", date(2025, 4, 1), date(2025, 9, 30), 600, provider="Ridgeline Fire"),
        Did("class", "Code update course", date(2025, 11, 12), 1200, provider="State chapter", proof=False),
        Did("class", "Smoke control webinars", date(2026, 8, 14), 1100, format="live-online", proof=False),
    ),
    joined=date(2026, 8, 20),
)  # fmt: skip

SAM = Person(
    "Sam Okoro", "sam@demo.example", "On track: 6 of 14 CECs in a period of four years",
    (
        Holds("iicrc", "wrt", date(2024, 6, 1), date(2028, 5, 31), number="88310"),
        Did("conference", "Booth at the restoration trade show", date(2025, 11, 10), 100, "each",
            topics=("IICRC booth",)),
        Did("class", "Structural drying workshop", date(2026, 2, 20), 400, provider="Harbor Restoration School"),
    ),
    joined=date(2025, 11, 11), time_zone="America/Chicago",
)  # fmt: skip

ANA = Person(
    "Ana Duarte", "ana@demo.example", "Due: all 90 points are in, ready to submit. One earlier period is closed",
    (
        Holds("nicet", "inspection-testing-water-based", date(2020, 12, 1), date(2023, 11, 30), "III", number="120935"),
        _field("Sprinkler inspections", date(2020, 12, 1), date(2021, 11, 30), 1200, provider="Castle Fire Protection"),
        _field("Sprinkler inspections", date(2021, 12, 1), date(2022, 11, 30), 1200, provider="Castle Fire Protection"),
        Did("class", "NFPA 25 update", date(2022, 5, 11), 800, provider="State chapter"),
        _field("Sprinkler inspections", date(2022, 12, 1), date(2023, 10, 31), 1100, provider="Castle Fire Protection"),
        Did("class", "Fire pump testing", date(2023, 3, 21), 1600, provider="Pump maker"),
        Renewed("inspection-testing-water-based", date(2023, 11, 8), "R-20931"),
        _field("Sprinkler inspections", date(2023, 12, 1), date(2024, 11, 30), 1200, provider="Castle Fire Protection"),
        Did("class", "Obstruction investigation", date(2024, 9, 17), 1600, provider="State chapter"),
        _field("Sprinkler inspections", date(2024, 12, 1), date(2025, 11, 30), 1200, provider="Castle Fire Protection"),
        Did("class", "Dry valve trip testing", date(2025, 6, 4), 1000, provider="Valve maker"),
        _field("Sprinkler inspections", date(2025, 12, 1), date(2026, 8, 31), 900, provider="Castle Fire Protection"),
    ),
    joined=date(2020, 12, 7),
)  # fmt: skip

LEE = Person(
    "Lee Novak", "lee@demo.example", "Lapsed with 10 of 14 CECs",
    (
        Holds("iicrc", "asd", date(2022, 6, 1), date(2026, 5, 31), number="70144"),
        Did("class", "Drying of crawl spaces", date(2023, 4, 18), 600, provider="Harbor Restoration School"),
        Did("webinar", "Moisture mapping", date(2025, 10, 2), 400, format="live-online"),
    ),
    joined=date(2023, 4, 20),
)  # fmt: skip

CHRIS = Person(
    "Chris Tan", "chris@demo.example", "A licence with caps that cross: 76 of 80 hours",
    (
        Holds("california-cpa", "cpa", date(2025, 6, 1), date(2027, 5, 31), number="131872", awarded=date(2013, 9, 16),
              facts={"performs-attest-work": False, "performs-government-work": False, "regulatory-review-due": False}),
        Did("teaching", "Taught a communication class", date(2025, 7, 1), 4000, topics=("non-technical",),
            role="instructor"),
        Did("class", "Leadership course", date(2025, 9, 4), 1000, topics=("non-technical",)),
        Did("teaching", "Taught a tax class", date(2026, 1, 10), 1200, topics=("tax",), role="instructor"),
        Did("class", "Partnership tax course", date(2026, 7, 28), 2200, topics=("tax",)),
        Did("webinar", "Ethics for California CPAs", date(2026, 8, 21), 400, topics=("ethics",), format="live-online"),
    ),
    joined=date(2025, 7, 2), birth=date(1985, 5, 14), time_zone="America/Los_Angeles",
)  # fmt: skip

MIA = Person(
    "Mia Kowalski", "mia@demo.example", "Micro-credentials only, some without an end date",
    (
        Holds("micro-credentials", "digital-badge", date(2025, 3, 10), None, awarded=date(2025, 3, 10)),
        Holds("micro-credentials", "nano-degree", date(2025, 11, 24), None, awarded=date(2025, 11, 24)),
        Holds("micro-credentials", "digital-badge-dated", date(2024, 9, 1), date(2027, 8, 31)),
        Holds("micro-credentials", "skill-certificate-dated", date(2025, 11, 15), date(2027, 11, 14)),
    ),
    joined=date(2025, 3, 11), time_zone="America/Denver",
)  # fmt: skip

PEOPLE = (DANA, SAM, ANA, LEE, CHRIS, MIA)
