from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEvent, User
from certifications.actions.drafts import save_section
from certifications.drafting import publishable
from certifications.models import RuleDraft
from tests.factories.packs import AT


def lower_the_cap(draft: RuleDraft, by: User) -> RuleDraft:
    caps = [{**one, "points": 40} if one["key"] == "additional-education" else one for one in draft.raw["caps"]]
    return save_section(draft=draft, values={"caps": caps}, lock_version=1, by=by, at=AT)


def at(draft: RuleDraft, page: str = "") -> str:
    return f"/rules/manage/{draft.pk}/examples/{page}"


def test_all_green_at_first(writer: Client, draft: RuleDraft, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        page = writer.get(at(draft)).content.decode()
    assert 'data-holds="no"' not in page
    assert "All examples hold." in page
    example = writer.get(at(draft, "counts/1/"))
    assert example.context["one"].holds
    assert b"Accept the new result" not in example.content


def test_a_red_one_is_explained_and_accepted_with_a_note(writer: Client, draft: RuleDraft, rules_admin: User) -> None:
    draft = lower_the_cap(draft, rules_admin)
    assert any("do not hold" in one or "does not hold" in one for one in publishable(draft))
    rows = [row for row in writer.get(at(draft)).context["rows"] if not row["one"].holds]
    assert rows
    url = rows[0]["url"]
    page = writer.get(url)
    assert page.context["base"] == draft.base
    assert any(row["differs"] for row in page.context["steps"])
    assert writer.post(url, {"note": "", "lock_version": draft.lock_version}).status_code == 422
    writer.post(url, {"note": "The cap is 40 now", "lock_version": draft.lock_version})
    draft.refresh_from_db()
    row = draft.raw["examples"][rows[0]["one"].place]
    assert row["origin"].endswith("The cap is 40 now")
    assert AuditEvent.objects.filter(verb="rule draft example accepted").count() == 1
    left = [row for row in writer.get(at(draft)).context["rows"] if not row["one"].holds]
    assert len(left) == len(rows) - 1


def test_an_example_is_made_by_hand(writer: Client, draft: RuleDraft) -> None:
    new = at(draft, "counts/new/")
    assert writer.get(new).status_code == 200
    sent = {
        "say": "Fifty hours of class", "starts": "2024-04-01", "ends": "2027-03-31", "as_of": "2026-10-01",
        "lock_version": "1", "rows": "1", "carries": "0", "a0-on": "2025-01-10", "a0-kind": "class",
        "a0-amount": "50", "a0-unit": "hour", "a0-evidence": "on", "a0-relevant": "on",
    }  # fmt: skip
    refused = writer.post(new, {**sent, "do": "save"})
    assert refused.status_code == 422
    assert b"Say what must come out" in refused.content
    more = writer.post(new, {**sent, "do": "more"})
    assert len(more.context["edit"].rows) == 4
    counted = writer.post(new, {**sent, "do": "count"})
    assert b"45 of 50 counted" in counted.content
    assert b"Take this as the result" in counted.content
    took = writer.post(new, {**sent, "do": "take"}).context["edit"]
    assert took.expect["counted"].value() == "45"
    expected = {field.html_name: field.value() for field in took.expect if field.value()}
    assert writer.post(new, {**sent, **expected, "do": "save"}).status_code == 302
    draft.refresh_from_db()
    assert draft.raw["examples"][-1]["expect"]["counted"] == 45
    assert publishable(draft) == []


def test_an_example_of_dates_is_made_by_hand_and_removed(writer: Client, draft: RuleDraft) -> None:
    new, before = at(draft, "dates/new/"), len(draft.raw["period_examples"])
    sent = {"say": "From a card", "lock_version": "1", "expiry": "2027-04-01", "do": "take"}
    took = writer.post(new, sent).context["edit"]
    assert str(took.head["then-ends"].value()) == "2027-03-31"
    expected = {field.html_name: str(field.value()) for field in took.head.follows if field.value()}
    writer.post(new, {**sent, **expected, "do": "save"})
    draft.refresh_from_db()
    assert len(draft.raw["period_examples"]) == before + 1
    assert publishable(draft) == []
    last = f"dates/{before + 1}/"
    assert writer.get(at(draft, f"{last}edit/")).status_code == 200
    assert writer.get(at(draft, last)).context["one"].holds
    writer.post(at(draft, f"{last}remove/"), {"lock_version": draft.lock_version})
    draft.refresh_from_db()
    assert len(draft.raw["period_examples"]) == before
    writer.post(at(draft, f"{last}remove/"), {"lock_version": draft.lock_version})
    assert b"changed or removed meanwhile" in writer.get(at(draft)).content


def test_somebody_else_was_first(writer: Client, draft: RuleDraft, rules_admin: User, technician: User) -> None:
    draft = lower_the_cap(draft, technician)
    answer = writer.post(at(draft, "counts/1/remove/"), {"lock_version": 1})
    assert answer.status_code == 409


def test_rules_that_make_no_sense_count_nothing(writer: Client, draft: RuleDraft, rules_admin: User) -> None:
    save_section(draft=draft, values={"need": {"points": -1}}, lock_version=1, by=rules_admin, at=AT)
    page = writer.get(at(draft))
    assert b"/edit/needs/#f-need-points" in page.content
    assert writer.get(at(draft, "counts/new/"))["Location"] == at(draft)
    assert writer.get(at(draft, "counts/1/")).status_code == 404


@pytest.mark.parametrize("page", ["counts/999/", "nonsense/1/", "nonsense/new/", "counts/999/edit/", "counts/0/"])
def test_what_does_not_exist_is_not_found(writer: Client, draft: RuleDraft, page: str) -> None:
    assert writer.get(at(draft, page)).status_code == 404


@pytest.mark.parametrize("page", ["", "counts/1/", "counts/new/", "counts/1/edit/"])
def test_only_those_who_write_rules_find_examples(
    client: Client, draft: RuleDraft, technician: User, page: str
) -> None:
    client.force_login(technician)
    assert client.get(at(draft, page)).status_code == 404
