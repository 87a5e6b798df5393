"""Evidence: added, downloaded by its owner alone, removed, brought back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from activities.evidence import storage
from activities.models import Activity, Evidence
from renewals.actions import record_renewal
from tests.factories.files import pdf, picture, runs_script
from tests.factories.packs import AT, TODAY
from tests.renewals.views.reading import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(dana: User) -> Activity:
    return Activity.objects.of(dana).get(title="Code update course")


def add(client: Client, activity: Activity, name: str = "Pr\u00fcfung.pdf", data: bytes | None = None) -> Any:
    file = SimpleUploadedFile(name, pdf() if data is None else data)
    return client.post(reverse("activities:evidence_add", args=[activity.pk]), {"file": file}, follow=True)


def download(client: Client, evidence: Evidence, **headers: str) -> tuple[Any, bytes]:
    answer = client.get(reverse("activities:evidence_download", args=[evidence.pk]), headers=headers)
    content = b"".join(answer.streaming_content) if answer.streaming else b""
    return answer, content


def test_added_and_named_on_its_activity(at_desk: Client, course: Activity) -> None:
    said = text(add(at_desk, course))
    assert "The file is stored." in said
    assert "Pr\u00fcfung.pdf" in said
    assert "Evidence added : Pr\u00fcfung.pdf by you" in said
    assert "Evidence" in text(at_desk.get("/activities/?q=code"))
    assert "No evidence" not in text(at_desk.get("/activities/?q=code"))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", pdf(runs_script), "The PDF holds a program or other files."),
        ("a.pdf", pdf(password="x"), "The PDF is protected by a password."),
        ("a.jpg", b"", "The file is empty."),
        ("a.svg", b"<svg/>", "Choose a photo (JPEG, PNG, WebP or HEIC) or a PDF."),
    ],
)
def test_what_is_not_taken_is_explained(at_desk: Client, course: Activity, name: str, data: bytes, said: str) -> None:
    answer = add(at_desk, course, name, data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "<title>Error: Add evidence" in page
    assert page.count(said) == 2
    assert 'href="#id_file"' in page
    assert not Evidence.objects.exists()


def test_a_good_file_beside_a_bad_one_is_stored(at_desk: Client, course: Activity) -> None:
    files = {"photo": SimpleUploadedFile("card.jpg", picture()), "file": SimpleUploadedFile("a.pdf", pdf(password="x"))}
    address = reverse("activities:evidence_add", args=[course.pk])
    answer = at_desk.post(address, files)
    assert answer["Location"] == f"{address}?file=password"
    assert Evidence.objects.get().name == "card.jpg"
    assert "The PDF is protected by a password." in text(at_desk.get(answer["Location"]))


def test_from_the_list_and_back_to_it(at_desk: Client, course: Activity) -> None:
    page = at_desk.get("/activities/?show=unproven").content.decode()
    address = f"{reverse('activities:evidence_add', args=[course.pk])}?back=list"
    assert f'href="{address}"' in page
    assert f'action="{address}"' in at_desk.get(address).content.decode()
    answer = at_desk.post(address, {"file": SimpleUploadedFile("a.pdf", pdf())})
    assert answer["Location"] == "/activities/?show=unproven"


def test_a_script_is_told_the_reason_in_a_word(at_desk: Client, course: Activity) -> None:
    assert add(at_desk, course, "a.jpg", b"MZ")["X-Trouble"] == "other-type"
    assert "X-Trouble" not in at_desk.get(reverse("activities:evidence_add", args=[course.pk])).headers


def test_no_file_chosen(at_desk: Client, course: Activity) -> None:
    answer = at_desk.post(reverse("activities:evidence_add", args=[course.pk]), {})
    assert answer.status_code == 422
    assert text(answer).count("Choose a photo or a PDF") == 2


def test_the_download_is_locked_and_whole(at_desk: Client, course: Activity) -> None:
    add(at_desk, course)
    evidence = Evidence.objects.get()
    answer, content = download(at_desk, evidence)
    assert content == pdf()
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Pr%C3%BCfung.pdf"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    for header in ({"Range": "bytes=0-1"}, {"If-None-Match": evidence.sha256}):
        again, content = download(at_desk, evidence, **header)
        assert (again.status_code, content) == (200, pdf())


def test_bytes_that_are_gone_are_not_found(at_desk: Client, course: Activity) -> None:
    add(at_desk, course)
    evidence = Evidence.objects.get()
    storage.drop(evidence.sha256)
    assert at_desk.get(reverse("activities:evidence_download", args=[evidence.pk])).status_code == 404


def test_removed_and_brought_back(at_desk: Client, course: Activity) -> None:
    add(at_desk, course, "card.jpg", picture())
    evidence = Evidence.objects.get()
    answer = at_desk.post(reverse("activities:evidence_remove", args=[evidence.pk]), follow=True)
    assert "The file is removed. Bring it back" in text(answer)
    assert at_desk.get(reverse("activities:evidence_download", args=[evidence.pk])).status_code == 404
    answer = at_desk.post(reverse("activities:evidence_bring_back", args=[evidence.pk]), follow=True)
    assert "The file is back." in text(answer)
    assert download(at_desk, evidence)[1].startswith(b"\xff\xd8")


def test_there_is_room_for_ten(at_desk: Client, course: Activity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("activities.actions.evidenced.MOST_FILES_OF_AN_ACTIVITY", 1)
    add(at_desk, course, "one.jpg", picture())
    first = Evidence.objects.get()
    answer = add(at_desk, course, "two.jpg", picture(size=(50, 50)))
    assert answer.status_code == 422
    assert "An activity can have up to 10 files. Remove one first." in text(answer)
    at_desk.post(reverse("activities:evidence_remove", args=[first.pk]))
    add(at_desk, course, "two.jpg", picture(size=(50, 50)))
    answer = at_desk.post(reverse("activities:evidence_bring_back", args=[first.pk]), follow=True)
    assert "An activity can have up to 10 files. Remove one first." in text(answer)


def test_evidence_of_a_closed_period_stays(at_desk: Client, dana: User, course: Activity) -> None:
    add(at_desk, course)
    record_renewal(period=dana.periods.get(), renewed_on=TODAY, reference="", by=dana, at=AT, today=TODAY)
    evidence = Evidence.objects.get()
    assert "Remove" not in text(at_desk.get(reverse("activities:detail", args=[course.pk])))
    answer = at_desk.post(reverse("activities:evidence_remove", args=[evidence.pk]), follow=True)
    assert "This proves an activity of a closed renewal period. It stays." in text(answer)
    assert "The file is stored." in text(add(at_desk, course, "more.jpg", picture())), "More proof may be added"


@pytest.mark.parametrize("name", ["evidence_download", "evidence_remove", "evidence_bring_back"])
def test_nobody_reaches_what_is_not_theirs(at_desk: Client, course: Activity, stranger: User, name: str) -> None:
    add(at_desk, course)
    evidence = Evidence.objects.get()
    at_desk.force_login(stranger)
    ask = at_desk.get if name == "evidence_download" else at_desk.post
    foreign = ask(reverse(f"activities:{name}", args=[evidence.pk]))
    missing = ask(reverse(f"activities:{name}", args=[10**17]))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    strip = re.compile(rb"csrfmiddlewaretoken[^>]*|/evidence/\d+/")
    assert strip.sub(b"", foreign.content) == strip.sub(b"", missing.content)
    assert add(at_desk, course).status_code == 404
    evidence.refresh_from_db()
    assert evidence.removed_at is None


def test_evidence_of_a_deleted_activity_waits_for_it(at_desk: Client, course: Activity) -> None:
    add(at_desk, course)
    evidence = Evidence.objects.get()
    at_desk.post(reverse("activities:delete", args=[course.pk]))
    assert at_desk.post(reverse("activities:evidence_remove", args=[evidence.pk])).status_code == 404
    assert course.on == date(2025, 11, 12)
