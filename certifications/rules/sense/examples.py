"""Worked examples and case files that name what is not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import SequenceMatcher, get_close_matches

from ..asking import asked_by
from ..document import Document, Example, Fact, Question
from ..words import Reason
from .keys import BUILT_IN_FACTS
from .named import no_such

Found = Iterator[tuple[str, str]]
CARRIED = "carried"  # in answers: carried points that the rules give no category
REASONS = tuple(reason.value for reason in Reason)


def examples(document: Document) -> Found:
    """Examples that cannot be meant as they stand."""
    for position, example in enumerate(document.examples):
        path = f"examples.{position}"
        if example.ends < example.starts:
            yield f"{path}.ends", "is before starts"
        for where, what in (*strange_activities(document, example), *_strange_answers(document, example)):
            yield f"{path}.{where}", what


def _strange_facts(document: Document, question: Question) -> Found:
    """Facts that look like a slip: one that nothing asks for may be there for a reader, one that nearly is may not."""
    asked = {fact.key for fact in document.facts} | {one.item for one in document.every_minimum if one.item}
    known = sorted(asked | BUILT_IN_FACTS)
    for name in question.facts:
        if name not in known and any(SequenceMatcher(None, name, one).ratio() * 4 >= 3 for one in known):
            yield "facts", no_such("fact", name, known)
    for fact in document.facts:
        if fact.key in question.facts and (wrong := _no_answer(fact, question.facts[fact.key])):
            yield f"facts.{fact.key}", wrong


def _no_answer(fact: Fact, value: object) -> str:
    """Why a value is no answer to a question; empty where it is one."""
    if fact.answer == "yes-no":
        return "" if isinstance(value, bool) else "must be true or false"
    if fact.answer == "number":
        return "" if isinstance(value, int) and not isinstance(value, bool) else "must be a whole number"
    if fact.answer == "choice":
        return "" if value in fact.choices else f"must be one of {', '.join(fact.choices)}"
    given = (value,) if isinstance(value, str) else value if isinstance(value, tuple | list) else None
    if given is None or not set(given) <= set(fact.choices):
        return f"must be a list of some of {', '.join(fact.choices)}"
    return ""


def _nearly(word: str, words: Collection[str]) -> str | None:
    """The word that was meant by one that is written a little differently; None where it may well be meant."""
    if word in words:
        return None
    return next(
        (one for one in words if SequenceMatcher(None, word.casefold(), one.casefold()).ratio() * 10 >= 9), None
    )


def _strange_answers(document: Document, example: Example) -> Found:
    known = [*(category.key for category in document.categories), CARRIED]
    expect = example.expect
    for field in ("by_category", "lost_by_category"):
        for key in getattr(expect, field) or ():
            if key not in known:
                yield f"expect.{field}", no_such("category", key, known)
    for reason in expect.not_counted or ():
        if reason not in REASONS:
            yield "expect.not_counted", f"{reason!r} is no reason; known: {', '.join(REASONS)}"
    for place in expect.excluded or ():
        if place >= len(example.activities):
            yield "expect.excluded", f"there is no activity at position {place}"


def strange_activities(document: Document, question: Question) -> Found:
    """What is asked to be counted and cannot be meant: categories that are not there, words nobody knows, no days."""
    yield from _strange_facts(document, question)
    known = [category.key for category in document.categories]
    topics = asked_by([document]).topics
    for place, activity in enumerate(question.activities):
        path = f"activities.{place}"
        for topic in activity.topics:
            meant = _nearly(topic, topics)
            if meant:
                yield f"{path}.topics", f"no rule looks for the topic {topic!r}; did you mean {meant}?"
        if activity.category and activity.category not in known:
            yield f"{path}.category", no_such("category", activity.category, known)
        if activity.since and activity.since > activity.on:
            yield f"{path}.since", "is after on"
        for key, word, words in activity.unknown_words():
            near = get_close_matches(word, words, n=1)
            instead = f"did you mean {near[0]}?" if near else f"there are: {', '.join(words)}"
            yield f"{path}.{key}", f"{word!r} is not a known word; {instead}"
        if activity.amount == 0:
            yield f"{path}.amount", "must be above 0"
    for place, carried in enumerate(question.carried):
        if carried.category and carried.category not in known:
            yield f"carried.{place}.category", no_such("category", carried.category, known)
