"""Who did what with the rules, when, before and after."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.plain_text import one_line
from certifications.models import RuleSet
from certifications.views.gate import writer
from renewals.impact.auditing import rule_events

_LONGEST = 18


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Newest first; of one rule set with `?rules=`, further back with `?before=`."""
    writer(request)
    chosen = one_line(request.GET.get("rules", ""))
    everywhere = RuleSet.objects.filter(employer=None)
    rule_set = get_object_or_404(everywhere, slug=chosen) if chosen else None
    before = request.GET.get("before", "")
    if before and not (before.isascii() and before.isdigit() and len(before) <= _LONGEST):
        raise Http404
    context = {
        "page": rule_events(rule_set, int(before) if before else None), "rule_set": rule_set, "newest": not before,
        "rule_sets": everywhere.select_related("body").order_by("body__name", "name"),
    }  # fmt: skip
    return render(request, "rules/audit.html", context)
