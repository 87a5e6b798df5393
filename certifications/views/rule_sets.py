"""The list of rule sets for those who write them, and how a draft begins."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.kept_forms import take
from accounts.plain_text import one_line
from certifications.actions.drafts import DraftExists, start_draft, start_rule_set
from certifications.forms.rule_sets import NewRuleSetForm
from certifications.models import RuleSetVersion
from certifications.shelf import blank, raw_of, shelf

from .gate import draft_of, writer


@require_safe
def manage(request: HttpRequest) -> HttpResponse:
    """Which rules are live, which are changing?"""
    user = writer(request)
    words = one_line(request.GET.get("q", ""))[:100]
    found = shelf(words, clock.today(user))
    context = {
        "found": found, "words": words, "live": sum(one.live is not None for one in found),
        "drafts": sum(one.draft is not None for one in found), "scheduled": sum(len(one.scheduled) for one in found),
    }  # fmt: skip
    return render(request, "rules/manage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin a rule set that there is none of yet."""
    user = writer(request)
    form = NewRuleSetForm(request.POST if request.method == "POST" else take(request))
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        raw = blank(name, clock.today(user), form.sample())
        draft = start_rule_set(
            body=form.cleaned_data["body"], name=name, certifications=[], raw=raw, by=user, at=clock.now()
        )
        messages.success(request, f"{name} is begun. Fill in one section after the other.")
        return redirect("certifications:draft_section", draft.pk, "basics")
    return render(request, "rules/new.html", {"form": form}, status=422 if form.is_bound and form.errors else 200)


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version of a rule set from one of its versions."""
    user = writer(request)
    base = get_object_or_404(RuleSetVersion.objects.of_bodies().select_related("rule_set"), pk=pk)
    try:
        draft = start_draft(rule_set=base.rule_set, raw=raw_of(base), base=base, by=user, at=clock.now())
    except DraftExists as exists:
        messages.info(request, f"{exists} Here it is.")
        return redirect("certifications:draft", exists.draft.pk)
    messages.success(request, f"The draft begins with {base}.")
    return redirect("certifications:draft", draft.pk)


@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with what was discarded, or published and withdrawn: a new draft with the same values."""
    left = draft_of(request, pk)
    if not left.dropped:
        return redirect("certifications:draft", left.pk)
    try:
        draft = start_draft(rule_set=left.rule_set, raw=left.raw, base=left.base, by=writer(request), at=clock.now())
    except DraftExists as exists:
        messages.info(request, f"{exists} Here it is.")
        return redirect("certifications:draft", exists.draft.pk)
    messages.success(request, "The draft begins with what was written before.")
    return redirect("certifications:draft", draft.pk)
