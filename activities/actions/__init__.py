"""Writes about what was done."""

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
    "STAGED_FOR", "ActivityClosed", "Facts", "StaleActivity", "amend_activity", "as_facts", "attach_evidence",
    "claim_everything", "keep_both", "log_activity", "remove_evidence", "restore_activity", "restore_evidence",
    "stage_evidence", "sweep_staged", "withdraw_activity",
]  # fmt: skip
