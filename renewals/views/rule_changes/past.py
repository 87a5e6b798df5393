"""What did this standing say on a day, under which rules? For whoever it belongs to, and for employers who see it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.models import Membership, User
from certifications.models import HeldCertification
from renewals.access import SEES_ACTIVITIES, overseen, visible_held
from renewals.explaining import rows_of
from renewals.forms.past import PastDayForm
from renewals.past.standing import standing_on


@require_safe
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the day, and go there."""
    held, _, first = _seen(request, pk)
    user = cast(User, request.user)
    today = clock.today(user)
    form = PastDayForm(request.GET if "on" in request.GET else None, first=first, today=today)
    if form.is_bound and form.is_valid():
        return redirect("renewals:standing_on", held.pk, form.cleaned_data["on"].isoformat())
    return render(request, "renewals/past.html", {"held": held, "form": form}, status=422 if form.errors else 200)


@require_safe
def past(request: HttpRequest, pk: int, day: str) -> HttpResponse:
    """The standing of that day, counted from what was known at its end."""
    held, points, first = _seen(request, pk)
    user = cast(User, request.user)
    today = clock.today(user)
    on = _day(day)
    if not first <= on <= today:
        raise Http404
    found = standing_on(held, day=on, known_at=_end_of(on, held.user, clock.now()))
    context = {
        "held": held, "on": on, "found": found, "points": points,
        "rows": rows_of(found.stand) if found and points else [],
        "form": PastDayForm(None, first=first, today=today, initial={"on": on}),
    }  # fmt: skip
    return render(request, "renewals/past.html", context)


def _seen(request: HttpRequest, pk: int) -> tuple[HeldCertification, bool, date]:
    """The certification, whether its points and activities may be shown, and the first day that may be asked for."""
    user = cast(User, request.user)
    own = (
        HeldCertification.objects.of(user).select_related("certification__body", "level", "user").filter(pk=pk).first()
    )
    if own:
        return own, True, clock.local(own.added_at, user).date()
    today = clock.today(user)
    employers = [one.employer for one in overseen(user, today)]
    for employer in employers:
        held = (
            visible_held(employer, today).select_related("certification__body", "level", "user").filter(pk=pk).first()
        )
        if held:
            membership = get_object_or_404(Membership.objects.on(today), employer=employer, user=held.user_id)
            added = clock.local(held.added_at, user).date()
            return held, membership.shares in SEES_ACTIVITIES, max(added, membership.joined_on)
    raise Http404


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _end_of(day: date, user: User, now: datetime) -> datetime:
    """The last moment of a day where the person lives; this moment, if it is not over."""
    zone = clock.local(now, user).tzinfo or ZoneInfo("UTC")
    last = datetime.combine(day + timedelta(days=1), datetime.min.time(), zone) - timedelta(microseconds=1)
    return min(last, now)
