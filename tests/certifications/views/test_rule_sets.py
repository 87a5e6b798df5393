"""The list of rule sets, and how drafts begin."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from certifications.models import RuleDraft, RuleSet, RuleSetVersion
from tests.factories.accounts import UserFactory
from tests.factories.certifications import BodyFactory, RuleSetVersionFactory
from tests.factories.drafts import AT, make_draft

pytestmark = pytest.mark.django_db


def test_the_list_says_what_is_live_and_what_is_changing(
    desk: Client, kim: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    assert "No rule sets yet" in desk.get("/rules/manage/").content.decode()
    first = RuleSetVersionFactory()
    make_draft(kim, base=RuleSetVersionFactory())
    RuleSetVersionFactory(rule_set=first.rule_set, number=7, label="7", in_force_from=date(2099, 1, 1))
    RuleSetVersion.objects.filter(pk=first.pk).update(superseded_on=date(2099, 1, 1))
    with django_assert_max_num_queries(14):
        page = desk.get("/rules/manage/").content.decode()
    assert "2 rule sets are live, 1 draft, 1 change scheduled" in page
    assert "0 holders" in page
    assert "by A. Kim" in page
    assert "Continue" in page
    assert "Nothing has these words" in desk.get("/rules/manage/?q=zebra").content.decode()


def test_a_change_begins_once_and_leads_to_the_draft(desk: Client) -> None:
    version = RuleSetVersionFactory()
    first = desk.post(f"/rules/manage/start/{version.pk}/")
    draft = RuleDraft.objects.get()
    assert first.headers["Location"] == f"/rules/manage/{draft.pk}/"
    assert (draft.base, draft.digest) == (version, version.digest)
    again = desk.post(f"/rules/manage/start/{version.pk}/", follow=True)
    assert "Here it is." in again.content.decode()
    assert RuleDraft.objects.count() == 1


@pytest.mark.parametrize(("begin", "points"), [("nothing", None), ("sample", 30), ("copy", 90)])
def test_a_rule_set_is_begun(desk: Client, begin: str, points: int | None) -> None:
    other = RuleSetVersionFactory()
    body = BodyFactory()
    sent = {"body": body.pk, "name": "Guild Master", "begin": str(other.pk) if begin == "copy" else begin}
    answer = desk.post("/rules/manage/new/", sent)
    draft = RuleDraft.objects.get()
    assert answer.headers["Location"] == f"/rules/manage/{draft.pk}/edit/basics/"
    assert draft.raw.get("need", {}).get("points") == points
    assert draft.raw["rules"]["body"] == body.slug
    assert "examples" not in draft.raw
    assert "Counts for is missing" in desk.get(f"/rules/manage/{draft.pk}/").content.decode().replace(
        "Counts for:", "Counts for"
    )


def test_what_is_missing_is_asked_for(desk: Client) -> None:
    answer = desk.post("/rules/manage/new/", {"name": "x" * 200, "body": "7", "begin": "magic"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert RuleSet.objects.count() == 0
    assert "Choose the certifying body" in page
    assert "Choose what to begin with" in page


def test_what_came_to_nothing_can_be_taken_up_again(desk: Client, kim: User) -> None:
    draft = make_draft(kim)
    take_up = f"/rules/manage/{draft.pk}/take-up/"
    assert desk.post(take_up).headers["Location"] == f"/rules/manage/{draft.pk}/"  # it is in work
    assert take_up not in desk.get("/rules/manage/").content.decode()
    desk.post(f"/rules/manage/{draft.pk}/discard/", {"lock_version": draft.lock_version})
    for page in ("/rules/manage/", f"/rules/manage/{draft.pk}/"):
        assert take_up in desk.get(page).content.decode()
    answer = desk.post(take_up)
    again = RuleDraft.objects.in_work().get()
    assert answer.headers["Location"] == f"/rules/manage/{again.pk}/"
    assert (again.raw, again.base) == (draft.raw, draft.base)
    assert "Here it is." in desk.post(take_up, follow=True).content.decode()


def test_a_first_version_that_was_withdrawn_is_no_dead_end(desk: Client, kim: User) -> None:
    draft = make_draft(kim)
    RuleSetVersion.objects.filter(pk=draft.base_id).update(status="withdrawn")
    approved = {"submitted_by": draft.author, "submitted_at": AT, "submitted_digest": "x"}
    approved |= {"approved_by": UserFactory(), "approved_at": AT, "approved_digest": "x"}
    RuleDraft.objects.filter(pk=draft.pk).update(state="published", version=draft.base, base=None, **approved)
    page = desk.get("/rules/manage/").content.decode()
    assert "Nothing is live." in page
    assert f"/rules/manage/{draft.pk}/take-up/" in page


def test_nobody_else_finds_these_pages(client: Client, technician: User) -> None:
    client.force_login(technician)
    for address in ("/rules/manage/", "/rules/manage/new/", f"/rules/manage/{make_draft().pk}/"):
        assert client.get(address).status_code == 404
