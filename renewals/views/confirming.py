"""What a person asks of their employer about an activity, and declining a class that it logged for them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from activities.actions import ActivityClosed
from activities.models import Activity
from renewals import actions
from renewals.actions import confirming
from renewals.confirmations import attendance_of, provenance_of

from .visits import visit_of


@require_POST
def ask(request: HttpRequest, pk: int, employer_id: int) -> HttpResponse:
    """Ask an employer that sees activities to confirm this one."""
    visit = visit_of(request)
    activity = get_object_or_404(Activity.objects.of(visit.user).kept(), pk=pk)
    found = next((one for one in provenance_of(activity, visit.today) if one.employer.pk == employer_id), None)
    if found is None:
        raise Http404
    if found.can_ask:
        confirming.ask(activity=activity, employer=found.employer, by=visit.user, at=visit.at, today=visit.today)
        messages.success(request, f"{found.employer.name} is asked to confirm this.")
    return redirect("activities:detail", pk)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """The person was not at a class that their employer logged for them."""
    visit = visit_of(request)
    activity = get_object_or_404(Activity.objects.of(visit.user).kept(), pk=pk)
    attendance = attendance_of(activity)
    if attendance is None:
        raise Http404
    try:
        actions.withdraw(activity=activity, by=visit.user, at=visit.at, today=visit.today)
    except ActivityClosed as error:
        messages.warning(request, str(error))
        return redirect("activities:detail", pk)
    messages.success(request, f"You declined this class. {attendance.session.employer.name} sees that.")
    return redirect(f"{reverse('activities:list')}?deleted={pk}")
