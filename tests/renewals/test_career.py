"""Career: the next level and what it is worth, and certifications near those that are held."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from accounts.models import User
from activities.models import Claim
from certifications.models import Certification, HeldCertification, Interest
from renewals.career import career_of
from tests.factories.packs import AT, TODAY, do, give, load_packs
from tests.renewals.pages import queries_of, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana(nicet: None, technician: User, client: Client) -> User:
    give(technician, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1))
    client.force_login(technician)
    return technician


def test_the_next_level_with_what_it_takes_and_what_it_does(client: Client, dana: User) -> None:
    do(dana, kind="field-time", title="Field", since=date(2025, 4, 1), on=date(2025, 9, 30))
    text = said(client.get("/career/"))
    assert "Next: Fire Alarm Systems, Level III" in text
    assert "Level I done Level II you are here Level III next Level IV" in text
    assert "About 5 years in the work, an exam, a supervisor's confirmation" in text
    assert "You have logged 6 months of field time here." in text
    assert "For your renewal: Passing a higher level meets all 90 points." in text


def test_half_of_full_time_is_half_the_months(dana: User) -> None:
    do(dana, kind="field-time", title="Field", since=date(2025, 4, 1), on=date(2025, 9, 30), share=50)
    assert career_of(dana, TODAY).months == 3


def test_what_is_near_says_how_much_of_the_record_would_count(client: Client, dana: User) -> None:
    do(dana, kind="class", title="Class", on=date(2026, 5, 1), amount=800)
    do(dana, kind="reading", title="Journal", on=date(2026, 5, 2), amount=100)
    near = {one.certification.slug: (one.fits, one.asked) for one in career_of(dana, TODAY).near}
    assert near["special-hazards-systems"] == (1, 2)
    assert "fire-alarm-systems" not in near
    assert "1 of your 2 activities would count, before caps." in said(client.get("/career/"))


def test_it_is_the_same_record_for_whatever_is_near(dana: User) -> None:
    do(dana, kind="class", title="Before the second one", on=date(2026, 5, 1), amount=800)
    held = HeldCertification.objects.get(user=dana)
    give(dana, "inspection-testing-fire-alarm", level="II", expiry=date(2027, 4, 1))
    meeting = do(dana, kind="class", title="For one alone", on=date(2026, 6, 1), amount=200)
    Claim.objects.filter(activity=meeting, held=held).delete()
    near = career_of(dana, TODAY).near
    assert {(one.fits, one.asked) for one in near if one.asked} == {(2, 2)}
    assert len(near) > 1


def test_what_was_meant_to_be_reached_is_said_and_not_asked_again(client: Client, dana: User) -> None:
    certification = Certification.objects.get(slug="fire-alarm-systems")
    level = certification.levels.get(code="III")
    asked = f"/career-interest/?what={certification.pk}-{level.pk}"
    assert asked in client.get("/career/").content.decode()
    assert f'value="{certification.pk}-{level.pk}" selected' in client.get(asked).content.decode()
    Interest.objects.create(user=dana, certification=certification, level=level, said_at=AT)
    text = said(client.get("/career/"))
    assert "You said you mean to reach it. Only you can see that." in text
    assert asked not in client.get("/career/").content.decode()


def test_the_highest_level_and_what_has_no_levels(client: Client, technician: User) -> None:
    client.force_login(technician)
    assert "Add a certification to see the next level." in said(client.get("/career/"))
    load_packs("nicet", "microsoft")
    give(technician, "azure-administrator", expiry=date(2027, 5, 31))
    assert "We know of no higher level for what you hold." in said(client.get("/career/"))
    give(technician, "fire-alarm-systems", level="IV", expiry=date(2027, 4, 1))
    text = said(client.get("/career/"))
    assert "You are at the highest level" in text
    assert "meets all" not in text


def test_as_many_questions_for_one_activity_as_for_twenty(client: Client, dana: User) -> None:
    do(dana, title="One", on=date(2026, 5, 1), amount=100)
    client.get("/career/")
    few = queries_of(lambda: client.get("/career/"))
    for day in range(2, 21):
        do(dana, title=f"Class {day}", on=date(2026, 5, day), amount=100)
    assert queries_of(lambda: client.get("/career/")) == few
