"""What people ask an employer to confirm, and the answers."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.models import Membership
from accounts.problems import EmployerProblem
from activities.actions import StaleActivity, state_of
from activities.models import Activity, Confirmation
from renewals.access import people_of, visible_activities, visible_evidence
from renewals.actions.confirming import answer
from renewals.confirmations import attendance_of, queue
from renewals.forms.confirming import AnswerForm
from renewals.teams.person import member_of

from .board import chosen
from .place import Place, place_at, place_of

PAGE = 25


@require_safe
def confirmations(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the oldest first."""
    place = place_of(request)
    page = Paginator(queue(place.employer, place.today), PAGE).get_page(request.GET.get("page", "1"))
    owners = [one.owner_id for one in page]
    members = dict(people_of(place.employer, place.today).filter(user__in=owners).values_list("user", "pk"))
    rows = [(one, members[one.owner_id]) for one in page]
    context = {"place": place, "page": page, "rows": rows, "chosen": chosen(request, "page")}
    return render(request, "team/confirmations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, membership_id: int, pk: int) -> HttpResponse:
    """One activity of somebody who shares them: confirm it, or ask for a change."""
    place = place_of(request)
    membership = member_of([one.employer for one in place.memberships], membership_id, place.today)
    place = place_at(request, membership.employer_id)
    activity = get_object_or_404(visible_activities(membership, place.today), pk=pk)
    said = Confirmation.objects.filter(activity=activity, employer=place.employer).select_related("by").first()
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _answered(request, place, membership, activity, form):
        return redirect(place.url("team:confirmations"))
    attendance = attendance_of(activity)
    own_class = attendance is not None and attendance.session.employer_id == place.employer.pk
    context = {
        "place": place, "membership": membership, "activity": activity, "form": form, "said": said,
        "attendance": attendance if own_class else None,
        "state": state_of(said, activity), "own": membership.user_id == place.user.pk,
        "evidence": visible_evidence(membership, place.today).filter(activities=activity).order_by("pk"),
    }  # fmt: skip
    return render(request, "team/confirm.html", context, status=422 if form.is_bound else 200)


def _answered(request: HttpRequest, place: Place, membership: Membership, activity: Activity, form: AnswerForm) -> bool:
    data = form.cleaned_data
    try:
        said = answer(
            activity=activity, employer=place.employer, note=data["note"] if data["change"] else None,
            version=data["version"] or 0, seen=data["seen"], by=place.user, at=place.now,
            today=clock.today(membership.user),
        )  # fmt: skip
    except StaleActivity:
        form.add_error(None, f"{membership.user.name} changed this meanwhile. Look at it again before you answer.")
    except EmployerProblem as problem:
        form.add_error(None, forms.ValidationError(str(problem)))
    else:
        confirmed = said.state == Confirmation.State.CONFIRMED
        told = f"You confirmed {activity.title}." if confirmed else f"{membership.user.name} reads your note."
        messages.success(request, told)
        return True
    return False
