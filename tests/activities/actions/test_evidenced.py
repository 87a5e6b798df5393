"""Evidence staged, attached, removed, brought back and swept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.management import call_command

from accounts.models import AuditEvent, User
from activities.actions import (
    STAGED_FOR,
    ActivityClosed,
    attach_evidence,
    evidenced,
    remove_evidence,
    restore_evidence,
    stage_evidence,
    sweep_staged,
)
from activities.evidence import BadEvidence, Checked, Trouble, storage
from activities.models import Activity, Evidence, EvidenceLink
from activities.tasks import sweep_evidence
from tests.factories.activities import ActivityFactory, ClaimFactory, EvidenceFactory, EvidenceLinkFactory
from tests.factories.certifications import RenewalPeriodFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
LATER = AT + STAGED_FOR + timedelta(minutes=1)
LETTER = Checked(b"%PDF-1.7 letter", "application/pdf", "letter.pdf")
PHOTO = Checked(b"\xff\xd8\xff photo", "image/jpeg", "photo.jpg")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def activity(technician: User) -> Activity:
    return ActivityFactory(user=technician)


def stored_files(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def test_a_staged_file_has_its_bytes_and_proves_nothing_yet(technician: User) -> None:
    evidence = stage_evidence(checked=LETTER, by=technician, at=AT)
    assert (evidence.state, evidence.name, evidence.size) == ("staged", "letter.pdf", 15)
    with storage.get(evidence.sha256) as file:
        assert file.read() == LETTER.data
    assert not EvidenceLink.objects.exists()


def test_an_attached_file_proves_its_activity_and_leaves_a_trace(activity: Activity, technician: User) -> None:
    staged = stage_evidence(checked=LETTER, by=technician, at=AT)
    evidence = attach_evidence(evidence=staged, activity=activity, by=technician, at=AT)
    assert (evidence.pk, evidence.state) == (staged.pk, "stored")
    assert list(activity.evidence.all()) == [evidence]
    event = AuditEvent.objects.get(verb="evidence added")
    assert (event.subject, event.target_id) == (technician, str(activity.pk))
    assert event.data["after"] == {"evidence": evidence.pk, "name": "letter.pdf", "sha256": evidence.sha256}


def test_the_same_bytes_prove_an_activity_once(activity: Activity, technician: User) -> None:
    first = attach_evidence(
        evidence=stage_evidence(checked=LETTER, by=technician, at=AT), activity=activity, by=technician, at=AT
    )
    again = attach_evidence(
        evidence=stage_evidence(checked=LETTER, by=technician, at=AT), activity=activity, by=technician, at=AT
    )
    assert again == first
    assert Evidence.objects.get() == first
    assert attach_evidence(evidence=first, activity=activity, by=technician, at=AT) == first
    assert AuditEvent.objects.filter(verb="evidence added").count() == 1


def test_the_same_bytes_of_two_people_are_one_file_and_two_rights(
    activity: Activity, technician: User, stranger: User, folder: Path
) -> None:
    stage_evidence(checked=LETTER, by=technician, at=AT)
    stage_evidence(checked=LETTER, by=stranger, at=AT)
    assert stored_files(folder) == 1
    assert Evidence.objects.count() == 2


def test_a_file_of_somebody_else_proves_nothing(activity: Activity, technician: User, stranger: User) -> None:
    foreign = stage_evidence(checked=LETTER, by=stranger, at=AT)
    with pytest.raises(Evidence.DoesNotExist):
        attach_evidence(evidence=foreign, activity=activity, by=technician, at=AT)


def test_there_is_room_for_so_many_files_and_bytes(technician: User) -> None:
    EvidenceFactory(user=technician)
    with patch.object(evidenced, "MOST_FILES", 1), pytest.raises(BadEvidence) as caught:
        stage_evidence(checked=LETTER, by=technician, at=AT)
    assert caught.value.trouble is Trouble.FULL
    with patch.object(evidenced, "MOST_BYTES_IN_ALL", 20), pytest.raises(BadEvidence):
        stage_evidence(checked=LETTER, by=technician, at=AT)


def test_an_activity_has_room_for_so_many_files(activity: Activity, technician: User) -> None:
    EvidenceLinkFactory(user=technician, activity=activity)
    staged = stage_evidence(checked=LETTER, by=technician, at=AT)
    with patch.object(evidenced, "MOST_FILES_OF_AN_ACTIVITY", 1), pytest.raises(BadEvidence) as caught:
        attach_evidence(evidence=staged, activity=activity, by=technician, at=AT)
    assert caught.value.trouble is Trouble.ENOUGH


def test_a_full_disk_leaves_no_row(technician: User) -> None:
    with patch("os.fsync", side_effect=OSError(28, "No space left on device")), pytest.raises(BadEvidence) as caught:
        stage_evidence(checked=LETTER, by=technician, at=AT)
    assert caught.value.trouble is Trouble.NOT_STORED
    assert not Evidence.objects.exists()


def test_bytes_that_are_gone_prove_nothing(activity: Activity, technician: User) -> None:
    staged = stage_evidence(checked=LETTER, by=technician, at=AT)
    storage.drop(staged.sha256)
    with pytest.raises(BadEvidence) as caught:
        attach_evidence(evidence=staged, activity=activity, by=technician, at=AT)
    assert caught.value.trouble is Trouble.NOT_STORED


def test_removed_and_brought_back(activity: Activity, technician: User) -> None:
    link = EvidenceLinkFactory(user=technician, activity=activity)
    remove_evidence(evidence=link.evidence, activity=activity, by=technician, at=AT)
    remove_evidence(evidence=link.evidence, activity=activity, by=technician, at=AT)
    assert not Evidence.objects.of(technician).exists()
    restore_evidence(evidence=link.evidence, activity=activity, by=technician, at=AT)
    assert Evidence.objects.of(technician).get() == link.evidence
    told = AuditEvent.objects.order_by("id").values_list("verb", flat=True)
    assert list(told) == ["evidence removed", "evidence brought back"]


def test_evidence_of_a_closed_period_stays(technician: User) -> None:
    period = RenewalPeriodFactory(held__user=technician)
    claim = ClaimFactory(period=period)
    link = EvidenceLinkFactory(user=technician, activity=claim.activity)
    shut = RenewalPeriodFactory.build(closed=True, held=period.held, version=period.version)
    for name in ("closed_at", "renewed_on", "result", "result_hash"):
        setattr(period, name, getattr(shut, name))
    period.save()
    with pytest.raises(ActivityClosed):
        remove_evidence(evidence=link.evidence, activity=claim.activity, by=technician, at=AT)


def test_what_nobody_used_goes_after_a_day_and_takes_its_bytes(technician: User, folder: Path) -> None:
    stage_evidence(checked=LETTER, by=technician, at=AT)
    fresh = stage_evidence(checked=PHOTO, by=technician, at=LATER)
    assert sweep_staged(before=LATER - STAGED_FOR) == 1
    assert Evidence.objects.get() == fresh
    assert stored_files(folder) == 1


def test_bytes_that_somebody_else_uses_stay(activity: Activity, technician: User, stranger: User) -> None:
    kept = attach_evidence(
        evidence=stage_evidence(checked=LETTER, by=technician, at=AT), activity=activity, by=technician, at=AT
    )
    stage_evidence(checked=LETTER, by=stranger, at=AT)
    assert sweep_staged(before=LATER) == 1
    assert storage.holds(kept.sha256)


def test_stored_files_are_never_swept(activity: Activity, technician: User) -> None:
    EvidenceLinkFactory(user=technician, activity=activity)
    assert sweep_staged(before=datetime(2030, 1, 1, tzinfo=UTC)) == 0


def test_the_doorbell_and_the_command_sweep(technician: User, settings, capsys) -> None:
    stage_evidence(checked=LETTER, by=technician, at=AT)
    settings.CLOCK_AT = AT
    sweep_evidence()
    assert Evidence.objects.count() == 1
    settings.CLOCK_AT = LATER
    sweep_evidence()
    assert Evidence.objects.count() == 0
    stage_evidence(checked=LETTER, by=technician, at=AT)
    call_command("sweep_evidence")
    assert capsys.readouterr().out == "1 unused file removed.\n"
    assert settings.CELERY_BEAT_SCHEDULE["sweep-evidence"]["task"] == sweep_evidence.name
