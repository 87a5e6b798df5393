"""The log form: four inputs, everything else may wait."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from accounts.models import User
from activities.actions import Facts, as_facts
from renewals.desk import Desk, desk_of
from renewals.forms.log import LogForm, initial_for_new, initial_of_activity
from tests.factories.activities import ActivityFactory
from tests.factories.packs import TODAY, do

pytestmark = pytest.mark.django_db
YESTERDAY = date(2026, 9, 30)
TYPED = {"group": "class", "title": "Toolbox talk", "hours": "1", "when": "2026-10-01"}


@pytest.fixture
def desk(dana: User) -> Desk:
    return desk_of(dana)


def form(desk: Desk, **typed: Any) -> LogForm:
    data = QueryDict(mutable=True)
    certs = [str(held.pk) for held in desk.held]
    for name, value in {**TYPED, "certs": certs, **typed}.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return LogForm(data, desk=desk, today=TODAY)


def errors(desk: Desk, **typed: Any) -> dict[str, list[str]]:
    return dict(form(desk, **typed).errors)


def facts(desk: Desk, **typed: Any) -> Facts:
    filled = form(desk, **typed)
    assert filled.is_valid(), filled.errors
    return filled.facts()


def test_four_inputs_are_enough(desk: Desk) -> None:
    assert facts(desk) == Facts(kind="class", title="Toolbox talk", on=TODAY, amount=100)
    assert form(desk).is_valid()


def test_an_empty_title_takes_the_name_of_the_kind(desk: Desk) -> None:
    assert facts(desk, title="\u200b ").title == "Class or training"
    assert facts(desk, title="", exact="webinar").title == "Live webinar"


def test_nothing_filled_in(desk: Desk) -> None:
    empty = LogForm(QueryDict(), desk=desk, today=TODAY)
    assert dict(empty.errors) == {
        "group": ["Choose what kind it was"],
        "when": ["Choose when it was"],
        "hours": ["Enter how many hours it took"],
    }


def test_everything_else_is_kept_too(desk: Desk) -> None:
    held = desk.held[0].pk
    told = facts(
        desk, exact="committee", group="meeting", title="Task force", hours="3", when="other", other_on="2026-08-14",
        role="chair", reach="national", format="in-person", topics=["exam preparation", "society event"],
        above_level="no", unit="point", since="2026-08-10", provider="ASCET", course="TF-1", link="ascet.org/tf",
        note="First\r\nsecond",
    )  # fmt: skip
    assert told == Facts(
        kind="committee", title="Task force", on=date(2026, 8, 14), amount=300, unit="point", since=date(2026, 8, 10),
        provider="ASCET", format="in-person", role="chair", reach="national",
        topics=["exam preparation", "society event"], course="TF-1", above_level=False, link="https://ascet.org/tf",
        note="First\nsecond",
    )  # fmt: skip
    assert form(desk, certs=[]).is_valid()
    apart = form(desk, certs=[])
    apart.is_valid()
    assert apart.not_for == {held}


@pytest.mark.parametrize(
    ("group", "exact", "was", "kind"),
    [
        ("class", "", "", "class"),
        ("class", "webinar", "", "webinar"),
        ("class", "webinar", "webinar", "webinar"),
        ("teaching", "webinar", "webinar", "teaching"),
        ("class", "office", "", "office"),
        ("class", "office", "webinar", "office"),
    ],
)
def test_the_exact_kind_wins_unless_only_the_group_was_changed(
    desk: Desk, group: str, exact: str, was: str, kind: str
) -> None:
    assert facts(desk, group=group, exact=exact, was=was).kind == kind


def test_exams_and_offices_need_no_hours(desk: Desk) -> None:
    told = facts(desk, group="exam", exact="upgrade", hours="")
    assert (told.amount, told.unit) == (100, "each")
    assert facts(desk, group="exam", hours="2").unit == "hour"
    assert errors(desk, group="meeting", hours="") == {"hours": ["Enter how many hours it took"]}


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [("1.5", 150, "hour"), ("1,5", 150, "hour"), ("1h30", 150, "hour"), ("90 min", 150, "hour")],
)
def test_hours_as_people_write_them(desk: Desk, text: str, amount: int, unit: str) -> None:
    told = facts(desk, hours=text)
    assert (told.amount, told.unit) == (amount, unit)


@pytest.mark.parametrize("hours", ["-1", "NaN", "1e5", "0.001", "1_000", "\u0661", "9" * 5000])
def test_hours_that_are_none(desk: Desk, hours: str) -> None:
    assert list(errors(desk, hours=hours)) == ["hours"]


def test_more_hours_than_a_day_has_need_a_first_day(desk: Desk) -> None:
    assert "A day has 24 hours" in errors(desk, hours="40")["hours"][0]
    assert facts(desk, hours="40", since="2026-09-27").amount == 4000
    assert "These 2 days" in errors(desk, hours="49", since="2026-09-30")["hours"][0]
    assert form(desk, hours="40").more_is_open  # the first day is asked there
    assert not form(desk, hours="four").more_is_open


def test_today_and_yesterday_are_the_days_they_were_when_the_form_was_opened(desk: Desk) -> None:
    assert facts(desk, when="2026-09-30").on == YESTERDAY
    later = form(desk, when="2026-09-28")
    assert later.is_valid()
    assert later.facts().on == date(2026, 9, 28)
    assert later["when"].value() == "other"
    assert later["other_on"].value() == "2026-09-28"


def test_a_day_in_the_future_is_a_plan(desk: Desk) -> None:
    ahead = form(desk, when="other", other_on="2027-01-05", hours="8")
    assert ahead.errors == {"other_on": ["This date is in the future. Choose today or earlier"]}
    assert ahead.plan == "plan=class_8_hour_2027-01-05"
    assert form(desk, when="2026-10-02").errors["other_on"] == ahead.errors["other_on"]
    assert form(desk).plan == ""
    assert form(desk, when="other", other_on="2027-01-05", hours="x").plan == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Enter the date"),
        ("2026-02-30", "Date must be a real date, like 2026-10-01"),
        ("01/02/2026", "Date must be a real date, like 2026-10-01"),
        ("1949-12-31", "Date must be on or after 1 Jan 1950"),
    ],
)
def test_days_that_are_none(desk: Desk, text: str, said: str) -> None:
    assert errors(desk, when="other", other_on=text) == {"other_on": [said]}


def test_the_first_day_is_before_the_last(desk: Desk) -> None:
    assert errors(desk, since="2026-10-02") == {"since": ["First day must be on or before the date it ended"]}
    assert facts(desk, since="2026-10-01").since is None


@pytest.mark.parametrize(
    ("name", "value"),
    [("group", "nonsense"), ("when", "nonsense"), ("exact", "field-time"), ("unit", "month"), ("role", "x"),
     ("reach", "x"), ("format", "x"), ("topics", ["x"]), ("above_level", "maybe")],
)  # fmt: skip
def test_what_was_not_offered(desk: Desk, name: str, value: Any) -> None:
    said = errors(desk, **{name: value})[name][0]
    assert said.endswith("choose one of the options")
    assert "valid" not in said


def test_a_certification_of_somebody_else_refuses_all(desk: Desk) -> None:
    mine = str(desk.held[0].pk)
    assert errors(desk, certs=[mine, "999999"])["certs"] == ["Choose from your own certifications"]


@pytest.mark.parametrize(("name", "most"), [("title", 200), ("provider", 160), ("course", 120), ("note", 4000)])
def test_text_that_is_too_long(desk: Desk, name: str, most: int) -> None:
    assert form(desk, **{name: "x" * most}).is_valid()
    assert f"{most:,} characters or fewer" in errors(desk, **{name: "x" * (most + 1)})[name][0]


def test_only_what_rules_ask_is_asked(dana: User, stranger: User) -> None:
    asked = LogForm(desk=desk_of(dana), today=TODAY).fields
    assert {"topics", "above_level", "certs"} <= set(asked)
    assert "type" not in asked
    plain = LogForm(desk=desk_of(stranger), today=TODAY).fields
    assert not {"topics", "above_level", "certs", "type"} & set(plain)


def test_words_rules_no_longer_know_stay_with_their_activity(dana: User) -> None:
    activity = ActivityFactory(user=dana, topics=["old topic"], type="old type", on=YESTERDAY)
    desk = desk_of(dana)
    initial = initial_of_activity(activity, desk, TODAY)
    again = LogForm(desk=desk, today=TODAY, initial=initial, correcting=True)
    assert "old topic" in str(again["topics"])
    assert "Old type" in str(again["type"])
    assert again.more_is_open


def test_what_is_shown_for_correction_is_what_is_stored(dana: User) -> None:
    activity = do(
        dana, kind="committee", title="Task force", on=date(2026, 8, 14), amount=300, unit="point", role="chair",
        reach="local", topics=["society event"], above_level=True, link="https://ascet.org/", note="n", provider="p",
        course="c", format="nano", since=date(2026, 8, 10),
    )  # fmt: skip
    desk = desk_of(dana)
    initial = initial_of_activity(activity, desk, TODAY)
    shown = LogForm(desk=desk, today=TODAY, initial=initial)
    data = QueryDict(mutable=True)
    for name in shown.fields:
        value = shown[name].value()
        if value not in (None, ""):
            data.setlist(name, [str(one) for one in value] if isinstance(value, list) else [str(value)])
    sent = LogForm(data, desk=desk, today=TODAY)
    assert sent.is_valid(), sent.errors
    assert sent.facts() == as_facts(activity)


def test_a_new_form_starts_with_the_group_used_last(dana: User) -> None:
    do(dana, kind="webinar", title="Webinar", on=TODAY, amount=100)
    do(dana, kind="field-time", title="Work", since=date(2026, 9, 1), on=TODAY)
    found = initial_for_new(desk_of(dana), TODAY, QueryDict())
    assert (found["group"], found["exact"], found["when"]) == ("class", "", "2026-10-01")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=webinar&title=Codes&amount=150&unit=hour", ("class", "webinar", "Codes", "1.5", "hour")),
        ("kind=class&title=T&amount=5000&unit=minute", ("class", "", "T", "50 min", "hour")),
        ("kind=meeting&amount=1300&unit=point", ("meeting", "", "", "13", "point")),
        ("kind=field-time", ("class", "", "", "", "hour")),
        ("kind=nonsense&amount=-1&unit=month&title=%00%E2%80%AE", ("class", "", "", "", "hour")),
        ("amount=99999999999&unit=hour", ("class", "", "", "", "hour")),
        ("amount=%D9%A1&unit=hour", ("class", "", "", "", "hour")),
    ],
)
def test_a_link_fills_the_form(desk: Desk, query: str, expected: tuple[str, ...]) -> None:
    found = initial_for_new(desk, TODAY, QueryDict(query))
    assert tuple(found[name] for name in ("group", "exact", "title", "hours", "unit")) == expected


def test_more_opens_when_it_has_something_to_show(desk: Desk) -> None:
    assert not LogForm(desk=desk, today=TODAY).more_is_open
    assert not form(desk).more_is_open
    assert form(desk, provider="NFPA").more_is_open
    assert form(desk, link="javascript:x").more_is_open
    assert form(desk, certs=[]).more_is_open
