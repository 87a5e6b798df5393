"""What the database refuses about reminder settings and notices, past the ORM."""

import pytest

from renewals.models import ReminderSettings
from tests.factories.accounts import JOINED, UserFactory
from tests.factories.employers import EmployerFactory
from tests.factories.renewals import InAppNoticeFactory
from tests.guards import accepted, copy, refused, update

pytestmark = pytest.mark.django_db
SETTINGS, NOTICES = "renewals_remindersettings", "renewals_inappnotice"
QUIET = "reminder_settings_quiet_from_until"


def test_everybody_has_their_own_settings_once_and_the_site_has_one() -> None:
    person, employer = UserFactory(), EmployerFactory()
    for owner in ({"user": person}, {"employer": employer}, {}):
        row = ReminderSettings.objects.create(**owner, changed_at=JOINED)
        refused("reminder_settings_once_for_each", copy(SETTINGS, row.pk))
    refused("reminder_settings_of_one_owner", update(SETTINGS, row.pk, user_id=person.pk, employer_id=employer.pk))


@pytest.mark.parametrize(
    ("guard", "wrong", "right"),
    [
        ("reminder_settings_action_known", {"action": "hourly"}, {"action": "never"}),
        ("reminder_settings_pace_known", {"on_track": "weekly"}, {"on_track": "monthly"}),
        ("reminder_settings_pace_known", {"at_risk": "quarterly"}, {"at_risk": "weekly"}),
        ("reminder_settings_dates_known", {"dates": "us"}, {"dates": "fr"}),
        (QUIET, {"quiet_from": 20}, {"quiet_from": 20, "quiet_until": 7}),
        (QUIET, {"quiet_from": 24, "quiet_until": 7}, {"quiet_from": 0, "quiet_until": 0}),
        ("reminder_settings_days_within_a_year", {"days_before": [30, 0]}, {"days_before": [365, 1]}),
        ("reminder_settings_days_within_a_year", {"days_before": [366]}, {"days_before": []}),
        ("reminder_settings_days_within_a_year", {"days_before": list(range(1, 14))}, {"days_before": None}),
    ],
)  # fmt: skip
def test_only_what_can_be_chosen_is_kept(guard: str, wrong: dict[str, object], right: dict[str, object]) -> None:
    row = ReminderSettings.objects.create(changed_at=JOINED)
    refused(guard, update(SETTINGS, row.pk, **wrong))
    accepted(update(SETTINGS, row.pk, **right))


def test_a_notice_says_something_and_says_it_once() -> None:
    row = InAppNoticeFactory()
    refused("notice_said_once", copy(NOTICES, row.pk))
    accepted(copy(NOTICES, row.pk, user_id=UserFactory().pk))
    for left_out in ("subject", "text"):
        refused("notice_says_something", update(NOTICES, row.pk, **{left_out: ""}))
