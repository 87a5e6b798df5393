"""A photo chosen while the sign-in ran out comes back with the form, to the same person only."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from activities.models import Activity, Evidence
from cpdtracker.kept_files import TAKING
from tests.cpdtracker.test_public import ALL
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.files import picture

pytestmark = pytest.mark.django_db
TYPED = {"group": "class", "title": "Panel class", "hours": "8", "note": "With Sam", "nonce": "", "when": "2026-10-01"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.CLOCK_AT = datetime(2026, 10, 1, 13, tzinfo=UTC)


@pytest.fixture
def dana() -> User:
    return UserFactory(name="Dana Reyes", email="dana@example.org", confirmed=True)


def sign_in(client: Client, email: str = "dana@example.org") -> None:
    form = {"login": email, "password": "correct horse battery staple", "next": "/log/"}
    assert client.post("/signin/", form)["Location"] == "/log/"


def let_run_out(client: Client) -> None:
    session = client.session
    session.model.objects.filter(pk=session.session_key).update(expire_date=timezone.now() - timedelta(days=1))


def send(client: Client, path: str = "/log/", **files: Any) -> Any:
    return client.post(path, {**TYPED, **files})


def photo(data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("certificate.jpg", picture() if data is None else data)


def test_the_form_comes_back_complete_with_its_photo(client: Client, dana: User) -> None:
    sign_in(client)
    let_run_out(client)
    answer = send(client, photo=photo())
    assert answer["Location"] == "/signin/?next=/log/"
    assert "Sign in to finish saving. We kept what you typed." in client.get(answer["Location"]).content.decode()
    assert not Activity.objects.exists()
    staged = Evidence.objects.get()
    assert (staged.user, staged.state) == (dana, "staged")
    sign_in(client)
    page = client.get("/log/").content.decode()
    for part in (
        'value="Panel class"',
        'name="hours" value="8"',
        "With Sam",
        "certificate.jpg",
        f'value="{staged.pk}"',
    ):
        assert part in page
    assert client.post("/log/", {**TYPED, "staged": [staged.pk]}).status_code == 302
    assert list(Activity.objects.get().evidence.values_list("state", flat=True)) == ["stored"]


def test_somebody_else_gets_neither_form_nor_photo(client: Client, dana: User) -> None:
    sam = UserFactory(email="sam@example.org", confirmed=True)
    sign_in(client)
    let_run_out(client)
    send(client, photo=photo())
    sign_in(client, "sam@example.org")
    page = client.get("/log/").content.decode()
    assert "Panel class" not in page
    assert "certificate.jpg" not in page
    assert not Evidence.objects.of(sam).exists()


def test_a_bad_photo_is_left_out_and_the_form_comes_back(client: Client, dana: User) -> None:
    sign_in(client)
    let_run_out(client)
    send(client, photo=photo(b"MZ"))
    sign_in(client)
    assert 'value="Panel class"' in client.get("/log/").content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("path", sorted(TAKING))
def test_the_pages_that_take_files_exist(path: str) -> None:
    assert path in dict(ALL)


def test_a_correction_comes_back_on_the_version_it_was_made_on(client: Client, dana: User) -> None:
    activity = ActivityFactory(user=dana, title="Before")
    sign_in(client)
    let_run_out(client)
    page = f"/activities/{activity.pk}/edit/"
    send(client, page, version="1")
    Activity.objects.update(version=2, title="Changed elsewhere")
    sign_in(client)
    form = client.get(page).content.decode()
    assert 'value="Panel class"' in form
    assert 'name="version" value="1"' in form
    assert client.post(page, {**TYPED, "version": "1"}).status_code == 409


@pytest.mark.parametrize("path", ["/settings/", "/activities/1/edit/", "/nothing/"])
def test_pages_that_take_no_files_store_none(client: Client, dana: User, path: str) -> None:
    sign_in(client)
    let_run_out(client)
    send(client, path, photo=photo())
    assert not Evidence.objects.exists()


def test_a_stranger_stores_nothing(client: Client) -> None:
    send(client, photo=photo())
    assert not Evidence.objects.exists()


def test_somebody_who_may_no_longer_sign_in_stores_nothing(client: Client, dana: User) -> None:
    sign_in(client)
    let_run_out(client)
    User.objects.update(is_active=False)
    send(client, photo=photo())
    assert not Evidence.objects.exists()
