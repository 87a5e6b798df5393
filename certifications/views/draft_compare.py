"""What differs between two states of a rule set: any two versions, or the draft and what it starts from."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from certifications.comparing import Side, compare_raw, sides_of
from certifications.models import RuleDraft, RuleSet
from certifications.rules.writing import text_of

from .gate import draft_of, writer


@require_safe
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft beside the version it starts from."""
    found = draft_of(request, pk)
    old = f"v{found.base.number}" if found.base else ""
    new = "draft" if found.in_work else f"v{found.version.number}" if found.version else ""
    return redirect(f"{reverse('certifications:compare', args=[found.rule_set.slug])}?old={old}&new={new}")


@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two states of a rule set, chosen by `old` and `new`, in plain words and as text."""
    writer(request)
    rule_set = get_object_or_404(RuleSet.objects.filter(employer=None).select_related("body"), slug=slug)
    sides = sides_of(rule_set)
    old, new = _chosen(sides, request.GET.get("old", ""), request.GET.get("new", ""))
    context = {
        "rule_set": rule_set, "sides": sides, "old": old, "new": new,
        "compared": compare_raw(old.raw, new.raw) if old and new else None,
        "draft": RuleDraft.objects.in_work().filter(rule_set=rule_set).first(),
    }  # fmt: skip
    return render(request, "rules/compare.html", context)


@require_safe
def side_file(request: HttpRequest, slug: str, side: str) -> HttpResponse:
    """A version, or the draft in work, as a file that can be imported."""
    writer(request)
    rule_set = get_object_or_404(RuleSet.objects.filter(employer=None), slug=slug)
    found = next((one for one in sides_of(rule_set) if one.key == side), None)
    if found is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{side}.toml"'}
    return HttpResponse(text_of(found.raw), content_type="application/toml; charset=utf-8", headers=headers)


def _chosen(sides: list[Side], old: str, new: str) -> tuple[Side | None, Side | None]:
    """The two that are asked for; else the newest and the one before it."""
    known = {side.key: side for side in sides}
    chosen = known.get(new) or (sides[-1] if sides else None)
    before = [side for side in sides if side is not chosen]
    return known.get(old) or (before[-1] if before else None), chosen
