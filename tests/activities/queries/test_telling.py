"""The story of an activity in plain words."""

import uuid
from dataclasses import asdict, replace
from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from activities.actions import Facts, amend_activity, as_facts, log_activity, restore_activity, withdraw_activity
from activities.queries import Change, differences, story_of

FACTS = Facts(kind="class", title="Panel class", on=date(2026, 3, 12), amount=800)
AT = datetime(2026, 10, 1, 13, tzinfo=UTC)


def test_differences_in_words() -> None:
    changed = replace(
        FACTS, kind="field-time", since=date(2026, 3, 1), amount=1250, unit="minute", share=50, role="chair",
        reach="local", format="nano", topics=["ethics", "tax"], above_level=True, note="More",
    )  # fmt: skip
    assert differences(asdict(FACTS), asdict(changed)) == (
        Change("Kind", "Class or training", "Field time"),
        Change("First day", "", "1 Mar 2026"),
        Change("Amount", "8 hours", "12.5 minutes"),
        Change("Share of full time", "100%", "50%"),
        Change("Format", "", "Nano learning"),
        Change("Role", "", "Chair"),
        Change("Reach", "", "Local"),
        Change("Topics", "", "ethics, tax"),
        Change("Training above your level", "", "Yes"),
        Change("Notes", "", "More"),
    )
    assert differences(asdict(FACTS), asdict(FACTS)) == ()


def test_everything_that_is_said() -> None:
    told = differences(asdict(FACTS), asdict(FACTS), everything=True)
    assert [one.label for one in told] == ["Kind", "Title", "Date", "Amount", "Share of full time"]
    assert not any(one.differs for one in told)


@pytest.mark.django_db
def test_what_happened_newest_first(technician: User, stranger: User) -> None:
    activity, _ = log_activity(facts=FACTS, nonce=uuid.uuid4(), by=technician, at=AT)
    other, _ = log_activity(facts=FACTS, nonce=uuid.uuid4(), by=technician, at=AT)
    amend_activity(activity=activity, facts=replace(FACTS, on=date(2026, 3, 13)), version=1, by=technician, at=AT)
    withdraw_activity(activity=activity, by=stranger, at=AT)
    restore_activity(activity=activity, by=technician, at=AT)
    story = story_of(activity)
    assert [(event.what, event.who) for event in story] == [
        ("Brought back", "you"), ("Deleted", "Robin Vale"), ("Changed", "you"), ("Logged", "you"),
    ]  # fmt: skip
    assert story[2].changes == (Change("Date", "12 Mar 2026", "13 Mar 2026"),)
    assert story[3].changes == ()
    assert len(story_of(other)) == 1
    assert as_facts(activity).title == "Panel class"
