"""What somebody holds is said here: as the three steps of a first visit, and later whenever something is added."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept_forms import take
from accounts.plain_text import one_line
from accounts.queries import invitations_to
from certifications.actions import AlreadyHeld
from certifications.models import Certification, HeldCertification, RenewalPeriod
from certifications.queries import as_the_catalogue_spells, catalogue_by_trade, holdings_of
from certifications.rules.dates import add_months
from renewals.access import overseen
from renewals.actions.held import start_holding, start_own
from renewals.actions.logged import log_several
from renewals.forms.holding import HoldForm
from renewals.forms.own import OwnForm
from renewals.forms.quick import MOST_MONTHS, QuickStart

from .visits import Visit, visit_of

_LONGEST_SEARCH = 100


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where signing in leads: home; for somebody who holds nothing, the work they have here, else the first step."""
    visit = visit_of(request)
    if HeldCertification.objects.of(visit.user).in_use().exists():
        return redirect("renewals:home")
    if overseen(visit.user, visit.today).exists():
        return redirect("team:board")
    if visit.user.is_rules_admin:
        return redirect("certifications:manage")
    if visit.user.is_site_admin:
        return redirect("manage:overview")
    if invitations_to(visit.user, visit.at).exists():
        return redirect("sharing:sharing")
    return redirect("renewals:start_certification")


@require_safe
def choose(request: HttpRequest, *, adding: bool) -> HttpResponse:
    """The catalogue, by trade; with a search that needs no script."""
    visit = visit_of(request)
    search = one_line(request.GET.get("q", ""))[:_LONGEST_SEARCH]
    everything = HeldCertification.objects.of(visit.user).with_certification()
    trades = catalogue_by_trade(search)
    meant = "" if trades else as_the_catalogue_spells(search)
    if meant:
        trades = catalogue_by_trade(meant)
    context = {
        "search": search,
        "meant": meant if trades else "",
        "trades": trades,
        "found": sum(len(trade.certifications) for trade in trades),
        "held": holdings_of(visit.user),
        "held_ids": set(everything.in_use().values_list("certification_id", flat=True)),
        "removed": _can_come_back(visit),
        **_around(adding),
    }
    return render(request, "renewals/start/choose.html", context)


def _can_come_back(visit: Visit) -> list[HeldCertification]:
    """What was given up and not added again since."""
    held = HeldCertification.objects.of(visit.user).with_certification()
    again = held.in_use().values("certification")
    return list(held.exclude(removed_at=None).exclude(certification__in=again).order_by("-removed_at")[:10])


@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, pk: int, *, adding: bool) -> HttpResponse:
    """Level and dates of a certification from the catalogue; the period is shown before it is kept."""
    visit = visit_of(request)
    certification = get_object_or_404(Certification.objects.catalogue().select_related("body"), pk=pk)
    already = HeldCertification.objects.of(visit.user).in_use().filter(certification=certification).first()
    if already:
        messages.info(request, f"{already} is in your list already.")
        return redirect("renewals:manage", already.pk) if adding else redirect("renewals:start_history")
    data = request.POST if request.method == "POST" else take(request)
    form = HoldForm(data, certification=certification, user=visit.user, today=visit.today)
    sound = form.is_valid()
    if request.method == "POST" and sound and form.agreed:
        return _hold(request, visit, form, adding)
    status = 422 if request.method == "POST" and form.errors else 200
    context = {"form": form, "certification": certification, "today": visit.today, **_around(adding)}
    return render(request, "renewals/start/hold.html", context, status=status)


def _hold(request: HttpRequest, visit: Visit, form: HoldForm, adding: bool) -> HttpResponse:
    said = form.cleaned_data
    try:
        period = start_holding(
            certification=form.certification, level=form.level, span=form.span, awarded_on=said.get("awarded"),
            birth=said.get("birth"), facts=form.answers, plain_need=said.get("need"), by=visit.user, at=visit.at,
            today=visit.today,
        )  # fmt: skip
    except AlreadyHeld as error:  # the same form, sent twice at once
        messages.info(request, str(error))
        return redirect("renewals:home")
    return _onward(request, period, adding)


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, *, adding: bool) -> HttpResponse:
    """A certification that the catalogue lacks."""
    visit = visit_of(request)
    data = request.POST if request.method == "POST" else take(request)
    name = one_line(request.GET.get("name", ""))[:_LONGEST_SEARCH]
    form = OwnForm(data, today=visit.today, initial={"nonce": uuid4(), "name": name})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        period = start_own(
            name=said["name"], nonce=said["nonce"], span=form.span, plain_need=said["need"], by=visit.user,
            at=visit.at, today=visit.today,
        )  # fmt: skip
        return _onward(request, period, adding)
    status = 422 if request.method == "POST" else 200
    return render(request, "renewals/start/own.html", {"form": form, **_around(adding)}, status=status)


def _onward(request: HttpRequest, period: RenewalPeriod, adding: bool) -> HttpResponse:
    """After something was added: to another one, to the next step, or to where it stands."""
    if request.POST.get("then") == "another":
        messages.success(request, f"{period.held} is added.")
        return redirect("renewals:add" if adding else "renewals:start_certification")
    if adding:
        messages.success(request, f"{period.held} is added.")
        return redirect("renewals:standing", period.held_id)
    return redirect("renewals:start_history")


def _around(adding: bool) -> dict[str, object]:
    """The addresses and the frame of a page that is one of the first steps, or not."""
    names = ("add", "add_certification", "add_own") if adding else (
        "start_certification", "start_hold", "start_own",
    )  # fmt: skip
    return {
        "adding": adding,
        "choose_url": reverse(f"renewals:{names[0]}"),
        "hold_name": f"renewals:{names[1]}",
        "own_url": reverse(f"renewals:{names[2]}"),
        "cancel_url": reverse("renewals:home"),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def history(request: HttpRequest) -> HttpResponse:
    """Second step: what was done before, from memory."""
    visit = visit_of(request)
    holdings = holdings_of(visit.user)
    first = min((holding.period.earns_from for holding in holdings), default=add_months(visit.today, -36))
    wants_work = any("field-time" in rule.kind for holding in holdings for rule in holding.document.kinds)
    data = request.POST if request.method == "POST" else take(request)
    quick = QuickStart(data, first=max(first, add_months(visit.today, -MOST_MONTHS)), today=visit.today,
                       field_time=wants_work)  # fmt: skip
    if request.method == "POST" and quick.is_valid():
        log_several(activities=quick.facts(), by=visit.user, at=visit.at, today=visit.today)
        return redirect("renewals:start_activity")
    context = {"form": quick, "since": first if holdings else None, "cancel_url": reverse("renewals:home")}
    return render(request, "renewals/start/history.html", context, status=422 if request.method == "POST" else 200)
