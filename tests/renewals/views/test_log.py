"""Log an activity: saved once, with its files or without, and nothing typed is lost."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from activities.models import Activity, Claim, Evidence
from tests.factories.files import pdf, picture, runs_script
from tests.factories.packs import do
from tests.renewals.views.reading import text

Typed = Callable[..., dict[str, Any]]
LOG = "/log/"
FIELD = "/log/field-time/"


def newest(user: User) -> Activity:
    return Activity.objects.of(user).latest("pk")


def photo(name: str = "card.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, picture() if data is None else data, "image/jpeg")


def test_saved_and_counted(at_desk: Client, dana: User, typed: Typed) -> None:
    answer = at_desk.post(LOG, typed())
    activity = newest(dana)
    assert (activity.kind, activity.title, activity.on, activity.amount) == (
        "class", "Toolbox talk", date(2026, 10, 1), 100,
    )  # fmt: skip
    assert answer.status_code == 302
    assert answer["Location"] == reverse("activities:saved", args=[activity.pk])
    assert Claim.objects.get(activity=activity).asked == 100


def test_a_form_sent_twice_stores_one_activity(at_desk: Client, dana: User, typed: Typed) -> None:
    first, second = at_desk.post(LOG, typed()), at_desk.post(LOG, typed())
    assert first["Location"] == second["Location"]
    assert Activity.objects.of(dana).filter(title="Toolbox talk").count() == 1


def test_a_form_changed_and_sent_again_asks_first(at_desk: Client, dana: User, typed: Typed) -> None:
    at_desk.post(LOG, typed())
    answer = at_desk.post(LOG, typed(title="Other talk"))
    assert answer.status_code == 422
    assert "You saved this form before, as Toolbox talk" in text(answer)
    assert 'value="Other talk"' in answer.content.decode()
    fresh = re.search(r'name="nonce" value="([0-9a-f-]{36})"', answer.content.decode())
    assert fresh is not None
    assert at_desk.post(LOG, typed(title="Other talk", nonce=fresh[1])).status_code == 302
    assert newest(dana).title == "Other talk"


@pytest.mark.parametrize("nonce", ["", "nonsense", "\x00", "9" * 5000])
def test_a_broken_nonce_is_a_new_form(at_desk: Client, dana: User, typed: Typed, nonce: str) -> None:
    assert at_desk.post(LOG, typed(nonce=nonce)).status_code == 302
    assert newest(dana).title == "Toolbox talk"


def test_another_person_with_the_same_nonce_has_an_activity_of_their_own(
    at_desk: Client, typed: Typed, stranger: User
) -> None:
    at_desk.post(LOG, typed())
    at_desk.force_login(stranger)
    at_desk.post(LOG, typed(certs=[]))
    assert newest(stranger).title == "Toolbox talk"


def test_what_is_wrong_is_said_and_nothing_is_lost(at_desk: Client, dana: User, typed: Typed) -> None:
    answer = at_desk.post(LOG, typed(hours="", note="Mine", provider="NFPA"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Log activity - CPD Points</title>" in page
    assert page.count("Enter how many hours it took") == 2
    assert 'href="#id_hours"' in page
    assert 'value="Toolbox talk"' in page
    assert ">\nMine</textarea>" in page
    assert 'value="NFPA"' in page
    assert re.search(r'name="nonce" value="11111111-2222-4333-8444-555555555555"', page)
    assert not Activity.objects.of(dana).filter(title="Toolbox talk").exists()


def test_fields_nobody_asked_for_set_nothing(at_desk: Client, dana: User, stranger: User, typed: Typed) -> None:
    extra = {"user": stranger.pk, "version": 9, "keep_both": "on", "deleted_at": "2026-01-01", "counted": 5000}
    at_desk.post(LOG, typed(**extra))
    activity = newest(dana)
    assert (activity.version, activity.keep_both, activity.deleted_at) == (1, False, None)
    assert activity.user == dana


def test_field_time_has_a_form_of_its_own(at_desk: Client, typed: Typed) -> None:
    answer = at_desk.post(LOG, typed(group="field-time", title="At work", hours=""))
    assert answer["Location"] == f"{FIELD}?title=At+work"
    assert 'value="At work"' in at_desk.get(answer["Location"]).content.decode()


def test_same_again_is_a_link_that_fills_the_form(at_desk: Client, dana: User) -> None:
    do(dana, title="Toolbox talk & more", kind="webinar", on=date(2026, 9, 1), amount=150)
    page = at_desk.get(LOG).content.decode()
    href = re.search(r'href="(\?kind=webinar&amp;title=Toolbox[^"]*)"', page)
    assert href is not None
    filled = at_desk.get(LOG + href[1].replace("&amp;", "&")).content.decode()
    assert 'value="Toolbox talk &amp; more"' in filled
    assert 'value="1.5"' in filled
    assert re.search(r'value="webinar" selected', filled)
    assert '<option value="Toolbox talk &amp; more">' in page


def test_somebody_new_sees_the_form_and_no_history(client: Client, stranger: User, stopped_clock: datetime) -> None:
    client.force_login(stranger)
    page = client.get(LOG).content.decode()
    assert "Same again" not in page
    assert re.search(r'value="class"[^>]*checked', page)
    assert client.post(LOG, {"group": "class", "hours": "1", "when": "2026-10-01"}).status_code == 302
    assert "Add a certification to see what counts" in text(
        client.get(reverse("activities:saved", args=[newest(stranger).pk]))
    )


def test_today_is_the_day_where_the_person_is(at_desk: Client, dana: User, settings: Any, typed: Typed) -> None:
    settings.CLOCK_AT = datetime(2026, 10, 2, 1, tzinfo=ZoneInfo("UTC"))  # still 1 Oct in New York
    page = at_desk.get(LOG).content.decode()
    assert 'value="2026-10-01"' in page
    assert 'value="2026-10-02"' not in page
    assert at_desk.post(LOG, typed(when="2026-10-02")).status_code == 422
    dana.time_zone = "Asia/Tokyo"
    dana.save()
    assert at_desk.post(LOG, typed(when="2026-10-02")).status_code == 302


def test_a_date_in_the_future_leads_to_the_planner(at_desk: Client, dana: User, typed: Typed) -> None:
    page = at_desk.post(LOG, typed(when="other", other_on="2027-01-05", hours="8")).content.decode()
    assert "This date is in the future. Choose today or earlier" in page
    assert f'href="{reverse("renewals:standing", args=[dana.held.get().pk])}?plan=class_8_hour_2027-01-05#plan"' in page
    assert "Add to plan instead" in page


# Files -----------------------------------------------------------------------------------------------------------


def test_a_photo_is_stored_with_the_activity(at_desk: Client, dana: User, typed: Typed) -> None:
    answer = at_desk.post(LOG, typed(photo=photo()))
    assert "?" not in answer["Location"]
    evidence = Evidence.objects.get()
    assert (evidence.state, evidence.name, evidence.media_type) == ("stored", "card.jpg", "image/jpeg")
    assert list(evidence.activities.all()) == [newest(dana)]
    at_desk.post(LOG, typed(photo=photo()))
    assert Evidence.objects.count() == 1, "Sent twice is stored once"


def test_both_ways_to_add_a_file_at_once(at_desk: Client, dana: User, typed: Typed) -> None:
    at_desk.post(LOG, typed(photo=photo(), file=SimpleUploadedFile("letter.pdf", pdf(), "application/pdf")))
    assert sorted(newest(dana).evidence.values_list("name", flat=True)) == ["card.jpg", "letter.pdf"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", pdf(runs_script), "active"),
        ("a.pdf", pdf(password="x"), "password"),
        ("a.jpg", b"", "empty"),
        ("a.jpg", b"MZ", "other-type"),
        ("a.exe", picture(), "other-name"),
        ("a.jpg", picture()[:60], "picture"),
    ],
)
def test_a_bad_file_never_stops_the_activity(
    at_desk: Client, dana: User, typed: Typed, name: str, data: bytes, code: str
) -> None:
    answer = at_desk.post(LOG, typed(file=SimpleUploadedFile(name, data)))
    assert answer["Location"] == f"{reverse('activities:saved', args=[newest(dana).pk])}?file={code}"
    page = text(at_desk.get(answer["Location"]))
    assert "Your activity is saved. The photo did not upload." in page
    assert "Try again" in page
    assert not Evidence.objects.exists()


def test_a_file_over_the_limit_never_stops_the_activity(
    at_desk: Client, dana: User, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("activities.evidence.checking.MOST_BYTES", 100)
    answer = at_desk.post(LOG, typed(photo=photo()))
    assert "file=too-large" in answer["Location"]
    assert "A file can have up to 15 MB" in text(at_desk.get(answer["Location"]))


def test_a_full_disk_never_stops_the_activity(
    at_desk: Client, dana: User, typed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    answer = at_desk.post(LOG, typed(photo=photo()))
    assert "file=not-stored" in answer["Location"]
    assert newest(dana).title == "Toolbox talk"


def test_a_file_of_a_form_that_comes_back_is_kept_and_named(at_desk: Client, dana: User, typed: Typed) -> None:
    page = at_desk.post(LOG, typed(hours="", photo=photo("Mein Zertifikat.jpg"))).content.decode()
    staged = Evidence.objects.get()
    assert staged.state == "staged"
    assert "Mein Zertifikat.jpg" in page
    assert f'name="staged" value="{staged.pk}"' in page
    at_desk.post(LOG, typed(staged=[str(staged.pk)]))
    assert list(newest(dana).evidence.values_list("pk", "state")) == [(staged.pk, "stored")]


def test_a_bad_file_of_a_form_that_comes_back_says_so(at_desk: Client, typed: Typed) -> None:
    page = text(at_desk.post(LOG, typed(hours="", photo=photo(data=b"MZ"))))
    assert "The file was not kept. Choose a photo (JPEG, PNG, WebP or HEIC) or a PDF." in page


@pytest.mark.parametrize("staged", [["abc"], ["-1"], ["9" * 25], ["\u0661"], [""], ["0"]])
def test_broken_numbers_of_kept_files_are_ignored(at_desk: Client, dana: User, typed: Typed, staged: list[str]) -> None:
    assert at_desk.post(LOG, typed(staged=staged)).status_code == 302
    assert not newest(dana).evidence.exists()


def test_a_kept_file_of_somebody_else_stays_theirs(at_desk: Client, dana: User, stranger: User, typed: Typed) -> None:
    at_desk.post(LOG, typed(hours="", photo=photo()))
    foreign = Evidence.objects.get()
    at_desk.force_login(stranger)
    at_desk.post(LOG, typed(staged=[str(foreign.pk)], certs=[]))
    foreign.refresh_from_db()
    assert (foreign.user, foreign.state) == (dana, "staged")
    assert not newest(stranger).evidence.exists()


# Field time ------------------------------------------------------------------------------------------------------


def field_time(dana: User, **changes: Any) -> dict[str, Any]:
    usual = {
        "nonce": str(uuid.uuid4()),
        "since": "2025-10-01",
        "on": "2026-03-31",
        "time": "full",
        "provider": "Ridgeline",
    }
    return {**usual, "certs": [str(pk) for pk in dana.held.values_list("pk", flat=True)], **changes}


def test_field_time_is_saved_and_counted(at_desk: Client, dana: User) -> None:
    at_desk.post(FIELD, field_time(dana))
    activity = newest(dana)
    assert (activity.kind, activity.unit, activity.amount, activity.share) == ("field-time", "month", 600, 100)
    assert Claim.objects.get(activity=activity).counted == 1200


def test_the_form_goes_on_where_the_last_block_ended(at_desk: Client) -> None:
    page = at_desk.get(FIELD).content.decode()
    assert 'name="since" value="2025-10-01"' in page
    assert 'name="on" value="2026-10-01"' in page
    assert "Still full time" not in page, "The last block ended a year ago"


def test_one_press_adds_up_to_today(at_desk: Client, dana: User) -> None:
    do(
        dana,
        kind="field-time",
        title="Fire alarm field time",
        since=date(2026, 7, 1),
        on=date(2026, 9, 15),
        provider="Ridgeline",
    )
    page = at_desk.get(FIELD).content.decode()
    assert "Still full time at <bdi>Ridgeline</bdi>?" in page
    form = page[page.index('<form class="panel undo still"') :].split("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="([a-z]+)" value="([^"]*)"', form))
    at_desk.post(FIELD, hidden)
    activity = newest(dana)
    assert (activity.title, activity.since, activity.on) == (
        "Fire alarm field time", date(2026, 9, 16), date(2026, 10, 1),
    )  # fmt: skip
    assert activity.claims.get().relevant


def test_field_time_that_ends_in_the_future(at_desk: Client, dana: User) -> None:
    answer = at_desk.post(FIELD, field_time(dana, on="2027-03-31"))
    assert answer.status_code == 422
    assert "plan=field-time_2025-10-01_2027-03-31_100#plan" in answer.content.decode()


def test_the_form_asks_the_same_few_questions_however_much_was_logged(at_desk: Client, dana: User) -> None:
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert at_desk.get(path).status_code == 200
        return len(queries)

    before = asked(LOG), asked(FIELD)
    for day in range(1, 21):
        do(dana, title=f"Talk {day}", on=date(2026, 8, day), amount=100)
    assert (asked(LOG), asked(FIELD)) == before
    assert max(before) <= 8
