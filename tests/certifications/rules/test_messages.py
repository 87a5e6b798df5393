"""A pack that is written wrongly says where, and what to write instead."""

from __future__ import annotations

import pytest

from certifications.rules.parsing import parse_text

from .test_parsing import TEXT, problems

CAP = '[[caps]]\nkey = "{}"\nname = "Most of A"\nselect = {{ category = "a" }}\npoints = {}\n'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "class"', 'kinds = "class"', "line 27: kinds.0.kinds: is not a known key; did you mean kind?"),
        ("step = 0.25", "stepp = 1", "line 30: kinds.0.rounding.stepp: is not a known key; did you mean step?"),
        (
            "step = 0.25", "whole = true",
            "line 30: kinds.0.rounding.whole: is not a known key; known here: step, mode, first_full",
        ),
        (
            "points = 1\n", 'points = 1\nper = "hours"\n',
            (
                "line 30: kinds.0.per: must be one of hour, minute, day, month, ceu, semester-credit, "
                "quarter-credit, each, point"
            ),
        ),
        ("points = 12.5", 'points = 12.5\nsource = "S1"', "line 19: need.source: there is no source 'S1'"),
        ('category = "a"', 'category = "b"', "line 28: kinds.0.category: there is no category 'b'; there are: a"),
        ("2020-01-01", '"1 Jan 2020"', "line 8: rules.in_force_from: must be a day such as 2024-03-01"),
        ("points = 12.5", "points = 12.5\npoints = 13", "line 19: a key stands twice in this table; keep one"),
        (
            "[need]", '[period]\nnote = "x"\n[need]',
            (
                "line 17: a table stands twice; put its keys together, or write [[ ]] around each of a list "
                "(cannot declare ('period',) twice)"
            ),
        ),
        (
            "format = 1", "format = 1\ncaps = [1]\n[[caps]]",
            "line 3: this stands further up already, whole between its brackets; write it in one place",
        ),
        ('name = "A"', 'name = ["A"', "line 24: a list ends with ], and a comma stands between its parts"),
        ("[[kinds]]", "[kinds]", "line 24: kinds: must be a list: write [[kinds]] before each, or [{ ... }, { ... }]"),
        ("[need]", "[[need]]", "line 17: need: must be one table, not a list: [ ] around its name, not [[ ]]"),
        ("months = 24", 'months = "24"', "line 15: period.months: must be a whole number such as 24, without quotes"),
        (
            "months = 24", 'months = 24\nends = "fixed"\nfixed_end = "31-12"',
            "line 17: period.fixed_end.0: must be a month and a day such as 03-31, in quotes",
        ),
        (
            'name = "A"', "name = A",
            "line 22: a value cannot be read: texts stand in quotes, days as 2024-03-01, true and false small",
        ),
        (
            'name = "A"', 'name = "A',
            "line 22: a text must end with its quote on its own line (illegal character '\\n')",
        ),
        ("[need]", f"{CAP.format('one', 20)}{CAP.format('two', 30)}[need]", (
            "line 22: caps.1: limits the same as the cap 'Most of A'; only the lower one counts: keep that"
        )),
        ("as_of =", "facts = { lvl = 1 }\nas_of =", "line 36: examples.0.facts: there is no fact 'lvl'; did you mean"),
        ("format = 1", "format = 2", "line 1: format: must be 1"),
        ('certifications = ["smith"]', "certifications = []", "line 12: rules.certifications: must not be empty"),
        ("2024-01-01", "2023-02-29", "line 34: there is no such day; days are written 2024-03-01"),
        (
            "as_of =", 'activities = [{ on = 2024-05-01, kind = "clas" }]\nas_of =',
            "line 36: examples.0.activities.0.kind: 'clas' is not a known word; did you mean class?",
        ),
        (
            "as_of =", 'activities = [{ on = 2024-05-01, kind = "class", reach = "world" }]\nas_of =',
            "line 36: examples.0.activities.0.reach: 'world' is not a known word; there are: local, regional, national",
        ),
        ("[need]", f"{CAP.format('one', 20).replace('select', 'topic = 1 #')}[need]", (
            "line 20: caps.0.topic: is not a known key here; write select = { topic = ... }"
        )),
        ("points = 12.5", 'points = 12.5\nby = [{ points = 3, when = [{ fact = "level", is = "II" }], is = 1 }]',
         "line 19: need.by.0.is: is not a known key here; write when = [{ is = ... }]"),
        ("points = 12.5", "points = 12.5\nby = 3",
         "line 19: need.by: must be a list: write [[need.by]] before each, or [{ ... }, { ... }]"),
        ("rounding = { step = 0.25", "rounding = 0.25 # {",
         "line 30: kinds.0.rounding: must be a table, as { step = ..., mode = ..., first_full = ... }"),
        ('certifications = ["smith"]', 'certifications = "smith"',
         'line 12: rules.certifications: must be a list such as ["a", "b"]'),
        ("2020-01-01", "01/01/2020", "line 8: a value ends too soon: texts stand in quotes, days as 2024-03-01"),
        *(
            ("[need]", f"{CAP.format('one', 20).replace('points = 20', f'percent = {part}')}[need]",
             'line 21: caps.0.percent: must be from 0 to 100 percent: 50, 12.5, or "100/3" for a third')
            for part in ('"1/3"', "0.5", "101", '"half"', '"100/0"')
        ),
        ("as_of =", "hours = 3\nas_of =", "line 36: examples.0.hours: is not a known key; known here: as_of, facts, "),
    ],
)  # fmt: skip
def test_each_slip_says_what_to_write(old: str, new: str, said: str) -> None:
    [found] = problems(TEXT.replace(old, new, 1))
    assert found.startswith(said)


def test_caps_for_different_holders_may_limit_the_same() -> None:
    second = CAP.format("two", 30) + 'when = [{ fact = "level", is = "II" }]\n'
    assert len(parse_text(TEXT.replace("[need]", f"{CAP.format('one', 20)}{second}[need]")).caps) == 2


def test_half_of_it_or_so_many_points_are_two_caps() -> None:
    half = CAP.format("two", 9).replace("points = 9", "percent = 100")
    assert len(parse_text(TEXT.replace("[need]", f"{CAP.format('one', 20)}{half}[need]")).caps) == 2


def test_a_fact_that_nothing_asks_for_may_be_there_for_a_reader() -> None:
    assert parse_text(TEXT.replace("as_of =", 'facts = { employer = "Ridgeline" }\nas_of =')).examples[0].facts


def test_a_mark_before_utf_8_is_read_over() -> None:
    assert parse_text("\ufeff" + TEXT) == parse_text(TEXT)
