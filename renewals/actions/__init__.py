"""Writes that change where somebody stands: each does its work and recounts in the same transaction."""

from .counting import recount
from .held import correct, give_up, move, start_holding, step_up, take_back, take_up
from .logged import amend, count_both, log, restore, withdraw
from .planning import save_plan
from .proven import add_evidence, bring_back, prove, take_away
from .renewing import frozen_result, record_renewal

__all__ = [
    "add_evidence", "amend", "bring_back", "correct", "count_both", "frozen_result", "give_up", "log", "move", "prove",
    "record_renewal", "recount", "restore", "save_plan", "start_holding", "step_up", "take_away", "take_back",
    "take_up", "withdraw",
]  # fmt: skip
