"""Every pair of colours that text, controls and marks are made of, in both modes."""

import pytest

from tests.design.tokens import contrast, dark, dark_of_the_system, light, luminance

MODES = {"light": light, "dark": dark}
GROUNDS = ("background", "surface", "canvas", "panel")
STANDINGS = ("on-track", "at-risk", "due", "lapsed", "not-held")

TEXT = [(ink, ground) for ink in ("text", "muted", "link", "error") for ground in GROUNDS]
TEXT += [("on-primary", "primary"), ("on-primary", "primary-hover")]
TEXT += [(standing, f"{standing}-fill") for standing in STANDINGS]
TEXT += [(f"{standing}-cell", f"{standing}-cell-fill") for standing in ("at-risk", "due", "lapsed")]
MARKS = [(mark, ground) for mark in ("control", "error", "focus", "counted", "hatch", "primary") for ground in GROUNDS]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(mode: str, ink: str, ground: str) -> None:
    tokens = MODES[mode]()
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("mark", "ground"), MARKS)
def test_controls_and_marks_can_be_seen(mode: str, mark: str, ground: str) -> None:
    tokens = MODES[mode]()
    assert contrast(tokens[mark], tokens[ground]) >= 3.0


@pytest.mark.parametrize(
    ("mode", "ink", "ground", "ratio"),
    [
        ("light", "text", "background", 15.8),
        ("light", "muted", "surface", 6.4),
        ("light", "on-primary", "primary-hover", 9.6),
        ("light", "control", "background", 4.6),
        ("light", "at-risk", "at-risk-fill", 9.3),
        ("light", "due-cell", "due-cell-fill", 5.4),
        ("dark", "text", "background", 15.3),
        ("dark", "link", "background", 9.4),
        ("dark", "on-primary", "primary-hover", 11.1),
        ("dark", "control", "surface", 5.1),
        ("dark", "lapsed", "lapsed-fill", 8.7),
        ("dark", "at-risk-cell", "at-risk-cell-fill", 5.7),
    ],
)
def test_ratios_are_the_designed_ones(mode: str, ink: str, ground: str, ratio: float) -> None:
    tokens = MODES[mode]()
    assert contrast(tokens[ink], tokens[ground]) == pytest.approx(ratio, abs=0.1)


def test_the_two_dark_blocks_say_the_same() -> None:
    assert dark() == dark_of_the_system()


def test_both_modes_name_the_same_tokens() -> None:
    assert light().keys() == dark().keys()


def test_cells_get_darker_as_it_gets_worse_in_light_mode_and_lighter_in_dark_mode() -> None:
    for tokens, sign in ((light(), -1), (dark(), 1)):
        fills = [tokens["on-track-fill"], *(tokens[f"{word}-cell-fill"] for word in ("at-risk", "due", "lapsed"))]
        assert fills == sorted(fills, key=lambda fill: sign * luminance(fill))


def test_contrast_is_computed_as_published() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
