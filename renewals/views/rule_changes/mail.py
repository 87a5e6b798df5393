"""What do we write to those whom a change of rules affects? The words, and the mail as one of them gets it (S23)."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from certifications.actions.drafts import Conflict, DraftClosed
from certifications.models import RuleDraft
from certifications.views.gate import draft_of, writer
from renewals.actions.publishing import NotReady, explain
from renewals.forms.rule_mail import ReadForm, RuleMailForm
from renewals.impact.explanation import paragraphs
from renewals.impact.publication import readiness
from renewals.reminding.rule_preview import preview


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """The words and the whole mail beside them; POST keeps other words, or puts the default ones back."""
    draft = draft_of(request, pk)
    if not draft.in_work:
        return redirect("renewals:draft_publish", draft.pk)
    if request.method != "POST":
        return _page(request, draft)
    return _put_back(request, draft) if request.POST.get("do") == "default" else _keep(request, draft)


def _keep(request: HttpRequest, draft: RuleDraft) -> HttpResponse:
    form = RuleMailForm(request.POST)
    if not form.is_valid():
        return _page(request, draft, form)
    try:
        _explain(request, draft, form.cleaned_data["text"], form.cleaned_data["lock_version"])
    except Conflict as conflict:
        # What was typed stays in the form; saved once more, it takes the place of what is stored now.
        again = {"text": form.cleaned_data["text"], "lock_version": conflict.draft.lock_version}
        return _page(request, conflict.draft, RuleMailForm(again), late=True)
    return redirect("renewals:draft_mail", draft.pk)


def _put_back(request: HttpRequest, draft: RuleDraft) -> HttpResponse:
    form = ReadForm(request.POST)
    try:
        if form.is_valid():
            _explain(request, draft, "", form.cleaned_data["lock_version"])
    except Conflict as conflict:
        messages.warning(request, f"{conflict} Read it again before you put the default text back.")
    return redirect("renewals:draft_mail", draft.pk)


def _explain(request: HttpRequest, draft: RuleDraft, text: str, read: int) -> None:
    user = writer(request)
    try:
        explain(draft=draft, text=text, lock_version=read, by=user, at=clock.now(), today=clock.today(user))
    except NotReady as problem:
        messages.warning(request, str(problem))
    except DraftClosed as closed:
        messages.warning(request, f"{closed} Nothing was saved.")
    else:
        messages.success(request, "The text is saved." if text else "The default text is back.")


def _page(
    request: HttpRequest, draft: RuleDraft, form: RuleMailForm | None = None, *, late: bool = False
) -> HttpResponse:
    user = writer(request)
    today = clock.today(user)
    ready = readiness(draft, today)
    shown = preview(ready, user, today, request.GET.get("change", ""))
    context: dict[str, Any] = {
        "draft": draft, "ready": ready, "form": form or RuleMailForm.of(ready), "preview": shown, "late": late,
        "paragraphs": paragraphs(ready.explanation),
    }  # fmt: skip
    status = 409 if late else 422 if form else 200
    return render(request, "rules/mail.html", context, status=status)


@require_safe
@never_cache
@xframe_options_sameorigin
@csp({"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "frame-ancestors": ["'self'"]})
def as_it_looks(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML part alone, drawn inside the page. Its styles stand in its elements; nothing is loaded or run."""
    user, draft = writer(request), draft_of(request, pk)
    today = clock.today(user)
    shown = preview(readiness(draft, today), user, today, request.GET.get("change", "")) if draft.in_work else None
    if shown is None:  # nobody is known to be affected: the page says why
        return redirect("renewals:draft_mail", draft.pk)
    return HttpResponse(shown.mail.html.replace("<head>", '<head><base target="_top">', 1))
