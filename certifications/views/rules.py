"""The rules in plain words, for everybody who has signed in. Drafts are for those who write rules."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.models import User
from certifications.models import RuleSetVersion
from certifications.protections import Protections
from certifications.rules.wording import Section, sections
from certifications.rules.wording.period import DECIDED


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule set that is live, by certifying body: the version in force first, then scheduled and earlier ones."""
    today = clock.today(cast(User, request.user))
    live = RuleSetVersion.objects.live().of_bodies().select_related("rule_set__body")
    ahead = Case(When(in_force_from__gt=today, then=Value(1)), default=Value(0))
    ordered = live.order_by("rule_set__body__name", "rule_set__name", "rule_set", ahead, "-in_force_from", "-number")
    return render(request, "certifications/rules.html", {"versions": list(ordered), "today": today})


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version, whole: what is needed, what counts, every cap, each with its source."""
    live = RuleSetVersion.objects.live().of_bodies().select_related("rule_set__body")
    found = get_object_or_404(live, rule_set__slug=slug, number=number)
    others = RuleSetVersion.objects.live().filter(rule_set=found.rule_set).exclude(pk=found.pk)
    said = [_with_terms(found, section) for section in sections(found.document)]
    context = {
        "version": found,
        "scheduled": found.in_force_from > clock.today(cast(User, request.user)),
        "sections": said,
        "unsure": any(one.check for section in said for one in section.every),
        "others": others.order_by("-in_force_from"),
        "certifications": found.rule_set.certifications.order_by("name"),
    }
    return render(request, "certifications/version.html", context)


def _with_terms(version: RuleSetVersion, section: Section) -> Section:
    """Whom a version reaches was decided when it was published; then that stands in the place of its own sentence."""
    if not version.protections:
        return section
    known = {pattern.split("{", maxsplit=1)[0] for pattern in DECIDED.values()}
    terms = " ".join(Protections.of(version.protections).words(version.in_force_from))
    return replace(
        section,
        said=tuple(
            replace(one, text=terms) if any(one.text.startswith(start) for start in known) else one
            for one in section.said
        ),
    )
