"""All activities, and one of them."""

from __future__ import annotations

import gzip
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from activities.models import Activity
from renewals.actions import record_renewal
from tests.factories.activities import EvidenceLinkFactory
from tests.factories.packs import AT, TODAY, do, give
from tests.renewals.views.reading import text

pytestmark = pytest.mark.django_db
LIST = "/activities/"


def titles(answer: Any) -> list[str]:
    return re.findall(r'<a href="/activities/\d+/"><bdi>([^<]*)</bdi>', answer.content.decode())


def test_everything_newest_first_with_its_sum(at_desk: Client) -> None:
    answer = at_desk.get(LIST)
    assert "7 activities, 81 of 99 points counted" in text(answer)
    assert titles(answer)[0] == "Smoke control webinars"
    assert len(titles(answer)) == 7
    said = text(answer)
    assert "11 hours 3 of 11 Cap reached No evidence" in said
    assert "0 of 4 Before period" in said
    assert said.count("No evidence") == 7


def test_every_row_says_evidence_or_none(at_desk: Client, dana: User) -> None:
    EvidenceLinkFactory(user=dana, activity=Activity.objects.of(dana).get(title="Code update course"))
    assert text(at_desk.get(LIST)).count("No evidence") == 6
    assert titles(at_desk.get(LIST, {"show": "unproven"})).count("Code update course") == 0


def test_several_certifications_are_named_in_each_row(at_desk: Client, dana: User) -> None:
    give(dana, "inspection-testing-fire-alarm", level="II", expiry=date(2027, 4, 1))
    other = dana.held.get(certification__slug="inspection-testing-fire-alarm")
    said = text(at_desk.get(LIST))
    assert "7 activities" in said
    assert "points counted" not in said
    assert "FA II 3 of 11 Cap reached IT-FA II 3 of 11 Cap reached" in said
    assert "7 activities, 81 of 99 points counted" in text(at_desk.get(LIST, {"cert": other.pk}))


def test_filters_and_the_way_out_of_them(at_desk: Client) -> None:
    assert titles(at_desk.get(LIST, {"q": "smoke"})) == ["Smoke control webinars"]
    assert len(titles(at_desk.get(LIST, {"kind": "field-time"}))) == 2
    assert titles(at_desk.get(LIST, {"show": "not"})) == ["NFPA 72 seminar"]
    nothing = at_desk.get(LIST, {"q": "ladder"})
    assert "No activities match. Clear filters ." in text(nothing)
    assert 'value="ladder"' in nothing.content.decode()


def test_twenty_five_to_a_page(at_desk: Client, dana: User) -> None:
    for day in range(1, 25):
        do(dana, title=f"Talk {day}", on=date(2026, 8, day), amount=100)
    first = at_desk.get(LIST, {"q": "", "kind": "class"})
    assert len(titles(first)) == 25
    assert "Page 1 of 2" in text(first)
    assert 'href="?q=&amp;kind=class&amp;page=2"' in first.content.decode()
    assert len(titles(at_desk.get(LIST, {"page": 2, "kind": "class"}))) == 4


@pytest.mark.parametrize("page", ["0", "-1", "abc", "9999999999999999999", "1.0", "\u0661", "", "2", "\x00"])
def test_any_page_number_is_some_page(at_desk: Client, page: str) -> None:
    answer = at_desk.get(LIST, {"page": page})
    assert answer.status_code == 200
    assert len(titles(answer)) == 7


ODD = ["\x00", "%", "_", "'", '"><script>alert(1)</script>', "{{7*7}}", "9" * 5000, "(a+)+$" * 50]


@pytest.mark.parametrize("name", ["q", "cert", "kind", "show", "page", "deleted", "sort", "user__password"])
def test_odd_queries_are_never_an_error(at_desk: Client, name: str) -> None:
    for value in ODD:
        answer = at_desk.get(LIST, {name: value})
        assert answer.status_code == 200, value
        assert "<script>alert" not in answer.content.decode()


def test_nothing_logged_yet(client: Client, stranger: User, stopped_clock: object) -> None:
    client.force_login(stranger)
    answer = client.get(LIST)
    assert "No activities yet" in text(answer)
    assert "Nothing logged yet." in text(answer)
    assert 'role="search"' not in answer.content.decode()


def test_a_full_page_is_light(at_desk: Client, dana: User) -> None:
    for day in range(1, 26):
        do(dana, title=f"A course with quite a long title, part {day}", on=date(2026, 7, day), amount=100)
    for path in (LIST, "/log/", "/log/field-time/", f"{LIST}{Activity.objects.latest('pk').pk}/"):
        assert len(gzip.compress(at_desk.get(path).content)) <= 25_000, path


def test_the_list_asks_the_same_few_questions_however_long_it_is(at_desk: Client, dana: User) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            at_desk.get(LIST)
        return len(queries)

    before = asked()
    for day in range(1, 31):
        do(dana, title=f"Talk {day}", on=date(2026, 7, day), amount=100)
    assert asked() == before
    assert before <= 10


# One of them -----------------------------------------------------------------------------------------------------


def detail(client: Client, title: str, query: str = "") -> Any:
    activity = Activity.objects.filter(title=title).latest("pk")
    return client.get(reverse("activities:detail", args=[activity.pk]) + query)


def test_facts_results_steps_and_story(at_desk: Client, dana: User) -> None:
    do(
        dana, kind="committee", title="Task force", on=date(2026, 8, 13), amount=300, unit="point", role="chair",
        topics=["society event"], link="https://ascet.org/tf", note="First\nsecond", above_level=False,
    )  # fmt: skip
    answer = detail(at_desk, "Task force")
    said = text(answer)
    for fact in ("Kind Committee or task force", "Amount 3 points on the certificate", "Role Chair", "Logged by you",
                 "Topics society event", "Training above your level No", "3 points counted.", "Advance Profession",
                 "No evidence yet."):  # fmt: skip
        assert fact in said, fact
    page = answer.content.decode()
    assert 'href="https://ascet.org/tf" rel="noopener nofollow noreferrer"' in page
    assert "First<br>second" in page
    assert "Counted as Advance Profession 3." in said
    assert "1 Oct 2026, 09:00" in said


MARKUP = [
    "<script>alert(1)</script>",
    '" onmouseover="x',
    "{{ 7|add:7 }}{% now %}",
    "%s %(a)s {0}",
    "'; DROP TABLE x;--",
]


@pytest.mark.parametrize("words", MARKUP)
def test_text_is_shown_as_it_is_written_everywhere(at_desk: Client, dana: User, words: str) -> None:
    activity = do(dana, title=words, on=TODAY, amount=100, provider=words, course=words, note=words)
    pages = ["saved", "detail", "edit", "delete", "evidence_add"]
    addresses = [reverse(f"activities:{name}", args=[activity.pk]) for name in pages]
    for address in [*addresses, LIST, f"{LIST}?q=DROP", "/log/"]:
        page = at_desk.get(address).content.decode()
        assert "<script>alert" not in page
        assert '" onmouseover="x' not in page
        assert "<bdi>14" not in page


def test_what_turns_writing_around_stands_alone(at_desk: Client, dana: User) -> None:
    do(dana, title="\u05d0\u05d1\u05d2 (abc)", on=TODAY, amount=100)
    assert "<bdi>\u05d0\u05d1\u05d2 (abc)</bdi>" in at_desk.get(LIST).content.decode()


def test_an_activity_of_a_closed_period_says_that_it_stays(at_desk: Client, dana: User) -> None:
    period = dana.periods.get()
    record_renewal(period=period, renewed_on=TODAY, reference="", by=dana, at=AT, today=TODAY)
    answer = detail(at_desk, "Code update course")
    said = text(answer)
    assert "12 of 12 counted in the period that ended 31 Mar 2027." in said
    assert "Edit" not in said
    assert "Delete" not in said
    activity = Activity.objects.get(title="Code update course")
    for name in ("edit", "delete"):
        blocked = at_desk.post(reverse(f"activities:{name}", args=[activity.pk]), {"version": 1}, follow=True)
        assert "closed" in text(blocked)
    activity.refresh_from_db()
    assert activity.deleted_at is None
    assert activity.version == 1


def test_a_deleted_one_offers_the_way_back(at_desk: Client, dana: User) -> None:
    activity = Activity.objects.of(dana).get(title="Code update course")
    answer = at_desk.post(reverse("activities:delete", args=[activity.pk]), follow=True)
    assert answer.redirect_chain == [(f"{LIST}?deleted={activity.pk}", 302)]
    assert "The activity is deleted. Bring it back" in text(answer)
    assert "6 activities" in text(answer)
    assert "Deleted: Code update course" in text(detail(at_desk, "Code update course"))


@pytest.mark.parametrize("name", ["detail", "edit", "delete", "compare", "evidence_add"])
def test_somebody_elses_is_as_if_it_were_not_there(client: Client, dana: User, stranger: User, name: str) -> None:
    client.force_login(stranger)
    activity = Activity.objects.of(dana).latest("pk")
    foreign = client.get(reverse(f"activities:{name}", args=[activity.pk]))
    missing = client.get(reverse(f"activities:{name}", args=[10**17]))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    strip = re.compile(rb"csrfmiddlewaretoken[^>]*|/activities/\d+/")
    assert strip.sub(b"", foreign.content) == strip.sub(b"", missing.content)
    assert client.get(f"{LIST}?deleted={activity.pk}").status_code == 200


@pytest.mark.parametrize(
    "number", ["0", "-1", "10000000000000000000000000", "abc", "1.0", "%31", "\u0661", "9" * 5000, "1e3", "+1"]
)
@pytest.mark.parametrize("after", ["", "edit/", "delete/", "compare/", "evidence/"])
@pytest.mark.thorough
def test_numbers_that_are_none(at_desk: Client, number: str, after: str) -> None:
    assert at_desk.get(f"{LIST}{number}/{after}").status_code == (
        404 if number != "%31" else at_desk.get(f"{LIST}1/{after}").status_code
    )


@pytest.mark.parametrize("name", ["restore", "keep_both", "undo", "evidence_remove", "evidence_bring_back"])
def test_what_changes_something_asks_for_a_press(at_desk: Client, dana: User, name: str) -> None:
    activity = Activity.objects.of(dana).latest("pk")
    assert at_desk.get(reverse(f"activities:{name}", args=[activity.pk])).status_code == 405
