"""Writes of this app: who holds what, and what the rules of bodies are to say next."""

from .held import (
    AlreadyHeld,
    DatesMissing,
    PeriodClosed,
    PeriodsOverlap,
    add_own_certification,
    amend_held,
    close_period,
    hold,
    move_period,
    open_period,
    remove_held,
    restore_held,
    span_from_card,
    upgrade,
)

__all__ = [
    "AlreadyHeld", "DatesMissing", "PeriodClosed", "PeriodsOverlap", "add_own_certification", "amend_held",
    "close_period", "hold", "move_period", "open_period", "remove_held", "restore_held", "span_from_card", "upgrade",
]  # fmt: skip
