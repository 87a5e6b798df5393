"""What people whom a change of rules affects read first: in the writer's words, or made from what changes.

Never a number of one reader: those are counted for each of them and stand below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from certifications.content import Content
from certifications.models import RuleSet
from certifications.models.versions import MOST_EXPLAINED
from certifications.rules.dates import written
from certifications.rules.difference import Difference

_NAMED = 4  # rules of a kind that are named one by one; the mail and the page say below what each says
_MARKUP = re.compile(
    r"<!--|</?(?:a|abbr|b|big|blockquote|body|br|button|center|code|div|em|font|form|h[1-6]|head|hr|html|i|iframe|img"
    r"|input|li|link|meta|ol|p|pre|s|script|small|span|strong|style|sub|sup|svg|table|tbody|td|th|tr|u|ul)\b[^<>]*>",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b(?:[a-z][a-z0-9+.-]*://|www\.)\S+", re.IGNORECASE)
_BLANK = re.compile(r"\{[^{}\n]*\}|%\w+%|\[[a-z_ ]*(?:name|points|total|date)[a-z_ ]*\]", re.IGNORECASE)
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def made_from(rule_set: RuleSet, content: Content, changes: Sequence[Difference]) -> str:
    """The words where nobody wrote others: from when, for whom, and which rules change."""
    day = written(content.starts_on)
    terms = " ".join(content.protections.words(content.starts_on)).replace("Applies to", "They apply to", 1)
    first = f"From {day} new rules count {rule_set.name}. {terms}"
    return "\n\n".join([first, *([said] if (said := _named(changes)) else [])])


def _named(changes: Sequence[Difference]) -> str:
    said = []
    for what, words in (("changed", "What changes"), ("added", "New"), ("removed", "No longer there")):
        names = list(dict.fromkeys(one.name or one.part for one in changes if one.what == what))
        rest = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        said += [f"{words}: {', '.join(names[:_NAMED])}{rest}."] if names else []
    return " ".join(said)


def objections(text: str) -> list[str]:
    """Why a text cannot be sent, each with what to do; none where it can."""
    found = []
    if len(text) > MOST_EXPLAINED:
        found.append(f"Use at most {MOST_EXPLAINED:,} characters: these are {len(text):,}.")
    if blank := _BLANK.search(text):
        found.append(f'Take out "{blank[0][:40]}": each reader\'s own numbers are added below your text.')
    if markup := _MARKUP.search(text):
        found.append(f'Take out "{markup[0][:40]}": this is plain text, so it would be read as it stands.')
    if address := _ADDRESS.search(text):
        found.append(
            f'Take out "{address[0][:40]}": the button below your text leads to the page of this change, which links'
            " to the certifying body."
        )
    if _TURNS.search(text):
        found.append("Type this text anew: it holds marks that turn the direction of writing.")
    return found


def paragraphs(text: str) -> list[str]:
    """The text as it is set: parts with an empty line between them, each of one or more lines."""
    return [part for one in re.split(r"\n\s*\n", text) if (part := _lines(one.split("\n")))]


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(kept for line in lines if (kept := line.strip()))
