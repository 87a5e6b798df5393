"""Photos and files sent with the log form: kept with the activity, and never in the way of saving it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.models import Evidence
from tests.factories.files import pdf, photo, picture, runs_script
from tests.renewals.views.reading import newest, text

Typed = Callable[..., dict[str, Any]]
LOG = "/log/"


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
