"""What exactly am I about to switch on? Handing in, approving, publishing, and withdrawing before the day (S23)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods
from kombu.exceptions import OperationalError

from accounts import clock
from accounts.models import User
from certifications.actions.drafts import DraftClosed
from certifications.drafting import examples_of, sent_back
from certifications.models import RuleDraft
from certifications.views.gate import draft_of, writer
from renewals.actions.publishing import NotReady, approve, hand_in, publish, send_back, withdraw_version
from renewals.impact.explanation import paragraphs
from renewals.impact.publication import may_approve, readiness
from renewals.models import Change, RuleChange, Simulation
from renewals.tasks import bring_into_effect, send_reminders

_STEPS = {"hand-in": hand_in, "approve": approve, "publish": publish}
_SAID = {
    "hand-in": "A second person can read and approve it now.",
    "approve": "You approved exactly this. It can be published.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The page to check before publishing; its buttons are the steps."""
    draft = draft_of(request, pk)
    if draft.version_id:
        return redirect("renewals:rule_change", draft.version_id)
    if not draft.in_work:
        return redirect("certifications:draft_compare", draft.pk)
    if request.method == "POST":
        return _step(request, draft)
    return render(request, "rules/publish.html", _context(draft, writer(request)))


def _step(request: HttpRequest, draft: RuleDraft) -> HttpResponse:
    user, now = writer(request), clock.now()
    do, digest = request.POST.get("do", ""), request.POST.get("digest", "")
    try:
        if do == "send-back":
            send_back(draft=draft, why=request.POST.get("why", "")[:300], by=user, at=now)
            messages.success(request, "It needs more work. It can be changed and handed in again.")
        elif do in _STEPS:
            done = _STEPS[do](draft=draft, digest=digest, by=user, at=now, today=clock.today(user))
            if isinstance(done, RuleChange):
                return _published(done)
            messages.success(request, _SAID[do])
    except NotReady as problem:
        for reason in problem.reasons:
            messages.warning(request, reason)
    except DraftClosed as closed:
        messages.warning(request, str(closed))
    return redirect("renewals:draft_publish", draft.pk)


def _published(change: RuleChange) -> HttpResponse:
    _ring(change if change.starts_on <= clock.today(change.published_by) else None)
    return redirect("renewals:rule_change", change.version_id)


def _ring(due: RuleChange | None = None) -> None:
    try:
        send_reminders.delay()
        if due:
            bring_into_effect.delay(due.pk)
    except OperationalError:
        pass  # both are found by the timetable


def _context(draft: RuleDraft, user: User) -> dict[str, Any]:
    today = clock.today(user)
    ready = readiness(draft, today)
    summary = ready.simulation.summary if ready.simulation else {}
    tried = examples_of(draft)
    affected = sum(summary.get(change, 0) for change in (Change.FEWER, Change.WORSE, Change.BETTER))
    people = ready.simulation.rows.affected().people() if ready.simulation else 0
    return {
        "uncounted": not ready.fresh or ready.simulation is None or ready.simulation.state != Simulation.State.DONE,
        "stale_words": ready.content and draft.explanation and draft.explained_digest != ready.content.digest,
        "draft": draft, "sent_back": sent_back(draft), "ready": ready, "affected": affected, "people": people,
        "summary": summary,
        "may_approve": may_approve(draft, user), "tests": len(tried), "passing": sum(one.holds for one in tried),
        "digest": ready.digest, "words": paragraphs(ready.explanation),
        "terms": ready.content.protections.words(ready.content.starts_on) if ready.content else [],
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def published(request: HttpRequest, pk: int) -> HttpResponse:
    """A version that was published here: when it starts, whom it was told, how far it is. `pk` is the version's."""
    user = writer(request)
    today = clock.today(user)
    found = RuleChange.objects.select_related(
        "version__rule_set__body", "version__author", "version__approved_by", "before", "simulation", "published_by"
    )
    change = get_object_or_404(found, version=pk)
    if request.method == "POST":
        try:
            why = request.POST.get("why", "")[:300]
            withdraw_version(change=change, why=why, by=user, at=clock.now(), today=today)
            messages.success(request, "The version is withdrawn. The rules stay as they are.")
            _ring()
        except NotReady as problem:
            messages.warning(request, str(problem))
        return redirect("renewals:rule_change", pk)
    withdrawable = change.state == RuleChange.State.SCHEDULED and change.starts_on > today
    words = paragraphs(change.version.explanation)
    context = {"change": change, "withdrawable": withdrawable, "words": words}
    return render(request, "rules/published.html", context)
