import json
from dataclasses import replace
from datetime import date

from certifications import packs
from certifications.packs import SHIPPED
from certifications.rules.cases import Carried
from certifications.rules.counting import count
from certifications.rules.document import Example
from certifications.rules.examples import case_of
from certifications.rules.nameless import nameless
from certifications.rules.trying import steps_of
from tests.certifications.rules.generating import case as made_case
from tests.certifications.rules.generating import document as made_up
from tests.certifications.rules.generating import entry

NAMES = ("nicet", "iicrc", "texas-cpa", "isaca", "bicsi", "utah-water", "asnt")


def test_what_the_rules_look_at_stays() -> None:
    """Every shipped example, made nameless, counts the same."""
    compared = 0
    for version in packs.read([SHIPPED / name for name in NAMES]).documents:
        document = version.document
        for example in document.examples:
            case = case_of(document, example)
            row = nameless(document, case, "A real record")
            again = Example.model_validate({**row, "expect": {}})
            now, then = count(document, case_of(document, again)), count(document, case)
            assert (now.counted, now.needed, now.lost_by_reason()) == (
                then.counted, then.needed, then.lost_by_reason()
            ), (version.path, example.say)  # fmt: skip
            assert len(steps_of(document, again)) == len(now.lines)
            compared += 1
    assert compared > 40


def test_words_of_the_person_go() -> None:
    (version,) = packs.read([SHIPPED / "nicet" / "2010.toml"]).documents
    document = version.document
    case = case_of(document, document.examples[0])
    mine = [
        replace(one, title="Dana Reyes at Ridgeline", course="DANA-1", type="Dana's word", topics=frozenset({"dana"}))
        for one in case.entries
    ]
    twin = replace(mine[0], key="99", duplicate_of=mine[0].key)
    facts = {**case.facts, "level": "II", "birth": date(1990, 5, 17), "favourite": "Dana", "awarded": date(2020, 1, 5)}
    carried = (Carried(200, topics=frozenset({"dana"})), Carried(-100))
    row = nameless(document, replace(case, entries=(*mine, twin), facts=facts, carried=carried), "A real record")
    told = json.dumps(row)
    assert not any(word in told.lower() for word in ("dana", "ridgeline", "1990", "favourite"))
    assert len(row["activities"]) == len(mine)
    assert {one["title"] for one in row["activities"]} == {"Activity 1"}
    assert (row["carried"], row["owed"]) == ([{"points": 2}], 1)
    assert row["facts"] == {"level": "II", "awarded": "2020-01-05"}


def test_the_month_of_birth_stays_where_the_period_needs_it() -> None:
    (version,) = packs.read([SHIPPED / "nicet" / "2010.toml"]).documents
    document = version.document
    period = document.period.model_copy(update={"ends": "birth-month-end"})
    case = replace(case_of(document, document.examples[0]), facts={"birth": date(1990, 5, 17)})
    row = nameless(document.model_copy(update={"period": period}), case, "A real record")
    assert row["facts"] == {"birth": "1990-05-01"}


def test_what_closed_periods_held_stays_where_the_rules_look_back() -> None:
    ethics = {"key": "ethics", "name": "Ethics", "select": {"topic": "ethics"}, "times": 1}
    rules = made_up(minimums=[ethics | {"window": "rolling-48-months"}])
    before = entry("p", date(2023, 5, 1), 2, topics=frozenset({"ethics"}), title="Dana's ethics")
    record = made_case(entry("1", date(2024, 6, 1), 3), past=(before,))
    again = Example.model_validate({**nameless(rules, record, "A real record"), "expect": {}})
    assert [(one.on, one.title) for one in again.activities] == [
        (date(2023, 5, 1), "Activity 1"), (date(2024, 6, 1), "Activity 2"),
    ]  # fmt: skip
    then, now = count(rules, record), count(rules, case_of(rules, again))
    assert (then.compliant, then.counted) == (now.compliant, now.counted) == (True, 300)
