"""Where a next step, or a reason for points that do not count, leads."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from activities.models import Activity
from certifications.models import HeldCertification
from certifications.rules.next_steps import NextStep
from certifications.rules.words import Reason

EDIT = {
    Reason.BEFORE_PERIOD: "Fix date",
    Reason.NOT_YET: "Fix date",
    Reason.KIND: "Change kind",
    Reason.TOO_SHORT: "Change details",
    Reason.BELOW_LEVEL: "Change details",
    Reason.NOT_RELEVANT: "Change",
    Reason.NOT_CONFIRMED: "Edit and ask again",
}
HERE = {
    Reason.CATEGORY_CAP: ("See categories with room", "#categories"),
    Reason.YEARLY_CAP: ("See other years", "#categories"),
}
Link = tuple[str, str]  # label and address


def step_link(step: NextStep, held: HeldCertification) -> Link:
    """The button under a next step; empty where there is nothing to press."""
    match step.action:
        case "field-time":
            days = {"from": step.since, "to": step.until}
            query = urlencode({name: day.isoformat() for name, day in days.items() if day})
            return "Log field time", reverse("activities:field_time") + (f"?{query}" if query else "")
        case "log":
            return "Log activity", reverse("activities:log")
        case "renew":
            return "Open renewal packet", reverse("renewals:renewal", args=[held.pk])
        case "reinstate":
            return "Record renewal", reverse("renewals:renewal", args=[held.pk])
    return "", ""


def reason_link(reason: Reason, activity: Activity | None, line: str, *, rule: str = "") -> Link:
    """What can be done about points that do not count; `line` is where the ledger says more.

    `rule` is the rule that refused them. A kind refused by a rule that takes it is said in another unit than it counts.
    """
    if reason in HERE:
        return HERE[reason]
    if activity is not None:
        if reason is Reason.KIND and rule:
            return "Change amount", f"{reverse('activities:edit', args=[activity.pk])}#id_hours"
        if reason in EDIT:
            return EDIT[reason], reverse("activities:edit", args=[activity.pk])
        if reason is Reason.DUPLICATE:
            return "Compare", reverse("activities:compare", args=[activity.pk])
        if reason is Reason.EVIDENCE:
            return "Add evidence", reverse("activities:evidence_add", args=[activity.pk])
    return "Details", f"#{line}"
