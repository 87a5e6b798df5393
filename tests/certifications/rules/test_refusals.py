"""What no kind rule takes is told what it lacks, not only that its kind is not counted."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from certifications.rules.counting import count
from tests.certifications.rules.generating import HEAD, case, document, entry

KIND = {"key": "k", "name": "K", "kind": ["class", "webinar"], "category": ["a"], "points": 1}
NO = 'Made up does not count "Class or training"'


def told(entry_parts: dict[str, Any], *rules: dict[str, Any], **parts: Any) -> str:
    kinds = [KIND | {"key": f"k{place}"} | rule for place, rule in enumerate(rules)]
    [line] = count(document(kinds=kinds, **parts), case(entry(**entry_parts))).lines
    [loss] = line.losses
    return loss.text


@pytest.mark.parametrize(
    ("logged", "rules", "text"),
    [
        ({}, [{"kind": "exam"}], f"{NO}."),
        ({"topics": frozenset({"in-service"})}, [{"select": {"except": {"topic": "in-service"}}}],
         f"{NO} on the topic in-service."),
        ({}, [{"select": {"topic": "gas"}}], 'Made up counts "Class or training" only on the topic gas.'),
        ({}, [{"select": {"topic": "gas"}}, {"select": {"format": "in-person"}}],
         'Made up counts "Class or training" only on the topic gas or where the format is in person.'),
        ({"category": "b"}, [{}], f"{NO} in B."),
        ({}, [{"until": date(2024, 6, 1)}], f"{NO} from 1 Jun 2024 on."),
        ({}, [{"from": date(2025, 1, 1), "until": date(2026, 1, 1)}],
         f"{NO} before 1 Jan 2025 and from 1 Jan 2026 on."),
        ({"topics": frozenset({"old"})}, [{"until": date(2024, 1, 1), "select": {"topic": "old"}}],
         f"{NO} on the topic old from 1 Jan 2024 on."),
    ],
)  # fmt: skip
def test_what_is_refused_is_told_why(logged: dict[str, Any], rules: list[dict[str, Any]], text: str) -> None:
    assert told(logged, *rules) == text


def test_what_the_day_of_applying_shuts_out_says_so() -> None:
    submission = HEAD | {"decided_by": "submission"}
    assert told({}, {"until": date(2020, 1, 1)}, rules=submission) == f"{NO} in applications from 1 Jan 2020 on."
