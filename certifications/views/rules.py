"""The rules in plain words, for everybody who has signed in. Drafts are for those who write rules."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from certifications.models import RuleSetVersion
from certifications.rules.wording import sections


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule set that is live, by certifying body."""
    live = RuleSetVersion.objects.live().of_bodies().select_related("rule_set__body")
    ordered = live.order_by("rule_set__body__name", "rule_set__name", "rule_set", "-in_force_from", "-number")
    return render(request, "certifications/rules.html", {"versions": list(ordered)})


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version, whole: what is needed, what counts, every cap, each with its source."""
    live = RuleSetVersion.objects.live().of_bodies().select_related("rule_set__body")
    found = get_object_or_404(live, rule_set__slug=slug, number=number)
    others = RuleSetVersion.objects.live().filter(rule_set=found.rule_set).exclude(pk=found.pk)
    said = sections(found.document)
    context = {
        "version": found,
        "sections": said,
        "unsure": any(one.check for section in said for one in section.every),
        "others": others.order_by("-in_force_from"),
        "certifications": found.rule_set.certifications.order_by("name"),
    }
    return render(request, "certifications/version.html", context)
