"""Words for what the rules are, where they were read, and the renewal period."""

from __future__ import annotations

from typing import Any

from ...rules.document import (
    Document,
    Escalation,
    Fact,
    Grace,
    Head,
    Nested,
    Period,
    Reinstatement,
    Relief,
    RenewedBy,
    Source,
    Unit,
)

SOURCE = ("Source", "Where this was read.")
NOTE = ("Note", "Anything else a reader should know.")
KEY = ("Short name", "Other rules and examples call it by this. Made from the name if you leave it empty.")

WORDS: dict[Any, dict[str, tuple[str, str]]] = {
    Document: {
        "format": ("Format", ""),
        "rules": ("What these rules are", ""),
        "unit": ("What a point is called", ""),
        "sources": ("Sources", ""),
        "period": ("Renewal period", ""),
        "categories": ("Categories", ""),
        "kinds": ("Kinds of activity", ""),
        "allocation": ("How points are given to categories", ""),
        "whole_points": ("A point is counted whole or not at all", ""),
        "need": ("The total", ""),
        "minimums": ("Besides the total", ""),
        "caps": ("Caps", ""),
        "alternatives": ("Other sets of requirements, one of which is enough", ""),
        "events": ("What meets everything at once", "Such as passing an exam."),
        "renewed_by": ("Certifications whose renewal renews this one", ""),
        "carry_over": ("Something goes into the next period", ""),
        "escalations": ("What follows when a period was missed", ""),
        "money": ("The body's fees are known", ""),
        "facts": ("Questions", ""),
        "examples": ("Examples", ""),
        "period_examples": ("Examples of dates", ""),
    },
    Head: {
        "name": ("Name", "As people read it, such as Fire Alarm Systems."),
        "version": ("Version", "The body's own name for it, such as 2024 or 3rd edition."),
        "summary": ("In short", "Two or three sentences in plain words. People read them first."),
        "certifications": ("Counts for", "The certifications these rules are for."),
        "levels": ("Levels", "Codes, one a line, lowest first. Empty: all levels."),
        "in_force_from": ("In force from", "First day on which these rules decide."),
        "decided_by": ("Which day decides", "It is compared with the day above."),
        "checked_on": ("Last checked on", "When the sources were last read."),
        "confidence": ("How sure we are", "All but the first are shown as: check with the certifying body."),
        "note": NOTE,
        "body": ("Certifying body", ""),
        "key": ("Address", ""),
        "status": ("State", ""),
    },
    Unit: {
        "one": ("One of them", "Such as CEC."),
        "many": ("Many of them", "Such as CECs."),
        "meaning": ("What it means", "Such as: one hour of 50 minutes."),
    },
    Source: {
        "title": ("Title", "Who says it, and where."),
        "url": ("Address", "Begins with https:// or http://."),
        "origin": ("Whose words", ""),
        "note": ("Note", "What it says, or where it disagrees with others."),
        "key": ("Mark", "Rules show it, such as A1. Made for you if you leave it empty."),
    },
    Period: {
        "months": ("Length in months", "Three years are 36."),
        "never_ends": ("It never ends", "The certification does not lapse."),
        "starts": ("The first period starts", ""),
        "ends": ("A period ends", ""),
        "fixed_end": ("Fixed end days", "Month and day, one a line: 03-31."),
        "grace": ("After the end", "What may still be done, and how long."),
        "window_months": ("Renewal opens, months before the end", "Empty: 6, or none where days are given."),
        "window_days": ("and so many days before that", ""),
        "source": SOURCE,
        "note": NOTE,
        "window_closes_months": ("Renewal closes, months before the end", "0: it does not close before the end."),
        "window_closes_days": ("and so many days before that", ""),
        "snap": ("First period, where the calendar moves its end", ""),
        "end_parity": ("Periods end only in some years", ""),
        "end_year": ("or a year in which all periods end", "And again after each length: 2027, 2030 for three years."),
        "leap_day": ("29 February in other years", ""),
        "expiry_day_counts": ("The day on the card is the last day that counts", ""),
        "rolling": ("The period rolls", "It moves on instead of starting anew."),
        "rolls_months": ("Rolls on every so many months", "Empty: judged on any day."),
        "early_from": ("Activities before the first period count", ""),
        "renewing_early": ("Who renews early", ""),
        "renew_from_points": ("Renewal is possible as soon as the points are there", ""),
        "renew_from_months": ("but not in the first so many months", ""),
        "shared_end": ("All certifications with this body end on one day", ""),
        "suspended_months": ("Suspended, months after the end", "Not lost; the next period counts from the old end."),
        "reinstate_months": ("Reinstatement, months after the end", ""),
        "reinstatement": ("Reinstatement in steps", ""),
        "lifelong_if_issued_before": ("Who was certified before this day never renews", ""),
        "nested": ("Shorter rhythms inside", "Such as a yearly fee."),
        "relief": ("Longer windows for some periods", ""),
        "notice_months": ("The body writes, months before the end", ""),
    },
    Grace: {
        "allows": ("What may be done", ""),
        "months": ("Months after the end", ""),
        "days": ("Days after the end", ""),
        "note": NOTE,
    },
    Nested: {
        "name": ("Name", "Such as: Yearly fee."),
        "months": ("Every so many months", ""),
        "note": NOTE,
        "key": KEY,
    },
    Relief: {
        "ends_from": ("Periods that end from", ""),
        "ends_until": ("to", ""),
        "extra_months": ("Months longer", "Activities count so much longer."),
        "select": ("Which activities", "Empty: all."),
        "note": NOTE,
    },
    Reinstatement: {
        "name": ("What is asked for", ""),
        "months": ("Months after the end", ""),
        "days": ("Days after the end", ""),
        "source": SOURCE,
        "note": NOTE,
        "key": KEY,
    },
    Escalation: {
        "name": ("What follows", "Such as: Letter of warning."),
        "failures": ("Missed periods", "This one included."),
        "within_months": ("Within so many months", ""),
        "source": SOURCE,
        "note": NOTE,
        "key": KEY,
    },
    Fact: {
        "ask": ("Question", "As the holder reads it."),
        "answer": ("Answer", ""),
        "choices": ("Possible answers", "One a line, for one or several of a list."),
        "help": ("Help", "A sentence that helps to answer."),
        "key": KEY,
    },
    RenewedBy: {
        "name": ("In words", "Such as: Any higher certification."),
        "certification": ("Certification", ""),
        "level": ("Level", "Where only one does."),
        "when": ("Only for some holders", "All of these must hold."),
        "source": SOURCE,
    },
}  # fmt: skip

FIXED: dict[Any, frozenset[str]] = {
    Document: frozenset({"format", "examples", "period_examples"}),
    Head: frozenset({"body", "key", "status"}),
}

MORE: dict[Any, frozenset[str]] = {
    Head: frozenset({"levels", "decided_by", "note"}),
    Period: frozenset(WORDS[Period]) - {
        "months", "never_ends", "starts", "ends", "grace", "window_months", "window_days", "source", "note",
    },
    Source: frozenset({"key"}),
    Nested: frozenset({"key", "note"}),
    Reinstatement: frozenset({"key", "note"}),
    Escalation: frozenset({"key"}),
    Fact: frozenset({"key"}),
    Relief: frozenset({"note"}),
    Grace: frozenset({"note"}),
}  # fmt: skip

OPTIONS: dict[tuple[Any, str], dict[str, str]] = {
    (Head, "decided_by"): {
        "period-start": "The first day of the period", "period-end": "The last day of the period",
        "submission": "The day of applying",
    },
    (Head, "confidence"): {
        "body": "Read on the certifying body's own page", "copy": "Read in a copy of the body's text",
        "secondary": "Read on another site", "unverified": "Not verified",
    },
    (Source, "origin"): {
        "body": "The certifying body's own", "copy": "A copy of the body's text", "secondary": "Somebody else's",
    },
    (Period, "starts"): {
        "award": "On the day of award", "next-january": "On 1 January after the award",
        "january": "On 1 January of the year of award", "month-start": "On the first day of the month of award",
    },
    (Period, "ends"): {
        "anniversary": "On the day before the anniversary", "month-end": "On the last day of that month",
        "month-start": "On the day before that month", "birth-month-end": "On the last day of the birth month",
        "birthday": "On the birthday", "year-end": "On 31 December", "fixed": "On fixed days (below)",
    },
    (Period, "snap"): {"back": "Becomes shorter", "forward": "Becomes longer"},
    (Period, "end_parity"): {
        "birth-year": "Even or odd as the year of birth", "licence-year": "Even or odd as the year of award",
        "even": "Even years", "odd": "Odd years",
    },
    (Period, "leap_day"): {"28-february": "28 February", "1-march": "1 March"},
    (Period, "early_from"): {
        "none": "No", "award": "From the award on", "january": "From 1 January of the year of award on",
    },
    (Period, "renewing_early"): {
        "keeps": "keeps the rhythm", "longer": "starts the next period at once and keeps its end",
        "from-expiry": "gets one period from the old end", "from-approval": "gets one period from the day of renewal",
    },
    (Grace, "allows"): {
        "earn": "Earn points", "submit": "Send in", "exam": "Sit an exam", "late-fee": "Send in, for a late fee",
    },
    (Fact, "answer"): {
        "yes-no": "Yes or no", "number": "A whole number", "choice": "One of a list", "topics": "Several of a list",
    },
    (Document, "allocation"): {
        "best": "Best for the holder, oldest first", "date-order": "Strictly in order of date",
    },
}  # fmt: skip
