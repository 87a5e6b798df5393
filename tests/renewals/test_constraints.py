"""What the database refuses about standings, plans and reminders, past the ORM."""

import uuid
from datetime import date

import pytest

from accounts.models import User
from renewals.models import Reminder
from tests.factories.certifications import HeldCertificationFactory, RenewalPeriodFactory
from tests.factories.employers import EmployerFactory
from tests.factories.renewals import LEASED_UNTIL, PlannedActivityFactory, ReminderFactory, StandingFactory
from tests.guards import accepted, copy, delete, drop, foreign_key, refused, update

pytestmark = pytest.mark.django_db
STANDINGS, PLANS, REMINDERS = "renewals_standing", "renewals_plannedactivity", "renewals_reminder"
HELD, PERIODS = "certifications_heldcertification", "certifications_renewalperiod"
STATES = [state.value for state in Reminder.State]
# What each state must carry.
CARRIES: dict[str, dict[str, object]] = {
    "claimed": {"lease_token": uuid.uuid4(), "lease_until": LEASED_UNTIL},
    "handing": {"lease_token": uuid.uuid4(), "lease_until": LEASED_UNTIL},
    "retry": {"retry_at": LEASED_UNTIL},
    "sent": {"sent_at": LEASED_UNTIL, "message_id": "<reminder-1@example.org>"},
}
STEPS = {
    "pending": {"pending", "claimed", "dropped"},
    "retry": {"retry", "claimed", "dropped"},
    "claimed": {"claimed", "handing", "retry", "dropped", "failed"},
    "handing": {"handing", "sent", "retry", "failed", "uncertain"},
    "uncertain": {"uncertain", "sent", "retry", "failed"},
    "failed": {"failed", "retry"},
    "sent": set(),
    "dropped": set(),
}


def reminder(state: str) -> Reminder:
    return ReminderFactory(state=state, **CARRIES.get(state, {}))


@pytest.mark.parametrize("old", STATES)
@pytest.mark.parametrize("new", STATES)
def test_a_reminder_only_steps_forward(old: str, new: str) -> None:
    row = reminder(old)
    carries = {**CARRIES.get(new, {}), "error": "x"}
    if new == "handing":
        carries["lease_token"] = row.lease_token or uuid.uuid4()
        if old not in ("claimed", "handing"):
            drop("reminder_handed_by_its_claimer")
    step = update(REMINDERS, row.pk, state=new, **carries)
    if new in STEPS[old]:
        accepted(step)
    else:
        refused("reminder_steps", step)


@pytest.mark.parametrize("state", ["sent", "dropped"])
def test_what_is_done_with_may_be_written_back_unchanged(state: str) -> None:
    reminder(state).save()


@pytest.mark.parametrize("old", ["claimed", "handing"])
def test_only_the_sender_that_claimed_a_reminder_hands_it_over(old: str) -> None:
    row = reminder(old)
    step = update(REMINDERS, row.pk, state="handing", lease_token=uuid.uuid4(), lease_until=LEASED_UNTIL)
    refused("reminder_handed_by_its_claimer", step)
    accepted(update(REMINDERS, row.pk, state="handing"))


@pytest.mark.parametrize("changes", [{"stage": "30-days"}, {"channel": "in-app"}])
def test_a_reminder_is_for_one_thing(changes: dict[str, str]) -> None:
    refused("reminder_is_for_one_thing", update(REMINDERS, ReminderFactory().pk, **changes))


def test_a_reminder_keeps_its_person_and_period() -> None:
    other = ReminderFactory()
    changes = {"user_id": other.user_id, "period_id": other.period_id, "stage": "30-days"}
    refused("reminder_is_for_one_thing", update(REMINDERS, ReminderFactory().pk, **changes))


def test_a_reminder_exists_once_for_person_stage_and_channel() -> None:
    row = ReminderFactory()
    refused("reminder_once", copy(REMINDERS, row.pk, due_on=date(2026, 10, 2)))
    accepted(copy(REMINDERS, row.pk, channel="in-app"), copy(REMINDERS, row.pk, stage="30-days"))


def test_what_is_said_about_others_is_said_to_an_employer() -> None:
    row, employer = ReminderFactory(), EmployerFactory()
    refused("reminder_about_others_by_employer", copy(REMINDERS, row.pk, stage="x", about_id=row.period_id))
    to = {"stage": "x", "about_id": row.period_id, "employer_id": employer.pk}
    refused("reminder_about_others_by_employer", copy(REMINDERS, row.pk, **to))
    once = copy(REMINDERS, row.pk, **to, period_id=None)
    accepted(once)
    refused("reminder_once", once, once)


@pytest.mark.parametrize(
    ("guard", "state", "left_out"),
    [
        ("reminder_sent_has_time_and_id", "sent", {"sent_at": None}),
        ("reminder_sent_has_time_and_id", "sent", {"message_id": ""}),
        ("reminder_claimed_has_lease", "claimed", {"lease_token": None}),
        ("reminder_claimed_has_lease", "claimed", {"lease_until": None}),
        ("reminder_claimed_has_lease", "handing", {"lease_until": None}),
        ("reminder_retry_has_time", "retry", {"retry_at": None}),
    ],
)
def test_a_state_carries_what_it_needs(guard: str, state: str, left_out: dict[str, object]) -> None:
    row = reminder({"sent": "handing", "handing": "claimed", "retry": "claimed"}.get(state, "pending"))
    carries = {**CARRIES[state]}
    if state == "handing":
        carries["lease_token"] = row.lease_token
    accepted(update(REMINDERS, row.pk, state=state, **carries))
    refused(guard, update(REMINDERS, row.pk, state=state, **{**carries, **left_out}))


def test_an_unknown_state_is_refused() -> None:
    refused("reminder_state_known", copy(REMINDERS, ReminderFactory().pk, stage="x", state="lost"))


def test_everything_belongs_to_one_person(stranger: User) -> None:
    standing, plan, row = StandingFactory(), PlannedActivityFactory(), ReminderFactory()
    other = RenewalPeriodFactory(held__user=stranger)
    drop("standing_period_of_same_user_and_held")
    refused("standing_held_by_same_user", update(STANDINGS, standing.pk, held_id=other.held_id))
    refused("standing_held_by_same_user", update(STANDINGS, standing.pk, user_id=stranger.pk))
    refused("plan_held_by_same_user", update(PLANS, plan.pk, held_id=other.held_id))
    refused("plan_held_by_same_user", update(PLANS, plan.pk, user_id=stranger.pk))
    refused("reminder_period_of_same_user", copy(REMINDERS, row.pk, period_id=other.pk))
    refused("reminder_period_of_same_user", copy(REMINDERS, row.pk, user_id=stranger.pk))


def test_a_standing_is_of_a_period_of_its_certification() -> None:
    standing = StandingFactory()
    other = RenewalPeriodFactory(held=HeldCertificationFactory(user=standing.user))
    refused("standing_period_of_same_user_and_held", update(STANDINGS, standing.pk, period_id=other.pk))


def test_a_standing_is_one_of_four_words_and_one_row() -> None:
    standing = StandingFactory()
    refused("standing_word_known", update(STANDINGS, standing.pk, word="fine"))
    refused("renewals_standing_held_id_key", copy(STANDINGS, standing.pk))


@pytest.mark.parametrize("column", ["counted", "needed", "asked", "forecast", "short"])
def test_points_of_a_standing_are_never_negative(column: str) -> None:
    refused(f"renewals_standing_{column}_check", update(STANDINGS, StandingFactory().pk, **{column: -1}))


@pytest.mark.parametrize(
    ("guard", "changes"),
    [
        ("plan_amount_sane", {"amount": 0}),
        ("plan_amount_sane", {"amount": 10_000_01}),
        ("plan_share_percent", {"share": 0}),
        ("plan_share_percent", {"share": 101}),
        ("plan_ends_after_start", {"since": date(2026, 11, 21)}),
    ],
)
def test_a_plan_is_sane(guard: str, changes: dict[str, object]) -> None:
    refused(guard, update(PLANS, PlannedActivityFactory().pk, **changes))


@pytest.mark.parametrize(
    ("factory", "table", "column", "target", "also"),
    [
        (StandingFactory, STANDINGS, "period_id", PERIODS, "standing_period_of_same_user_and_held"),
        (PlannedActivityFactory, PLANS, "held_id", HELD, "plan_held_by_same_user"),
        (ReminderFactory, REMINDERS, "period_id", PERIODS, "reminder_period_of_same_user"),
    ],
)
def test_what_is_pointed_at_stays(factory: type, table: str, column: str, target: str, also: str) -> None:
    row = factory()
    gone = delete(target, getattr(row, column))
    refused(also, (f'ALTER TABLE {table} DROP CONSTRAINT "{foreign_key(table, column)}"', []), gone)
    drop(also)
    refused(foreign_key(table, column), gone)
