"""What must be true of every count, whatever the rules and whatever was logged."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from certifications.rules.caps import lay_caps
from certifications.rules.cases import Case, Entry
from certifications.rules.counting import count
from certifications.rules.document import Document
from certifications.rules.needing import total_need
from certifications.rules.results import Outcome
from certifications.rules.words import CAP_REASONS
from tests.certifications.rules import generating as make
from tests.certifications.rules.tables import table


def shortfall(outcome: Outcome) -> int:
    return sum(one.short for one in outcome.requirements if one.counts == "points" and one.key != "total")


@given(make.documents(), make.cases())
def test_every_line_and_the_total_add_up(document: Document, case: Case) -> None:
    outcome = count(document, case)

    for line in outcome.lines:
        assert line.asked == line.counted + sum(loss.points for loss in line.losses), line
        assert line.counted == sum(points for _, points in line.by_category)
        assert all(points > 0 for _, points in line.by_category)
    assert outcome.counted == sum(line.counted for line in outcome.lines)
    assert outcome.not_counted == sum(outcome.lost_by_reason().values())
    assert len(outcome.lines) == len(case.entries) + len(case.carried)


@given(make.documents(), make.cases())
def test_every_lost_point_has_a_reason_in_words(document: Document, case: Case) -> None:
    rules = {rule.key for rule in (*document.caps, *document.kinds)}
    keys = {entry.key for entry in case.entries}
    for line in count(document, case).lines:
        for loss in line.losses:
            assert loss.points >= 0
            assert loss.text.endswith(".")
            if loss.reason in CAP_REASONS:
                assert loss.rule in rules
            if loss.other:
                assert loss.other in keys - {line.key}
        assert not line.excluded or line.losses


@given(make.documents(), make.cases())
def test_no_cap_is_exceeded_in_any_of_its_windows(document: Document, case: Case) -> None:
    book, given_points = table(document, case)

    for laid in lay_caps(book, total_need(document, case)):
        assert sum(given_points.get(place, 0) for place in laid.constraint.members) <= laid.constraint.limit
    for piece in book.pieces:
        assert sum(given_points.get((piece.number, one), 0) for one in piece.categories) <= piece.points
    if document.whole_points:
        assert all(points % 100 == 0 for points in given_points.values())


@given(make.documents(), make.cases(), st.randoms(use_true_random=False))
def test_the_order_of_typing_changes_nothing(document: Document, case: Case, shuffle: random.Random) -> None:
    entries = list(case.entries)
    shuffle.shuffle(entries)

    assert count(document, replace(case, entries=tuple(entries))) == count(document, case)


@given(make.documents(), make.cases())
def test_a_day_counts_what_had_happened_by_then_and_nothing_else(document: Document, case: Case) -> None:
    entries = tuple(one for one in case.entries if one.since is None or one.on <= case.as_of)
    happened = tuple(one for one in entries if one.on <= case.as_of)
    known, then = (count(document, replace(case, entries=some)) for some in (entries, happened))

    assert (then.counted, then.requirements, then.categories) == (known.counted, known.requirements, known.categories)


@given(make.documents(once=False), make.cases(most=6), make.entries(99))
def test_one_more_activity_never_leaves_more_short(document: Document, case: Case, more: Entry) -> None:
    """Minimums come before the total: with crossing caps an activity that fills a minimum may cost points elsewhere."""
    if any(minimum.categories for minimum in document.minimums):
        return
    before, after = count(document, case), count(document, replace(case, entries=(*case.entries, more)))

    assert (-shortfall(after), after.counted) >= (-shortfall(before), before.counted)
    assert after.compliant >= before.compliant


@given(make.documents(once=False, with_minimums=False), make.cases(most=6), make.entries(99))
def test_without_minimums_one_more_activity_never_lowers_the_total(document: Document, case: Case, more: Entry) -> None:
    before, after = count(document, case), count(document, replace(case, entries=(*case.entries, more)))

    assert after.counted >= before.counted


@given(make.documents(tree=True, once=False), make.cases(most=6), make.entries(99))
def test_with_nested_caps_one_more_activity_never_lowers_the_total(document: Document, case: Case, more: Entry) -> None:
    before, after = count(document, case), count(document, replace(case, entries=(*case.entries, more)))

    assert after.counted >= before.counted


@given(make.documents(date_order=True, with_minimums=False), make.cases())
def test_date_order_never_counts_more_than_the_best_way(document: Document, case: Case) -> None:
    best = document.model_copy(update={"allocation": "best"})

    assert count(document, case).counted <= count(best, case).counted


@given(make.documents(), make.cases())
def test_the_totals_by_category_hold_what_counted(document: Document, case: Case) -> None:
    outcome = count(document, case)
    tops = [one for one in outcome.categories if not one.parent]
    loose: Any = sum(points for line in outcome.lines for key, points in line.by_category if not key)

    assert sum(one.counted for one in tops) + loose == outcome.counted
    for one in outcome.categories:
        assert one.cap is None or one.counted <= one.cap or any(c.key == one.key for c in outcome.categories)
        assert one.room is None or one.room >= 0
