"""The filter of the list: what it does not know it ignores."""

import pytest
from django.http import QueryDict

from accounts.models import User
from activities.queries import Show, Wanted
from certifications.models import HeldCertification
from renewals.forms.activity_filter import ActivityFilter
from tests.factories.certifications import HeldCertificationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(technician: User) -> list[HeldCertification]:
    return HeldCertificationFactory.create_batch(2, user=technician)


def wanted(query: str, held: list[HeldCertification]) -> Wanted:
    return ActivityFilter(QueryDict(query), held).wanted


def test_what_is_asked_for(held: list[HeldCertification]) -> None:
    found = wanted(f"q=+panel++class+&cert={held[1].pk}&kind=exam&show=partly", held)
    assert found == Wanted("panel class", held[1].pk, "exam", Show.PARTLY)


@pytest.mark.parametrize(
    "query",
    ["", "cert=0", "cert=-1", "cert=99999999999999999999", "cert=abc", "cert=%D9%A1", "kind=x", "show=x", "q=%00",
     "q=%20", "technician__password=x", "show=all&page=7", "q=%E2%80%8B"],
)  # fmt: skip
def test_what_means_nothing_is_ignored(query: str, held: list[HeldCertification]) -> None:
    assert wanted(query, held) == Wanted()


def test_the_first_of_two_counts_and_long_words_are_cut(held: list[HeldCertification]) -> None:
    assert wanted("kind=exam&kind=class", held).group == "exam"
    assert len(wanted("q=" + "x" * 5000, held).words) == 200


def test_one_certification_needs_no_choice(held: list[HeldCertification]) -> None:
    assert "cert" not in ActivityFilter(QueryDict(), held[:1]).fields
    assert 'value="panel"' in str(ActivityFilter(QueryDict("q=panel"), held)["q"])
