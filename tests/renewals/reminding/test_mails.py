"""The mails say what the pages say, to whom they concern and in words of their own day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from accounts.models import Membership, User
from certifications.models import RenewalPeriod
from renewals.actions.wishing import choose
from renewals.models import Reminder
from renewals.reminding.mails import Mail, compose, sample
from renewals.reminding.unsubscribing import Mails, read_token
from tests.factories.accounts import JOINED
from tests.factories.certifications import RuleSetVersionFactory
from tests.factories.employers import CoverageTargetFactory
from tests.factories.packs import do
from tests.factories.rule_changes import published, touches
from tests.factories.teams import TeamOf, make_team, stand
from tests.renewals.conftest import NOW
from tests.renewals.pages import hooked, said

TODAY = NOW.date()


def own(user: User, stage: str = "at-risk-2026-10-01", today: date = TODAY) -> Mail:
    period = RenewalPeriod.objects.select_related("held").get(user=user)
    mail = compose(user, [Reminder(user=user, period=period, stage=stage, due_on=today)], today)
    assert mail is not None
    return mail


def test_both_parts_say_what_the_home_page_says(dana: User, client: Client) -> None:
    mail = own(dana)
    assert mail.subject == "At risk: Fire Alarm Systems, Level II, 9 points short, ends 31 Mar 2027"
    client.force_login(dana)
    home = client.get("/me/")
    counted, needed, days, step = (hooked(home, hook)[0] for hook in ("counted", "needed", "days-left", "next-step"))
    for part in (mail.text, said(mail.html)):
        assert f"{counted} of {needed} points counted" in part
        assert f"{days}, ends 31 Mar 2027." in part
        assert step.removeprefix("Next: ")[1:] in part
        assert "9 points short on the current forecast." in part
        assert "Additional Education is full, so more classes will not add points." in part
        assert "You logged 99. 18 do not count: 8 cap reached, 6 yearly cap, 4 before period." in part
    assert mail.body in mail.text
    assert "Unsubscribe" not in mail.body
    assert len(mail.html.encode()) < 75_000
    assert "<style" in mail.html  # what only a sheet can say: the other mode
    assert 'style="' in mail.html


def test_it_can_be_ended_with_one_click_and_answers_nobody_by_itself(dana: User) -> None:
    sent = own(dana).to(dana.email)
    address = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    leaving = read_token(address.rstrip("/").split("/")[-1])
    assert leaving is not None
    assert (leaving.user_id, leaving.mails, leaving.used) == (dana.pk, Mails.OWN, 0)
    assert address in sent.body
    assert address in sent.alternatives[0][0]


@pytest.mark.parametrize(
    ("day", "subject", "lead", "path"),
    [
        (date(2027, 3, 1), "Due: Fire Alarm Systems, Level II, 9 points short, ends 31 Mar 2027",
         "The renewal period ends in 30 days and you are 9 points short.", "/log/field-time/?from=2025-10-01"),
        (date(2027, 4, 7), "Lapsed: Fire Alarm Systems, Level II, ended 31 Mar 2027",
         "Fire Alarm Systems, Level II lapsed on 31 Mar 2027.", "/renewal/"),
    ],
)  # fmt: skip
def test_due_and_lapsed_in_words(dana: User, day: date, subject: str, lead: str, path: str) -> None:
    mail = sample(dana, day)
    assert mail is not None
    assert mail.subject == subject
    assert mail.text.startswith(lead)
    assert path in mail.text


def test_ready_says_where_the_renewal_goes(dana: User) -> None:
    do(dana, on=date(2026, 11, 2), since=date(2026, 4, 1), kind="field-time", amount=900, unit="month")
    mail = sample(dana, date(2027, 1, 15))
    assert mail is not None
    assert mail.subject == "Due: Fire Alarm Systems, Level II, ready to submit, ends 31 Mar 2027"
    for part in (mail.text, said(mail.html)):
        assert "All requirements are met." in part
        assert "Next: Send the renewal to NICET by 31 Mar 2027, then record it here." in part
    assert "do not count" not in mail.text


def test_days_are_written_as_the_reader_chose(dana: User) -> None:
    choose(by=dana, at=JOINED, chosen={"dates": "fr"})
    mail = own(dana)
    assert "31 mars 2027" in mail.subject
    for part in (mail.text, mail.html):
        assert "31 mars 2027" in part
        assert "1 oct. 2025" in part
        assert "31 Mar 2027" not in part


def test_new_rules_are_told_with_what_they_change(dana: User) -> None:
    version = RenewalPeriod.objects.get(user=dana).version
    assert version
    mail = own(dana, f"rules-{version.pk}")
    assert mail.subject.startswith("New rules: Fire Alarm Systems, Level II, from ")
    assert f"/rules/{version.rule_set.slug}/v/{version.number}/changes/" in mail.text
    assert "These changes do not affect your current period." in mail.text


def test_nothing_to_say_is_no_mail(technician: User, nicet: None) -> None:
    assert sample(technician, TODAY) is None
    gone = RuleSetVersionFactory()
    assert compose(technician, [Reminder(user=technician, stage=f"rules-{gone.pk}", due_on=TODAY)], TODAY) is None


# --- teams ---


@pytest.fixture
def team(db: None) -> TeamOf:
    made = make_team()
    stand(made.joins("Sam Okoro").user)
    stand(made.joins("Ana Duarte", shares="standing").user, window_opens=TODAY, ends_on=date(2026, 10, 31))
    stand(made.joins("Lee Novak", shares="nothing").user)
    CoverageTargetFactory(employer=made.employer, people=7)
    return made


def of_team(team: TeamOf, *stages: str, reader: User | None = None, about: str = "") -> Mail | None:
    user = reader or team.coordinator
    member = Membership.objects.filter(user__name=about).first()
    period = member.user.standings.get().period_id if member else None
    rows = [
        Reminder(
            user=user, employer=team.employer, stage=stage, due_on=TODAY,
            about_id=None if stage.startswith("digest") else period,
        )
        for stage in stages
    ]  # fmt: skip
    return compose(user, rows, TODAY)


def test_the_weekly_summary(team: TeamOf) -> None:
    mail = of_team(team, "digest-2026-10-01")
    assert mail is not None
    assert mail.subject == "2 of 3 people need action, Ridgeline Fire and Security"
    for part in (mail.text, said(mail.html)):
        assert "0 Lapsed, 1 Due, 1 At risk, 0 On track" in part
        assert "Sam Okoro, Fire Alarm Systems" in part
        assert "of 7 current" in part
        assert "Lee Novak" not in part
    assert read_token(mail.headers["List-Unsubscribe"].split("/")[-2]).mails is Mails.TEAM  # type: ignore[union-attr]


def test_the_weekly_summary_tells_of_new_rules(team: TeamOf) -> None:
    change = published(datetime(2026, 9, 25, 12, tzinfo=UTC))
    held = RenewalPeriod.objects.get(user__name="Ana Duarte").held
    touches(change, held, "worse")
    mail = of_team(team, "digest-2026-09-28")
    assert mail is not None
    for part in (mail.text, said(mail.html)):
        assert "New rules from 1 Jan 2027" in part
        assert change.version.rule_set.name in part
        assert f"Ana Duarte, {held}: On track becomes At risk" in part
        assert "the count changes" not in part


def test_a_notice_tells_no_more_than_is_shared(team: TeamOf) -> None:
    mail = of_team(team, "employer-due-30-2026-10-01", about="Ana Duarte")
    assert mail is not None
    assert mail.subject.startswith("Due: Ana Duarte, Fire Alarm Systems")
    assert mail.subject.endswith("ends 31 Oct 2026")
    assert not re.search(r"\b(81|9) (of|points)", mail.text)
    assert of_team(team, "employer-due-30-2026-10-01", about="Lee Novak") is None


def test_a_mail_stays_small_however_much_there_is_to_say(team: TeamOf) -> None:
    about = [
        stand(team.joins(f"Person {number:02}").user, window_opens=TODAY, ends_on=date(2026, 10, 31)).period_id
        for number in range(25)
    ]
    facts = {"user": team.coordinator, "employer": team.employer, "due_on": TODAY}
    rows = [Reminder(stage="employer-due-30-2026-10-01", about_id=pk, **facts) for pk in about]
    mail = compose(team.coordinator, rows, TODAY)
    assert mail is not None
    assert mail.subject.endswith("and 24 more")
    assert "5 more certifications need action." in mail.text
    assert len(mail.html.encode()) < 75_000


def test_only_who_oversees_the_team_is_told(team: TeamOf) -> None:
    member = User.objects.get(name="Sam Okoro")
    assert of_team(team, "digest-2026-10-01", reader=member) is None
