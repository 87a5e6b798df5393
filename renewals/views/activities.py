"""All activities, and one of them with its results, its evidence and its story."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from activities.models import Activity, Claim, Evidence
from activities.queries import alike, listed, overlapping, results_of, story_of, sums_of
from certifications.models import HeldCertification
from renewals.answers import answers_for
from renewals.confirmations import attendance_of, provenance_of
from renewals.forms.activity_filter import ActivityFilter
from renewals.models import Standing
from renewals.queries import overview

from .visits import Visit, visit_of

PER_PAGE = 25


@dataclass(frozen=True)
class Row:
    """An activity of the list with its kept result for each certification shown."""

    activity: Activity
    results: list[tuple[HeldCertification, Claim]]


@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    """Everything logged, newest first, 25 to a page; a fixed number of queries."""
    visit = visit_of(request)
    held = list(HeldCertification.objects.of(visit.user).in_use().with_certification().order_by("added_at", "pk"))
    form = ActivityFilter(request.GET, held)
    wanted = form.wanted
    found = listed(visit.user, wanted)
    page = Paginator(found, PER_PAGE).get_page(_page_number(request.GET))
    shown = [one for one in held if wanted.held in (None, one.pk)]
    only = shown[0] if len(shown) == 1 else None
    context = {
        "form": form,
        "wanted": wanted,
        "page": page,
        "rows": _rows(page, shown),
        "only": only,
        "sums": sums_of(found, only.pk) if only else None,
        "unit": _unit(only),
        "query": _query_without_page(request.GET),
        "deleted": _deleted(request, visit),
    }
    return render(request, "activities/list.html", context)


def _rows(page: Page[Activity], held: list[HeldCertification]) -> list[Row]:
    by_id = {one.pk: one for one in held}
    results = results_of(page.object_list, by_id)
    return [Row(one, [(by_id[claim.held_id], claim) for claim in results.get(one.pk, [])]) for one in page]


def _unit(only: HeldCertification | None) -> str:
    """The unit of the one certification shown, as its last count wrote it down."""
    kept = Standing.objects.filter(held=only).values_list("summary", flat=True).first() if only else None
    return str((kept or {}).get("unit", "points"))


def _page_number(query: QueryDict) -> int:
    """The page asked for; anything that is no page is the first, anything past the end the last."""
    text = query.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _query_without_page(query: QueryDict) -> str:
    kept = query.copy()
    for name in ("page", "deleted"):
        kept.pop(name, None)
    return kept.urlencode()


def _deleted(request: HttpRequest, visit: Visit) -> Activity | None:
    """The activity that was deleted just now, for the offer to bring it back."""
    text = request.GET.get("deleted", "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    return Activity.objects.of(visit.user).filter(pk=int(text), deleted_at__isnull=False).first()


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One activity: facts, evidence, the result for each certification with its steps, and what happened to it."""
    visit = visit_of(request)
    activity = get_object_or_404(Activity.objects.of(visit.user), pk=pk)
    if activity.deleted_at:
        return render(request, "activities/undone.html", {"activity": activity})
    stands, failed = overview(visit.user, visit.today)
    settled = activity.claims.filter(period__closed_at__isnull=False).select_related(
        "period", "held__certification", "held__level"
    )
    provenance = provenance_of(activity, visit.today)
    context = {
        "activity": activity,
        "provenance": provenance,
        "confirmed": any(one.state == "confirmed" for one in provenance),
        "attendance": attendance_of(activity),
        "answers": answers_for(activity, stands),
        "failed": failed,
        "settled": list(settled),
        "evidence": list(Evidence.objects.of(visit.user).stored().filter(activities=activity).order_by("pk")),
        "removed": _removed(request, visit, activity),
        "like": alike(activity),
        "overlaps": overlapping(activity),
        "story": story_of(activity),
    }
    return render(request, "activities/detail.html", context)


def _removed(request: HttpRequest, visit: Visit, activity: Activity) -> Evidence | None:
    """The file that was taken away just now, for the offer to bring it back."""
    text = request.GET.get("removed", "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    gone = Evidence.objects.filter(user=visit.user, activities=activity, removed_at__isnull=False)
    return gone.filter(pk=int(text)).first()
