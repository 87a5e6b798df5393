"""The ledger on the standing page: every activity, the reasons, and what can be done about them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from activities.models import Activity
from certifications.models import HeldCertification
from certifications.rules.words import Reason
from renewals.explaining import arranged, lost_of, rows_of
from renewals.links import EDIT, HERE
from renewals.queries import stands_of
from tests.factories.packs import TODAY, do, give, renew
from tests.renewals.pages import address, said

pytestmark = pytest.mark.django_db


class TestReasonsAndActions:
    def test_every_reason_leads_somewhere(self, signed_in: Client, dana: User, held: HeldCertification) -> None:
        page = signed_in.get(address(held)).content.decode()
        seminar = Activity.objects.get(title="NFPA 72 seminar")
        assert f'href="/activities/{seminar.pk}/edit/">Fix date<' in page
        assert 'href="#categories">See categories with room<' in page
        assert 'href="#categories">See other years<' in page
        assert 'id="categories"' in page

    def test_each_code_has_an_action(self, dana: User) -> None:
        with_a_way = {*EDIT, *HERE, Reason.DUPLICATE, Reason.EVIDENCE}
        # For these the ledger says more, and nothing can be changed about them.
        assert set(Reason) - with_a_way == {
            Reason.ACTIVITY_CAP, Reason.AFTER_PERIOD, Reason.WAITING, Reason.ROUNDING,
        }  # fmt: skip

    def test_a_repeat_is_compared(self, signed_in: Client, dana: User, held: HeldCertification) -> None:
        again = do(dana, title="Code update course", on=date(2025, 11, 12), amount=1200)
        page = signed_in.get(address(held)).content.decode()
        assert f'href="/activities/{again.pk}/compare/">Compare<' in page

    def test_an_amount_in_another_unit_leads_to_the_amount(
        self, signed_in: Client, dana: User, held: HeldCertification
    ) -> None:
        meeting = do(dana, kind="meeting", title="Chapter meeting", on=date(2026, 9, 1), amount=200)
        for page in (address(held), f"/activities/{meeting.pk}/"):
            link = f'href="/activities/{meeting.pk}/edit/#id_hours">Change amount<'
            assert link in signed_in.get(page).content.decode()
        edit = signed_in.get(f"/activities/{meeting.pk}/edit/").content.decode()
        assert "For example 1.5, or 3 points where a certificate states points" in edit

    def test_many_reasons_are_cut_and_the_rest_is_one_press_away(
        self, signed_in: Client, dana: User, held: HeldCertification
    ) -> None:
        for day in range(1, 15):
            do(dana, title=f"Class {day}", on=date(2026, 9, day), amount=100)
        page = signed_in.get(address(held))
        assert "See 5 more" in said(page)
        assert page.content.count(b'class="lost"') == 12


class TestLedger:
    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("", ["Smoke control webinars", "Code update course", "Fire alarm field time", "Fire alarm field time",
                  "Voice intelligibility course", "Panel programming class", "NFPA 72 seminar"]),
            ("?show=not-counted", ["Smoke control webinars", "Fire alarm field time", "NFPA 72 seminar"]),
            ("?show=counted&sort=oldest", ["Panel programming class", "Voice intelligibility course",
                                           "Fire alarm field time", "Fire alarm field time", "Code update course",
                                           "Smoke control webinars"]),
            ("?sort=lost&show=not-counted", ["Smoke control webinars", "Fire alarm field time", "NFPA 72 seminar"]),
            ("?show=nonsense&sort=password", ["Smoke control webinars", "Code update course", "Fire alarm field time",
                                              "Fire alarm field time", "Voice intelligibility course",
                                              "Panel programming class", "NFPA 72 seminar"]),
        ],
    )  # fmt: skip
    def test_filter_and_order(self, signed_in: Client, held: HeldCertification, query: str, titles: list[str]) -> None:
        page = signed_in.get(address(held, query)).content.decode()
        ledger = page[page.index('id="ledger"') : page.index('id="plan"')]
        assert re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", ledger) == titles

    def test_what_is_shown_is_marked_and_the_links_keep_the_plan(
        self, signed_in: Client, held: HeldCertification
    ) -> None:
        page = signed_in.get(address(held, "?show=counted&plan=class_8_hour_2026-11-20")).content.decode()
        assert re.search(r'aria-current="true">Counted<', page)
        link = "?show=all&amp;sort=newest&amp;plan=class_8_hour_2026-11-20#ledger"
        assert f'href="{link}"' in page

    def test_a_row_tells_its_steps_and_its_rules(self, signed_in: Client, held: HeldCertification) -> None:
        page = signed_in.get(address(held)).content.decode()
        row = page[page.index("Smoke control webinars</a></h3>") :]
        row = row[: row.index("</li>\n") + 4000]
        for part in (
            "Kind: Class, seminar, webinar or course, 1 an hour.", "11 hours at 1 an hour. 11 asked.",
            "Counted as Additional Education 3.",
            '"/rules/nicet-cpd/v/1/#kind-class">Class, seminar, webinar or course</a> (check with the certifying body)',
            '<a href="/rules/nicet-cpd/v/1/#cap-additional-education">Cap: Additional Education</a>',
        ):  # fmt: skip
            assert part in row, part
        rules = signed_in.get("/rules/nicet-cpd/v/1/").content.decode()
        assert 'id="kind-class"' in rules
        assert 'id="cap-additional-education"' in rules

    def test_nothing_logged(self, client: Client, technician: User, nicet: None) -> None:
        period = give(technician, "fire-alarm-systems", level="II", expiry=date(2029, 10, 1))
        client.force_login(technician)
        text = said(client.get(f"/certs/{period.held_id}/"))
        for part in (
            "On track", "0 of 90 points counted", "90 to go.", "Nothing logged yet.",
            "Log your first activity. Field time is the quickest start.",
            "Too early to forecast. We need 90 days of activity.",
        ):  # fmt: skip
            assert part in text, part
        assert "You logged" not in text
        assert "do not count" not in text

    def test_nothing_logged_since_the_renewal(self, signed_in: Client, held: HeldCertification) -> None:
        renew(held.periods.get(), date(2026, 10, 1))
        text = said(signed_in.get(f"/certs/{held.pk}/"))
        assert "Log your first activity of this period." in text
        assert "Nothing logged for this period yet." in text


def test_rows_sort_by_what_is_lost(dana: User) -> None:
    [stand] = stands_of(dana, TODAY)
    rows = rows_of(stand)
    assert [row.line.lost for row in arranged(rows, "all", "lost")][:3] == [800, 600, 400]
    assert [one.points for one in lost_of(rows)] == [800, 600, 400]
