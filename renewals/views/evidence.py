"""Files that prove an activity: add, download, take away, bring back."""

from __future__ import annotations

import structlog
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.kept_forms import take
from activities.actions import ActivityClosed
from activities.evidence import SENTENCES, BadEvidence, Trouble, sentence, storage
from activities.models import Activity, Evidence
from renewals import actions
from renewals.forms.evidence import EvidenceForm

from .visits import visit_of

# Whatever the file holds, a browser must do nothing with it but save it.
LOCKED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a photo or a PDF to an activity that is saved already."""
    visit = visit_of(request)
    activity = get_object_or_404(Activity.objects.of(visit.user).kept(), pk=pk)
    sent = request.method == "POST"
    form = EvidenceForm(request.POST if sent else take(request), request.FILES if sent else None, owner=visit.user)
    troubles = form.troubles if sent else []
    if sent and form.is_valid():
        checked, staged = form.checked, form.staged
        failed = actions.add_evidence(
            activity=activity, checked=checked, staged=staged, by=visit.user, at=visit.at, today=visit.today
        )
        troubles = [*form.troubles, *failed]
        if len(failed) == len(checked) + len(staged):
            form.add_error("file", SENTENCES[failed[0]])
        else:
            return _stored(request, activity, troubles)
    context = {
        "form": form,
        "activity": activity,
        "staged": form.staged,
        "why": sentence(request.GET.get("file", "")),
        "cancel_url": reverse("activities:detail", args=[pk]),
    }
    answer = render(request, "activities/evidence.html", context, status=422 if form.errors else 200)
    if troubles:
        # For the script that sends a photo after its activity is saved.
        answer["X-Trouble"] = troubles[0].value
    return answer


def _stored(request: HttpRequest, activity: Activity, troubles: list[Trouble]) -> HttpResponse:
    """On to the activity; or back for another try, when only some of the files were good."""
    messages.success(request, "The file is stored.")
    if troubles:
        return redirect(f"{reverse('activities:evidence_add', args=[activity.pk])}?file={troubles[0].value}")
    if request.GET.get("back") == "list":
        return redirect(f"{reverse('activities:list')}?show=unproven")
    return redirect("activities:detail", activity.pk)


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file itself, for its owner, to be saved and never shown in the page's name."""
    return as_file(get_object_or_404(Evidence.objects.of(visit_of(request).user).stored(), pk=pk))


def as_file(evidence: Evidence) -> FileResponse:
    """Its bytes, to be saved and never shown in the page's name. 404 where they are gone."""
    try:
        file = storage.get(evidence.sha256)
    except FileNotFoundError:
        structlog.get_logger(__name__).error("evidence_bytes_missing", evidence=evidence.pk)
        raise Http404("its bytes are gone") from None
    return FileResponse(
        file, as_attachment=True, filename=evidence.name, content_type=evidence.media_type, headers=LOCKED
    )


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file away; the page after it offers to bring it back."""
    visit = visit_of(request)
    evidence = get_object_or_404(Evidence.objects.of(visit.user).stored(), pk=pk)
    activity = _proven_by(evidence)
    try:
        actions.take_away(evidence=evidence, activity=activity, by=visit.user, at=visit.at, today=visit.today)
    except ActivityClosed as error:
        messages.warning(request, str(error))
        return redirect("activities:detail", activity.pk)
    return redirect(f"{reverse('activities:detail', args=[activity.pk])}?removed={evidence.pk}")


@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back a file that was taken away."""
    visit = visit_of(request)
    evidence = get_object_or_404(Evidence.objects.filter(user=visit.user).stored(), pk=pk)
    activity = _proven_by(evidence)
    try:
        actions.bring_back(evidence=evidence, activity=activity, by=visit.user, at=visit.at, today=visit.today)
    except BadEvidence as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "The file is back.")
    return redirect("activities:detail", activity.pk)


def _proven_by(evidence: Evidence) -> Activity:
    activity = evidence.activities.filter(deleted_at=None).order_by("pk").first()
    if activity is None:
        raise Http404("it proves nothing that is kept")
    return activity
