"""What if? The planner on the standing page, without scripts and with."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from accounts.models import User
from certifications.models import HeldCertification
from renewals.models import PlannedActivity
from tests.factories.certifications import CertificationFactory, HeldCertificationFactory, RenewalPeriodFactory
from tests.factories.packs import give, load_packs
from tests.renewals.pages import hooked, said

pytestmark = pytest.mark.django_db

WORK = "plan=field-time_2026-10-01_2027-03-31_100"
CLASS = "plan=class_8_hour_2026-11-20"


@pytest.fixture
def at(client: Client, held: HeldCertification) -> str:
    client.force_login(held.user)
    return f"/certs/{held.pk}/"


def test_six_months_in_the_field_are_enough_and_a_class_adds_nothing(client: Client, at: str) -> None:
    page = client.get(f"{at}?{WORK}&{CLASS}")
    lines = hooked(page, "plan-line")
    assert lines[0].startswith("Field time, 1 Oct 2026 to 31 Mar 2027 adds 12 as Active Practitioner")
    assert lines[1].startswith("Class or training, 8 hours, 20 Nov 2026 adds 0 (Additional Education is full)")
    assert hooked(page, "plan-result") == ["With this plan: 93 of 90 by 31 Mar 2027. On track."]
    assert "Shortest ways" not in said(page)


def test_without_a_plan_there_are_ways_and_no_result(client: Client, at: str) -> None:
    page = client.get(at)
    text = said(page)
    assert "Shortest ways to 90" in text
    assert "5 months of field time Worked since 1 Oct 2025, or begun by 1 Nov 2026" in text
    assert b"/log/field-time/?from=2025-10-01" in page.content
    assert "9 points in Advance Profession (technical presentation or teaching a class) By 31 Mar 2027" in text
    assert "Pass Level III (meets all 90) By 31 Mar 2027" in text
    assert hooked(page, "plan-result") == [""]
    assert "Save plan" not in re.findall(r"<button[^>]*>(.*?)</button>", page.content.decode())


def test_a_way_can_be_added_by_its_link(client: Client, at: str) -> None:
    page = client.get(at).content.decode()
    link = re.search(r'href="(\?plan=[^"]*)#plan">Add to plan', page)
    assert link
    result = hooked(client.get(at + link[1].replace("&amp;", "&")), "plan-result")
    assert result == ["With this plan: 90 of 90 by 31 Mar 2027. On track."]


def test_the_highest_level_is_not_told_to_pass_a_higher_one(client: Client, held: HeldCertification, at: str) -> None:
    held.level = held.certification.levels.order_by("position").last()
    held.save()
    text = said(client.get(at))
    assert "Shortest ways" in text
    assert "meets all 90" not in text


class TestAdding:
    def test_field_time_as_it_stands_in_the_form(self, client: Client, at: str) -> None:
        answer = client.get(f"{at}?add=work&from=2026-10-01&to=2027-03-31&share=100&plan=")
        assert answer.status_code == 302
        assert answer["Location"] == f"{at}?{WORK}#plan"

    def test_a_class_after_that_keeps_the_first_line(self, client: Client, at: str) -> None:
        answer = client.get(f"{at}?add=once&kind=class&amount=8&unit=hour&on=2026-11-20&{WORK}")
        assert answer["Location"] == f"{at}?{WORK}&{CLASS}#plan"

    def test_without_a_date_it_is_today(self, client: Client, at: str) -> None:
        answer = client.get(f"{at}?add=once&kind=class&amount=90+min&unit=hour&on=&plan=")
        assert answer["Location"] == f"{at}?plan=class_1.5_hour_2026-10-01#plan"

    @pytest.mark.parametrize(
        ("query", "problem"),
        [
            ("add=once&kind=class&amount=&unit=hour", "Enter how much, like 8"),
            ("add=once&kind=class&amount=abc&unit=hour", "Enter how much as a number, like 8 or 1.5"),
            ("add=once&kind=class&amount=-8&unit=hour", "Enter how much as a number, like 8 or 1.5"),
            ("add=once&kind=class&amount=0&unit=hour", "Enter more than 0"),
            ("add=once&kind=class&amount=NaN&unit=hour", "Enter how much as a number, like 8 or 1.5"),
            ("add=once&kind=class&amount=\uff11\uff12&unit=hour", "Enter how much as a number, like 8 or 1.5"),
            ("add=once&kind=class&amount=90+min&unit=point", "Enter how much as a number, like 8 or 1.5"),
            ("add=once&kind=class&amount=" + "9" * 5000 + "&unit=hour", "Enter how much as a number, like 8 or 1.5"),
            ("add=once&kind=class&amount=8&unit=hour&on=2026-09-30", "Date has passed. Plan from today on"),
            ("add=once&kind=class&amount=8&unit=hour&on=2027-04-01", "Date must be on or before 31 Mar 2027"),
            ("add=once&kind=class&amount=8&unit=hour&on=01/02/2027", "Date must be a real date, like 2026-10-01"),
            ("add=once&kind=nonsense&amount=8&unit=hour", "Choose a kind from the list"),
            ("add=work&from=&to=2027-03-31&share=100", "Enter the first day of the field time"),
            ("add=work&from=2026-10-01&to=&share=100", "Enter the last day of the field time"),
            ("add=work&from=2027-01-01&to=2026-12-31&share=100", "Last day must be on or after the first day"),
            ("add=work&from=2026-09-01&to=2026-12-31&share=100", "First day has passed. Plan from today on"),
            ("add=work&from=2026-10-01&to=2030-12-31&share=100", "Last day must be on or before 31 Mar 2027"),
            ("add=work&from=2026-02-30&to=2026-12-31&share=100", "First day must be a real date, like 2026-10-01"),
        ],
    )
    def test_wrong_input_is_named_and_the_lines_stay(self, client: Client, at: str, query: str, problem: str) -> None:
        page = client.get(f"{at}?{query}&{CLASS}")
        assert page.status_code == 422
        text = page.content.decode()
        assert re.search(r"<title>Error: At risk: Fire Alarm Systems", text)
        summary = re.search(r'class="error-summary".*?</div>', text, re.DOTALL)
        assert summary
        assert problem in said(summary[0])
        assert text.count(problem) >= 2, "once in the summary, once at the field"
        assert len(hooked(page, "plan-line")) == 1

    def test_the_twenty_first_line_is_refused(self, client: Client, at: str) -> None:
        page = client.get(f"{at}?add=once&kind=class&amount=8&unit=hour&on=&" + "&".join([CLASS] * 20))
        assert page.status_code == 422
        assert "A plan has at most 20 lines. Remove one first" in said(page)
        assert len(hooked(page, "plan-line")) == 20

    def test_values_typed_are_kept(self, client: Client, at: str) -> None:
        text = client.get(f"{at}?add=once&kind=presentation&amount=x9&unit=point&on=2026-12-01&plan=").content.decode()
        assert 'value="x9"' in text
        assert '<option value="presentation" selected' in text
        assert '<option value="point" selected' in text
        assert 'value="2026-12-01"' in text

    def test_a_link_from_the_log_form_fills_the_planner(self, client: Client, at: str) -> None:
        text = client.get(f"{at}?kind=webinar&amount=2&unit=hour&on=2026-11-20").content.decode()
        assert '<option value="webinar" selected' in text
        assert 'value="2026-11-20"' in text
        assert "There is a problem" not in text
        text = client.get(f"{at}?kind=field-time&from=2026-11-01&to=2026-12-31&share=50").content.decode()
        assert 'value="2026-11-01"' in text
        assert '<option value="50" selected' in text


@pytest.mark.parametrize(
    "query",
    [
        "plan=%00", "plan=" + "x" * 5000, "plan[]=1", "plan=%ff%fe", "add=nonsense", "add=work", "add=once",
        "add=work&add=once", "show=%00&sort=%00", "kind=%00&amount=%00", "from=%00", "&".join(["plan=x"] * 500),
        "plan=field-time_0001-01-01_9999-12-31_100", "plan=class_9999999999_hour_2026-11-20", "on=" + "9" * 4000,
    ],
)  # fmt: skip
def test_hostile_questions_are_answered(client: Client, at: str, query: str) -> None:
    assert client.get(f"{at}?{query}").status_code in (200, 422)


class TestKeeping:
    def test_save_and_come_back(self, client: Client, held: HeldCertification, at: str) -> None:
        answer = client.post(f"{at}plan/", {"plan": ["field-time_2026-10-01_2027-03-31_100"]})
        assert answer.status_code == 302
        assert answer["Location"] == f"{at}#plan"
        page = client.get(at)
        text = said(page)
        assert "Your plan is saved. The forecast uses it." in text
        assert "On track" in text
        assert "Forecast 93 of 90 on 31 Mar 2027." in text
        assert "This plan is saved." in text
        assert b'class="m-planned"' in page.content, "planned points are drawn dashed"
        assert b'class="m-forecast"' in page.content

    def test_an_empty_plan_beside_a_saved_one_can_be_saved(
        self, client: Client, held: HeldCertification, at: str
    ) -> None:
        client.post(f"{at}plan/", {"plan": ["class_8_hour_2026-11-20"]})
        text = said(client.get(f"{at}?plan="))
        assert "Remove the saved plan" in text
        assert "Back to the saved plan" in text
        client.post(f"{at}plan/", {})
        assert not PlannedActivity.objects.exists()
        assert "Your plan is removed." in said(client.get(at))

    def test_trying_changes_nothing(self, client: Client, at: str) -> None:
        client.get(f"{at}?{WORK}")
        assert not PlannedActivity.objects.exists()
        assert "9 points short" in said(client.get(f"{at}?{WORK}"))

    def test_what_cannot_be_a_line_is_not_kept(self, client: Client, at: str) -> None:
        client.post(f"{at}plan/", {"plan": ["<script>", "class_8_hour_2020-01-01", "class_8_hour_2026-11-20"]})
        assert [row.amount for row in PlannedActivity.objects.all()] == [800]

    def test_only_a_post_with_a_token_saves(self, at: str, held: HeldCertification) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(held.user)
        assert strict.post(f"{at}plan/", {"plan": [CLASS]}).status_code == 403
        assert strict.get(f"{at}plan/").status_code == 405
        assert not PlannedActivity.objects.exists()


class TestByScript:
    SCRIPT = {"HX-Request": "true"}

    def test_only_the_result_comes_back_with_its_address(self, client: Client, at: str) -> None:
        answer = client.get(f"{at}?add=work&from=2026-10-01&to=2027-03-31&share=100&plan=", headers=self.SCRIPT)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert answer["HX-Push-Url"] == f"{at}?{WORK}"
        assert "<html" not in text
        assert "adds 12" in said(text)
        assert 'id="plan-said" hx-swap-oob="innerHTML"' in text
        assert 'form="plan-once"' in text
        assert "HX-Request" in answer["Vary"]

    def test_wrong_input_loads_the_page_that_says_so(self, client: Client, at: str) -> None:
        query = f"{at}?add=once&kind=class&amount=x&unit=hour&plan="
        answer = client.get(query, headers=self.SCRIPT)
        assert answer["HX-Redirect"] == query
        assert answer.content == b""


def test_no_planner_when_the_period_is_over(client: Client, at: str, held: HeldCertification, settings: object) -> None:
    settings.CLOCK_AT = datetime(2027, 4, 2, 9, tzinfo=ZoneInfo("America/New_York"))  # type: ignore[attr-defined]
    text = said(client.get(f"{at}?{CLASS}"))
    assert "Lapsed" in text
    assert "What if?" not in text
    assert "What counted, by date" in text


def test_rules_without_field_time_offer_no_field_time(client: Client, technician: User, stopped_clock: object) -> None:
    load_packs("iicrc")
    period = give(technician, "wrt", expiry=date(2028, 5, 31))
    client.force_login(technician)
    text = client.get(f"/certs/{period.held_id}/").content.decode()
    assert 'id="plan-work"' not in text
    assert 'id="plan-once"' in text
    assert "Log other activity" not in text


def test_where_no_points_are_asked_for_nothing_is_planned(
    client: Client, technician: User, stopped_clock: object
) -> None:
    load_packs("microsoft")
    period = give(technician, "azure-administrator", expiry=date(2027, 5, 31))
    client.force_login(technician)
    page = client.get(f"/certs/{period.held_id}/")
    assert "No points needed" in said(page)
    assert "What if?" not in said(page)


def test_the_form_starts_with_the_period_where_it_has_not_begun(client: Client, technician: User, nicet: None) -> None:
    period = give(technician, "fire-alarm-systems", level="II", expiry=date(2030, 4, 1))
    client.force_login(technician)
    page = client.get(f"/certs/{period.held_id}/")
    assert b'name="from" value="2027-04-01"' in page.content
    assert "Begins 1 Apr 2027." in said(page)
    assert "Next: nothing to do before 1 Apr 2027." in said(page)


def test_what_never_ends_is_planned_for_half_a_year(client: Client, technician: User, stopped_clock: object) -> None:
    own = CertificationFactory(own=True, owner=technician, name="Crane operator")
    mine = HeldCertificationFactory(user=technician, certification=own, plain_need=4000)
    RenewalPeriodFactory(held=mine, version=None, start=date(2025, 1, 1), end=date(2200, 1, 1), never_ends=True)
    client.force_login(technician)
    page = client.get(f"/certs/{mine.pk}/?plan=class_8_hour_2026-11-20")
    assert b'name="to" value="2027-04-01"' in page.content
    assert hooked(page, "plan-result") == ["With this plan: 8 of 40."]
    assert "2199" not in said(page)
