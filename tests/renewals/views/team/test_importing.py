"""Importing people, page by page; only for owners, and nothing before the last press."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from kombu.exceptions import OperationalError

from accounts import clock
from accounts.models import Invitation, Membership, User
from renewals import tasks
from renewals.models import PeopleImport
from tests.factories.certifications import CertificationFactory
from tests.factories.employers import EmployerFactory, MembershipFactory, PeopleImportFactory

PAGE = "/team/import/"
LIST = (
    "Name,Email,Team,Certification,Expiry date\nDana Reyes,dana@example.org,North,Fire Alarm,3/4/2027\n"
    "Sam Okoro,sam@example.org,,,\n"
)


@pytest.fixture(autouse=True)
def rung(monkeypatch: pytest.MonkeyPatch, stopped_clock: None) -> list[int]:
    found: list[int] = []
    monkeypatch.setattr(tasks.mail_import, "delay", found.append)
    return found


@pytest.fixture
def owner(db: None, client: Client) -> User:
    CertificationFactory(name="Fire Alarm")
    user: User = MembershipFactory(role=Membership.Role.OWNER, employer=EmployerFactory(name="Ridgeline")).user
    client.force_login(user)
    return user


def upload(client: Client, data: str | bytes = LIST, name: str = "people.csv") -> Any:
    content = data.encode() if isinstance(data, str) else data
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content), "pasted": ""})


def named(client: Client, **facts: str) -> str:
    """Upload, say what the columns are, and give the address of the preview."""
    at = upload(client)["Location"]
    means = ("name", "email", "team", "certification", "expiry")
    values = {f"column_{number}": meaning for number, meaning in enumerate(means)}
    response = client.post(at, {**values, "order": "month-day", **facts})
    assert response.status_code == 302, response.text
    return str(response["Location"])


def test_a_list_without_headings_loses_nobody(client: Client, owner: User) -> None:
    answer = upload(client, "dana@example.org,Dana\nsam@example.org,Sam\n")
    assert answer.status_code == 422
    assert "The first line names the columns" in answer.text
    assert PeopleImport.objects.count() == 0


def test_from_the_file_to_the_invitations(client: Client, owner: User, rung: list[int]) -> None:
    assert "Get a template" in client.get(PAGE).text
    at = upload(client)["Location"]
    page = client.get(at)
    assert "How are dates written?" in page.text
    assert "3/4/2027 could be two days." in page.text
    assert page.context["form"]["column_1"].value() == "email"
    preview = client.get(named(client))
    for text in ("2 people will be invited", "Fire Alarm, to 4 Mar 2027", "New teams: North", "Invite 2 people"):
        assert text in preview.text.replace("<span>", "") or text in " ".join(preview.text.split())
    assert Invitation.objects.count() == 0
    address = preview.request["PATH_INFO"]
    done = client.post(address, {"seen": preview.context["plan"].digest}, follow=True)
    assert "2 people invited" in done.text
    assert [one.email for one in Invitation.objects.order_by("email")] == ["dana@example.org", "sam@example.org"]
    assert rung == [PeopleImport.objects.get(state="applied").pk]
    undone = client.post(f"{address}undo/", follow=True)
    assert "The import is undone." in undone.text
    assert "people.csv" in undone.text
    assert Invitation.objects.filter(revoked_at=None).count() == 0
    assert "cannot be undone any more" in client.post(f"{address}undo/", follow=True).text
    assert client.get(f"{address}columns/").status_code == 302


def test_pasted_rows(client: Client, owner: User) -> None:
    response = client.post(PAGE, {"pasted": "Email\tName\ndana@example.org\tDana\n"})
    assert response.status_code == 302
    assert PeopleImport.objects.get().file_name == "Pasted rows"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "No rows found. The file is empty"),
        (b"Email\n", "No rows found under the headings"),
        (b"%PDF-1.7", "Choose a CSV or XLSX file"),
        (b"PK\x03\x04", "This Excel file cannot be read. Save it again, or as CSV"),
        (b'Email\n"a', "Line 2: quotes are opened and not closed"),
        (b"x" * (5 * 1024 * 1024 + 1), "Choose a file under 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read(client: Client, owner: User, data: bytes, said: str) -> None:
    page = upload(client, data)
    assert page.status_code == 422
    assert said in page.text
    assert "<title>Error: Import people" in page.text
    assert PeopleImport.objects.count() == 0


def test_neither_file_nor_rows(client: Client, owner: User) -> None:
    page = client.post(PAGE, {"pasted": " \n "})
    assert page.status_code == 422
    assert "Choose a CSV or XLSX file, or paste rows" in page.text


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"column_1": ""}, "Choose which column is the email address"),
        ({"column_0": "email"}, "Email is chosen twice"),
        ({"column_0": "salary"}, "Choose from the list"),
        ({"order": ""}, "Choose how dates are written"),
        ({"order": "guess"}, "Choose how dates are written"),
    ],
)
def test_columns_that_are_not_clear(client: Client, owner: User, facts: dict[str, str], said: str) -> None:
    at = upload(client)["Location"]
    means = ("name", "email", "team", "certification", "expiry")
    values = {f"column_{number}": meaning for number, meaning in enumerate(means)}
    page = client.post(at, {**values, "order": "month-day", **facts})
    assert page.status_code == 422
    assert said in page.text


def test_problems_are_listed_and_nothing_can_be_sent(client: Client, owner: User) -> None:
    at = upload(client, "Email,Team\nno address,North\n\nsam@example.org,South,East\n")["Location"]
    client.post(at, {"column_0": "email", "column_1": "team"})
    address = at.replace("columns/", "")
    page = client.get(address)
    text = " ".join(page.text.split())
    assert "2 problems to fix, nothing is imported" in text
    assert "An email address, like name@example.org" in text
    assert "<b>Line 4:</b> <bdi>3 columns</bdi>" in text
    client.post(address, {"seen": page.context["plan"].digest})
    assert (Invitation.objects.count(), PeopleImport.objects.get().state) == (0, "previewed")


def test_the_same_file_again_has_nothing_new(client: Client, owner: User) -> None:
    first = named(client)
    client.post(first, {"seen": client.get(first).context["plan"].digest})
    page = client.get(named(client))
    assert "Nothing new in this list" in page.text
    assert "Invited already" in page.text


def test_what_changed_meanwhile_is_reviewed_again(client: Client, owner: User) -> None:
    address = named(client)
    page = client.post(address, {"seen": "another"}, follow=True)
    assert "Your team changed while you were checking. Review the preview again." in page.text
    assert Invitation.objects.count() == 0


def test_mails_are_found_by_the_sweep_when_the_bell_is_not_heard(
    client: Client, owner: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def away(import_id: int) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.mail_import, "delay", away)
    address = named(client)
    client.post(address, {"seen": client.get(address).context["plan"].digest})
    PeopleImport.objects.update(applied_at=clock.now() - timedelta(minutes=11))
    monkeypatch.setattr(tasks.mail_import, "delay", tasks.mail_import)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.tend_imports()
    assert len(mail.outbox) == 2


def test_the_template_is_read_as_it_is(client: Client, owner: User) -> None:
    response = client.get(f"{PAGE}template.csv")
    assert response["Content-Disposition"] == 'attachment; filename="People.csv"'
    page = client.get(upload(client, response.content)["Location"])
    assert page.context["form"]["column_7"].value() == "expiry"


@pytest.mark.parametrize("who", ["technician", "coordinator", "elsewhere", "nobody"])
def test_only_owners_of_that_employer(client: Client, owner: User, who: str, stranger: User) -> None:
    listed = PeopleImportFactory(
        employer=owner.memberships.get().employer, columns={"headings": ["Email"], "means": ["email"], "order": ""}
    )
    paths = [PAGE, f"{PAGE}template.csv", f"{PAGE}{listed.pk}/", f"{PAGE}{listed.pk}/columns/"]
    assert [client.get(path).status_code for path in paths] == [200] * 4
    if who == "elsewhere":
        MembershipFactory(user=stranger, role=Membership.Role.OWNER, employer=EmployerFactory())
        paths = paths[2:]
    elif who != "nobody":
        MembershipFactory(user=stranger, role=who, employer=listed.employer)
    client.force_login(stranger)
    assert [client.get(path).status_code for path in paths] == [404] * len(paths)
    assert client.post(f"{PAGE}{listed.pk}/undo/").status_code == 404
    assert client.post(f"{PAGE}{listed.pk}/", {"seen": ""}).status_code == 404
