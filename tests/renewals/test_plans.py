"""Lines of a plan: what stands in an address, what is kept, what is left out."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest

from accounts.models import AuditEvent, User
from certifications.models import HeldCertification
from renewals.actions import save_plan
from renewals.models import PlannedActivity, Standing
from renewals.plans import MOST_LINES, PlanLine, read_line, read_plan, work
from renewals.queries import stands_of
from tests.factories.packs import TODAY

AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
WORK = work("field-time", date(2026, 10, 1), date(2027, 3, 31), 100)
CLASS = PlanLine("class", date(2026, 11, 20), 800)


def test_a_line_comes_back_from_its_address() -> None:
    for line in (WORK, CLASS, PlanLine("webinar", TODAY, 150), PlanLine("exam", TODAY, 100, "each"),
                 work("field-time", TODAY, date(2026, 12, 31), 50)):  # fmt: skip
        assert read_line(line.token) == line
    assert WORK.token == "field-time_2026-10-01_2027-03-31_100"
    assert CLASS.token == "class_8_hour_2026-11-20"
    assert PlanLine("class", TODAY, 150).token == "class_1.5_hour_2026-10-01"


def test_lines_in_words() -> None:
    assert WORK.text == "Field time, 1 Oct 2026 to 31 Mar 2027"
    assert work("field-time", TODAY, date(2026, 12, 31), 50).text.endswith(", 50% of full time")
    assert CLASS.text == "Class or training, 8 hours, 20 Nov 2026"
    assert WORK.amount == 600


@pytest.mark.parametrize(
    "token",
    [
        "", "class", "class_8_hour", "class_8_hour_2026-11-20_x", "class_0_hour_2026-11-20", "class_-1_hour_2026-11-20",
        "class_8_lightyear_2026-11-20", "nonsense_8_hour_2026-11-20", "class_8_hour_2026-02-30",
        "class_NaN_hour_2026-11-20", "class_1e5_hour_2026-11-20", "class_99999_hour_2026-11-20",
        "class_0.001_hour_2026-11-20", "class_\uff18_hour_2026-11-20", "class_8_hour_0001-01-01",
        "class_8_hour_9999-12-31", "field-time_8_hour_2026-11-20", "field-time_2027-03-31_2026-10-01_100",
        "field-time_2026-10-01_2027-03-31_0", "field-time_2026-10-01_2027-03-31_101",
        "field-time_0001-01-01_9999-12-31_100", "class_2026-10-01_2027-03-31_100", "\x00", "' OR 1=1", "<script>",
        "\u2603" * 99, "class_8_hour_2026-11-20\n",
    ],
)  # fmt: skip
def test_what_is_no_line_is_left_out(token: str) -> None:
    assert read_line(token) is None
    assert read_plan([token, CLASS.token], TODAY) == (CLASS,)


def test_what_is_over_is_left_out_and_what_runs_is_cut() -> None:
    old = PlanLine("class", date(2026, 9, 30), 800)
    running = work("field-time", date(2026, 7, 1), date(2026, 12, 31), 100)
    found = read_plan([old.token, running.token], TODAY)
    assert found == (work("field-time", TODAY, date(2026, 12, 31), 100),)


def test_a_plan_has_at_most_twenty_lines_and_is_read_quickly() -> None:
    began = time.thread_time()
    found = read_plan([WORK.token] * 5000 + ["x" * 10_000], TODAY)
    assert len(found) == MOST_LINES
    assert time.thread_time() - began < 0.5


@pytest.mark.django_db
class TestSaving:
    @pytest.fixture
    def held(self, dana: User) -> HeldCertification:
        return HeldCertification.objects.get(user=dana)

    def save(self, held: HeldCertification, *lines: PlanLine) -> None:
        save_plan(held=held, lines=lines, by=held.user, at=AT, today=TODAY)

    def test_the_forecast_uses_it_at_once(self, held: HeldCertification) -> None:
        self.save(held, WORK, CLASS)
        [stand] = stands_of(held.user, TODAY)
        assert stand.plan == (CLASS, WORK)
        assert (stand.standing.label, stand.standing.forecast.total) == ("On track", 9300)
        assert stand.standing.forecast.basis == "Based on your saved plan."
        assert Standing.objects.get(held=held).forecast == 9300

    def test_saving_replaces_and_saving_nothing_removes(self, held: HeldCertification) -> None:
        self.save(held, WORK, CLASS)
        self.save(held, CLASS)
        assert [row.kind for row in PlannedActivity.objects.filter(held=held)] == ["class"]
        self.save(held)
        assert not PlannedActivity.objects.filter(held=held).exists()
        assert stands_of(held.user, TODAY)[0].standing.forecast.total == 8100

    def test_the_same_plan_twice_is_one_change(self, held: HeldCertification) -> None:
        self.save(held, WORK, CLASS)
        self.save(held, CLASS, WORK)
        assert AuditEvent.objects.filter(verb="plan saved").count() == 1
        assert PlannedActivity.objects.count() == 2

    def test_the_audit_trail_knows_what_was_planned(self, held: HeldCertification) -> None:
        self.save(held, CLASS)
        self.save(held)
        events = AuditEvent.objects.filter(verb__startswith="plan").order_by("pk")
        assert [event.verb for event in events] == ["plan saved", "plan removed"]
        assert events[1].data == {"before": {"lines": [["class", None, "2026-11-20", 800, "hour", 100]]},
                                  "after": {"lines": []}}  # fmt: skip

    def test_twenty_one_lines_are_refused(self, held: HeldCertification) -> None:
        with pytest.raises(ValueError, match="at most 20"):
            self.save(held, *[CLASS] * 21)

    def test_a_plan_whose_time_has_come_no_longer_counts(self, held: HeldCertification) -> None:
        self.save(held, WORK, CLASS)
        [later] = stands_of(held.user, date(2026, 12, 1))
        assert later.plan == (work("field-time", date(2026, 12, 1), date(2027, 3, 31), 100),)
