"""People and employers are found by how their words begin, and whatever is typed is only words."""

from __future__ import annotations

import pytest
from django.db import connection

from accounts.finding import employers_named, people_named
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("rey", ["Dana Reyes"]), ("reyes DA", ["Dana Reyes"]), ("dana@", ["Dana Reyes"]),
        ("DANA@Ridge", ["Dana Reyes"]),
        ("o'br", ["Una O'Brien-Smith"]), ("smith", ["Una O'Brien-Smith"]), ("eyes", []), ("ridge", []), ("@", []),
        ("un", ["Una O'Brien-Smith"]), ("' | 'dana", ["Dana Reyes"]),
        ("dana | una", []), ("dana:*", ["Dana Reyes"]), ("&", []), ("\\", []),
        ("%", []), ("_", []), ("dana " * 40, ["Dana Reyes"]), ("", ["Dana Reyes", "Una O'Brien-Smith"]),
    ],
)  # fmt: skip
def test_people_are_found_by_name_or_address(asked: str, found: list[str]) -> None:
    UserFactory(name="Dana Reyes", email="Dana@ridgeline.example")
    UserFactory(name="Una O'Brien-Smith", email="una@ridgeline.example")
    assert [one.name for one in people_named(asked).order_by("name")] == found


def test_employers_are_found_by_name() -> None:
    for name in ("Ridgeline Fire and Security", "Vale Fire"):
        EmployerFactory(name=name)
    assert [one.name for one in employers_named("sec ridge")] == ["Ridgeline Fire and Security"]
    assert employers_named("fire").count() == employers_named("").count() == 2


@pytest.mark.parametrize(
    ("asked", "indexes"),
    [
        ("dana", ["user_name_words", "user_email_begins"]), ("dana@r", ["user_email_begins"]),
        ("ridge", ["employer_name_words"]),
    ],
)  # fmt: skip
def test_an_index_answers(asked: str, indexes: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    found = employers_named(asked) if asked == "ridge" else people_named(asked)
    plan = found.order_by("-pk").explain()
    assert [name for name in indexes if name in plan] == indexes
