"""Is anything stuck? Jobs, mails on their way, the broker, and the switch that holds sending."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from kombu.exceptions import OperationalError

from accounts import clock
from accounts.actions.operations import hold_sending, release_sending
from accounts.broker import broker
from accounts.kept_forms import take
from accounts.models import JobRun, User
from accounts.switches import sending_held
from renewals.forms.manage import HoldForm
from renewals.operating.jobs import Job, jobs
from renewals.operating.mails import post

from .gate import for_site_admins

_RUNS = 50


@require_safe
@for_site_admins
def show(request: HttpRequest) -> HttpResponse:
    """Everything at one glance. Nothing here needs the broker: one that is down is told as such."""
    at = clock.now()
    context = {
        "jobs": (listed := jobs(settings.CELERY_BEAT_SCHEDULE, at)), "post": post(at), "held": sending_held(),
        "broker": broker(), "at": at, "late": [job for job in listed if job.late_by],
        "failed": [job for job in listed if job.failed], "idle": all(job.next_at is None for job in listed),
    }  # fmt: skip
    return render(request, "manage/overview.html", context)


@require_safe
@for_site_admins
def job(request: HttpRequest, name: str) -> HttpResponse:
    """The last runs of one job."""
    found = _job(name)
    runs = JobRun.objects.filter(job=name).order_by("-started_at", "-pk")[:_RUNS]
    return render(request, "manage/job.html", {"job": found, "runs": runs})


@require_POST
@for_site_admins
def run(request: HttpRequest, name: str) -> HttpResponse:
    """Ring for a job now. It asks the database what there is to do, so once more does no harm."""
    found = _job(name)
    try:
        import_string(found.task).delay()
    except OperationalError:
        messages.warning(request, f"{found.label} was not started: the broker does not answer.")
    else:
        messages.success(request, f"{found.label} is asked for. A worker takes it up within a minute.")
    return redirect("manage:overview")


@require_http_methods(["GET", "HEAD", "POST"])
@for_site_admins
def sending(request: HttpRequest) -> HttpResponse:
    """Hold all sending, with a reason, or let it go on."""
    at, user, held = clock.now(), cast(User, request.user), sending_held()
    form: Any = HoldForm(request.POST if request.method == "POST" else take(request))
    if request.method == "POST" and "release" in request.POST:
        release_sending(by=user, at=at)
        messages.success(request, "Sending goes on. What waits leaves with the next sweep.")
        return redirect("manage:overview")
    if request.method == "POST" and form.is_valid():
        hold_sending(reason=form.cleaned_data["reason"], by=user, at=at)
        messages.success(request, "Sending is held. Nothing leaves until somebody lets it go on.")
        return redirect("manage:overview")
    if held:
        form = HoldForm()
    context = {"form": form, "held": held, "post": post(at)}
    return render(request, "manage/sending.html", context, status=422 if form.is_bound and form.errors else 200)


def _job(name: str) -> Job:
    found = next((job for job in jobs(settings.CELERY_BEAT_SCHEDULE, clock.now()) if job.name == name), None)
    if found is None:
        raise Http404
    return found
