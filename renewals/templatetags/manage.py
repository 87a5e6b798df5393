"""What the pages of whoever runs the site have in common."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

from accounts import clock
from renewals.models import Reminder
from renewals.operating import jobs, mails

register = template.Library()

PAGES = (
    ("manage:overview", "Overview"), ("manage:users", "Users"), ("manage:organisations", "Organisations"),
    ("manage:mails", "Mail"), ("manage:sending", "Sending"), ("manage:reminders", "Reminders"),
    ("manage:trail", "Audit log"),
)  # fmt: skip


@register.inclusion_tag("manage/_nav.html", takes_context=True)
def manage_nav(context: Context) -> dict[str, Any]:
    """The pages for whoever runs the site."""
    path = getattr(context.get("request"), "path", "")
    links = [(reverse(name), label) for name, label in PAGES]
    return {"links": [{"url": url, "label": label, "current": _under(path, url)} for url, label in links]}


def _under(path: str, url: str) -> bool:
    overview = reverse("manage:overview")
    return path == url or (url != overview and path.startswith(url)) or (url == overview and "/jobs/" in path)


@register.simple_tag(takes_context=True)
def moment(context: Context, value: datetime | None) -> str:
    """A moment on the reader's clock: 1 Oct 2026, 09:00."""
    return "" if value is None else clock.written(value, context["request"].user)


@register.filter
def span(value: timedelta) -> str:
    """How long, in the largest unit that fits: "5 hours", "3 days"."""
    seconds = int(value.total_seconds())
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= 2 * length or (seconds >= length and unit != "day"):
            number = seconds // length
            return f"{number:,} {unit if number == 1 else unit + 's'}"
    return "less than a minute"


@register.filter
def did(counts: dict[str, int]) -> str:
    """What a run of a job did."""
    return jobs.did(counts)


@register.filter
def about(reminder: Reminder) -> str:
    """What a mail says."""
    return mails.about(reminder)
