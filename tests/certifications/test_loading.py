"""Packs in the database: loaded once, never overwritten, all or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from certifications import packs
from certifications.loading import Loaded, LoadError, load_rule_packs
from certifications.models import Body, Certification, Level, RuleSet, RuleSetVersion
from tests.certifications.packs_in_files import BODY, RULES, write_pack
from tests.factories.certifications import HeldCertificationFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 1, 13, tzinfo=UTC)
DRAFT = RULES.replace('status = "published"', 'status = "draft"')


def load(pack: Path) -> Loaded:
    return load_rule_packs(packs.read([pack]), at=AT)


def test_a_pack_becomes_body_certifications_levels_rules_and_version(tmp_path: Path) -> None:
    loaded = load(write_pack(tmp_path))
    assert (loaded.new, loaded.changed, loaded.unchanged) == (["guild-cpd 1"], [], [])
    technician = Certification.objects.get(slug="technician")
    assert (technician.body.name, technician.short) == ("Guild", "GT")
    assert [(level.code, level.meaning) for level in technician.levels.all()] == [("I", ""), ("II", "Works alone.")]
    assert [one.slug for one in technician.related.all()] == ["inspector"]
    version = RuleSetVersion.objects.get()
    assert (version.number, version.label, version.status, version.published_at) == (1, "1", "published", AT)
    assert version.document.need.points == 1000
    assert list(version.rule_set.certifications.all()) == [technician]
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor, event.data["after"]["digest"]) == ("rules published", None, version.digest)


def test_loading_twice_changes_nothing(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    load(pack)
    before = [list(model.objects.order_by("pk").values()) for model in (Body, Certification, Level, RuleSetVersion)]
    loaded = load(pack)
    assert (loaded.new, loaded.changed, loaded.unchanged) == ([], [], ["guild-cpd 1"])
    after = [list(model.objects.order_by("pk").values()) for model in (Body, Certification, Level, RuleSetVersion)]
    assert after == before
    assert AuditEvent.objects.count() == 1


def test_a_pack_whose_example_fails_is_not_loaded(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match=r"examples\.0\.expect\.counted: should be 13 and is 12"):
        load(write_pack(tmp_path, first=RULES.replace("counted = 12", "counted = 13")))
    assert not Body.objects.exists()


def test_a_published_version_is_never_overwritten(tmp_path: Path) -> None:
    load(write_pack(tmp_path))
    stored = RuleSetVersion.objects.get().digest
    changed = BODY.replace('name = "Guild"', 'name = "Grand Guild"')
    with pytest.raises(LoadError, match="guild-cpd 1 is published already"):
        load(write_pack(tmp_path, body=changed, first=RULES.replace("Ten points", "Just ten points")))
    assert RuleSetVersion.objects.get().digest == stored
    assert Body.objects.get().name == "Guild"


def test_better_examples_of_a_published_version_are_run_and_leave_it_as_it_is(tmp_path: Path) -> None:
    load(write_pack(tmp_path))
    stored = RuleSetVersion.objects.get().digest
    better = RULES.replace("Twelve of fourteen hours count", "Of fourteen hours twelve count")
    assert better != RULES
    assert load(write_pack(tmp_path, first=better)).unchanged == ["guild-cpd 1"]
    assert RuleSetVersion.objects.get().digest == stored
    with pytest.raises(LoadError, match="should be 13 and is 12"):
        load(write_pack(tmp_path, first=RULES.replace("counted = 12", "counted = 13")))


def test_a_draft_follows_its_file_until_it_is_published(tmp_path: Path) -> None:
    load(write_pack(tmp_path, first=DRAFT))
    first = RuleSetVersion.objects.get()
    assert (first.status, first.published_at) == ("draft", None)
    assert load(write_pack(tmp_path, first=DRAFT.replace("Ten points", "Just ten points"))).changed == ["guild-cpd 1"]
    assert load(write_pack(tmp_path, first=RULES)).changed == ["guild-cpd 1"]
    last = RuleSetVersion.objects.get()
    assert (last.pk, last.status, last.published_at) == (first.pk, "published", AT)
    assert list(AuditEvent.objects.order_by("id").values_list("verb", flat=True)) == [
        "rules drafted",
        "rules drafted",
        "rules published",
    ]


def test_a_draft_that_somebody_writes_here_is_left_alone(tmp_path: Path) -> None:
    load(write_pack(tmp_path, first=DRAFT))
    RuleSetVersion.objects.update(from_pack=False)
    with pytest.raises(LoadError, match="a draft of somebody"):
        load(write_pack(tmp_path, first=DRAFT.replace("Ten points", "Just ten points")))


def test_versions_are_numbered_by_their_day_and_the_older_is_superseded(tmp_path: Path) -> None:
    def version(label: str, since: str) -> str:
        return RULES.replace('version = "1"', f'version = "{label}"').replace("2020-01-01", since)

    load(write_pack(tmp_path, a=version("new", "2024-01-01"), b=version("old", "2015-01-01")))
    load(write_pack(tmp_path, c=version("next", "2027-01-01")))
    found = RuleSetVersion.objects.values_list("number", "label", "status")
    assert list(found) == [(1, "old", "superseded"), (2, "new", "published"), (3, "next", "published")]


def test_the_ladder_follows_the_file(tmp_path: Path) -> None:
    load(write_pack(tmp_path))
    kept = Level.objects.get(code="II")
    swapped = BODY.replace(
        '{ code = "I", name = "Level I" }, { code = "II", name = "Level II", meaning = "Works alone." }',
        '{ code = "II", name = "Level II" }, { code = "III", name = "Level III" }',
    )
    load(write_pack(tmp_path, body=swapped))
    levels = Certification.objects.get(slug="technician").levels.all()
    assert [(level.position, level.code, level.meaning) for level in levels] == [(1, "II", ""), (2, "III", "")]
    assert levels[0].pk == kept.pk


def test_a_level_that_somebody_holds_may_not_go(tmp_path: Path) -> None:
    load(write_pack(tmp_path))
    level = Level.objects.get(code="I")
    HeldCertificationFactory(certification=level.certification, level=level)
    body = BODY.replace('{ code = "I", name = "Level I" }, ', "")
    with pytest.raises(LoadError, match="level I of Guild Technician is held"):
        load(write_pack(tmp_path, body=body))
    assert Level.objects.filter(code="I").exists()


def test_the_shipped_packs_load_whole_and_twice() -> None:
    call_command("load_rule_packs")
    loaded = load_rule_packs(packs.read(), at=AT)
    assert (loaded.new, loaded.changed) == ([], [])
    fire_alarm = Certification.objects.get(body__slug="nicet", slug="fire-alarm-systems")
    assert [level.code for level in fire_alarm.levels.all()] == ["I", "II", "III", "IV"]
    statuses = dict(RuleSet.objects.get(slug="nicet-cpd").versions.values_list("label", "status"))
    assert statuses == {"2010": "published", "newer table": "draft"}
    technician = RuleSet.objects.get(slug="iicrc-technician").versions.values_list("label", "status", "in_force_from")
    assert list(technician) == [
        ("seven hours", "superseded", date(1997, 1, 1)),
        ("one hour", "published", date(2012, 1, 1)),
    ]


def test_the_command_says_what_it_did_and_what_it_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    call_command("load_rule_packs", str(pack))
    assert capsys.readouterr().out == "Rule packs: 1 new, 0 changed, 0 unchanged.\n"
    write_pack(tmp_path, first=RULES.replace("Ten points", "Just ten points"))
    with pytest.raises(CommandError, match="published already"):
        call_command("load_rule_packs", str(pack))
