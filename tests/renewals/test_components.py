"""The components draw what they are told: same numbers, same words, nothing without a word."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace

import pytest
from django.template import engines

from certifications.rules.results import CategoryTotal, Line, Loss
from certifications.rules.words import REASON_LABELS, STANDING_LABELS, Reason, StandingWord
from renewals.sample import bodies, sample
from renewals.templatetags import cpd


def draw(source: str, **context: object) -> str:
    html = engines["django"].from_string("{% load cpd ui %}" + source).render(context)
    return re.sub(r"\s+", " ", html)


def words(html: str) -> str:
    """What is read aloud or seen, without marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


@pytest.mark.parametrize("word", StandingWord)
def test_a_chip_has_a_word_and_an_icon_and_is_no_link(word: StandingWord) -> None:
    chip = draw("{% standing_chip word %}", word=word)
    assert words(chip) == STANDING_LABELS[word]
    assert "<svg" in chip
    assert f'class="chip {word.value}"' in chip
    assert "<a" not in chip


def test_the_sum_is_said_in_one_sentence() -> None:
    sentence = words(draw("{% sum_sentence outcome '#why' %}", outcome=sample().outcome)).replace("&nbsp;", " ")
    assert sentence == "You logged 99 . 18 do not count : 8 cap reached, 6 yearly cap, 4 before period."


def test_the_sum_when_everything_counts_and_when_nothing_was_logged() -> None:
    whole = SimpleNamespace(asked=9000, not_counted=0, lost_by_reason=dict)
    assert words(draw("{% sum_sentence outcome %}", outcome=whole)) == "You logged 90 . All of them count."
    nothing = SimpleNamespace(asked=0, not_counted=0, lost_by_reason=dict)
    assert words(draw("{% sum_sentence outcome %}", outcome=nothing)) == "You logged 0 ."


def test_every_loss_of_the_ledger_is_on_the_row_with_reason_and_steps() -> None:
    line = sample().outcome.lines[-1]
    row = draw("{% ledger_row line 'Smoke control webinars' '/activities/7/' %}", line=line)
    said = words(row)
    assert "14 Aug 2026" in said
    assert "11 logged = 3 + 8 not" in said
    assert "Cap reached , 8 not counted. Additional Education counts up to 45" in said
    assert row.count("<li>") == len(line.steps)
    assert "<details" in row


def test_a_row_of_a_kind_that_is_not_accepted_has_no_sum_of_nothing() -> None:
    loss = Loss(0, Reason.KIND, text="IICRC does not count field time.")
    line = Line(key="1", on=date(2026, 8, 14), asked=0, counted=0, category="", losses=(loss,), excluded=True)
    said = words(draw("{% ledger_row line 'Field time' %}", line=line))
    assert said == "14 Aug 2026 Field time Kind not accepted . IICRC does not count field time. Not counted"


def test_a_row_that_counts_in_full_names_no_loss() -> None:
    row = words(draw("{% ledger_row line 'Panel programming class' %}", line=sample().outcome.lines[1]))
    assert "16 logged = 16" in row
    assert "not" not in row


def test_the_table_behind_the_timeline_has_the_numbers_of_its_labels() -> None:
    example = sample()
    html = draw(
        "{% timeline start last today needed steps ahead %}",
        start=example.case.term.span.start,
        last=example.standing.ends_on,
        today=example.case.as_of,
        needed=example.standing.needed,
        steps=example.standing.series,
        ahead=example.ahead,
    )
    labels = re.findall(r"<text[^>]*>([^<]*)</text>", html)
    assert labels == ["90 needed", "Today 81", "Forecast 81"]
    cells = re.findall(r'<th scope="row">([^<]*)</th><td>([^<]*)</td><td class="num">([^<]*)</td>', html)
    assert ("1 Oct 2026", "Today", "81") in cells
    assert ("31 Mar 2027", "Forecast", "81") in cells
    assert [float(points) for _, _, points in cells] == sorted(float(points) for _, _, points in cells)
    assert "90 needed" in words(html)


def test_category_bars_say_in_words_what_they_draw() -> None:
    html = draw("{% category_bars categories %}", categories=sample().outcome.categories)
    said = words(html)
    for part in (
        "Active Practitioner 36 of 72, room for 36", "Year to Mar 2025 24/24, 6 over", "Year to Mar 2026 12/24",
        "Additional Education 45 of 45, full 8 over the cap", "Special Exam 0 of 60, room for 60",
    ):  # fmt: skip
        assert part in said
    assert html.count('fill="url(#hatch)"') == 1


def test_a_part_of_a_category_says_that_it_is_one() -> None:
    both = [CategoryTotal("t", "Technical", 3800, None, 0, None),
            CategoryTotal("x", "Tax", 3400, None, 0, None, parent="t")]  # fmt: skip
    assert words(draw("{% category_bars both %}", both=both)) == (
        "Technical 38 counted, no cap of which Tax 34 counted, no cap"
    )


def test_the_answer_card_answers_in_text() -> None:
    card = draw(
        "{% include 'components/answer_card.html' with title='Fire Alarm Systems, Level II' url='/certs/1/' standing=s"
        " action_label='Log field time' action_url='/log/field-time/' why_url='/certs/1/' only %}",
        s=sample().standing,
    )
    said = words(card)
    for part in (
        "At risk", "181 days left", "81 of 90 points counted", "9 points short . Ends 31 Mar 2027",
        "Next: log field time since 1 Oct 2025. Up to 36 can count.", "Log field time", "See why",
    ):  # fmt: skip
        assert part in said
    for hook in ("standing", "counted", "needed", "days-left", "next-step"):
        assert f'data-hook="{hook}"' in card


def test_the_list_of_reasons_names_date_or_months() -> None:
    said = words(draw("{% include 'components/reason_list.html' with rows=rows only %}", rows=sample().lost))
    assert "8 Smoke control webinars , 14 Aug 2026 Cap reached: Additional Education counts up to 45" in said
    assert "6 Fire alarm field time , Apr 2024 to Mar 2025 Yearly cap:" in said
    assert "4 NFPA 72 seminar , 12 Mar 2024 Before period:" in said


def test_nothing_to_finish_draws_nothing() -> None:
    assert draw("{% include 'components/to_finish.html' with items=items only %}", items=[]).strip() == ""


@pytest.mark.parametrize(
    ("days", "text"),
    [(181, "181 days left"), (1, "1 day left"), (0, "Last day"), (-1, "Ended 1 day ago"), (-31, "Ended 31 days ago")],
)
def test_days_left(days: int, text: str) -> None:
    assert cpd.days_left(days) == text


def test_dates_and_points_are_written_one_way() -> None:
    assert draw("{{ d|day }}|{{ d|month }}|{{ d|weekday_day }}", d=date(2026, 10, 1)) == (
        "1 Oct 2026|Oct 2026|Thu 1 Oct 2026"
    )
    assert draw("{{ n|points }} {{ nothing|points }}", n=1050, nothing=None) == "10.5 "
    assert draw("{{ 1|count:'code,codes' }} {{ 3|count:'code,codes' }}") == "1 code 3 codes"


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_label(reason: Reason) -> None:
    assert cpd.reason_label(reason.value) == REASON_LABELS[reason]


def test_every_icon_of_the_set_exists_and_is_hidden_from_assistive_technology() -> None:
    from accounts.templatetags.ui import ICONS, icon

    assert len(ICONS) <= 20
    for name in ICONS:
        assert 'aria-hidden="true"' in icon(name)
    with pytest.raises(KeyError):
        icon("rocket")


def test_the_sample_is_the_worked_example() -> None:
    example = sample()
    assert (example.outcome.asked, example.outcome.counted, example.outcome.not_counted) == (9900, 8100, 1800)
    assert example.standing.word is StandingWord.AT_RISK
    assert example.full == ["Additional Education"]
    assert {"NICET", "IICRC", "PMI"} <= set(bodies())
