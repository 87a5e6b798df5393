"""What is to do before a renewal, the record that the certifying body renewed, and the periods that are closed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept_forms import take
from certifications.models import RenewalPeriod
from certifications.rules.dates import written
from renewals.actions import record_renewal
from renewals.forms.renewing import RenewalForm
from renewals.models import RenewalPacket
from renewals.packets.readiness import readiness_of
from renewals.queries import Uncounted, stand_of
from renewals.renewal import CannotRenew, explained, ways_back
from renewals.result import result_of

from .managing import holding_of
from .visits import visit_of


@require_http_methods(["GET", "HEAD", "POST"])
def renewal(request: HttpRequest, pk: int) -> HttpResponse:
    """What is still to do, the packet, and what recording the renewal does; then the renewal itself."""
    visit = visit_of(request)
    holding = holding_of(visit, pk)
    stand = stand_of(holding, visit.today)
    if isinstance(stand, Uncounted):
        return render(request, "renewals/uncounted.html", {"one": stand, "held": holding.held})
    context: dict[str, Any] = {
        "holding": holding,
        "held": holding.held,
        "standing": stand.standing,
        "unit": holding.document.unit.many,
        "ways_back": ways_back(holding, visit.today),
        "cancel_url": reverse("renewals:manage", args=[pk]),
    }
    if holding.period.never_ends:
        return render(request, "renewals/manage/nothing_to_renew.html", context)
    context["readiness"] = readiness_of(stand, visit.today)
    if request.POST.get("period", str(holding.period.pk)) != str(holding.period.pk):
        messages.info(request, "The renewal of that period is recorded already.")
        return redirect("renewals:standing", pk)
    data = request.POST if request.method == "POST" else take(request)
    form = RenewalForm(data, holding=holding, today=visit.today)
    sound = form.is_valid()
    if request.method == "POST" and sound and form.agreed:
        try:
            opened = record_renewal(
                period=holding.period, renewed_on=form.cleaned_data["renewed_on"], following=form.following,
                reference=form.cleaned_data["reference"], by=visit.user, at=visit.at, today=visit.today,
            )  # fmt: skip
        except CannotRenew as error:
            form.add_error("renewed_on", str(error).rstrip("."))
        else:
            messages.success(request, _recorded(opened))
            return redirect("renewals:standing", pk)
    context |= {"form": form}
    if form.renewal:
        context["explained"] = explained(form.renewal)
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "renewals/manage/renewal.html", context, status=status)


def _recorded(opened: RenewalPeriod) -> str:
    return f"The renewal is recorded. Your new period is {written(opened.start)} to {written(opened.last_day)}."


@require_safe
def past_period(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A closed period as it was frozen. It shows what was kept then and counts nothing."""
    visit = visit_of(request)
    periods = RenewalPeriod.objects.of(visit.user).exclude(closed_at=None)
    found = periods.select_related("held__certification", "held__level", "version__rule_set")
    period = get_object_or_404(found, held=pk, ordinal=number)
    packet = RenewalPacket.objects.of(visit.user).without_file().filter(period=period).first()
    context = {"period": period, "held": period.held, "result": result_of(period), "packet": packet}
    return render(request, "renewals/manage/past_period.html", context)
