"""Home: am I OK, and what do I do next?"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from activities.queries import counting
from certifications.models import HeldCertification, RuleSetVersion
from certifications.rules.words import StandingWord
from renewals.home import Card, heading
from renewals.models import Standing
from tests.factories.activities import EvidenceFactory, EvidenceLinkFactory
from tests.factories.packs import do, give, load_packs
from tests.renewals.pages import hooked, queries_of, said

pytestmark = pytest.mark.django_db


def test_the_card_says_standing_numbers_days_and_next_step(signed_in: Client) -> None:
    page = signed_in.get("/me/")
    text = said(page)
    for part in (
        "Your certification needs you", "Thu 1 Oct 2026", "Fire Alarm Systems, Level II", "At risk", "181 days left",
        "81 of 90 points counted", "9 points short. Ends 31 Mar 2027.",
        "Next: log field time since 1 Oct 2025. Up to 36 can count.", "Log field time", "See why",
        "To finish (1)", "Add evidence to 6 activities",
    ):  # fmt: skip
        assert part in text, part
    assert hooked(page, "counted") == ["81"]
    assert hooked(page, "needed") == ["90"]
    assert b"/log/field-time/?from=2025-10-01" in page.content


def test_a_gap_in_field_time_opens_the_form_with_its_days(client: Client, technician: User, nicet: None) -> None:
    give(technician, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    do(technician, kind="field-time", title="Field", since=date(2026, 1, 1), on=date(2026, 9, 30))
    client.force_login(technician)
    page = client.get("/me/")
    assert "Next: log field time from 1 Apr 2024 to 31 Dec 2025. Up to 42 can count." in said(page)
    at = "/log/field-time/?from=2024-04-01&amp;to=2025-12-31"
    assert at in page.content.decode()
    form = client.get(at.replace("&amp;", "&")).content.decode()
    assert 'value="2024-04-01"' in form
    assert 'value="2025-12-31"' in form


def test_the_worst_comes_first(signed_in: Client, dana: User) -> None:
    load_packs("micro-credentials", "iicrc")
    give(dana, "digital-badge-dated", expiry=date(2027, 9, 30))
    give(dana, "wrt", expiry=date(2026, 9, 30))
    text = said(signed_in.get("/me/"))
    places = [text.index(word) for word in ("Water Damage Restoration", "Fire Alarm Systems", "Digital badge")]
    assert places == sorted(places)
    assert "1 certification has lapsed, 1 more needs you" in text
    assert "Ended 30 Sep 2026." in text
    assert "ask the certifying body how to reinstate it" in text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on-track", "Your certification is on track"),
        ("due", "Your certification needs you"),
        ("lapsed", "1 certification has lapsed"),
        ("on-track on-track", "All 2 certifications are on track"),
        ("at-risk on-track", "1 of 2 certifications needs you"),
        ("at-risk due on-track", "2 of 3 certifications need you"),
        ("lapsed lapsed on-track", "2 certifications have lapsed"),
        ("lapsed at-risk due", "1 certification has lapsed, 2 more need you"),
        ("lapsed due", "1 certification has lapsed, 1 more needs you"),
    ],
)
def test_headings(words: str, expected: str) -> None:
    class Fake:
        def __init__(self, word: str) -> None:
            self.word = StandingWord(word)

    assert heading([Card(None, Fake(word)) for word in words.split()]) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("slug", "expiry", "part"),
    [
        ("digital-badge-dated", date(2027, 9, 30), "No points needed. Ends 30 Sep 2027."),
        ("digital-badge-dated", date(2026, 12, 1), "Ready to renew. Ends 1 Dec 2026."),
        ("digital-badge-dated", date(2026, 9, 1), "Ended 1 Sep 2026."),
    ],
)
def test_without_points_there_is_no_nought_of_nought(
    client: Client, technician: User, stopped_clock: datetime, slug: str, expiry: date, part: str
) -> None:
    load_packs("micro-credentials")
    give(technician, slug, expiry=expiry)
    client.force_login(technician)
    text = said(client.get("/me/"))
    assert part in text
    assert "0 of 0" not in text


def test_what_never_ends_has_no_days_left(client: Client, technician: User, stopped_clock: datetime) -> None:
    load_packs("micro-credentials")
    give(technician, "digital-badge", awarded_on=date(2025, 5, 1))
    client.force_login(technician)
    page = client.get("/me/")
    assert "On track Does not end. Next: nothing to do." in said(page)
    assert hooked(page, "days-left") == []
    held = HeldCertification.objects.get(user=technician)
    page = client.get(f"/certs/{held.pk}/")
    assert "Since 1 May 2025." in said(page)
    assert "2199" not in said(page)


def test_nothing_held_yet(client: Client, technician: User) -> None:
    client.force_login(technician)
    text = said(client.get("/me/"))
    assert "Add your first certification to see where you stand" in text
    assert "Add certification" in text


class TestWhenACountFails:
    @pytest.fixture
    def broken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The engine fails for NICET's rules and works for the others."""
        real = counting.count

        def count(document: Any, case: Any) -> Any:
            if document.rules.key == "nicet-cpd":
                raise ArithmeticError("a defect")
            return real(document, case)

        monkeypatch.setattr(counting, "count", count)

    def test_the_card_stays_with_the_last_numbers_and_their_date(
        self, signed_in: Client, dana: User, broken: None
    ) -> None:
        Standing.objects.filter(user=dana).update(counted_at=datetime(2026, 9, 29, 15, tzinfo=UTC))
        load_packs("micro-credentials")
        text = said(signed_in.get("/me/"))
        for part in (
            "At risk", "81 of 90 points counted", "181 days left",
            "We could not recount this today. Your activities are safe. These are the numbers of 29 Sep 2026.",
        ):  # fmt: skip
            assert part in text, part

    def test_the_others_are_counted(self, signed_in: Client, dana: User, broken: None) -> None:
        load_packs("micro-credentials")
        give(dana, "digital-badge-dated", expiry=date(2027, 9, 30))
        text = said(signed_in.get("/me/"))
        assert "No points needed" in text
        assert "1 of 2 certifications needs you" in text

    def test_an_activity_is_saved_all_the_same(self, dana: User, broken: None) -> None:
        before = Standing.objects.get(user=dana).counted_at
        do(dana, title="Saved", on=date(2026, 9, 30), amount=100)
        assert dana.activities.filter(title="Saved").exists()
        assert Standing.objects.get(user=dana).counted_at == before

    def test_the_standing_page_says_so(self, signed_in: Client, dana: User, broken: None) -> None:
        held = HeldCertification.objects.get(user=dana)
        page = signed_in.get(f"/certs/{held.pk}/")
        assert page.status_code == 200
        assert "We could not recount this today. Your activities are safe." in said(page)
        assert "81 of 90 points counted" in said(page)

    def test_without_any_count_before(self, signed_in: Client, dana: User, broken: None) -> None:
        Standing.objects.filter(user=dana).delete()
        text = said(signed_in.get("/me/"))
        assert "We could not count this today. Your activities are safe." in text


class TestToFinish:
    def test_evidence_that_is_there_is_not_asked_for(self, signed_in: Client, dana: User) -> None:
        for activity in dana.activities.exclude(title="Code update course"):
            EvidenceLinkFactory(user=dana, activity=activity, evidence=EvidenceFactory(user=dana))
        page = signed_in.get("/me/")
        assert "Add evidence to 1 activity" in said(page)
        [missing] = dana.activities.filter(title="Code update course")
        assert f"/activities/{missing.pk}/evidence/".encode() in page.content

    def test_questions_of_the_rules(self, client: Client, technician: User, stopped_clock: datetime) -> None:
        load_packs("california-cpa")
        technician.birth_date = date(1981, 5, 7)
        technician.save()
        give(technician, "cpa", expiry=date(2027, 5, 31), awarded_on=date(2019, 2, 1))
        client.force_login(technician)
        assert "Answer 3 questions about CPA licence, California" in said(client.get("/me/"))
        HeldCertification.objects.update(facts={"performs-attest-work": False, "performs-government-work": True})
        assert "Answer 1 question about CPA licence, California" in said(client.get("/me/"))

    def test_new_rules_that_are_published(self, signed_in: Client) -> None:
        RuleSetVersion.objects.filter(rule_set__slug="nicet-cpd", number=1).update(superseded_on=date(2027, 1, 1))
        RuleSetVersion.objects.filter(status="draft").update(
            status="published", published_at=datetime(2026, 9, 1, tzinfo=UTC), in_force_from=date(2027, 1, 1)
        )
        page = signed_in.get("/me/")
        assert "NICET continuing professional development: new rules from 1 Jan 2027" in said(page)
        assert b"/rules/nicet-cpd/v/2/" in page.content

    def test_nothing_to_finish_shows_no_list(self, signed_in: Client, dana: User) -> None:
        for activity in dana.activities.all():
            EvidenceLinkFactory(user=dana, activity=activity, evidence=EvidenceFactory(user=dana))
        assert "To finish" not in said(signed_in.get("/me/"))


def test_as_many_questions_for_twenty_activities_and_four_certifications(signed_in: Client, dana: User) -> None:
    few = queries_of(lambda: signed_in.get("/me/"))
    load_packs("micro-credentials", "iicrc")
    for slug, expiry in (("digital-badge-dated", date(2027, 9, 30)), ("wrt", date(2028, 9, 30)),
                         ("inspection-testing-fire-alarm", date(2027, 4, 1))):  # fmt: skip
        give(dana, slug, expiry=expiry, level="II" if slug.startswith("inspection") else "")
    for day in range(1, 21):
        do(dana, title=f"Class {day}", on=date(2026, 8, day), amount=100)
    assert queries_of(lambda: signed_in.get("/me/")) == few <= 10


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_home_is_only_read(signed_in: Client, method: str) -> None:
    assert getattr(signed_in, method)("/me/").status_code == 405
