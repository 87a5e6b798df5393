"""What a draft of rules amounts to: the document it makes, what is wrong with it, and whether it may be published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from accounts.models import AuditEvent

from .models import RuleDraft
from .rules.document import Document
from .rules.merging import Part, said
from .rules.parsing import DocumentError, Problem, key_lines, parse
from .rules.trying import Tried, tried
from .rules.writing import text_of

LEAST_EXAMPLES = 3
SENT_BACK = "rule draft sent back"


@dataclass(frozen=True)
class Read:
    """The document that edited values make, or all that keeps them from making one, with lines of their text."""

    document: Document | None
    problems: tuple[Problem, ...] = ()


def read(raw: Mapping[str, Any], text: str | None = None) -> Read:
    """The document of edited values; `text` is what they were read from, else the text we would write."""
    try:
        return Read(parse(raw))
    except DocumentError:
        lines = key_lines(text_of(raw) if text is None else text)
    try:
        return Read(parse(raw, lines=lines))
    except DocumentError as error:
        return Read(None, tuple(error.problems))


def examples_of(draft: RuleDraft) -> list[Tried]:
    """Every worked example of a draft, counted by the draft; none where it makes no document yet."""
    document = read(draft.raw).document
    return list(_tried(document.canonical())) if document else []


@lru_cache(maxsize=16)
def _tried(canonical: str) -> tuple[Tried, ...]:
    return tuple(tried(Document.model_validate_json(canonical)))


def publishable(draft: RuleDraft) -> list[str]:
    """What keeps a draft from being published, a sentence each; empty when nothing does.

    Only what the rules themselves say: the document must make sense and its worked examples must hold.
    """
    found = read(draft.raw)
    if found.document is None:
        things = "1 thing is" if len(found.problems) == 1 else f"{len(found.problems)} things are"
        return [f"The rules are not whole yet: {things} to be put right."]
    problems = []
    number = len(found.document.examples)
    if number < LEAST_EXAMPLES:
        there = {0: "There is none", 1: "There is 1"}.get(number, f"There are {number}")
        problems.append(f"At least {LEAST_EXAMPLES} worked examples are needed. {there}.")
    red = sum(not one.holds for one in _tried(found.document.canonical()))
    if red:
        problems.append("1 worked example does not hold." if red == 1 else f"{red} worked examples do not hold.")
    return problems


def named_for(draft: RuleDraft, raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same values under the keys of this draft's rule set and body: a file may come from another one."""
    head = raw.get("rules")
    rule_set = draft.rule_set
    own = {"key": rule_set.slug, "body": rule_set.body.slug if rule_set.body else ""}
    return {**raw, "rules": {**head, **own}} if isinstance(head, Mapping) else dict(raw)


def sent_back(draft: RuleDraft) -> AuditEvent | None:
    """Who last found that it needs more work, and what is to be done; None once it is handed in again."""
    steps = AuditEvent.objects.filter(target_type=RuleDraft._meta.label_lower, target_id=str(draft.pk))
    steps = steps.filter(verb__in=[SENT_BACK, "rule draft handed in"]).select_related("actor")
    last = steps.order_by("-id").first() if draft.state == RuleDraft.State.OPEN else None
    return last if last and last.verb == SENT_BACK else None


def changed_by_them(draft: RuleDraft, since: int, parts: Iterable[Part]) -> list[Part]:
    """The parts that others changed after state `since`, and that whoever was late left as they were.

    Read from the audit trail, which keeps the old values. In doubt a part is not among them.
    """
    events = AuditEvent.objects.filter(
        target_type=RuleDraft._meta.label_lower, target_id=str(draft.pk), verb__startswith="rule draft"
    )
    olds: dict[str, Any] = {}
    for event in events.order_by("-id")[: max(0, draft.lock_version - since)]:
        olds |= event.data.get("before") or {}  # the oldest comes last: what stood there when it was read
    return [part for part in parts if not part.order and _untouched(part, olds)]


def _untouched(part: Part, olds: Mapping[str, Any]) -> bool:
    path = ".".join(part.path)
    if path in olds:
        return said(olds[path], part.path[-1]) == part.mine
    return any(other.startswith(f"{path}.") for other in olds)
