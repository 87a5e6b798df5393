"""What an employer asks for beside the certifying body, and what it eases for one person."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.kept_forms import take
from accounts.problems import EmployerProblem
from certifications.models import Adjustment, InHouseRequirement
from certifications.rules.in_house import wish_of
from renewals.access import people_of, visible_held
from renewals.actions.requiring import ask_in_house, change_in_house, ease, end_ease, end_in_house
from renewals.forms.requiring import AdjustForm, NewRequirement, RequirementForm, initial_of_wish
from renewals.in_house import for_team, running, version_on
from renewals.teams.person import member_of

from .place import Place, owned_place, place_at, place_of


@require_safe
def requirements(request: HttpRequest) -> HttpResponse:
    """What is asked for today, and what was."""
    place = place_of(request)
    rows = [(one, version_on(one, place.today)) for one in running(place.employer, place.today)]
    ended = InHouseRequirement.objects.filter(employer=place.employer, ended_on__lte=place.today)
    context = {
        "place": place, "rows": rows,
        "ended": ended.select_related("certification", "level", "rule_set").order_by("-ended_on", "-pk"),
    }  # fmt: skip
    return render(request, "team/requirements.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new requirement."""
    place = owned_place(request)
    posted = request.POST if request.method == "POST" else take(request)
    form = NewRequirement(
        posted, request.FILES or None, employer=place.employer, today=place.today,
        initial={"since": place.today.replace(month=1, day=1), "months": "12"},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        certification, level = form.chosen
        try:
            ask_in_house(
                employer=place.employer, certification=certification, level=level, document=form.rules,
                since=form.cleaned_data["since"], by=place.user, at=place.now,
            )  # fmt: skip
        except EmployerProblem as problem:
            form.add_error("certification", str(problem))
        else:
            messages.success(request, "The requirement is in force. It is shown to everybody whom it concerns.")
            return redirect(place.url("team:requirements"))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "team/requirement.html", {"place": place, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def requirement(request: HttpRequest, pk: int) -> HttpResponse:
    """New rules for a requirement, as its next version."""
    place = owned_place(request)
    kept = _running(place, pk)
    last = kept.rule_set.versions.order_by("-number").first()
    if last is None:
        raise Http404
    form = RequirementForm(
        request.POST if request.method == "POST" else take(request), request.FILES or None, version=last.number + 1,
        day=place.today, initial=initial_of_wish(wish_of(last.document)),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            change_in_house(
                requirement=kept, document=form.rules, seen=_number(request), by=place.user, at=place.now,
                today=place.today,
            )  # fmt: skip
        except EmployerProblem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "The new rules are in force from today.")
            return redirect(place.url("team:requirements"))
    context = {
        "place": place, "form": form, "requirement": kept, "version": last,
        "seen": request.POST.get("seen", "") if request.method == "POST" else last.number,
        "uploaded": wish_of(last.document) is None,
    }  # fmt: skip
    return render(request, "team/requirement.html", context, status=422 if form.is_bound and form.errors else 200)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for it no longer."""
    place = owned_place(request)
    end_in_house(requirement=_running(place, pk), by=place.user, at=place.now, today=place.today)
    messages.success(request, "The requirement has ended. It stays on record.")
    return redirect(place.url("team:requirements"))


@require_http_methods(["GET", "HEAD", "POST"])
def adjust(request: HttpRequest, membership_id: int, held_id: int) -> HttpResponse:
    """Ease the requirement for one person, and see what was eased before."""
    place = place_of(request)
    membership = member_of([one.employer for one in place.memberships], membership_id, place.today)
    place = place_at(request, membership.employer_id)
    mine = visible_held(place.employer, place.today).filter(user=membership.user_id)
    held = get_object_or_404(mine.select_related("certification__body", "level"), pk=held_id)
    form = AdjustForm(request.POST if request.method == "POST" else take(request))
    if request.method == "POST" and form.is_valid():
        try:
            ease(membership=membership, held=held, by=place.user, at=place.now, **form.cleaned_data)
        except EmployerProblem as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, f"It is eased. {membership.user.name} reads the reason.")
            return redirect(place.url("team:adjust", membership_id, held_id))
    rows = Adjustment.objects.filter(membership=membership, held=held).select_related("made_by").order_by("-pk")
    context = {
        "place": place, "membership": membership, "held": held, "form": form, "rows": rows,
        "one": for_team(place.employer, [held], place.today).get(held.pk), "points": membership.shares_activities,
        "own": membership.user_id == place.user.pk,
    }  # fmt: skip
    return render(request, "team/adjust.html", context, status=422 if form.is_bound and form.errors else 200)


@require_POST
def adjustment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End an adjustment; it stays on record."""
    place = place_of(request)
    mine = [one.employer_id for one in place.memberships]
    here = Adjustment.objects.filter(membership__employer__in=mine).select_related("membership")
    adjustment = get_object_or_404(here, pk=pk)
    place = place_at(request, adjustment.membership.employer_id)
    get_object_or_404(people_of(place.employer, place.today), pk=adjustment.membership_id)
    get_object_or_404(visible_held(place.employer, place.today), pk=adjustment.held_id)
    try:
        end_ease(adjustment=adjustment, by=place.user, at=place.now)
    except EmployerProblem as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, "The adjustment has ended.")
    return redirect(place.url("team:adjust", adjustment.membership_id, adjustment.held_id))


def _running(place: Place, pk: int) -> InHouseRequirement:
    return get_object_or_404(running(place.employer, place.today), pk=pk)


def _number(request: HttpRequest) -> int:
    """The version the form was opened on; a broken one counts as an old one."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
