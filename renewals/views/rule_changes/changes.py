"""What changed for me? A version beside the one before it, and what it does to the reader (S24)."""

from __future__ import annotations

from typing import cast

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.models import User
from certifications.models import RuleSetVersion
from renewals.impact.explanation import paragraphs
from renewals.impact.publication import changed_rules
from renewals.impact.telling import personal, version_before

_IN_FORCE = (RuleSetVersion.Status.PUBLISHED, RuleSetVersion.Status.SUPERSEDED)


@require_safe
def changes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """For anybody signed in: the own total before and after, then all that differs."""
    told = Q(status__in=_IN_FORCE) | Q(status=RuleSetVersion.Status.WITHDRAWN, rule_change__isnull=False)
    found = RuleSetVersion.objects.filter(told).of_bodies().select_related("rule_set__body")
    version = get_object_or_404(found, rule_set__slug=slug, number=number)
    if version.status == RuleSetVersion.Status.WITHDRAWN:
        return render(request, "rules/taken_back.html", {"version": version})
    user = cast(User, request.user)
    today = clock.today(user)
    before = version_before(version)
    mine = personal(user, version, before, today) if before else []
    context = {
        "version": version, "before": before, "today": today,
        "changes": changed_rules(before.document, version.document) if before else [],
        "mine": mine, "affected": [one for one in mine if one.affects],
        "words": paragraphs(version.explanation),
        "unknown": [one for one in mine if one.compared is None],
    }  # fmt: skip
    return render(request, "rules/changes.html", context)
