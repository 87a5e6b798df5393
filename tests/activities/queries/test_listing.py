"""The list of activities: searched literally, filtered, summed."""

import pytest

from accounts.models import User
from activities.models import Activity
from activities.queries import Show, Sums, Wanted, listed, results_of, sums_of
from tests.factories.activities import ActivityFactory, ClaimFactory, EvidenceLinkFactory
from tests.factories.certifications import RenewalPeriodFactory

pytestmark = pytest.mark.django_db


def found(user: User, **wanted: object) -> list[str]:
    return sorted(activity.title for activity in listed(user, Wanted(**wanted)))  # type: ignore[arg-type]


@pytest.fixture
def period(technician: User):
    return RenewalPeriodFactory(held__user=technician)


@pytest.fixture
def mixed(technician: User, period) -> dict[str, Activity]:
    """One counted, one partly, one not, one deleted; the first is proven."""
    made = {}
    for title, counted, more in [("all", 800, {}), ("some", 300, {}), ("none", 0, {"kind": "meeting"})]:
        activity = ActivityFactory(user=technician, title=title, provider="NFPA", **more)
        ClaimFactory(period=period, activity=activity, counted=counted)
        made[title] = activity
    ActivityFactory(user=technician, title="gone", deleted=True)
    EvidenceLinkFactory(user=technician, activity=made["all"])
    EvidenceLinkFactory(user=technician, activity=made["some"], evidence__removed=True, evidence__user=technician)
    return made


def test_what_became_of_the_points(technician: User, mixed) -> None:
    assert found(technician) == ["all", "none", "some"]
    assert found(technician, show=Show.COUNTED) == ["all", "some"]
    assert found(technician, show=Show.PARTLY) == ["some"]
    assert found(technician, show=Show.NOT_COUNTED) == ["none"]
    assert found(technician, show=Show.UNPROVEN) == ["some"]
    assert found(technician, group="meeting") == ["none"]
    assert found(technician, words="nfpa som") == ["some"]


def test_for_one_certification(technician: User, mixed, period) -> None:
    other = RenewalPeriodFactory(held__user=technician)
    ClaimFactory(period=other, activity=mixed["none"], counted=800)
    assert found(technician, held=other.held.pk) == ["none"]
    assert found(technician, held=period.held.pk, show=Show.COUNTED) == ["all", "some"]
    assert found(technician, held=other.held.pk, show=Show.UNPROVEN) == ["none"]
    assert found(technician, show=Show.COUNTED) == ["all", "none", "some"]
    assert sums_of(listed(technician, Wanted()), period.held.pk) == Sums(2400, 1100)
    assert sums_of(listed(technician, Wanted(words="nothing")), period.held.pk) == Sums(0, 0)
    results = results_of(listed(technician, Wanted()), [period.held.pk, other.held.pk])
    assert sorted(claim.counted for claim in results[mixed["none"].pk]) == [0, 800]


@pytest.mark.parametrize("words", ["%", "_", "100%", "a_b", "'; DROP TABLE x; --", "\\", "(a+)+$", "é"])
def test_words_are_looked_for_as_they_stand(technician: User, words: str) -> None:
    ActivityFactory(user=technician, title="Anything else")
    assert found(technician, words=words) == []
    ActivityFactory(user=technician, title=f"with {words} inside")
    assert found(technician, words=words) == [f"with {words} inside"]


def test_nobody_sees_what_is_not_theirs(technician: User, stranger: User, mixed) -> None:
    assert found(stranger) == []
