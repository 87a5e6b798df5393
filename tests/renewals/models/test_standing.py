"""The word a standing has today, said by the database, is the word the engine says."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from certifications.packs import Reading
from certifications.rules.cases import Case
from certifications.rules.counting import count
from certifications.rules.document import Document
from certifications.rules.examples import case_of
from certifications.rules.standing import Standing as Judged
from certifications.rules.standing import judge
from renewals.models import Standing
from tests.factories.renewals import StandingFactory

pytestmark = pytest.mark.django_db
EXAMPLES, DAYS = 120, 4


def examples(shipped: Reading) -> list[tuple[Document, Case]]:
    """Worked examples of the shipped rules, the same ones on every run."""
    found = [
        (version.document, case_of(version.document, example))
        for version in shipped.documents
        for example in version.document.examples
    ]
    return random.Random(4).sample(found, min(EXAMPLES, len(found)))


def judged_on(document: Document, case: Case, day: date) -> Judged:
    asked = replace(case, as_of=day)
    return judge(document, asked, count(document, asked))


def keep(row: Standing, judged: Judged) -> None:
    """Keep of a count what a recount keeps of it."""
    Standing.objects.filter(pk=row.pk).update(
        word=judged.word.value, complete=judged.complete, on_course=judged.on_course,
        window_opens=None if judged.never_ends else judged.window_opens,
        lapses_after=None if judged.never_ends else judged.lapses_after,
        ends_on=None if judged.never_ends else judged.ends_on,
    )  # fmt: skip


def test_the_word_of_any_day_is_the_engines(shipped: Reading) -> None:
    row, draw, compared, words = StandingFactory(), random.Random(7), 0, set()
    for document, case in examples(shipped):
        counted = judged_on(document, case, case.as_of)
        keep(row, counted)
        span = case.term.span
        ahead = min(max((span.end - case.as_of).days, 30), 2000)
        for later in [0, *(draw.randrange(1, ahead + 200) for _ in range(DAYS))]:
            day = case.as_of + timedelta(days=later)
            truth = judged_on(document, case, day)
            if (truth.on_course, truth.complete) != (counted.on_course, counted.complete):
                continue  # what was found by the last count no longer holds: only a recount can say
            said = Standing.objects.worded(day).get(pk=row.pk)
            assert (said.today_word, said.place) == (truth.word.value, truth.order[0]), (document.rules.key, day)
            compared += 1
            words.add(truth.word)
    assert compared > EXAMPLES
    assert len(words) == 4


def test_worst_first() -> None:
    day = date(2026, 10, 1)
    late, soon = day + timedelta(days=200), day + timedelta(days=20)
    common = {"window_opens": late, "lapses_after": late, "ends_on": late, "on_course": True}
    expected = [
        StandingFactory(**{**common, "lapses_after": day - timedelta(days=1)}),
        StandingFactory(**{**common, "window_opens": day, "ends_on": soon}),
        StandingFactory(**{**common, "window_opens": day}),
        StandingFactory(**{**common, "on_course": False, "short": 2000}),
        StandingFactory(**{**common, "on_course": False, "short": 900}),
        StandingFactory(**{**common, "window_opens": day, "complete": True}),
        StandingFactory(**common),
        StandingFactory(**{**common, "window_opens": None, "lapses_after": None, "ends_on": None}),
    ]
    assert list(Standing.objects.worded(day).worst_first()) == expected
