"""Writes that change where somebody stands: each does its work and recounts in the same transaction."""

from .counting import recount
from .held import take_up
from .logged import amend, count_both, log, restore, withdraw
from .renewing import frozen_result, record_renewal

__all__ = ["amend", "count_both", "frozen_result", "log", "record_renewal", "recount", "restore", "take_up", "withdraw"]
