"""Writes about what was done."""

from .classes import (
    AttendanceChange,
    ClassChange,
    NotHere,
    StaleClass,
    change_attendance,
    correct_session,
    facts_of,
    log_session,
    withdraw_session,
)
from .confirming import AnsweredMeanwhile, OwnActivity, answer_confirmation, ask_to_confirm, state_of
from .evidenced import STAGED_FOR, attach_evidence, remove_evidence, restore_evidence, stage_evidence, sweep_staged
from .logged import (
    ActivityClosed,
    Facts,
    StaleActivity,
    amend_activity,
    as_facts,
    claim_everything,
    keep_both,
    log_activity,
    restore_activity,
    withdraw_activity,
)

__all__ = [
    "STAGED_FOR", "ActivityClosed", "AnsweredMeanwhile", "AttendanceChange", "ClassChange", "Facts", "NotHere",
    "OwnActivity", "StaleActivity", "StaleClass", "amend_activity", "answer_confirmation", "as_facts",
    "ask_to_confirm", "attach_evidence", "change_attendance", "claim_everything", "correct_session", "facts_of",
    "keep_both", "log_activity", "log_session", "remove_evidence", "restore_activity", "restore_evidence",
    "stage_evidence", "state_of", "sweep_staged", "withdraw_activity", "withdraw_session",
]  # fmt: skip
