import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from certifications.packs import SHIPPED
from certifications.rules.parsing import key_lines, parse, read_toml
from certifications.rules.raw import as_raw, raw_of_text
from certifications.rules.unfit import unfit
from certifications.rules.writing import text_of

LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"]) | st.sampled_from('"\\\n\t= {[#.')
TEXTS = st.text(LETTERS).filter(lambda text: not unfit({"text": text}))
LEAVES = st.booleans() | st.integers(-(10**12), 10**12) | TEXTS | st.dates().map(str) | st.sampled_from(["0.25", "1/3"])
KEYS = st.sampled_from(["rules", "kinds", "points", "facts", "on", "expect", "examples"]) | TEXTS
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3))


def test_every_shipped_document_survives_being_written_again() -> None:
    files = [file for file in sorted(SHIPPED.glob("*/*.toml")) if file.name != "body.toml"]
    assert len(files) >= 40
    for file in files:
        text = file.read_text()
        raw = raw_of_text(text)
        written = text_of(raw)
        assert tomllib.loads(written) == tomllib.loads(text), file
        assert raw_of_text(written) == raw, file
        assert text_of(raw_of_text(written)) == written, file


@given(raw=st.dictionaries(KEYS, VALUES, max_size=4))
def test_anything_that_a_draft_may_hold_survives_being_written(raw: dict[str, Any]) -> None:
    written = text_of(raw)
    assert raw_of_text(written) == as_raw(raw)
    assert list(raw_of_text(written)) == list(raw_of_text(text_of(raw_of_text(written))))


def test_the_layout_is_the_one_people_write() -> None:
    raw = {
        "kinds": [{"points": "0.25", "every": "1/3", "key": "class", "select": {"topic": "law"}}],
        "need": {"points": 12},
        "format": 1,
        "rules": {"in_force_from": "2020-01-01", "version": "2020-01-01", "name": 'A "B"'},
        "examples": [
            {
                "say": "Two\nlines",
                "facts": {"awarded": "2024-02-29", "born": "2024-02-30"},
                "activities": [{"on": "2024-05-01", "amount": 1}, {"on": "2024-05-02"}],
                "expect": {"by_category": {"law": "0.5"}, "excluded": []},
            }
        ],
    }
    assert text_of(raw) == (
        'format = 1\n\n[rules]\nname = "A \\"B\\""\nversion = "2020-01-01"\nin_force_from = 2020-01-01\n'
        "\n[need]\npoints = 12\n"
        '\n[[kinds]]\nkey = "class"\nselect = { topic = "law" }\npoints = 0.25\nevery = "1/3"\n'
        '\n[[examples]]\nsay = """\nTwo\nlines"""\nfacts = { awarded = 2024-02-29, born = "2024-02-30" }\n'
        "activities = [\n  { on = 2024-05-01, amount = 1 },\n  { on = 2024-05-02 },\n]\n"
        "\n[examples.expect]\nby_category = { law = 0.5 }\nexcluded = []\n"
    )


def test_a_written_document_means_the_same_and_its_lines_are_found() -> None:
    file = SHIPPED / "nicet" / "2010.toml"
    raw = raw_of_text(file.read_text())
    written = text_of(raw)
    assert parse(raw).digest() == parse(read_toml(file.read_text())).digest()
    lines = key_lines(written)
    line = written.splitlines()[lines["examples.0.activities.1"] - 1]
    assert line.startswith("  { on = ")
