"""`manage.py rules`: what it prints and how it ends. Nothing here reaches a database."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from certifications.packs import SHIPPED
from certifications.rules_command import main

ROOT = SHIPPED.parents[1]
NICET = SHIPPED / "nicet/2010.toml"
DANA = """\
as_of = 2026-10-01
starts = 2024-04-01
ends = 2027-03-31
facts = { level = "II" }
activities = [
  { on = 2024-03-12, title = "NFPA 72 seminar", kind = "class", amount = 4 },
  { since = 2024-04-01, on = 2025-03-31, title = "Field time", kind = "field-time", amount = 30, unit = "point" },
  { on = 2024-09-10, title = "Panel class", kind = "class", amount = 16 },
  { on = 2025-02-18, title = "Voice course", kind = "class", amount = 14 },
  { since = 2025-04-01, on = 2025-09-30, title = "Field time", kind = "field-time", unit = "month" },
  { on = 2025-11-12, title = "Code update", kind = "class", amount = 12 },
  { on = 2026-08-14, title = "Smoke control", kind = "webinar", amount = 11 },
]
"""


@pytest.fixture
def dana(tmp_path: Path) -> Path:
    path = tmp_path / "dana.toml"
    path.write_text(DANA, encoding="utf-8")
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    """Exit code, what was printed, and what was complained about."""
    out, err = StringIO(), StringIO()
    code = main([str(argument) for argument in arguments], out, err)
    return code, out.getvalue(), err.getvalue()


def counted(*arguments: object) -> dict[str, Any]:
    code, out, err = run("count", *arguments, "--json")
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    return found


def test_a_case_is_counted_as_json(dana: Path) -> None:
    found = counted(NICET, dana)
    assert {key: found[key] for key in ("counted", "needed", "asked", "compliant", "standing", "forecast")} == {
        "counted": 81, "needed": 90, "asked": 99, "compliant": False, "standing": "at-risk", "forecast": 81,
    }  # fmt: skip
    assert found["by_category"] == {"active-practitioner": 36, "additional-education": 45}
    assert found["not_counted"] == {"over category cap": 8, "over yearly cap": 6, "before period": 4}
    assert found["excluded"] == [0]
    assert [(one["rule"], one["needed"], one["have"], one["short"]) for one in found["shortfalls"]] == [
        ("total", 90, 81, 9)
    ]
    assert {cap["rule"] for cap in found["full_caps"]} == {"active-practitioner-year", "additional-education"}
    assert found["fees"] == [{"fee": "renewal", "name": "Renewal, one certification included", "cents": 19500}]


def test_each_line_says_why_and_by_which_source(dana: Path) -> None:
    lines = {line["activity"]: line for line in counted(NICET, dana)["lines"]}
    assert sum(line["counted"] for line in lines.values()) == 81
    [loss] = lines[6]["losses"]
    assert (loss["points"], loss["reason"], loss["rule"]) == (8, "over category cap", "additional-education")
    assert loss["source"].startswith("http://www.nicet.org/")
    assert loss["text"] == "Additional Education counts up to 45 in this period. You are at 45."
    assert lines[3]["steps"][-1] == "Counted as Additional Education 14."


def test_points_are_plain_decimals(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    activities = [{"on": "2024-05-01", "kind": "webinar", "topics": ["tax"], "amount": 80, "unit": "minute"}]
    case.write_text(
        json.dumps({"as_of": "2024-05-31", "starts": "2023-06-01", "ends": "2025-05-31", "activities": activities})
    )
    code, out, _ = run("count", SHIPPED / "california-cpa/2014.toml", case, "--json")
    assert code == 0
    assert '"counted": 1.5,' in out


def test_the_ledger_is_for_reading(dana: Path) -> None:
    code, out, _ = run("count", NICET, dana)
    assert code == 0
    lines = out.splitlines()
    assert lines[:2] == [
        "NICET continuing professional development, version 2010",
        "Period 1 Apr 2024 to 31 Mar 2027, counted as of 1 Oct 2026",
    ]
    assert any(line.split()[-4:] == ["Total", "99", "81", "18"] for line in lines)
    assert "Total: 81 of 90 points, 9 short" in lines
    assert "At risk: 9 points short" in lines
    assert (
        "                8 over category cap: Additional Education counts up to 45 in this period. You are at 45."
        in lines
    )


def test_what_would_help_is_said(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text(
        "as_of = 2024-06-01\nstarts = 2024-04-01\nends = 2027-03-31\n"
        'activities = [{ on = 2024-03-20, kind = "class", amount = 4 }]\n'
    )
    [line] = counted(NICET, case)["lines"]
    assert line["would_count"] == [
        {"reason": "before period", "text": "If the date were 1 Apr 2024 or later, 4 more would count.", "points": 4}
    ]
    assert "If the date were 1 Apr 2024 or later, 4 more would count." in run("count", NICET, case)[1]


def test_a_pack_finds_the_version_by_itself(dana: Path, tmp_path: Path) -> None:
    assert counted(SHIPPED / "nicet", dana)["version"] == "2010"  # the newer table is a draft
    named = tmp_path / "named.toml"
    named.write_text('version = "newer table"\n' + DANA)
    assert counted(SHIPPED / "nicet", named)["by_category"] == {"active-practitioner": 36, "additional-education": 53}


@pytest.mark.parametrize(("as_of", "version"), [("2017-12-31", "2015"), ("2018-01-01", "2018")])
def test_the_day_of_submission_may_decide_it(tmp_path: Path, as_of: str, version: str) -> None:
    case = tmp_path / "case.toml"
    case.write_text(f"as_of = {as_of}\nstarts = 2016-03-01\nends = 2018-02-28\n")
    assert counted(SHIPPED / "ptcb", case)["version"] == version


def test_a_period_may_be_worked_out_from_the_award(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text("awarded = 2017-02-03\nas_of = 2021-06-01\n")
    found = counted(SHIPPED / "pmi/2015.toml", case)
    assert (found["starts"], found["ends"]) == ("2020-02-03", "2023-02-02")
    case.write_text("awarded = 2017-02-03\nnumber = 1\nas_of = 2021-06-01\n")
    assert counted(SHIPPED / "pmi/2015.toml", case)["ends"] == "2020-02-02"


@pytest.mark.parametrize(
    ("dates", "needed"),
    [
        ("awarded = 2024-03-10", 0),
        ("awarded = 2024-03-10\nstarts = 2024-01-01\nends = 2024-12-31", 0),
        ("number = 1\nstarts = 2024-01-01\nends = 2024-12-31", 0),
        ("awarded = 2023-03-10\nstarts = 2024-01-01\nends = 2024-12-31", 40),
        ("starts = 2024-01-01\nends = 2024-12-31", 40),
    ],
)
def test_a_first_period_is_known_by_its_dates_or_its_number(tmp_path: Path, dates: str, needed: int) -> None:
    case = tmp_path / "case.toml"
    case.write_text(f"{dates}\nas_of = 2024-06-01\n")
    assert counted(SHIPPED / "new-york-cpa/2012.toml", case)["needed"] == needed


def test_a_worked_example_is_a_case(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text('say = "One"\norigin = "x"\n' + DANA + "[expect]\ncounted = 1\n")
    assert counted(NICET, case)["counted"] == 81


def test_periods_are_worked_out(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text("expiry = 2027-04-01\n")
    code, out, _ = run("periods", SHIPPED / "nicet", case)
    assert code == 0
    for line in (
        "Starts: 1 Apr 2024",
        "Ends, last day that counts as current: 31 Mar 2027",
        "Last day to earn points: 31 Mar 2027",
        "Renewal opens: 2 Oct 2026",
        "Next period ends: 31 Mar 2030",
        "Years: 1 Apr 2024 to 31 Mar 2025; 1 Apr 2025 to 31 Mar 2026; 1 Apr 2026 to 31 Mar 2027",
    ):
        assert line in out.splitlines()


def test_periods_as_json(tmp_path: Path) -> None:
    case = tmp_path / "case.json"
    case.write_text('{"awarded": "2021-08-10"}')
    found = json.loads(run("periods", SHIPPED / "isaca/cisa-2012.toml", case, "--json")[1])
    expected = {"starts": "2022-01-01", "ends": "2024-12-31", "earns_from": "2021-08-10", "number": 1}
    assert {key: found[key] for key in expected} == expected
    assert found["calendar_years"][0] == {"starts": "2022-01-01", "ends": "2022-12-31"}


def test_what_never_ends_has_no_end(tmp_path: Path) -> None:
    case = tmp_path / "case.toml"
    case.write_text("awarded = 2024-05-01\nas_of = 2026-01-01\n")
    assert "Does not end" in run("periods", SHIPPED / "micro-credentials/no-end.toml", case)[1]
    assert counted(SHIPPED / "micro-credentials/no-end.toml", case)["ends"] is None


def test_the_difference_is_said_in_words() -> None:
    code, out, _ = run("diff", NICET, SHIPPED / "nicet/newer-table.toml")
    assert code == 0
    caps = [line for line in out.splitlines() if "Caps: Additional Education" in line]
    assert caps == [
        "changed  Caps: Additional Education. Before: Up to 45 points in a period. Now: Up to 72 points in a period."
    ]
    assert run("diff", NICET, NICET)[1] == "Nothing that counts differs.\n"


def test_checking_says_what_holds_and_what_does_not(tmp_path: Path) -> None:
    assert run("check", NICET)[0] == 0
    broken = tmp_path / "broken.toml"
    broken.write_text(NICET.read_text().replace("counted = 81", "counted = 82"))
    code, out, err = run("check", broken)
    assert code == 1
    assert "examples.0.expect.counted: should be 82 and is 81" in out
    assert err == "1 problems in 1 readable documents.\n"


@pytest.mark.parametrize(
    ("case", "code", "words"),
    [
        ("as_of = 2024-04-01\nas_of = 2024-04-01", 1, "case.toml: line 2: "),
        ("starts = 2024-04-01", 1, "case.toml: as_of: is missing"),
        ("as_of = 2024-04-01\ncolour = 1", 1, "case.toml: line 2: colour: is not a known key"),
        ("as_of = 2024-04-01", 1, "case.toml: the date of the award is needed: write awarded, or starts and ends"),
        (
            'as_of = 2024-04-01\nstarts = 2024-04-01\nactivities = [{ on = 2024-04-01, kind = "klass" }]',
            1,
            "case.toml: activities.0.kind: 'klass' is not a known word",
        ),
        (
            'as_of = 2024-04-01\nstarts = 2024-04-01\nactivities = [{ on = 2024-04-01, category = "x" }]',
            1,
            "case.toml: activities.0.category: there is no category 'x'",
        ),
        ("as_of = 2024-04-01\nstarts = 2024-04-01\nends = 2024-03-01", 1, "case.toml: ends: is before starts"),
        (
            'as_of = 2024-04-01\nstarts = 2024-04-01\nfacts = { levl = "II" }',
            1,
            "case.toml: facts: there is no fact 'levl'; did you mean level?",
        ),
        ("as_of = 2024-04-01\nstarts = 2024-04-01\nfacts = { a = 1.5 }", 1, "facts.a: must be true or false"),
    ],
)
def test_a_case_that_cannot_be_used_is_said_in_one_line(tmp_path: Path, case: str, code: int, words: str) -> None:
    path = tmp_path / "case.toml"
    path.write_text(case)
    found, out, err = run("count", NICET, path)
    assert (found, out) == (code, "")
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "text", ["[", "[]", '"x"', '{"as_of": NaN}', "[" * 100_000, '{"as_of": "2024-04-01", "as_of": 1}']
)
def test_json_that_cannot_be_used(tmp_path: Path, text: str) -> None:
    path = tmp_path / "case.json"
    path.write_text(text)
    code, out, err = run("count", NICET, path)
    assert (code, out) == (1, "")
    assert "case.json: " in err


def test_wrong_use_ends_with_2(tmp_path: Path, dana: Path) -> None:
    assert run("count", tmp_path / "none.toml", dana) == (2, "", f"{tmp_path}/none.toml: there is no such file\n")
    assert run("count", NICET, tmp_path)[0] == 2
    assert run("diff", NICET, tmp_path / "none.toml")[0] == 2
    code, _, err = run("count", SHIPPED / "iicrc", dana)
    assert code == 2
    assert "has several rule sets, so the case must name one: rules = iicrc-" in err
    with pytest.raises(SystemExit) as wrong:
        main(["fly"])
    assert wrong.value.code == 2


def test_a_broken_pack_names_what_is_wrong(tmp_path: Path, dana: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text(NICET.read_text().replace("points = 90", "points = -90", 1))
    code, out, err = run("count", broken, dana)
    assert (code, out) == (1, "")
    assert "need.points: must be a number" in err


def test_it_runs_without_settings_or_servers(dana: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "rules", "count", str(NICET), str(dana), "--json"],
        cwd=ROOT, env={"PATH": "/usr/bin"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert json.loads(done.stdout)["counted"] == 81
    assert json.loads(done.stdout)["as_of"] == str(date(2026, 10, 1))
