"""The closed vocabularies that people, packs and the engine share.

A *kind* is the plain word for what happened; rule sets map it to their own categories. Kinds come in
six groups, which is what the log form asks first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    CLASS = "class"
    FIELD_TIME = "field-time"
    MEETING = "meeting"
    TEACHING = "teaching"
    EXAM = "exam"
    OTHER = "other"


GROUP_LABELS = {
    Group.CLASS: "Class or training",
    Group.FIELD_TIME: "Field time",
    Group.MEETING: "Meeting or committee",
    Group.TEACHING: "Teaching",
    Group.EXAM: "Exam",
    Group.OTHER: "Other",
}


@dataclass(frozen=True)
class Kind:
    """One kind of activity: its group, its label, and whether it is done once or over time."""

    key: str
    group: Group
    label: str
    over_time: bool = False


_KINDS = (
    Kind("class", Group.CLASS, "Class or training"),
    Kind("workshop", Group.CLASS, "Workshop or seminar"),
    Kind("webinar", Group.CLASS, "Live webinar"),
    Kind("self-study", Group.CLASS, "Self-study or on-demand course"),
    Kind("conference", Group.CLASS, "Conference or trade show"),
    Kind("college", Group.CLASS, "College course"),
    Kind("reading", Group.CLASS, "Reading or research"),
    Kind("field-time", Group.FIELD_TIME, "Field time", over_time=True),
    Kind("meeting", Group.MEETING, "Society meeting"),
    Kind("membership", Group.MEETING, "Society membership"),
    Kind("committee", Group.MEETING, "Committee or task force"),
    Kind("office", Group.MEETING, "Elected or appointed office"),
    Kind("teaching", Group.TEACHING, "Teaching a class"),
    Kind("presentation", Group.TEACHING, "Technical presentation"),
    Kind("career-day", Group.TEACHING, "Career Day presenter"),
    Kind("mentoring", Group.TEACHING, "Mentoring"),
    Kind("authoring", Group.TEACHING, "Writing or publishing"),
    Kind("exam-writing", Group.TEACHING, "Helping to write an exam"),
    Kind("exam", Group.EXAM, "Exam passed"),
    Kind("upgrade", Group.EXAM, "Passed a higher level"),
    Kind("certification", Group.EXAM, "Earned another certification"),
    Kind("special-exam", Group.EXAM, "Special recertification exam"),
    Kind("assessment", Group.EXAM, "Renewal assessment"),
    Kind("volunteering", Group.OTHER, "Volunteering"),
    Kind("project", Group.OTHER, "Project participation"),
    Kind("other", Group.OTHER, "Other"),
)

KINDS = {kind.key: kind for kind in _KINDS}

FORMATS = {
    "in-person": "In person",
    "live-online": "Live online",
    "on-demand": "On demand",
    "blended": "Blended",
    "nano": "Nano learning",
}

ROLES = {
    "attendee": "Attendee",
    "member": "Member",
    "chair": "Chair",
    "officer": "Officer",
    "author": "Author",
    "instructor": "Instructor",
    "preparer": "Prepared it",
}

REACHES = {"local": "Local", "regional": "Regional", "national": "National"}


@dataclass(frozen=True)
class AmountUnit:
    """How an amount may be written: its name for one and for many."""

    key: str
    one: str
    many: str


AMOUNT_UNITS = {
    unit.key: unit
    for unit in (
        AmountUnit("hour", "hour", "hours"),
        AmountUnit("minute", "minute", "minutes"),
        AmountUnit("day", "day", "days"),
        AmountUnit("month", "month", "months"),
        AmountUnit("ceu", "CEU", "CEUs"),
        AmountUnit("semester-credit", "semester credit", "semester credits"),
        AmountUnit("quarter-credit", "quarter credit", "quarter credits"),
        AmountUnit("each", "time", "times"),
        AmountUnit("point", "point on the certificate", "points on the certificate"),
    )
}


class Reason(StrEnum):
    """Why points do not count. The list is closed: each code has a sentence and one action."""

    CATEGORY_CAP = "over category cap"
    YEARLY_CAP = "over yearly cap"
    ACTIVITY_CAP = "over activity cap"
    BEFORE_PERIOD = "before period"
    AFTER_PERIOD = "after period"
    NOT_YET = "not yet"
    DUPLICATE = "duplicate"
    EVIDENCE = "evidence needed"
    KIND = "kind not accepted"
    TOO_SHORT = "too short"
    BELOW_LEVEL = "below level"
    NOT_RELEVANT = "not relevant"
    WAITING = "waiting"
    NOT_CONFIRMED = "not confirmed"
    ROUNDING = "rounding"


REASON_LABELS = {
    Reason.CATEGORY_CAP: "Cap reached",
    Reason.YEARLY_CAP: "Yearly cap",
    Reason.ACTIVITY_CAP: "Activity limit",
    Reason.BEFORE_PERIOD: "Before period",
    Reason.AFTER_PERIOD: "After period",
    Reason.NOT_YET: "Not yet",
    Reason.DUPLICATE: "Duplicate",
    Reason.EVIDENCE: "Needs evidence",
    Reason.KIND: "Kind not accepted",
    Reason.TOO_SHORT: "Too short",
    Reason.BELOW_LEVEL: "Below your level",
    Reason.NOT_RELEVANT: "Outside this field",
    Reason.WAITING: "Waiting for confirmation",
    Reason.NOT_CONFIRMED: "Not confirmed",
    Reason.ROUNDING: "Rounded",
}

CAP_REASONS = frozenset({Reason.CATEGORY_CAP, Reason.YEARLY_CAP, Reason.ACTIVITY_CAP})


class StandingWord(StrEnum):
    """The four standings, one vocabulary for every page, mail and export."""

    LAPSED = "lapsed"
    DUE = "due"
    AT_RISK = "at-risk"
    ON_TRACK = "on-track"


STANDING_LABELS = {
    StandingWord.LAPSED: "Lapsed",
    StandingWord.DUE: "Due",
    StandingWord.AT_RISK: "At risk",
    StandingWord.ON_TRACK: "On track",
}
