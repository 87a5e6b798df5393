"""What the database refuses about exports, imports and notes, past the ORM."""

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.certifications import RenewalPeriodFactory
from tests.factories.employers import EmployerFactory, ExportRunFactory, PeopleImportFactory, PersonNoteFactory
from tests.factories.renewals import ReminderFactory
from tests.guards import accepted, copy, refused, update

pytestmark = pytest.mark.django_db
EXPORTS, IMPORTS = "renewals_exportrun", "renewals_peopleimport"
DONE = {"state": "done", "done_at": "2026-10-01 12:00+00", "stored_as": "ab/abcd.csv"}


@pytest.mark.parametrize("left_out", [{"done_at": None}, {"stored_as": ""}])
def test_a_finished_export_has_a_file(left_out: dict[str, object]) -> None:
    row = ExportRunFactory()
    refused("export_done_has_file", update(EXPORTS, row.pk, **{**DONE, **left_out}))
    accepted(update(EXPORTS, row.pk, **DONE))


@pytest.mark.parametrize("state", ["applied", "undone"])
def test_what_was_applied_has_a_time(state: str) -> None:
    row = PeopleImportFactory()
    refused("import_applied_has_time", update(IMPORTS, row.pk, state=state))
    accepted(update(IMPORTS, row.pk, state=state, applied_at="2026-10-01 12:00+00"))


def test_a_note_says_something() -> None:
    refused("note_says_something", update("renewals_personnote", PersonNoteFactory().pk, text=""))


def test_a_person_has_one_export_at_a_time() -> None:
    first = ExportRunFactory()
    other = ExportRunFactory(**DONE, made_by=first.made_by)
    refused("export_one_at_a_time_for_a_person", update(EXPORTS, other.pk, state="waiting"))
    accepted(update(EXPORTS, other.pk, state="failed"))


def test_an_employer_reminds_a_person_once_a_day() -> None:
    asked = {"employer": EmployerFactory(), "asked_by": UserFactory(), "stage": "asked-2026-10-01"}
    first = ReminderFactory(**asked)
    other = RenewalPeriodFactory(held__user=first.user)
    again = copy("renewals_reminder", first.pk, period_id=other.pk)
    refused("reminder_asked_once_a_day", again)
    accepted(copy("renewals_reminder", first.pk, period_id=other.pk, stage="asked-2026-10-02"))
    accepted(copy("renewals_reminder", first.pk, period_id=other.pk, stage="180-days"))


@pytest.mark.parametrize("left_out", ["employer_id", "asked_by_id"])
def test_what_was_asked_for_names_who_asked(left_out: str) -> None:
    row = ReminderFactory(employer=EmployerFactory(), asked_by=UserFactory(), stage="asked-2026-10-01")
    left = copy("renewals_reminder", row.pk, stage="asked-2026-10-02", **{left_out: None})
    refused("reminder_asked_by_somebody", left)
