"""What changed for me? A version beside the one before it, and what it does to the reader (S24)."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.models import User
from certifications.models import RuleSetVersion
from renewals.impact.publication import changed_rules
from renewals.impact.telling import personal, version_before


@require_safe
def changes(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """For anybody signed in: the own total before and after, then all that differs."""
    live = RuleSetVersion.objects.live().of_bodies().select_related("rule_set__body")
    version = get_object_or_404(live, rule_set__slug=slug, number=number)
    user = cast(User, request.user)
    today = clock.today(user)
    before = version_before(version)
    mine = personal(user, version, today) if before else []
    context = {
        "version": version, "before": before, "today": today,
        "changes": changed_rules(before.document, version.document) if before else [],
        "mine": mine, "affected": [one for one in mine if one.affects],
        "unknown": [one for one in mine if one.compared is None],
    }  # fmt: skip
    return render(request, "rules/changes.html", context)
