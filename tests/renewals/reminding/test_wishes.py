"""What somebody wants to hear: their own choice, else the site's, else the product's."""

from datetime import UTC, datetime

import pytest

from accounts.models import AuditEvent, User
from renewals.actions.wishing import choose, choose_for_site
from renewals.models import ReminderSettings
from renewals.reminding.stages import Ladder
from renewals.reminding.wishes import STANDARD, Wishes, wishes_for_team, wishes_of, wishes_of_employer
from tests.factories.accounts import JOINED
from tests.factories.employers import EmployerFactory

pytestmark = pytest.mark.django_db


def test_nobody_chose_anything() -> None:
    assert STANDARD.ladder == Ladder()


def test_a_person_goes_before_the_site_and_the_site_before_the_product(technician: User, colleague: User) -> None:
    choose_for_site(by=colleague, at=JOINED, chosen={"days_before": [60, 14], "at_risk": "weekly"})
    choose(by=technician, at=JOINED, chosen={"days_before": [30], "at_risk": "weekly", "by_mail": False})
    own, other = wishes_of(technician), wishes_of(colleague)
    assert (own.days_before, own.at_risk, own.by_mail) == ((30,), "weekly", False)
    assert (other.days_before, other.at_risk, other.by_mail) == ((60, 14), "weekly", True)
    assert (own.ladder.at_risk_months, own.ladder.at_risk_days) == (0, 7)
    # What equals the standard follows it when it changes.
    choose_for_site(by=colleague, at=JOINED, chosen={"at_risk": "off"})
    assert wishes_of(technician).at_risk == "off"


def test_a_choice_is_told_in_the_trail_and_only_where_something_changed(technician: User) -> None:
    for _ in range(2):
        choose(by=technician, at=JOINED, chosen={"action": "never"})
    told = AuditEvent.objects.filter(verb="reminders changed").values_list("data", flat=True)
    assert list(told) == [{"before": {"action": None}, "after": {"action": "never"}}]
    with pytest.raises(ValueError, match="Not a setting: unsubscribed"):
        choose(by=technician, at=JOINED, chosen={"unsubscribed": 0})


def test_an_employer_has_days_of_its_own(technician: User) -> None:
    employer = EmployerFactory()
    assert wishes_of_employer(employer).days_before == (30, 7)
    choose(by=technician, at=JOINED, chosen={"days_before": [14]}, employer=employer)
    assert wishes_of_employer(employer).days_before == (14,)
    assert ReminderSettings.objects.get().user is None


def test_mails_about_a_team_go_by_the_reader_then_the_employer_then_the_site(technician: User) -> None:
    employer = EmployerFactory()
    choose_for_site(by=technician, at=JOINED, chosen={"dates": "es", "quiet_from": 20, "quiet_until": 8})
    assert wishes_for_team(technician, employer).dates == "es"
    choose(by=technician, at=JOINED, chosen={"dates": "fr", "quiet_from": 21, "quiet_until": 6}, employer=employer)
    seen = wishes_for_team(technician, employer)
    assert (seen.dates, seen.quiet_from, seen.quiet_until) == ("fr", 21, 6)
    choose(by=technician, at=JOINED, chosen={"dates": "en-us"})
    assert wishes_for_team(technician, employer).dates == "en-us"
    assert wishes_of(technician).quiet_from == 20


@pytest.mark.parametrize(
    ("hours", "quiet"),
    [((21, 7), {21, 23, 0, 6}), ((12, 13), {12}), ((8, 8), set())],
)
def test_quiet_hours_are_of_the_readers_clock(hours: tuple[int, int], quiet: set[int]) -> None:
    wishes = Wishes(quiet_from=hours[0], quiet_until=hours[1])
    for hour in (0, 6, 7, 12, 13, 20, 21, 23):
        moment = datetime(2026, 10, 1, hour, 30, tzinfo=UTC)
        assert wishes.quiet(moment, "UTC") is (hour in quiet)
    assert Wishes().quiet(datetime(2026, 10, 1, 12, tzinfo=UTC), "America/Los_Angeles") is True
