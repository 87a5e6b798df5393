"""The demo employer: eight people, 24 certifications, dates as they are on 1 Oct 2026. Facts only.

Dana is one of the eight: her record is hers and is told in `people`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from accounts.models import Membership

from .people import DANA

NAME = "Ridgeline Fire and Security"
BODY = "nicet"
ALARMS, INSPECTION = "fire-alarm-systems", "inspection-testing-fire-alarm"
HAZARDS, WATER = "special-hazards-systems", "inspection-testing-water-based"


@dataclass(frozen=True)
class Work:
    """Time in the trade from the first to the last month named, whole months."""

    title: str
    since: date
    on: date


@dataclass(frozen=True)
class Course:
    """A class of so many hours."""

    title: str
    on: date
    hours: int


@dataclass(frozen=True)
class Record:
    """One certification of somebody, and what they did for it alone."""

    certification: str
    level: str
    start: date
    last: date
    done: tuple[Work | Course, ...]


@dataclass(frozen=True)
class Worker:
    """Somebody at the employer. Without records it is somebody who is told elsewhere, or who holds nothing."""

    name: str
    email: str
    records: tuple[Record, ...] = ()
    team: str = ""
    site: str = ""
    role: str = Membership.Role.TECHNICIAN
    shares: str = Membership.Shares.ACTIVITIES
    about: str = ""
    asks: tuple[str, ...] = ()  # titles of activities that wait for the employer to confirm them


_WORK = {
    ALARMS: "Fire alarm field time", INSPECTION: "Alarm inspections", HAZARDS: "Clean agent field time",
    WATER: "Sprinkler inspections",
}  # fmt: skip
_COURSES = {
    ALARMS: ("Panel programming class", "Voice intelligibility course", "Code update course"),
    INSPECTION: ("Sensitivity testing class", "Reports that hold up", "Smoke control testing"),
    HAZARDS: ("Clean agent design class", "Door fan testing", "Releasing panels course"),
    WATER: ("Dry valve trip testing", "Obstruction investigation", "Fire pump testing"),
}


def _complete(certification: str, level: str, hours: tuple[int, int, int] = (16, 14, 14)) -> Record:
    """48 points of work in two years, and so many of classes: all that is needed."""
    return Record(
        certification, level, date(2024, 7, 1), date(2027, 6, 30),
        (
            Work(_WORK[certification], date(2024, 7, 1), date(2025, 6, 30)),
            Work(_WORK[certification], date(2025, 7, 1), date(2026, 6, 30)),
            *_courses(certification, hours, (date(2024, 10, 8), date(2025, 4, 15), date(2026, 2, 10))),
        ),
    )  # fmt: skip


def _nearly(certification: str, level: str) -> Record:
    """77: 50 of work that goes on, and 27 of classes."""
    return Record(
        certification, level, date(2024, 7, 1), date(2027, 6, 30),
        (
            Work(_WORK[certification], date(2024, 7, 1), date(2025, 6, 30)),
            Work(_WORK[certification], date(2025, 7, 1), date(2026, 6, 30)),
            Work(_WORK[certification], date(2026, 7, 1), date(2026, 7, 31)),
            *_courses(certification, (12, 8, 7), (date(2024, 11, 19), date(2025, 9, 16), date(2026, 3, 24))),
        ),
    )  # fmt: skip


def _half_way(certification: str, level: str) -> Record:
    """64: 32 of work that goes on, and 32 of classes, with a year and a half to go."""
    return Record(
        certification, level, date(2025, 4, 1), date(2028, 3, 31),
        (
            Work(_WORK[certification], date(2025, 4, 1), date(2026, 3, 31)),
            Work(_WORK[certification], date(2026, 4, 1), date(2026, 7, 31)),
            *_courses(certification, (12, 12, 8), (date(2025, 6, 17), date(2025, 11, 4), date(2026, 5, 12))),
        ),
    )  # fmt: skip


def _stopped(certification: str, level: str) -> Record:
    """81: classes full, and no work since Sep 2025."""
    return Record(
        certification, level, date(2024, 4, 1), date(2027, 3, 31),
        (
            Work(_WORK[certification], date(2024, 4, 1), date(2025, 3, 31)),
            Work(_WORK[certification], date(2025, 4, 1), date(2025, 9, 30)),
            *_courses(certification, (16, 14, 15), (date(2024, 9, 10), date(2025, 2, 18), date(2025, 11, 12))),
        ),
    )  # fmt: skip


def _begun(certification: str, level: str) -> Record:
    """22: five months of work and a class, long ago."""
    return Record(
        certification, level, date(2024, 6, 1), date(2027, 5, 31),
        (
            Work(_WORK[certification], date(2024, 6, 1), date(2024, 10, 31)),
            *_courses(certification, (12,), (date(2025, 2, 4),)),
        ),
    )  # fmt: skip


def _courses(certification: str, hours: tuple[int, ...], days: tuple[date, ...]) -> tuple[Course, ...]:
    return tuple(
        Course(title, on, length) for title, on, length in zip(_COURSES[certification], days, hours, strict=False)
    )


_READY = Record(
    ALARMS, "II", date(2023, 12, 1), date(2026, 11, 30),
    (
        Work(_WORK[ALARMS], date(2023, 12, 1), date(2024, 11, 30)),
        Work(_WORK[ALARMS], date(2024, 12, 1), date(2025, 11, 30)),
        *_courses(ALARMS, (16, 14, 12), (date(2024, 3, 5), date(2025, 1, 14), date(2026, 4, 21))),
    ),
)  # fmt: skip
_SHORT = Record(
    INSPECTION, "II", date(2023, 12, 15), date(2026, 12, 14),
    (
        Work(_WORK[INSPECTION], date(2024, 1, 1), date(2024, 11, 30)),
        Work(_WORK[INSPECTION], date(2025, 1, 1), date(2025, 7, 31)),
        *_courses(INSPECTION, (16, 12, 7), (date(2024, 5, 7), date(2025, 3, 11), date(2025, 10, 21))),
    ),
)  # fmt: skip
_OVER = Record(
    WATER, "I", date(2023, 9, 1), date(2026, 8, 31),
    (
        Work(_WORK[WATER], date(2023, 9, 1), date(2024, 8, 31)),
        *_courses(WATER, (16, 12), (date(2024, 2, 13), date(2025, 5, 20))),
    ),
)  # fmt: skip

OWNER = Worker(
    "Gail Ridley", "gail@ridgeline.example", role=Membership.Role.OWNER, shares=Membership.Shares.NOTHING,
    about="Owns Ridgeline Fire and Security: members, teams, settings",
)  # fmt: skip
COORDINATOR = Worker(
    "Rosa Okafor", "rosa@ridgeline.example", role=Membership.Role.COORDINATOR, shares=Membership.Shares.NOTHING,
    about="Coordinator at Ridgeline: 5 of 8 people need action",
)  # fmt: skip

WORKERS = (
    Worker("Adaeze Abara", "adaeze@ridgeline.example", (
        _complete(ALARMS, "II"), _stopped(HAZARDS, "I"), _half_way(INSPECTION, "II"), _nearly(WATER, "I"),
    ), "Alarms", "North yard"),
    Worker("Bo Chen", "bo@ridgeline.example", (
        _begun(ALARMS, "II"), _nearly(HAZARDS, "I"), _complete(INSPECTION, "II"),
    ), "Alarms", "North yard"),
    Worker("Carla Diaz", "carla@ridgeline.example", (
        _complete(ALARMS, "II"), _nearly(INSPECTION, "II"), _half_way(WATER, "I"),
    ), "Inspection", "South yard"),
    Worker("Evan Ellis", "evan@ridgeline.example", (
        _nearly(ALARMS, "II"), _nearly(INSPECTION, "II"), _half_way(WATER, "I"),
    ), "Inspection", "South yard", shares=Membership.Shares.EVIDENCE),
    Worker("Kadiatu Fofana", "kadiatu@ridgeline.example", (
        _half_way(ALARMS, "III"), _nearly(HAZARDS, "I"), _half_way(WATER, "I"),
    ), "Alarms", "South yard"),
    Worker("Pria Grant", "pria@ridgeline.example", (_READY, _begun(HAZARDS, "I")), "Alarms", "North yard"),
    Worker("Rami Haddad", "rami@ridgeline.example", (
        _half_way(ALARMS, "II"), _complete(HAZARDS, "I"), _SHORT, _OVER,
    ), "Inspection", "South yard"),
    Worker(DANA.name, DANA.email, team="Alarms", site="North yard",
           asks=("Code update course", "Inspection task force, state chapter")),
)  # fmt: skip

TARGETS: Mapping[tuple[str, str], int] = {
    (ALARMS, "II"): 5, (ALARMS, "III"): 2, (HAZARDS, "I"): 3, (INSPECTION, "II"): 4, (WATER, "I"): 4,
}  # fmt: skip
