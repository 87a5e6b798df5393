"""Days as the reader of a mail writes them. Pages say "31 Mar 2027"; a mail may say it in another way."""

from __future__ import annotations

import re

from ..models import ReminderSettings

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMES = {
    ReminderSettings.Dates.SPANISH: "ene feb mar abr may jun jul ago sept oct nov dic",
    ReminderSettings.Dates.FRENCH: "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
}
_DAY = re.compile(rf"\b([1-9]|[12]\d|3[01]) ({'|'.join(_MONTHS)}) (\d{{4}})\b")


def in_words_of(text: str, dates: str) -> str:
    """A text of ours with every day in it written the way this reader chose."""
    if dates == ReminderSettings.Dates.ENGLISH:
        return text
    if dates == ReminderSettings.Dates.AMERICAN:
        return _DAY.sub(r"\2 \1, \3", text)
    names = dict(zip(_MONTHS, _NAMES[ReminderSettings.Dates(dates)].split(), strict=True))
    return _DAY.sub(lambda found: f"{found[1]} {names[found[2]]} {found[3]}", text)
