"""A draft through forms: nothing typed is lost, each button saves first, what is wrong is named."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEvent, User
from certifications.actions.drafts import save_section
from certifications.editor.rooms import ROOMS
from certifications.models import RuleDraft
from tests.certifications.editor.posting import own_pages
from tests.factories.accounts import UserFactory
from tests.factories.drafts import AT, make_draft

from .drafts import draft_of_nicet
from .form_reader import form_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(kim: User) -> RuleDraft:
    return make_draft(kim)


def at(draft: RuleDraft, *parts: str) -> str:
    return f"/rules/manage/{draft.pk}/" + ("/".join(("edit", *parts)) + "/" if parts else "")


def save(desk: Client, address: str, **changes: str | list[str]) -> Any:
    """Open a page, change some controls (dots are written as two underscores) and press a button."""
    sent: dict[str, Any] = dict(form_at(desk, address))
    sent.update({name.replace("__", "."): value for name, value in changes.items()})
    return desk.post(address, sent)


def test_every_page_of_a_draft_sent_back_as_it_is_changes_nothing(desk: Client, kim: User) -> None:
    draft = draft_of_nicet(kim)
    pages = [at(draft, room.key) for room in ROOMS]
    for path in own_pages(draft.raw):
        if path.endswith(".0"):
            room = next(room for room in ROOMS if path.partition(".")[0] in room.parts)
            pages.append(at(draft, room.key, path))
    assert len(pages) > 15
    for page in pages:
        assert desk.post(page, form_at(desk, page)).status_code == 302
    draft.refresh_from_db()
    assert draft.lock_version == 1


def test_a_changed_value_shows_the_old_one_and_the_words_follow(desk: Client, draft: RuleDraft) -> None:
    answer = save(desk, at(draft, "needs"), need__points="81")
    assert answer.headers["Location"] == at(draft, "needs")
    page = desk.get(at(draft, "needs")).content.decode()
    assert "The draft is saved." in page
    assert "Changed: was 90" in page
    assert "81 points" in page
    draft.refresh_from_db()
    assert (draft.raw["need"]["points"], draft.lock_version, bool(draft.digest)) == (81, 2, True)
    event = AuditEvent.objects.latest("id")
    assert (event.data["before"]["need.points"], event.data["after"]["need.points"]) == (90, 81)


def test_what_makes_no_sense_is_kept_named_and_linked(desk: Client, draft: RuleDraft) -> None:
    answer = desk.post(at(draft, "period"), {**form_at(desk, at(draft, "period")), "period.months": "three years"})
    page = desk.get(answer.headers["Location"]).content.decode()
    assert "1 thing is to be put right" in page
    assert 'value="three years"' in page
    assert 'href="#f-period-months"' in page
    assert 'aria-invalid="true"' in page
    assert "Must be a whole number such as 24." in page
    whole = desk.get(at(draft)).content.decode()
    assert f"{at(draft, 'period')}#f-period-months" in whole


def test_contradictions_are_named_when_saved(desk: Client, draft: RuleDraft) -> None:
    """A need that all caps together do not allow."""
    save(
        desk, at(draft, "caps", "caps.0"), caps__0__select__category=[], caps__0__points="10", caps__0__window="period"
    )
    assert "asks for 90, but all caps together allow 10" in desk.get(at(draft, "needs")).content.decode()


def test_going_elsewhere_saves_first(desk: Client, draft: RuleDraft) -> None:
    answer = save(desk, at(draft, "needs"), need__points="70", act="go:caps")
    assert answer.headers["Location"] == at(draft, "caps")
    draft.refresh_from_db()
    assert draft.raw["need"]["points"] == 70


def test_a_row_is_added_with_a_short_name_of_its_own(desk: Client, draft: RuleDraft) -> None:
    answer = save(desk, at(draft, "categories"), act="add:categories")
    page = answer.headers["Location"]
    assert page == at(draft, "categories", "categories.2")
    assert save(desk, page, act="save").headers["Location"] == page  # nothing entered, nothing added
    answer = save(desk, page, categories__2__name="Mentoring others")
    assert answer.headers["Location"] == f"{at(draft, 'categories')}#f-categories-2"
    draft.refresh_from_db()
    assert draft.raw["categories"][2] == {"key": "mentoring-others", "name": "Mentoring others"}
    assert "New" in desk.get(at(draft, "categories")).content.decode()
    assert desk.get(at(draft, "categories", "categories.9")).status_code == 404


def test_rows_move_and_go_and_what_was_typed_beside_them_is_kept(desk: Client, draft: RuleDraft) -> None:
    keys = [row["key"] for row in draft.raw["kinds"]]
    save(desk, at(draft, "kinds"), allocation="date-order", act="down:kinds.0")
    draft.refresh_from_db()
    assert [row["key"] for row in draft.raw["kinds"]] == keys[::-1]
    assert draft.raw["allocation"] == "date-order"
    save(desk, at(draft, "kinds"), act="remove:kinds.1")
    assert "Removed: Field time" in desk.get(at(draft, "kinds")).content.decode()


def test_the_second_of_two_sees_both_and_loses_nothing(desk: Client, draft: RuleDraft) -> None:
    """While one writes a row, another takes out the row before it: what was typed still meets its own row."""
    page = at(draft, "kinds", "kinds.1")
    sent = form_at(desk, page)
    others = {"kinds": draft.raw["kinds"][1:]}
    save_section(draft=draft, values=others, lock_version=1, by=UserFactory(name="M. Silva"), at=AT)
    answer = desk.post(page, {**sent, "kinds.1.points": "3", "act": "save"})
    assert answer.status_code == 409
    assert "M. Silva" in answer.content.decode()
    mine = json.loads(answer.context["mine"])
    assert [(row["key"], row["points"]) for row in mine["kinds"]] == [(others["kinds"][0]["key"], 3)]


def test_a_change_of_an_approved_draft_takes_the_approval_back(desk: Client, draft: RuleDraft, kim: User) -> None:
    RuleDraft.objects.filter(pk=draft.pk).update(
        state="submitted", submitted_by=kim, submitted_at=AT, submitted_digest=draft.digest
    )
    assert "A change takes that back." in desk.get(at(draft, "needs")).content.decode()
    save(desk, at(draft, "needs"), need__points="80")
    draft.refresh_from_db()
    assert draft.state == "open"


def test_a_draft_is_discarded_once(desk: Client, draft: RuleDraft) -> None:
    stop = f"/rules/manage/{draft.pk}/discard/"
    assert desk.post(stop, {"lock_version": "7"}).headers["Location"] == at(draft)
    assert desk.post(stop, {"lock_version": "1"}).headers["Location"] == at(draft)
    assert desk.post(stop, {"lock_version": "1"}).headers["Location"] == at(draft)
    assert desk.get(at(draft, "needs")).headers["Location"] == at(draft)
    assert "discarded draft" in desk.get(at(draft)).content.decode()
    assert desk.post(at(draft, "needs"), {"need.points": "3"}).headers["Location"] == at(draft)


def test_an_empty_row_says_that_nothing_is_saved(desk: Client, draft: RuleDraft) -> None:
    page = at(draft, "sources", "sources.0")
    answer = desk.post(page, {**form_at(desk, page), "act": "save"}, follow=True)
    assert "Nothing is filled in yet, so nothing is saved." in answer.content.decode()


def test_saving_names_what_contradicts_it(desk: Client, draft: RuleDraft) -> None:
    page = at(draft, "needs")
    answer = desk.post(page, {**form_at(desk, page), "need.points": "many", "act": "save"}, follow=True)
    said = [str(one) for one in answer.context["messages"]]
    assert said[0].startswith("The draft is saved. ")
    assert answer.context["desk"].troubles[0].text in said[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"act": "burn:kinds.0"}, {"act": "add:rules"}, {"act": "go:nowhere"}, {"lock_version": "²"}, {"read": "{"},
        {"need.points": "9" * 5000}, {"need.points": "\x00\u202e7"}, {"act": "remove:kinds.99"}, {"read": "[1]"},
    ],
)  # fmt: skip
def test_strange_input_is_no_error(desk: Client, draft: RuleDraft, changes: dict[str, str]) -> None:
    page = at(draft, "needs")
    answer = desk.post(page, {**form_at(desk, page), **changes})
    assert answer.status_code in (302, 409)
    if answer.status_code == 302:
        assert desk.get(answer.headers["Location"]).status_code == 200


def test_more_than_a_document_may_hold_is_refused(desk: Client, draft: RuleDraft) -> None:
    raw = {**draft.raw, "rules": {**draft.raw["rules"], "note": "x" * 999_000}}
    RuleDraft.objects.filter(pk=draft.pk).update(raw=raw)
    page = at(draft, "kinds", "kinds.0")
    answer = desk.post(page, {**form_at(desk, page), "kinds.0.note": "y" * 20_000})
    assert answer.status_code == 422
    assert "Nothing was saved." in answer.content.decode()


@pytest.mark.parametrize("path", ["kinds.x", "kinds.0.when.0", "caps.0", "rules", "kinds.0.when"])
def test_only_rows_with_a_page_of_their_own_have_one(desk: Client, draft: RuleDraft, path: str) -> None:
    assert desk.get(at(draft, "kinds", path)).status_code == 404
    assert desk.get(at(draft, "nothing")).status_code == 404
