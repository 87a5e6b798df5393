from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from accounts.models import User
from certifications.actions.drafts import start_draft
from certifications.drafting import examples_of, publishable, read
from certifications.models import RuleDraft
from certifications.packs import SHIPPED
from certifications.rules.raw import raw_of_text
from tests.factories.certifications import RuleSetFactory

AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
RAW = raw_of_text((SHIPPED / "iicrc" / "technician-one-hour.toml").read_text())


def draft(by: User, **parts: Any) -> RuleDraft:
    raw = deepcopy(RAW) | parts
    return start_draft(rule_set=RuleSetFactory.create(), raw=raw, by=by, at=AT)


def test_a_draft_with_enough_examples_that_hold_may_be_published(rules_admin: User) -> None:
    made = draft(rules_admin)
    assert publishable(made) == []
    assert len(examples_of(made)) == 5


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"need": {"points": 15}}, "worked examples do not hold."),
        ({"examples": RAW["examples"][:2]}, "At least 3 worked examples are needed. There are 2."),
        ({"examples": []}, "There is none."),
        ({"kinds": [{"key": "x"}]}, " things are to be put right."),
        (
            {"caps": [{"key": "c", "name": "C", "points": 1, "select": {"category": "zz"}}]},
            "The rules are not whole yet: ",
        ),
    ],
)
def test_what_keeps_a_draft_from_being_published(rules_admin: User, parts: dict[str, Any], words: str) -> None:
    found = publishable(draft(rules_admin, **parts))
    assert any(words in one for one in found), found


def test_what_is_wrong_has_the_line_of_the_text_it_was_read_from() -> None:
    text = "\n\n\nformat = 2\n"
    (first, *_) = read({"format": 2}, text).problems
    assert (first.path, first.line) == ("format", 4)
    assert read(RAW).document is not None
