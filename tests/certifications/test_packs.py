"""Reading packs from files: everything wrong is named with its file, line and key path."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from certifications import packs
from tests.certifications.packs_in_files import BODY, RULES, write_pack


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in packs.read([folder]).problems]


def test_a_good_pack_is_read_whole(tmp_path: Path) -> None:
    reading = packs.read([write_pack(tmp_path)])
    assert not reading.problems
    assert [pack.body.name for pack in reading.packs] == ["Guild"]
    assert [one.document.rules.key for one in reading.documents] == ["guild-cpd"]
    assert reading.examples == 1


def test_a_folder_of_packs_and_a_single_document_are_read(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    assert len(packs.read([tmp_path]).packs) == 1
    alone = packs.read([pack / "first.toml"])
    assert (len(alone.packs), len(alone.documents), alone.problems) == (0, 1, ())


def test_an_example_that_does_not_hold_is_named_with_its_line(tmp_path: Path) -> None:
    found = problems(write_pack(tmp_path, first=RULES.replace("counted = 12", "counted = 13")))
    assert found == [
        "guild/first.toml: line 44: examples.0.expect.counted: should be 13 and is 12 (Twelve of fourteen hours count)"
    ]


def test_all_errors_of_all_files_come_at_once(tmp_path: Path) -> None:
    broken = RULES.replace("months = 36", "months = 0").replace('per = "hour"', "").replace("[need]", "[nead]")
    found = problems(write_pack(tmp_path, first=broken, second="format = = 1"))
    assert any(one.startswith("guild/first.toml: line 19: period.months: ") for one in found)
    assert any(one == "guild/first.toml: line 20: nead: is not a known key; did you mean need?" for one in found)
    assert any(one.startswith("guild/second.toml: line 1: ") for one in found)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('body = "guild"', 'body = "union"', "rules.body: is 'union', but the folder is 'guild'"),
        ('["technician"]', '["welder"]', "rules.certifications: there is no certification 'welder' in body.toml"),
        ('source = "G1"', 'source = "G9"', "need.source: there is no source 'G9'; there are: G1"),
        (
            "points = 12",
            'points = 12\nwhen = [{ fact = "weekend", is = true }]',
            "caps.0.when.0: no [[facts]] asks for 'weekend'",
        ),
    ],
)
def test_names_that_lead_nowhere(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert any(one.endswith(expected) for one in problems(write_pack(tmp_path, first=RULES.replace(old, new))))


def test_a_fact_that_is_asked_for_may_be_used(tmp_path: Path) -> None:
    text = RULES.replace("points = 12", 'points = 12\nwhen = [{ fact = "weekend", is = false }]')
    text = text.replace("[need]", '[[facts]]\nkey = "weekend"\nask = "Weekends only?"\n[need]')
    assert problems(write_pack(tmp_path, first=text)) == []


def test_the_catalogue_is_checked(tmp_path: Path) -> None:
    body = BODY.replace('related = ["inspector"]', 'related = ["welder"]').replace('ladder = "two"', 'ladder = "three"')
    found = problems(write_pack(tmp_path, body=body))
    assert any("certifications.0.related: there is no certification 'welder'" in one for one in found)
    assert any("certifications.0.ladder: there is no ladder 'three'" in one for one in found)


def test_one_version_stands_in_one_file(tmp_path: Path) -> None:
    found = problems(write_pack(tmp_path, first=RULES, second=RULES))
    assert found == ["guild/second.toml: line 7: rules.version: '1' is in first.toml already"]


def test_a_rule_set_belongs_to_one_body(tmp_path: Path) -> None:
    write_pack(tmp_path)
    other = tmp_path / "union"
    other.mkdir()
    (other / "body.toml").write_text(BODY.replace('key = "guild"', 'key = "union"'))
    (other / "second.toml").write_text(RULES.replace('body = "guild"', 'body = "union"'))
    assert problems(tmp_path) == ["union/second.toml: line 5: rules.key: 'guild-cpd' is a rule set of 'guild' already"]


def test_what_is_no_pack_is_said(tmp_path: Path) -> None:
    assert problems(tmp_path)[0].endswith("holds no pack: no folder with a body.toml")
    assert problems(tmp_path / "nothing")[0].endswith("does not exist")


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    pack = write_pack(tmp_path)
    (pack / "second.toml").write_bytes(b"\xff\xfe")
    assert problems(pack) == ["guild/second.toml: is not UTF-8 text; save it as UTF-8"]


def test_a_period_that_needs_a_date_of_birth_fails_as_an_example(tmp_path: Path) -> None:
    text = RULES.replace("months = 36", 'months = 36\nends = "birth-month-end"')
    text += '[[period_examples]]\nsay = "Born"\nawarded = 2024-01-01\n[period_examples.expect]\nends = 2026-12-31\n'
    assert problems(write_pack(tmp_path, first=text)) == [
        "guild/first.toml: line 47: period_examples.0: the date of birth is needed"
    ]


def test_the_command_says_what_holds(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    call_command("rules", "check", str(write_pack(tmp_path)))
    assert capsys.readouterr().out == "1 documents and 1 examples hold.\n"


def test_the_command_ends_with_1_and_names_everything(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pack = write_pack(tmp_path, first=RULES.replace("counted = 12", "counted = 13"))
    with pytest.raises(CommandError) as error:
        call_command("rules", "check", str(pack))
    assert error.value.returncode == 1
    assert "line 44: examples.0.expect.counted" in capsys.readouterr().out
