"""The demo people stand where they are said to stand, whatever day the demo is opened on."""

from __future__ import annotations

import io
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from PIL import Image

from accounts.models import User
from activities.evidence import storage
from activities.models import Activity, Evidence
from certifications.models import RenewalPeriod
from certifications.rules.dates import add_months
from renewals.demo import PASSWORD, months_to, moved_last, operations, seed
from renewals.demo.people import PEOPLE, SAMPLE_DAY
from renewals.demo.ridgeline import COORDINATOR, OWNER, WORKERS
from renewals.queries import Stand, stands_of
from tests.factories.demo import seeded

pytestmark = pytest.mark.django_db

AT = datetime(2026, 10, 1, 13, tzinfo=UTC)


def stands_by_certification(email: str, today: date = SAMPLE_DAY) -> dict[str, Stand]:
    user = User.objects.get(email=email)
    return {stand.holding.held.certification.slug: stand for stand in stands_of(user, today)}


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def everybody(rule_packs: None) -> None:
    seeded(AT)


def test_on_the_sample_day_nothing_is_moved() -> None:
    assert months_to(SAMPLE_DAY) == 0


def test_the_sample_day_is_near_and_the_window_is_not_open_yet() -> None:
    for offset in range(800):
        today = date(2026, 1, 1) + timedelta(days=offset)
        months = months_to(today)
        assert 0 <= (add_months(SAMPLE_DAY, months) - today).days <= 31
        assert (moved_last(date(2027, 3, 31), months) - today).days >= 181
        assert add_months(date(2026, 8, 21), months) <= today, "nothing was done in the future"


@pytest.mark.thorough
@pytest.mark.parametrize("today", [date(2026, 11, 1), date(2028, 2, 29)])
def test_days_on_which_one_month_more_is_needed(today: date, rule_packs: None) -> None:
    seed(at=datetime(today.year, today.month, today.day, 13, tzinfo=UTC), today=today)
    stand = stands_by_certification("dana@demo.example", today)["fire-alarm-systems"]
    assert (stand.standing.label, stand.standing.counted) == ("At risk", 8100)


def test_dana_is_the_worked_example(everybody: None) -> None:
    found = stands_by_certification("dana@demo.example")
    stand = found["fire-alarm-systems"]
    outcome, standing = stand.counted.outcome, stand.standing
    assert (outcome.asked, outcome.counted, outcome.not_counted) == (9900, 8100, 1800)
    assert [(reason.value, points) for reason, points in outcome.lost_by_reason().items()] == [
        ("over category cap", 800), ("over yearly cap", 600), ("before period", 400),
    ]  # fmt: skip
    assert (standing.label, standing.short, standing.days_left) == ("At risk", 900, 181)
    assert standing.forecast.total == 8100
    other = found["inspection-testing-fire-alarm"].standing
    assert (other.label, other.counted, other.sub_line) == ("On track", 9400, "Complete")
    assert other.ends_on == standing.ends_on == date(2027, 3, 31)


def test_the_others(everybody: None) -> None:
    for email, certification, label, sub_line, counted in (
        ("sam@demo.example", "wrt", "On track", "8 to go", 600),
        ("ana@demo.example", "inspection-testing-water-based", "Due", "Ready to submit", 9200),
        ("lee@demo.example", "asd", "Lapsed", "Ended 31 May 2026", 1000),
        ("chris@demo.example", "cpa", "On track", "4 to go", 7600),
        ("mia@demo.example", "digital-badge", "On track", "Does not end", 0),
        ("mia@demo.example", "digital-badge-dated", "On track", "No points needed", 0),
    ):
        standing = stands_by_certification(email)[certification].standing
        assert (standing.label, standing.sub_line, standing.counted) == (label, sub_line, counted), email


@pytest.mark.thorough
@pytest.mark.parametrize("months_on", [1, 13])
def test_they_stand_the_same_in_other_months(rule_packs: None, months_on: int) -> None:
    today = date(2026, 9, 24) + timedelta(days=30 * months_on)
    seed(at=datetime(today.year, today.month, today.day, 13, tzinfo=UTC), today=today)
    for email, certification, label in (
        ("dana@demo.example", "fire-alarm-systems", "At risk"),
        ("dana@demo.example", "inspection-testing-fire-alarm", "On track"),
        ("ana@demo.example", "inspection-testing-water-based", "Due"),
        ("lee@demo.example", "asd", "Lapsed"),
        ("chris@demo.example", "cpa", "On track"),
        ("mia@demo.example", "skill-certificate-dated", "On track"),
    ):
        assert stands_by_certification(email, today)[certification].standing.label == label


def test_two_certificates_of_dana_are_missing(everybody: None) -> None:
    kept = Activity.objects.filter(user__email="dana@demo.example")
    assert set(kept.filter(evidence=None).values_list("title", flat=True)) == {
        "Code update course", "Smoke control webinars",
    }  # fmt: skip
    with storage.get(Evidence.objects.filter(user__email="dana@demo.example").first().sha256) as file:
        assert Image.open(file).size == (880, 600)


def test_ana_has_a_closed_period_with_its_result(everybody: None) -> None:
    closed = RenewalPeriod.objects.get(user__email="ana@demo.example", closed_at__isnull=False)
    assert closed.result["counted"] == "94"
    assert (closed.last_day, closed.renewed_on, closed.reference) == (
        date(2023, 11, 30), date(2023, 11, 8), "R-20931",
    )  # fmt: skip


def test_the_command_makes_them_once_and_says_how_to_sign_in(rule_packs: None, settings) -> None:
    settings.DEMO, settings.CLOCK_AT = True, AT
    for _ in range(2):
        out = io.StringIO()
        call_command("seed_demo", "--json", stdout=out)
        logins = json.loads(out.getvalue())
    team = [one.email for one in (*PEOPLE, COORDINATOR, OWNER)]
    assert [login["email"] for login in logins][: len(team)] == team
    assert operations.EMAIL in [login["email"] for login in logins]
    # Dana is of both.
    assert User.objects.filter(is_demo=True).count() >= len(PEOPLE) + len(WORKERS) - 1 + 3
    assert authenticate(None, email=logins[0]["email"], password=PASSWORD)
    out = io.StringIO()
    call_command("seed_demo", stdout=out)
    assert len(out.getvalue().splitlines()) >= len(PEOPLE) + 3


def test_the_command_refuses_where_strangers_can_come(rule_packs: None, settings) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="DEMO"):
        call_command("seed_demo")
    assert not User.objects.exists()


def test_the_command_asks_for_the_catalogue_first(settings) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="load_rule_packs"):
        call_command("seed_demo")
