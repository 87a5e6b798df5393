"""What differs between two rule documents, in plain words: the sentences that came, went, or changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .document import Document
from .wording import Section, sections

LEFT_OUT = ("sources", "examples")  # where a fact was read, and what proves the document, change nothing that counts


@dataclass(frozen=True)
class Difference:
    """One rule that is new, gone, or says something else."""

    what: str  # "added", "removed", "changed"
    part: str  # heading of the part of the rules
    name: str  # name of the rule; empty for the part itself
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def __str__(self) -> str:
        subject = f"{self.part}: {self.name}" if self.name else self.part
        if self.what == "changed":
            return f"changed  {subject}. Before: {_joined(self.before)} Now: {_joined(self.after)}"
        return f"{self.what:8} {subject}. {_joined(self.after or self.before)}".rstrip()


def differences(old: Document, new: Document) -> list[Difference]:
    """All that an activity, a total or a date could be affected by; in the order of the newer document."""
    before, after = _rules(sections(old)), _rules(sections(new))
    found = []
    for key, (part, name, said) in after.items():
        if key not in before:
            found.append(Difference("added", part, name, (), said))
        elif before[key][1:] != (name, said):
            was = before[key][2]
            gone = tuple(text for text in was if text not in said)
            come = tuple(text for text in said if text not in was)
            found.append(Difference("changed", part, name, gone or was, come or said))
    found += [Difference("removed", part, name, said) for key, (part, name, said) in before.items() if key not in after]
    return found


def _rules(parts: Iterable[Section]) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """What is said about each rule, and about each part as a whole, by anchor."""
    found = {}
    for part in parts:
        if part.key in LEFT_OUT:
            continue
        if part.said:
            found[part.key] = (part.title, "", tuple(one.text for one in part.said))
        for item in part.items:
            found[item.anchor] = (part.title, item.title, tuple(one.text for one in item.said))
    return found


def _joined(texts: Iterable[str]) -> str:
    return " ".join(texts) or "nothing."
