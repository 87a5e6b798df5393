"""Rule documents and cases drawn by lot, as the plain values of their files: small, odd, and always well-formed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from .generating import HEAD
from .naive import DAY, Values, later

KINDS = ("class", "webinar", "teaching", "field-time", "reading")
TOPICS = ("ethics", "law")
WINDOWS = (
    "period", "period", "year", "year", "calendar-year", "day", "activity", "last-12-months", "last-48-months",
    "first-6-months", "rolling-6-months", "rolling-30-months", "each-8-months", "ever",
)  # fmt: skip
TREES = (("", "", "", ""), ("", "a", "b", ""))  # what each of a, b, c, d lies in


def some(rng: random.Random, words: Any, most: int = 9) -> list[str]:
    return rng.sample(list(words), rng.randint(1, min(most, len(words))))


def maybe(rng: random.Random, chance: float, /, **values: Any) -> Values:
    return values if rng.random() < chance else {}


def select(rng: random.Random, *, deep: bool = True) -> Values:
    found = maybe(rng, 0.5, category=some(rng, "abcd", 3)) | maybe(rng, 0.3, kind=some(rng, KINDS, 2))
    found |= maybe(rng, 0.2, topic=some(rng, TOPICS)) | maybe(rng, 0.15, format=["on-demand"])
    found |= maybe(rng, 0.1, shared=rng.random() < 0.5) | maybe(rng, 0.07, carried=rng.random() < 0.5)
    inner = select(rng, deep=False) if deep and rng.random() < 0.1 else {}
    return found | ({"except": inner} if inner else {})


def kind(rng: random.Random, word: str) -> Values:
    mode = rng.choice(["down", "nearest", "up", "half-down"])
    rounding = {"step": rng.choice(["0.25", 1, "0.5", "0.2"]), "mode": mode, "first_full": rng.choice([0, 0, 1])}
    found: Values = {"key": word, "name": word.title(), "kind": [word], "category": some(rng, "abcd", 3)}
    found |= {"points": rng.choice([1, 2, "0.5", 3, "1.25"]), "hours_in": {"ceu": 10}}
    found |= maybe(rng, 0.15, every=rng.choice([2, "1/3", 7])) | maybe(rng, 0.2, hour_minutes=50)
    found |= maybe(rng, 0.4, rounding=rounding) | maybe(rng, 0.2, minimum=rng.choice(["0.75", 2]))
    found |= maybe(rng, 0.2, most=rng.randint(1, 8)) | maybe(rng, 0.2, least=1) | maybe(rng, 0.1, evidence="to-count")
    found |= maybe(rng, 0.2, multiply=[{"role": ["instructor"], "times": rng.choice([2, "1/2", 3])}])
    found |= rng.choice([{}] * 4 + [{"once": "period"}, {"once": "ever"}, {"once_months": 12}])
    if word == "field-time":
        return found | {"over_time": True, "per": "month", "every": 1, "points": rng.choice([1, 2, "0.67"])}
    found |= maybe(rng, 0.2, topic_parts=[{"topic": "ethics", "points": rng.choice([1, "0.5"])}])
    return found | maybe(rng, 0.1, per="each")


def cap(rng: random.Random, place: int) -> Values:
    share, points = {"percent": rng.choice([25, "100/3"])}, {"points": rng.choice([2, 4, "5.5", 8, 12, 20])}
    limit = share if rng.random() < 0.2 else points
    return {"key": f"cap-{place}", "name": "Cap", "select": select(rng), "window": rng.choice(WINDOWS)} | limit


def minimum(rng: random.Random, place: int) -> Values:
    limit = {"percent": 10} if rng.random() < 0.2 else {"points": rng.choice([1, 2, "2.5", 8])}
    window = rng.choice(
        (
            "period",
            "year",
            "calendar-year",
            "last-12-months",
            "last-48-months",
            "first-6-months",
            "each-8-months",
            "ever",
        )
    )
    return {"key": f"minimum-{place}", "name": "Minimum", "select": select(rng), "window": window} | limit


def document(rng: random.Random) -> Values:
    """A rule document."""
    parents = rng.choice(TREES)
    categories = [
        {"key": key, "name": key.upper()} | ({"parent": up} if up else {})
        for key, up in zip("abcd", parents, strict=True)
    ]
    return {
        "format": 1, "rules": HEAD, "categories": categories, "need": {"points": rng.choice([0, 10, 30, 45])},
        "period": {"months": rng.choice([12, 24, 36])} | maybe(rng, 0.5, grace=[{"allows": "earn", "days": 30}]),
        "kinds": [kind(rng, word) for word in some(rng, KINDS)], "whole_points": rng.random() < 0.25,
        "caps": [cap(rng, place) for place in range(rng.randint(0, 5))],
        "minimums": [minimum(rng, place) for place in range(rng.randint(0, 3))],
        "carry_over": {},
    }  # fmt: skip


def activity(rng: random.Random, rules: Values, start: date, days: int) -> Values:
    words = [rule["key"] for rule in rules["kinds"]] * 3 + ["conference"]
    first, last = rng.choice([(0, days), (0, days), (0, days), (-400, days), (days - 5, days + 40)])
    on = start + timedelta(rng.randint(first, last))
    found: Values = {"on": on, "kind": rng.choice(words), "amount": rng.choice([1, 2, 4, 10, "2.5", "0.5", "1.33", 20])}
    found |= maybe(rng, 0.1, unit="minute", amount=rng.choice([30, 50, 115])) | maybe(rng, 0.1, unit="point")
    found |= maybe(rng, 0.05, unit="ceu") | maybe(rng, 0.6, title=rng.choice(["one", "two", "Two"]))
    found |= maybe(rng, 0.3, topics=some(rng, TOPICS)) | maybe(rng, 0.2, format=rng.choice(["in-person", "on-demand"]))
    found |= maybe(rng, 0.2, role="instructor") | maybe(rng, 0.1, shared=True) | maybe(rng, 0.1, evidence=False)
    found |= maybe(rng, 0.05, relevant=False)
    if found["kind"] == "field-time":
        work = {"since": on - timedelta(rng.randint(5, 500)), "unit": "month", "amount": 1}
        return found | work | maybe(rng, 0.3, share=50)
    return found | ({"unit": "hour"} if found["kind"] == "conference" else {})


def case(rng: random.Random, rules: Values) -> Values:
    """A case for a document."""
    start = rng.choice([date(2024, 4, 1), date(2024, 1, 1), date(2024, 2, 29), date(2023, 11, 17)])
    last = later(start, rules["period"]["months"]) - DAY
    days = (last - start).days
    as_of = rng.choice([last, last + DAY * 100, start + DAY * rng.randint(1, days)])
    return {
        "starts": start, "ends": last, "as_of": as_of,
        "activities": [activity(rng, rules, start, days) for _ in range(rng.randint(0, 10))],
        "carried": [{"points": rng.choice([2, "3.5"])} | maybe(rng, 0.5, category="a")] * rng.choice([0, 0, 1]),
    }  # fmt: skip
