"""The parts of the allocation: greedy, when it is proven, the simplex, and whole steps by branching."""

from __future__ import annotations

from fractions import Fraction

import pytest

from certifications.rules.allocation import (
    Constraint,
    EntangledError,
    Given,
    Goal,
    Offer,
    Problem,
    allocate,
    binding,
    oldest_first,
    proven,
    total,
)
from certifications.rules.allocation.best import best
from certifications.rules.allocation.model import model_of
from certifications.rules.allocation.simplex import Budget, Simplex
from certifications.rules.allocation.whole import whole_best
from tests.certifications.rules.problems import by_highs, value


def cap(limit: int, *places: tuple[int, str], rank: int = 0) -> Constraint:
    return Constraint(f"cap {rank}", limit, frozenset(places), (rank, 0, rank))


def offers(*points: int, categories: tuple[str, ...] = ("a",)) -> list[Offer]:
    return [Offer(number, amount, categories) for number, amount in enumerate(points)]


def test_oldest_first_takes_what_every_cap_leaves() -> None:
    caps = [cap(6, (0, "a"), (1, "a")), cap(7, (0, "a"), (1, "a"), (2, "a"))]
    assert oldest_first(offers(5, 5, 5), caps, 1) == {(0, "a"): 5, (1, "a"): 1, (2, "a"): 1}


def test_steps_leave_what_does_not_fill_one() -> None:
    assert oldest_first(offers(300), [cap(250, (0, "a"))], 100) == {(0, "a"): 200}


def test_caps_that_can_refuse_nothing_are_left_out() -> None:
    tight, loose = cap(9, (0, "a"), (1, "a"), rank=2), cap(10, (0, "a"), (1, "a"), rank=1)
    assert binding(Problem(offers(5, 5), [tight, loose], [])) == [tight]
    several = Problem(offers(5, categories=("a", "b")), [cap(5, (0, "a"), (0, "b"))], [])
    assert binding(several) == []  # five points, wherever they stand


def test_greedy_is_proven_where_nothing_is_refused_or_caps_nest() -> None:
    both = [cap(4, (0, "a")), cap(8, (0, "a"), (1, "a"))]
    assert proven(Problem(offers(5, 5), both, [])) == {(0, "a"): 4, (1, "a"): 4}
    crossing = [cap(4, (0, "a"), (1, "a")), cap(4, (1, "a"), (2, "a"))]
    assert proven(Problem(offers(5, 5, 5), crossing, [])) is None
    assert proven(Problem(offers(1, 1, 1), crossing, [])) is not None
    assert proven(Problem(offers(5, categories=("a", "b")), [cap(3, (0, "a"))], [])) is None


def test_a_goal_that_could_be_served_better_is_no_proof() -> None:
    tight = [cap(5, (0, "a"), (1, "a"))]
    assert proven(Problem(offers(5, 5), tight, [Goal(3, frozenset({(1, "a")}))])) is None
    assert proven(Problem(offers(5, 5), tight, [Goal(3, frozenset({(0, "a")}))])) is not None
    assert allocate(Problem(offers(5, 5), tight, [Goal(3, frozenset({(1, "a")}))])) == {(0, "a"): 2, (1, "a"): 3}


def test_the_most_points_under_crossing_caps() -> None:
    crossing = [cap(10, (0, "a"), (1, "a")), cap(10, (0, "a"), (2, "a"))]
    asked = Problem(offers(10, 10, 10), crossing, [])
    assert allocate(asked) == {(1, "a"): 10, (2, "a"): 10}
    assert allocate(asked, date_order=True) == {(0, "a"): 10}


def test_categories_are_taken_in_the_order_they_are_named() -> None:
    two = offers(6, 6, categories=("b", "a"))
    half = [cap(8, (0, "b"), (1, "b"))]
    assert allocate(Problem(two, half, [])) == {(0, "b"): 6, (1, "b"): 2, (1, "a"): 4}
    third = offers(9, categories=("c", "b", "a"))
    assert allocate(Problem(third, [cap(4, (0, "c")), cap(3, (0, "b"))], [])) == {(0, "c"): 4, (0, "b"): 3, (0, "a"): 2}


def test_in_date_order_too_what_one_category_cannot_hold_goes_to_the_next() -> None:
    two = offers(6, 6, categories=("b", "a"))
    caps = [cap(8, (0, "b"), (1, "b")), cap(3, (0, "a"), (1, "a"))]
    assert allocate(Problem(two, caps, []), date_order=True) == {(0, "b"): 6, (1, "b"): 2, (1, "a"): 3}


def test_pieces_that_no_cap_can_tell_apart_are_one_lot() -> None:
    limit = cap(20, *((number, "a") for number in range(30)))
    model = model_of(Problem(offers(*[1] * 30), [limit], []))
    assert (len(model.lots), model.width, model.lots[0].supply) == (1, 1, 30)


def simplex(rows: list[dict[int, int]], limits: list[int], width: int) -> Simplex:
    return Simplex(rows, limits, width, Budget(10_000))


def test_one_objective_after_the_other() -> None:
    made = simplex([{0: 1, 1: 1}, {0: 2, 1: 1}], [4, 6], 2)
    made.maximise([0, 1], for_good=True)
    assert made.value(0) + made.value(1) == 4
    made.maximise([0])
    assert (made.value(0), made.value(1)) == (2, 2)
    made.maximise([1])
    assert (made.value(0), made.value(1)) == (0, 4)


def test_corners_may_be_fractions_and_stay_exact() -> None:
    made = simplex([{0: 1, 1: 1}, {1: 1, 2: 1}, {0: 1, 2: 1}], [1, 1, 1], 3)
    made.maximise([0, 1, 2])
    assert [made.value(number) for number in range(3)] == [Fraction(1, 2)] * 3
    assert not made.is_whole


def test_what_is_promised_is_never_taken_back() -> None:
    made = simplex([{0: 1, 1: 1}], [10], 2)
    made.maximise([0])
    made.promise(0, 4)
    made.maximise([1])
    assert (made.whole(0), made.whole(1)) == (0, 6)  # beyond the 4


def test_work_has_a_limit() -> None:
    made = Simplex([{0: 1, 1: 1}, {0: 2, 1: 1}], [4, 6], 2, Budget(1))
    with pytest.raises(EntangledError, match="cross in too many ways"):
        made.maximise([0, 1])


def test_an_objective_without_end_is_refused() -> None:
    with pytest.raises(ValueError, match="unbounded"):
        simplex([{0: 1}], [1], 2).maximise([1])


def triangle(points: int, step: int = 1) -> Problem:
    """Three pieces, each two of them under a cap of an odd number: half steps would be best."""
    pairs = [((0, "a"), (1, "a")), ((1, "a"), (2, "a")), ((0, "a"), (2, "a"))]
    caps = [cap(points, *pair, rank=rank) for rank, pair in enumerate(pairs)]
    return Problem(offers(*[points] * 3), caps, [], step)


@pytest.mark.parametrize(("points", "step"), [(1, 1), (5, 1), (300, 100), (250, 100)])
def test_steps_are_never_split(points: int, step: int) -> None:
    asked = triangle(points, step)
    given: Given = allocate(asked)
    assert all(amount % step == 0 for amount in given.values())
    assert value(asked, given) == by_highs(asked)
    assert given.get((0, "a"), 0) == max(given.values())  # the oldest has the odd one


def test_branching_agrees_with_corners_where_corners_are_whole() -> None:
    crossing = [cap(7, (0, "a"), (1, "a")), cap(8, (1, "a"), (2, "a"))]
    asked = Problem(offers(5, 5, 5), crossing, [Goal(4, frozenset({(1, "a")}))])
    amounts = whole_best(asked, model_of(asked), Budget(100_000))
    by_corners = best(asked)
    assert amounts == [by_corners.get((number, "a"), 0) for number in range(3)]


def test_totals_of_places() -> None:
    assert total({(0, "a"): 3, (1, "a"): 4}, frozenset({(1, "a"), (2, "a")})) == 4
