import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from certifications.actions.drafts import save_section
from certifications.models import RuleDraft
from certifications.rules.writing import text_of
from tests.certifications.views.drafts import cap
from tests.factories.packs import AT


def both_change(writer: Client, draft: RuleDraft, other: User) -> Any:
    """Another person changes the need; then the text with another cap is sent."""
    text = text_of(draft.raw).replace("points = 45", "points = 40", 1)
    save_section(draft=draft, values={"need": {"points": 80, "source": "N1"}}, lock_version=1, by=other, at=AT)
    return writer.post(f"/rules/manage/{draft.pk}/text/", {"text": text, "lock_version": 1})


def choose(writer: Client, draft: RuleDraft, page: Any, **choices: str) -> Any:
    sent = {"mine": page.context["mine"], "lock_version": 2, "read": 1, "back": page.context["back"], **choices}
    return writer.post(f"/rules/manage/{draft.pk}/merge/", sent)


def test_the_second_sees_both_and_keeps_both(writer: Client, draft: RuleDraft, technician: User) -> None:
    page = both_change(writer, draft, technician)
    assert page.status_code == 409
    rows = {row["part"].label: (row["part"].theirs, row["part"].mine, row["mine"]) for row in page.context["rows"]}
    # What only the other one changed is theirs unless one says otherwise; what was changed here is one's own.
    assert rows == {"Caps: Additional Education, points": ("45", "40", True), "Need: points": ("80", "90", False)}
    names = {row["part"].label: row["name"] for row in page.context["rows"]}
    answer = choose(writer, draft, page, **{names["Caps: Additional Education, points"]: "mine"})
    assert answer["Location"] == f"/rules/manage/{draft.pk}/text/"
    assert cap(draft) == 40
    assert (draft.raw["need"]["points"], draft.lock_version) == (80, 3)


@pytest.mark.parametrize(("which", "points", "need"), [("mine", 40, 90), ("theirs", 45, 80)])
def test_all_of_one(writer: Client, draft: RuleDraft, technician: User, which: str, points: int, need: int) -> None:
    choose(writer, draft, both_change(writer, draft, technician), all=which)
    assert cap(draft) == points
    assert draft.raw["need"]["points"] == need


def test_changed_once_more_while_choosing(writer: Client, draft: RuleDraft, technician: User) -> None:
    page = both_change(writer, draft, technician)
    draft.refresh_from_db()
    save_section(draft=draft, values={"whole_points": True}, lock_version=2, by=technician, at=AT)
    again = choose(writer, draft, page, all="mine")
    assert again.status_code == 409
    assert len(again.context["rows"]) == 3
    assert json.loads(again.context["mine"]) == json.loads(page.context["mine"])
    assert cap(draft) == 45


@pytest.mark.parametrize("mine", ["", "[]", "{", '{"a": "\\u0000"}', "[" * 10_000, '{"a":' * 50 + "1" + "}" * 50])
def test_nonsense_is_refused(writer: Client, draft: RuleDraft, mine: str) -> None:
    sent = {"mine": mine, "lock_version": 1, "read": 1}
    assert writer.post(f"/rules/manage/{draft.pk}/merge/", sent).status_code == 400


def test_very_different_versions_are_chosen_as_a_whole(writer: Client, draft: RuleDraft, technician: User) -> None:
    caps = [{"key": f"c{place}", "name": "C", "points": 1} for place in range(400)]
    save_section(draft=draft, values={"caps": caps}, lock_version=1, by=technician, at=AT)
    mine = {"format": 1, "caps": [{**cap, "points": 2} for cap in caps]}
    page = writer.post(f"/rules/manage/{draft.pk}/text/", {"text": text_of(mine), "lock_version": 1})
    assert page.status_code == 409
    assert b"choose one of them as a whole" in page.content
    assert b'type="radio"' not in page.content
    choose(writer, draft, page, all="mine")
    draft.refresh_from_db()
    assert draft.raw == mine


def test_the_way_back_leads_nowhere_else(writer: Client, draft: RuleDraft, technician: User) -> None:
    page = both_change(writer, draft, technician)
    answer = choose(writer, draft, page, all="mine", back="https://elsewhere.example/")
    assert answer["Location"] == f"/rules/manage/{draft.pk}/text/"
