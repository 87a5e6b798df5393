"""Correct an activity, delete it, bring it back, or say that it is not the same as another one."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.kept_forms import take
from activities.actions import ActivityClosed, StaleActivity, as_facts
from activities.models import Activity
from activities.queries import alike, differences, repeated_by
from certifications.rules.words import KINDS
from renewals import actions
from renewals.answers import answers_for
from renewals.desk import desk_of
from renewals.forms import field_time as field_time_forms
from renewals.forms import log as log_forms
from renewals.forms.field_time import FieldTimeForm
from renewals.forms.log import LogForm
from renewals.queries import stands_of

from .visits import Visit, visit_of


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct an activity. What somebody saved meanwhile is never written over without asking."""
    visit = visit_of(request)
    activity = get_object_or_404(Activity.objects.of(visit.user).kept(), pk=pk)
    if activity.claims.filter(period__closed_at__isnull=False).exists():
        messages.warning(request, "This counts in a renewal period that is closed. A closed period never changes.")
        return redirect("activities:detail", pk)
    data = request.POST if request.method == "POST" else take(request)
    form = _form(request, visit, activity, data)
    if request.method == "POST":
        if isinstance(form, LogForm) and form.is_field_time:
            return redirect(f"{reverse('activities:edit', args=[pk])}?as=field-time")
        if form.is_valid():
            return _save(request, visit, activity, form)
    context = {
        "form": form,
        "activity": activity,
        "version": activity.version if data is None else _version(data),
        "is_field_time": isinstance(form, FieldTimeForm),
        "desk": form.desk,
        "cancel_url": reverse("activities:detail", args=[pk]),
    }
    return render(request, "activities/edit.html", context, status=422 if form.is_bound and form.errors else 200)


def _form(request: HttpRequest, visit: Visit, activity: Activity, data: QueryDict | None) -> LogForm | FieldTimeForm:
    """The form for what it is, or for what a link says it should have been."""
    desk = desk_of(visit.user)
    as_field_time = KINDS[activity.kind].over_time
    if request.GET.get("as") in ("field-time", "other"):
        as_field_time = request.GET["as"] == "field-time"
    if as_field_time:
        initial = field_time_forms.initial_of_activity(activity, desk)
        return FieldTimeForm(data, desk=desk, today=visit.today, initial=initial, correcting=True)
    initial = log_forms.initial_of_activity(activity, desk, visit.today)
    return LogForm(data, desk=desk, today=visit.today, initial=initial, correcting=True)


def _version(data: QueryDict) -> int:
    """The version the form was opened on; a broken one counts as an old one."""
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _save(request: HttpRequest, visit: Visit, activity: Activity, form: LogForm | FieldTimeForm) -> HttpResponse:
    facts = form.facts()
    try:
        actions.amend(
            activity=activity, facts=facts, version=_version(request.POST), by=visit.user, at=visit.at,
            today=visit.today, not_for=form.not_for,
        )  # fmt: skip
    except StaleActivity as stale:
        changes = differences(asdict(as_facts(stale.current)), asdict(facts))
        if changes:
            return _choose(request, stale.current, changes)
    except ActivityClosed as error:
        messages.warning(request, str(error))
        return redirect("activities:detail", activity.pk)
    messages.success(request, "Your changes are saved.")
    return redirect("activities:detail", activity.pk)


def _choose(request: HttpRequest, current: Activity, changes: object) -> HttpResponse:
    """Both versions beside each other; the person chooses."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    left_out = ("csrfmiddlewaretoken", "version")
    context = {
        "rows": [{"label": one.label, "saved": one.before, "yours": one.after} for one in changes],  # type: ignore[attr-defined]
        "fields": [*(field for field in fields if field[0] not in left_out), ("version", current.version)],
        "action": request.get_full_path(),
        "saved_url": reverse("activities:detail", args=[current.pk]),
    }
    return render(request, "errors/409.html", context, status=409)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then delete; the list after it offers to bring it back."""
    visit = visit_of(request)
    activity = get_object_or_404(Activity.objects.of(visit.user).kept(), pk=pk)
    if request.method == "POST":
        try:
            actions.withdraw(activity=activity, by=visit.user, at=visit.at, today=visit.today)
        except ActivityClosed as error:
            messages.warning(request, str(error))
            return redirect("activities:detail", pk)
        return redirect(f"{reverse('activities:list')}?deleted={pk}")
    answers = answers_for(activity, stands_of(visit.user, visit.today))
    return render(request, "activities/delete.html", {"activity": activity, "answers": answers})


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a deleted activity back."""
    visit = visit_of(request)
    activity = get_object_or_404(Activity.objects.of(visit.user), pk=pk)
    actions.restore(activity=activity, by=visit.user, at=visit.at, today=visit.today)
    messages.success(request, "The activity is back.")
    return redirect("activities:detail", pk)


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two activities that may be the same, beside each other."""
    visit = visit_of(request)
    activity = get_object_or_404(Activity.objects.of(visit.user).kept(), pk=pk)
    other = repeated_by(activity) or alike(activity)
    if other is None:
        raise Http404("nothing looks like it")
    told = differences(asdict(as_facts(other)), asdict(as_facts(activity)), everything=True)
    rows = [one for one in told if one.differs or one.label != "Share of full time"]
    return render(request, "activities/compare.html", {"activity": activity, "other": other, "rows": rows})


@require_POST
def keep_both(request: HttpRequest, pk: int) -> HttpResponse:
    """The person says that these are two."""
    visit = visit_of(request)
    activity = get_object_or_404(Activity.objects.of(visit.user).kept(), pk=pk)
    actions.count_both(activity=activity, by=visit.user, at=visit.at, today=visit.today)
    messages.success(request, "Both activities are kept.")
    return redirect("activities:detail", pk)
