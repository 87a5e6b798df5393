"""The standing page: will I renew on time, and why is the number what it is?"""

from __future__ import annotations

import gzip
import random
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from activities.models import Activity, Claim
from certifications.models import HeldCertification
from tests.factories.activities import EvidenceFactory, EvidenceLinkFactory
from tests.factories.certifications import CertificationFactory, HeldCertificationFactory, RenewalPeriodFactory
from tests.factories.packs import do, give, load_packs
from tests.renewals.pages import address, hooked, queries_of, said

pytestmark = pytest.mark.django_db


def test_the_worked_example_from_top_to_bottom(signed_in: Client, held: HeldCertification) -> None:
    page = signed_in.get(address(held))
    text = said(page)
    parts = (
        "Fire Alarm Systems, Level II Period 1 Apr 2024 to 31 Mar 2027. Rules version 1.",
        "Check with the certifying body.",
        "At risk 181 days left 81 of 90 points counted",
        "9 points short. Ends 31 Mar 2027.",
        "You logged 99. 18 do not count: 8 cap reached, 6 yearly cap, 4 before period.",
        "Next: log field time since 1 Oct 2025. Up to 36 can count.",
        "Log field time", "Log other activity",
        "Will you make it? Forecast 81 of 90 on 31 Mar 2027.",
        "Based on your last 12 months.",
        "Additional Education is full, so more classes will not add points.",
        "Why 18 points do not count",
        "8 Smoke control webinars, 14 Aug 2026 Cap reached: Additional Education counts up to 45",
        "6 Fire alarm field time, Apr 2024 to Mar 2025 Yearly cap: Active Practitioner counts up to 24 a year.",
        "4 NFPA 72 seminar, 12 Mar 2024 Before period: 12 Mar 2024 is 20 days before this period began on 1 Apr 2024.",
        "Points by category",
        "Active Practitioner 36 of 72, room for 36",
        "Year to Mar 2025 24/24, 6 over", "Year to Mar 2026 12/24", "Year to Mar 2027 0/24",
        "Additional Education 45 of 45, full 8 over the cap",
        "Special Exam 0 of 60, room for 60",
        "Active Practitioner: 12 of the room for 36 can only be filled by work done by 31 Mar 2026.",
        "Other requirements",
        "Met: Points from two or more categories (you have 2)",
        "Not met: Evidence for the renewal: 6 missing",
        "Every activity (7)",
        "11 logged = 3 + 8 not",
        "Points are allocated by activity date, oldest first. Where another order counts more for you, that one is",
        "What if? Nothing is saved until you choose Save plan.",
    )  # fmt: skip
    places = [text.find(part) for part in parts]
    assert [part for part, place in zip(parts, places, strict=True) if place < 0] == []
    assert places == sorted(places)


def test_the_hooks_of_the_walk_through(signed_in: Client, held: HeldCertification) -> None:
    page = signed_in.get(address(held))
    found = {hook: hooked(page, hook)[:1] for hook in ("counted", "needed", "days-left", "logged", "not-counted")}
    assert found == {
        "counted": ["81"], "needed": ["90"], "days-left": ["181 days left"], "logged": ["99"], "not-counted": ["18"],
    }  # fmt: skip
    assert len(hooked(page, "reason")) >= 3


def test_the_chart_says_the_same_numbers_as_its_table(signed_in: Client, held: HeldCertification) -> None:
    page = signed_in.get(address(held)).content.decode()
    table = re.search(r"<table.*?</table>", page, re.DOTALL)
    assert table
    rows = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td><td class="num">(.*?)</td>', table[0])
    assert rows[0] == ("1 Apr 2024", "Period begins", "0")
    assert ("14 Aug 2026", "Counted", "81") in rows
    assert ("1 Oct 2026", "Today", "81") in rows
    assert rows[-1] == ("31 Mar 2027", "Forecast", "81")
    drawn = re.findall(r"<text[^>]*>(.*?)</text>", page)
    assert {"90 needed", "Today 81", "Forecast 81"} <= set(drawn)
    dots = re.search(r'class="m-dot" d="([^"]*)"', page)
    assert dots
    assert dots[1].count("M") == len([row for row in rows if row[1] == "Counted"])


def test_evidence_that_is_all_there(signed_in: Client, dana: User, held: HeldCertification) -> None:
    for activity in dana.activities.all():
        EvidenceLinkFactory(user=dana, activity=activity, evidence=EvidenceFactory(user=dana))
    assert "Met: Evidence for the renewal: all there" in said(signed_in.get(address(held)))


def test_met_by_passing_a_higher_level(signed_in: Client, dana: User, held: HeldCertification) -> None:
    do(dana, kind="upgrade", title="Level III", on=date(2026, 9, 1), amount=100, unit="each")
    text = said(signed_in.get(address(held)))
    assert "On track" in text
    assert "Complete. Passing a higher level meets everything." in text


def test_surplus_and_whether_it_carries_over(signed_in: Client, dana: User, held: HeldCertification) -> None:
    do(dana, kind="presentation", title="Talk", on=date(2026, 9, 1), amount=1300, unit="point")
    text = said(signed_in.get(address(held)))
    assert "4 points above what you need. These rules do not carry points over." in text


def test_surplus_that_goes_on(client: Client, technician: User, stopped_clock: datetime) -> None:
    load_packs("pmi")
    period = give(technician, "pmp", expiry=date(2027, 2, 2))
    for number, topic in enumerate(("ways of working", "power skills", "business acumen")):
        do(technician, title=topic, on=date(2026, 5, 1 + number), amount=2500, topics=[topic])
    client.force_login(technician)
    text = said(client.get(f"/certs/{period.held_id}/"))
    assert "15 PDUs above what you need. 15 would go into the next period." in text
    assert "PDUs by category" in text


def test_a_certification_of_ones_own_is_counted_without_caps(
    client: Client, technician: User, stopped_clock: datetime
) -> None:
    own = CertificationFactory(own=True, owner=technician, name="Crane operator")
    mine = HeldCertificationFactory(user=technician, certification=own, plain_need=4000)
    RenewalPeriodFactory(held=mine, version=None, start=date(2025, 1, 1), end=date(2028, 1, 1))
    client.force_login(technician)
    do(technician, title="Rigging", on=date(2026, 3, 1), amount=1600)
    text = said(client.get(f"/certs/{mine.pk}/"))
    assert "These rules are not published yet. We show totals without caps." in text
    assert "16 of 40 points counted" in text
    assert "by category" not in text


class TestWhoMaySee:
    def test_somebody_elses_page_is_like_none(self, client: Client, held: HeldCertification, stranger: User) -> None:
        client.force_login(stranger)
        theirs, missing = client.get(address(held)), client.get("/certs/999999/")
        assert theirs.status_code == missing.status_code == 404
        assert said(theirs) == said(missing)
        assert client.post(f"/certs/{held.pk}/plan/").status_code == 404

    def test_what_was_given_up_has_no_page(self, signed_in: Client, held: HeldCertification) -> None:
        HeldCertification.objects.filter(pk=held.pk).update(removed_at=datetime(2026, 10, 1, 14, tzinfo=UTC))
        assert signed_in.get(address(held)).status_code == 404

    @pytest.mark.parametrize("pk", ["0", "-1", "1" * 19, "1" * 5000, "abc", "1.0", "%31x", "١٢"])
    def test_odd_ids(self, signed_in: Client, pk: str) -> None:
        assert signed_in.get(f"/certs/{pk}/").status_code == 404

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    def test_the_page_is_only_read(self, signed_in: Client, held: HeldCertification, method: str) -> None:
        assert getattr(signed_in, method)(address(held)).status_code == 405


def test_as_many_questions_for_one_activity_as_for_twenty(
    signed_in: Client, dana: User, held: HeldCertification
) -> None:
    few = queries_of(lambda: signed_in.get(address(held)))
    for day in range(1, 21):
        do(dana, title=f"Class {day}", on=date(2026, 8, day), amount=100)
    query = "?plan=" + "&plan=".join(["class_1_hour_2026-12-01"] * 20)
    assert queries_of(lambda: signed_in.get(address(held, query))) == few <= 11


def test_three_hundred_activities_fit_the_budget(signed_in: Client, dana: User, held: HeldCertification) -> None:
    rnd = random.Random(7)
    words = ("panel", "sprinkler", "voice", "smoke", "wiring", "code", "inspection", "battery", "network", "valve")
    rows = [
        Activity(
            user=dana, kind=rnd.choice(("class", "webinar", "meeting")), amount=rnd.randrange(1, 9) * 50,
            title=f"{rnd.choice(words)} {rnd.choice(words)} {number}".capitalize(), unit="hour",
            on=date(2024, 4, 1) + timedelta(days=rnd.randrange(900)), nonce=f"00000000-0000-4000-8000-{number:012d}",
            logged_at=datetime(2026, 9, 30, 12, tzinfo=UTC), changed_at=datetime(2026, 9, 30, 12, tzinfo=UTC),
        )
        for number in range(293)
    ]  # fmt: skip
    made = Activity.objects.bulk_create(rows)
    Claim.objects.bulk_create(Claim(user=dana, activity=one, held=held) for one in made)
    page = signed_in.get(address(held))
    assert "Every activity (300)" in said(page)
    assert len(gzip.compress(page.content, 6)) <= 25_000
    assert len(gzip.compress(signed_in.get("/me/").content, 6)) <= 25_000
