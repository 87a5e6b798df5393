"""One held certification: correct it, move it, step up, give it up and take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.kept_forms import take
from certifications.actions import AlreadyHeld, PeriodClosed, PeriodsOverlap
from certifications.models import HeldCertification, RenewalPeriod
from certifications.queries import Holding, holdings
from renewals.actions.held import correct, give_up, move, step_up
from renewals.actions.held import take_back as take_back_action
from renewals.forms.facts import answered
from renewals.forms.managing import DetailsForm, LevelForm, PeriodForm
from renewals.queries import stands
from renewals.renewal import ways_back

from .visits import Visit, visit_of


def holding_of(visit: Visit, pk: int) -> Holding:
    """A certification the visitor holds, with its open period; 404 for anything else."""
    found = holdings(HeldCertification.objects.of(visit.user).in_use().filter(pk=pk))
    if not found:
        raise Http404
    return found[0]


@require_safe
def manage(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that can be done with one held certification."""
    visit = visit_of(request)
    holding = holding_of(visit, pk)
    [stand] = stands([holding], visit.today)
    levels = holding.held.certification.levels.all()
    place = holding.held.level.position if holding.held.level else 0
    context = {
        "holding": holding,
        "held": holding.held,
        "standing": stand.standing,
        "unit": holding.document.unit.many,
        "ways_back": ways_back(holding, visit.today),
        "questions": answered(holding.document.facts, holding.held.facts),
        "can_step_up": any(level.position > place for level in levels),
        "past": RenewalPeriod.objects.of(visit.user).filter(held=holding.held).exclude(closed_at=None)
        .order_by("-start"),
    }  # fmt: skip
    return render(request, "renewals/manage/manage.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, pk: int) -> HttpResponse:
    """Level, number, award date and answers."""
    visit = visit_of(request)
    holding = holding_of(visit, pk)
    data = request.POST if request.method == "POST" else take(request)
    form = DetailsForm(data, holding=holding, today=visit.today)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        correct(
            held=holding.held, level=form.level, number=said["number"], awarded_on=said["awarded"],
            facts=form.answers, birth=said.get("birth"), by=visit.user, at=visit.at, today=visit.today,
        )  # fmt: skip
        messages.success(request, "The details are saved.")
        return redirect("renewals:manage", pk)
    return _page(request, "renewals/manage/details.html", form, holding)


@require_http_methods(["GET", "HEAD", "POST"])
def period(request: HttpRequest, pk: int) -> HttpResponse:
    """The dates of the open period."""
    visit = visit_of(request)
    holding = holding_of(visit, pk)
    data = request.POST if request.method == "POST" else take(request)
    form = PeriodForm(data, period=holding.period, today=visit.today)
    if request.method == "POST" and form.is_valid():
        try:
            move(period=holding.period, span=form.span, by=visit.user, at=visit.at, today=visit.today)
        except (PeriodsOverlap, PeriodClosed) as error:  # another window renewed at this very moment
            form.add_error("starts", str(error))
        else:
            messages.success(request, "The dates are saved, and everything is counted again.")
            return redirect("renewals:manage", pk)
    return _page(request, "renewals/manage/period.html", form, holding)


@require_http_methods(["GET", "HEAD", "POST"])
def level(request: HttpRequest, pk: int) -> HttpResponse:
    """A higher level was passed."""
    visit = visit_of(request)
    holding = holding_of(visit, pk)
    if holding.held.level and request.POST.get("level") == holding.held.level.code:  # sent twice
        return redirect("renewals:standing", pk)
    data = request.POST if request.method == "POST" else take(request)
    form = LevelForm(data, holding=holding, today=visit.today)
    if not form.levels:
        raise Http404
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        step_up(
            held=holding.held, level=form.level, passed_on=said["passed_on"], log_it=said.get("log_it", False),
            nonce=said["nonce"], by=visit.user, at=visit.at, today=visit.today,
        )  # fmt: skip
        messages.success(request, f"You hold {holding.held} now.")
        return redirect("renewals:standing", pk)
    return _page(request, "renewals/manage/level.html", form, holding)


def _page(
    request: HttpRequest, template: str, form: DetailsForm | PeriodForm | LevelForm, holding: Holding
) -> HttpResponse:
    context = {
        "form": form,
        "holding": holding,
        "held": holding.held,
        "cancel_url": reverse("renewals:manage", args=[holding.held.pk]),
    }
    return render(request, template, context, status=422 if request.method == "POST" else 200)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a certification out of the list; the page that follows brings it back."""
    visit = visit_of(request)
    held = get_object_or_404(HeldCertification.objects.of(visit.user), pk=pk)
    give_up(held=held, by=visit.user, at=visit.at)
    return redirect("renewals:removed", pk)


@require_safe
def removed(request: HttpRequest, pk: int) -> HttpResponse:
    """What was removed, with its way back. Safe to load again."""
    visit = visit_of(request)
    held = get_object_or_404(HeldCertification.objects.of(visit.user).with_certification(), pk=pk)
    if held.removed_at is None:
        return redirect("renewals:manage", pk)
    return render(request, "renewals/manage/removed.html", {"held": held})


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a removed certification back, with all that belongs to it."""
    visit = visit_of(request)
    held = get_object_or_404(HeldCertification.objects.of(visit.user).with_certification(), pk=pk)
    try:
        take_back_action(held=held, by=visit.user, at=visit.at, today=visit.today)
    except AlreadyHeld as error:
        messages.info(request, str(error))
        return redirect("renewals:home")
    messages.success(request, f"{held} is back in your list.")
    return redirect("renewals:standing", pk)
