"""Where a person stands with one certification: one definition for every page, mail and export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .cases import Case, Entry
from .checking import describe
from .counting import count
from .dates import written
from .document import Document
from .forecast import HISTORY_DAYS, Forecast, forecast, series
from .next_steps import NextStep, asks_anything, next_step
from .periods import Dates, Holder, dates_of
from .points import ONE, show
from .results import Outcome, Requirement
from .route_search import enough
from .words import STANDING_LABELS, StandingWord

_NONE = Forecast(None, False, "")  # nobody asked


@dataclass(frozen=True)
class Standing:
    """The answer to "will this certification renew, and what next?". Points are hundredths."""

    word: StandingWord
    sub_line: str
    counted: int
    needed: int
    to_go: int
    short: int
    days_left: int
    ends_on: date
    complete: bool
    ready: bool
    forecast: Forecast
    next_step: NextStep
    unmet: tuple[Requirement, ...]
    window_opens: date
    submit_by: date
    lapses_after: date
    on_course: bool  # everything needed is there or forecast; the word adds what day it is
    never_ends: bool
    series: tuple[tuple[date, int], ...]

    @property
    def label(self) -> str:
        return STANDING_LABELS[self.word]

    @property
    def order(self) -> tuple[int, int, int]:
        """Worst first: Lapsed, Due and short, At risk, Due and ready, On track; then days left, then points short."""
        rank = {StandingWord.LAPSED: 0, StandingWord.DUE: 1, StandingWord.AT_RISK: 2, StandingWord.ON_TRACK: 4}
        place = 3 if self.word is StandingWord.DUE and self.ready else rank[self.word]
        return (place, self.days_left, -self.short)


def judge(
    document: Document,
    case: Case,
    outcome: Outcome | None = None,
    *,
    planned: Sequence[Entry] = (),
    dates: Dates | None = None,
    advise: bool = True,
) -> Standing:
    """The standing of one held certification as of the case's day.

    Without `advise` it is the word and the numbers alone, for many people at once: no next step and no sub-line, and
    a forecast only where the word depends on it.
    """
    outcome = outcome or count(document, case)
    dates = dates or dates_of(document, case.term.span, Holder())
    wanted = advise or (not outcome.compliant and _word(case, dates, False) is StandingWord.AT_RISK)
    ahead = forecast(document, case, outcome, planned) if wanted else _NONE
    on_course = _on_course(case, outcome, ahead)
    word = _word(case, dates, on_course)
    needed, counted = outcome.needed, outcome.counted
    met = bool(outcome.satisfied_by)
    to_go = 0 if met else max(0, needed - counted)
    short = to_go if word is not StandingWord.AT_RISK or ahead.total is None else max(0, needed - ahead.total)
    standing = Standing(
        word=word, sub_line="", counted=counted, needed=needed, to_go=to_go, short=short,
        days_left=(case.term.span.last - case.as_of).days, ends_on=case.term.span.last,
        complete=outcome.compliant, ready=outcome.compliant and word is StandingWord.DUE,
        forecast=ahead, next_step=NextStep(""), unmet=outcome.shortfalls, window_opens=dates.window_opens,
        submit_by=dates.submit_by, lapses_after=dates.lapses_after, on_course=on_course,
        never_ends=case.term.never_ends, series=tuple(series(outcome)) if advise else (),
    )  # fmt: skip
    if not advise:
        return standing
    standing = replace(standing, sub_line=_sub_line(document, case, standing, outcome))
    return replace(standing, next_step=next_step(document, case, outcome, standing, dates))


def _word(case: Case, dates: Dates, on_course: bool) -> StandingWord:
    if case.term.never_ends:
        return StandingWord.ON_TRACK
    if case.as_of > dates.lapses_after:
        return StandingWord.LAPSED
    if case.as_of >= dates.window_opens:
        return StandingWord.DUE
    return StandingWord.ON_TRACK if on_course else StandingWord.AT_RISK


def _on_course(case: Case, outcome: Outcome, ahead: Forecast) -> bool:
    """Whether everything needed is there or forecast, whatever the day."""
    if outcome.compliant:
        return True
    if any(requirement.due_now for requirement in outcome.shortfalls):
        return False
    if ahead.outcome is None:  # too early to forecast: judged by pace, once the period itself is old enough for one
        young = (case.as_of - case.term.span.start).days < HISTORY_DAYS
        return young or outcome.counted >= ahead.pace
    good = (ahead.total or 0) >= outcome.needed or bool(ahead.outcome.satisfied_by)
    return good and enough(ahead.outcome)


def _sub_line(document: Document, case: Case, standing: Standing, outcome: Outcome) -> str:
    if standing.word is StandingWord.LAPSED:
        return f"Ended {written(standing.ends_on)}"
    if standing.complete:
        return _complete_line(standing, outcome)
    if case.as_of < case.term.span.start:
        return f"Begins {written(case.term.span.start)}"
    if standing.word is StandingWord.ON_TRACK:
        return f"{show(standing.to_go)} to go" if standing.to_go else _first_unmet(document, outcome)
    ahead = standing.forecast
    if standing.word is StandingWord.AT_RISK and standing.to_go and ahead.total is None:
        behind = max(0, ahead.pace - standing.counted)
        return f"{show(standing.to_go)} to go" + (f", {show(behind)} behind an even pace" if behind else "")
    if standing.short:
        return f"{show(standing.short)} {document.unit.one if standing.short == ONE else document.unit.many} short"
    return _first_unmet(document, ahead.outcome if ahead.outcome and not standing.to_go else outcome)


def _complete_line(standing: Standing, outcome: Outcome) -> str:
    """A credential that asks for nothing is not "complete": it is renewed, it ends, or it does not end."""
    asked = asks_anything(outcome)
    if standing.ready:
        return "Ready to submit" if asked else "Ready to renew"
    if asked:
        return "Complete"
    return "Does not end" if standing.never_ends else "No points needed"


def _first_unmet(document: Document, outcome: Outcome) -> str:
    unmet = outcome.shortfalls
    return describe(unmet[0], document.unit.many) if unmet else "Complete"
