"""One held certification: will it renew on time, and why is the number what it is? And: what if?"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from certifications.models import HeldCertification
from certifications.queries import Holding, holdings
from renewals import actions
from renewals.explaining import SHOWN, SORTED
from renewals.in_house import for_person
from renewals.planner import query_of
from renewals.plans import Plan, read_plan
from renewals.queries import Stand, Uncounted, stand_of
from renewals.standing_page import page_of

from .planner import Planner
from .visits import Visit, visit_of


@require_safe
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """The standing page, with the plan that its address holds."""
    visit = visit_of(request)
    holding = _holding(visit, pk)
    stand = stand_of(holding, visit.today)
    if isinstance(stand, Uncounted):
        return render(request, "renewals/uncounted.html", {"one": stand, "held": holding.held})
    planner = Planner(request, visit, stand)
    answer = planner.added() or _page(request, visit, stand, planner)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@require_POST
def save_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the plan; without lines the one that was kept is removed."""
    visit = visit_of(request)
    held = _holding(visit, pk).held
    lines = read_plan(request.POST.getlist("plan"), visit.today)
    actions.save_plan(held=held, lines=lines, by=visit.user, at=visit.at, today=visit.today)
    done = "Your plan is saved. The forecast uses it." if lines else "Your plan is removed."
    messages.success(request, done)
    return redirect(f"{reverse('renewals:standing', args=[pk])}#plan")


def _holding(visit: Visit, pk: int) -> Holding:
    held = get_object_or_404(HeldCertification.objects.of(visit.user).in_use(), pk=pk)
    [holding] = holdings([held.pk])
    return holding


def _page(request: HttpRequest, visit: Visit, stand: Stand, planner: Planner) -> HttpResponse:
    show, sort = request.GET.get("show", ""), request.GET.get("sort", "")
    show, sort = show if show in SHOWN else "all", sort if sort in SORTED else "newest"
    form = planner.invalid
    context = {
        "page": page_of(stand, show, sort),
        "in_house": for_person(visit.user, stand.holding.held, visit.today),
        "today": visit.today,
        "form": form,
        "choices": _choices(planner.lines, show, sort) if request.GET else _choices(None, show, sort),
        "show": show,
        "sort": sort,
        "planned_total": stand.standing.forecast.total if stand.plan else None,
        **planner.context(),
    }
    return render(request, "renewals/standing.html", context, status=422 if form else 200)


def _choices(lines: Plan | None, show: str, sort: str) -> dict[str, list[dict[str, Any]]]:
    """The links of filter and order; they keep each other and the plan."""

    def link(**chosen: str) -> str:
        words = urlencode({"show": show, "sort": sort, **chosen})
        return f"?{words}{'' if lines is None else '&' + query_of(lines)}#ledger"

    return {
        "shown": [{"label": label, "url": link(show=key), "current": key == show} for key, label in SHOWN.items()],
        "sorted": [{"label": label, "url": link(sort=key), "current": key == sort} for key, label in SORTED.items()],
    }
