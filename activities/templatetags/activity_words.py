"""Activities in templates: amounts, days and facts in words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlencode

from django import template

from accounts import clock
from accounts.models import User
from certifications.rules.dates import written

from ..actions import as_facts
from ..amounts import short_amount, written_amount
from ..evidence import sentence
from ..models import Activity
from ..queries import differences

register = template.Library()


@register.filter
def amount(activity: Activity) -> str:
    """ "11 hours", "6 months"."""
    return written_amount(activity.amount, activity.unit)


@register.filter
def brief_amount(activity: Activity) -> str:
    """ "11 hours", "30 points"."""
    return short_amount(activity.amount, activity.unit)


@register.filter
def days(activity: Activity) -> str:
    """ "14 Aug 2026", "1 Apr 2025 to 30 Sep 2025"."""
    if activity.since and activity.since != activity.on:
        return f"{written(activity.since)} to {written(activity.on)}"
    return written(activity.on)


@register.filter
def how_much_and_when(activity: Activity) -> str:
    """ "11 hours, 14 Aug 2026". A part of a month is left to its dates, which say it better."""
    if activity.unit == "month" and activity.amount % 100:
        return days(activity)
    return f"{amount(activity)}, {days(activity)}"


@dataclass(frozen=True)
class Fact:
    """One thing said about an activity."""

    label: str
    text: str
    link: bool = False


@register.filter
def facts(activity: Activity) -> list[Fact]:
    """Everything said about an activity, in the order of the form; what was not said is left out."""
    told = differences({"amount": activity.amount, "unit": activity.unit}, asdict(as_facts(activity)), everything=True)
    over_time = activity.share != 100 or activity.unit == "month"
    names = {"Date": "Last day"} if activity.since and activity.since != activity.on else {}
    return [
        Fact(names.get(one.label, one.label), one.after, one.label == "Link")
        for one in told
        if one.label != "Title" and (one.label != "Share of full time" or over_time)
    ]


@register.filter
def moment(value: datetime, user: User) -> str:
    """A moment on the person's own clock: "1 Oct 2026, 09:12"."""
    return clock.written(value, user)


@register.filter
def trouble_sentence(code: str) -> str:
    """What is wrong with a file, and what to do."""
    return sentence(code)


@register.simple_tag
def querystring_of(**values: object) -> str:
    """Values as a query string: `{% querystring_of kind="class" title=one.title %}`."""
    return urlencode(values)
