"""Who may come along, and the kinds of rows the matrix of access is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# Who walks. The first two get to the sign-in page, all others are signed in.
OUTSIDE = ("anonymous", "disabled")
TECHNICIAN = "technician"  # Dana: works for Ridgeline and Second, left Third
COLLEAGUE = "colleague"  # technician at Ridgeline
COORDINATOR = "coordinator"  # of Ridgeline
OWNER = "owner"  # of Ridgeline
SECOND = "second"  # coordinator of Second, which Dana works for as well
FORMER = "former"  # coordinator of Third, which Dana left
GONE = "gone"  # was a coordinator of Ridgeline
OTHER_OWNER = "other owner"  # owner of Elsewhere, another tenant
OTHER = "other"  # technician at Elsewhere
INVITED = "invited"  # to Ridgeline, has not answered
RULES = "rules admin"
SITE = "site admin"
NOBODY = "no employer"
INSIDE = (
    TECHNICIAN, COLLEAGUE, COORDINATOR, OWNER, SECOND, FORMER, GONE, OTHER_OWNER, OTHER, INVITED, RULES, SITE, NOBODY,
)  # fmt: skip

OPEN = frozenset({*OUTSIDE, *INSIDE})
SIGNED_IN = frozenset(INSIDE)
OVERSEERS = frozenset({COORDINATOR, OWNER, SECOND, FORMER, OTHER_OWNER})
OWNERS = frozenset({OWNER, OTHER_OWNER})


@dataclass(frozen=True)
class Row:
    """Who is answered. `names` says which thing of the world each variable part of the address stands for."""

    who: frozenset[str]
    who_elsewhere: frozenset[str] = frozenset()  # where the thing belongs to the other tenant
    names: Mapping[str, str] = field(default_factory=dict)
    missing: bool = True  # whether there is anything that can be missing


def page(who: frozenset[str]) -> Row:
    """A page about nothing in particular, or about whoever opens it."""
    return Row(who)


def shared(**names: str) -> Row:
    """Something that everybody who is signed in may read."""
    return Row(SIGNED_IN, SIGNED_IN, names)


def own(**names: str) -> Row:
    """Something that belongs to one person, and to nobody else."""
    return Row(frozenset({TECHNICIAN}), frozenset({OTHER}), names)


def seen(**names: str) -> Row:
    """Something of a person that one employer sees through its membership."""
    return Row(frozenset({COORDINATOR, OWNER}), frozenset({OTHER_OWNER}), names)


def owned(**names: str) -> Row:
    """Something of an employer that its owners manage."""
    return Row(frozenset({OWNER}), frozenset({OTHER_OWNER}), names)


def written(**names: str) -> Row:
    """Something of a draft of rules, for those who write them."""
    return Row(frozenset({RULES}), frozenset({RULES}), names)
