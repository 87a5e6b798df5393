"""What was just saved, what it counts for, and the way back."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from activities.actions import ActivityClosed
from activities.evidence import sentence
from activities.models import Activity, Evidence
from activities.queries import alike, overlapping
from renewals import actions
from renewals.answers import answers_for
from renewals.queries import overview

from .visits import Visit, visit_of

UNDO = timedelta(minutes=30)


@require_safe
def saved(request: HttpRequest, pk: int) -> HttpResponse:
    """The result of an activity for each certification. Safe to load again and to keep as a bookmark."""
    visit = visit_of(request)
    activity = get_object_or_404(Activity.objects.of(visit.user), pk=pk)
    if activity.deleted_at:
        return render(request, "activities/undone.html", {"activity": activity})
    stands, failed = overview(visit.user, visit.today)
    evidence = list(Evidence.objects.of(visit.user).stored().filter(activities=activity))
    context = {
        "activity": activity,
        "answers": answers_for(activity, stands),
        "failed": failed,
        "evidence": evidence,
        "trouble": "" if evidence else sentence(request.GET.get("file", "")),
        "like": alike(activity),
        "overlaps": overlapping(activity),
        "can_undo": _can_undo(activity, visit),
    }
    return render(request, "activities/saved.html", context)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was just logged."""
    visit = visit_of(request)
    activity = get_object_or_404(Activity.objects.of(visit.user).kept(), pk=pk)
    if not _can_undo(activity, visit):
        messages.warning(request, "The 30 minutes for Undo are over. You can still delete this activity.")
        return redirect("activities:detail", pk)
    try:
        actions.withdraw(activity=activity, by=visit.user, at=visit.at, today=visit.today)
    except ActivityClosed as error:
        messages.warning(request, str(error))
        return redirect("activities:detail", pk)
    return redirect("activities:saved", pk)


def _can_undo(activity: Activity, visit: Visit) -> bool:
    return activity.version == 1 and visit.at - activity.logged_at <= UNDO
