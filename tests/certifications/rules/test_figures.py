import pytest

from certifications import packs
from certifications.packs import SHIPPED
from certifications.rules.document import Expect
from certifications.rules.figures import NUMBERS, TABLES, names_for, read_figure, shown, shown_day
from certifications.rules.parsing import parse_text

DOCUMENT = parse_text((SHIPPED / "nicet" / "2010.toml").read_text())


def test_what_is_shown_reads_as_what_it_was() -> None:
    reading = packs.read([SHIPPED / name for name in ("nicet", "shrm", "texas-cpa", "utah-water", "isaca", "bicsi")])
    compared = 0
    for version in reading.documents:
        for example in version.document.examples:
            plain = example.expect.model_dump(mode="json", exclude_none=True)
            for what in (*NUMBERS, *TABLES, "excluded"):
                if what in plain:
                    said = shown(version.document, what, getattr(example.expect, what))
                    read = read_figure(version.document, what, said)
                    if what == "excluded":
                        read, plain[what] = sorted(read), sorted(plain[what])
                    assert read == plain[what], (version.path, what, said)
                    compared += 1
    assert compared > 100
    assert set(Expect.model_fields) >= {*NUMBERS, *TABLES}


@pytest.mark.parametrize(
    ("what", "text", "value"),
    [
        ("counted", " 1,040.5 ", "1040.5"),
        ("carry_out", "-2", -2),
        ("by_category", "additional education: 40\nSpecial Exam 36", {"additional-education": 40, "special-exam": 36}),
        ("by_category", "special-exam 60;", {"special-exam": 60}),
        ("not_counted", "Cap reached 5", {"over category cap": 5}),
        ("excluded", "3 1", [0, 2]),
        ("excluded", "none", []),
        ("short", "Nothing", {}),
        ("short", "The total 8", {"total": 8}),
    ],
)  # fmt: skip
def test_words_that_people_write(what: str, text: str, value: object) -> None:
    assert read_figure(DOCUMENT, what, text) == value


@pytest.mark.parametrize(
    ("what", "text"),
    [("counted", "many"), ("counted", "-1"), ("by_category", "8"), ("by_category", "Class 1e5"), ("excluded", "0"),
     ("excluded", "one"), ("excluded", "\u0661"), ("fees", "Base -1")],
)  # fmt: skip
def test_what_is_no_figure_is_refused(what: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"must be|write"):
        read_figure(DOCUMENT, what, text)


def test_two_of_one_name_go_by_their_keys() -> None:
    twice = tuple(one.model_copy(update={"name": "Same"}) for one in DOCUMENT.categories)
    assert set(names_for(DOCUMENT.model_copy(update={"categories": twice}), "by_category")) == {"carried"}


def test_days_are_written_out() -> None:
    assert shown_day({}) == "none"
    assert shown_day(None) == "none"
