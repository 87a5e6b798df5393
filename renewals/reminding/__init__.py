"""Reminders: when each is due, and how it is neither lost nor doubled.

`stages` says when something is due for one, `planner` writes a row for everybody it is due for, `sender` claims rows
and hands the mails over, `recovery` takes up what a sender that ended left behind. The row is the truth; whatever a
queue carries is only a hint to look sooner.
"""
