"""`manage.py rules`: check packs, count a case, work out a period, tell two documents apart. Files only."""

from .main import main

__all__ = ["main"]
