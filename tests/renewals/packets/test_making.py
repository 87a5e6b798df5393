"""What a packet says: what counts, its evidence in the same order, and what does not count with its reasons."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import User
from activities.models import Activity
from activities.queries import count_holdings
from certifications.queries import Holding, holdings_of
from renewals.packets.content import Packet, packet_from
from renewals.packets.making import packet_of
from tests.factories.employers import ConfirmationFactory, EmployerFactory
from tests.factories.packs import TODAY, do, give, load_packs
from tests.renewals.pages import queries_of

pytestmark = pytest.mark.django_db


def test_what_counts_is_numbered_and_adds_up(packet: Packet) -> None:
    assert (packet.person, packet.certification) == ("Dana Reyes", "Fire Alarm Systems, Level II")
    assert (packet.start, packet.last_day) == (date(2024, 4, 1), date(2027, 3, 31))
    assert (packet.asked, packet.counted, packet.needed, packet.not_counted) == ("99", "81", "90", "18")
    assert not packet.complete
    assert [row.number for row in packet.rows] == [1, 2, 3, 4, 5, 6]
    assert [row.on for row in packet.rows] == sorted(row.on for row in packet.rows)
    assert sum(int(row.counted) for row in packet.rows) == 81
    assert sum(int(loss.points) for row in packet.left_out for loss in row.losses) == 18
    assert sum(int(one.counted) for one in packet.categories) == 81
    assert [check.met for check in packet.checks] == [True]


def test_files_follow_the_activities_and_what_is_missing_is_said(packet: Packet) -> None:
    assert [(one.number, one.name, one.rows) for one in packet.files] == [
        (1, "Panel programming class.pdf", (1,)), (2, "Voice intelligibility course.pdf", (2,))
    ]  # fmt: skip
    assert {row.title for row in packet.rows if row.lacks_evidence} >= {"Code update course", "Smoke control webinars"}
    assert [row.number for row in packet.left_out] == [0, 3, 6]
    assert packet_from(packet.canonical) == packet


def test_an_entry_that_stands_for_many_issuers_names_none(technician: User) -> None:
    load_packs("micro-credentials")
    give(technician, "digital-badge-dated", expiry=date(2027, 8, 31))
    [counted] = count_holdings(holdings_of(technician), TODAY)
    assert packet_of(counted, technician, on=TODAY).title == "Renewal packet: Digital badge with an end date"
    assert packet_of(counted, technician, on=TODAY).body == ""


def test_categories_that_are_no_part_of_another_add_up(technician: User) -> None:
    load_packs("california-cpa")
    give(technician, "cpa", expiry=date(2027, 5, 31), awarded_on=date(2013, 9, 16))
    do(technician, title="Tax course", on=date(2026, 3, 1), amount=800, topics=["tax"])
    do(technician, title="Leadership", on=date(2026, 4, 1), amount=300, topics=["non-technical"])
    [counted] = count_holdings(holdings_of(technician), TODAY)
    told = {one.name: one.counted for one in packet_of(counted, technician, on=TODAY).categories}
    assert (told["Technical subjects"], told["of which Tax"], told["Non-technical subjects"]) == ("8", "8", "3")
    assert counted.outcome.counted == 1100


def test_it_asks_the_database_as_often_for_more(proven: User, holding: Holding) -> None:
    [counted] = count_holdings([holding], TODAY)
    few = queries_of(lambda: packet_of(counted, proven, on=TODAY))
    for number in range(5):
        do(proven, title=f"Talk {number}", on=date(2026, 3, 1), amount=100)
    [counted] = count_holdings([holding], TODAY)
    assert queries_of(lambda: packet_of(counted, proven, on=TODAY)) == few == 2


def test_an_employer_reads_of_no_other_and_of_files_only_where_they_are_shared(proven: User, holding: Holding) -> None:
    activity = Activity.objects.get(title="Code update course")
    mine, other = EmployerFactory(name="Walnut Ridge"), EmployerFactory(name="Second Sprinkler")
    for employer in (mine, other):
        ConfirmationFactory(
            activity=activity, employer=employer, state="confirmed", by=employer.memberships.get().user,
            version=activity.version,
        )  # fmt: skip
    [counted] = count_holdings([holding], TODAY)
    packet = packet_of(counted, proven, on=TODAY)
    [row] = [row for row in packet.rows if row.title == "Code update course"]
    assert [one.name for one in row.confirmed] == ["Walnut Ridge", "Second Sprinkler"]
    seen = packet.seen_by(mine.pk, evidence=False)
    assert "Second Sprinkler" not in seen.canonical
    assert "Walnut Ridge" in seen.canonical
    assert not seen.files
    assert "class.pdf" not in seen.canonical
    assert seen.lacking == 0
    assert packet.seen_by(mine.pk, evidence=True).files == packet.files
