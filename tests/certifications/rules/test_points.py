"""Points: whole hundredths, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certifications.rules.points import MOST, hundredths, plain, show, signed_hundredths


@pytest.mark.parametrize(
    ("written", "points"), [(24, 2400), ("0.25", 25), (Decimal("1.10"), 110), ("10.5", 1050), (0, 0), (1_000_000, MOST)]
)
def test_numbers_are_read_exactly(written: object, points: int) -> None:
    assert hundredths(written) == points


@pytest.mark.parametrize(
    "written",
    [0.5, True, None, "-1", -1, "1.234", Decimal("0.001"), "1e3", "", "1,5", 1_000_001, [1], Decimal("1E+999999999"),
     Decimal("NaN"), Decimal("Infinity"), "9" * 5000],
)  # fmt: skip
def test_what_is_no_number_of_points_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="must be"):
        hundredths(written)


@pytest.mark.parametrize(("written", "points"), [(-2, -200), ("-0.5", -50), (Decimal("-1.25"), -125), (3, 300)])
def test_owed_points_are_below_zero(written: object, points: int) -> None:
    assert signed_hundredths(written) == points


@pytest.mark.parametrize("written", [Decimal("NaN"), Decimal("-NaN"), Decimal("-Infinity"), "--1", -1_000_001, "-"])
def test_what_is_no_number_of_owed_points_is_refused(written: object) -> None:
    with pytest.raises(ValueError, match="must be"):
        signed_hundredths(written)


@pytest.mark.parametrize(
    ("points", "text"), [(2400, "24"), (1050, "10.5"), (25, "0.25"), (0, "0"), (-150, "-1.5"), (123456700, "1,234,567")]
)
def test_people_read_them_without_trailing_zeros(points: int, text: str) -> None:
    assert show(points) == text


@given(st.integers(0, MOST))
def test_what_is_written_into_a_document_is_read_back(points: int) -> None:
    assert hundredths(plain(points)) == points
