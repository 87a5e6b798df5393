"""The renewal packet: looked at, downloaded, bundled with its evidence; of the running period and of closed ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from activities.queries import count_holdings
from certifications.queries import Holding
from renewals.models import RenewalPacket
from renewals.packets import bundle, printing
from renewals.packets.content import Packet, packet_from
from renewals.packets.making import packet_of

from .evidence import LOCKED
from .managing import holding_of
from .visits import visit_of

LEAVE_OUT = "leave-out"


@dataclass(frozen=True)
class Printed:
    """A packet with what is needed to hand it out: when it was made, and its PDF where that is kept."""

    packet: Packet
    at: datetime
    kept: bytes | None = None

    @property
    def pdf(self) -> bytes:
        return self.kept or printing.pdf_of(self.packet, at=self.at)


def packet_now(holding: Holding, today: date) -> Packet:
    """The packet of an open period as it would be sent today."""
    [counted] = count_holdings([holding], today)
    return packet_of(counted, holding.held.user, on=today)


def trimmed(request: HttpRequest, printed: Printed) -> Printed:
    """Without what does not count, where the reader leaves that out."""
    if not request.GET.get(LEAVE_OUT):
        return printed
    return Printed(printed.packet.without_appendix(), printed.at)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What the packet says, on a page that can be printed."""
    found = trimmed(request, _running(request, pk))
    return _page(request, found.packet, pk, {"renewal_url": reverse("renewals:renewal", args=[pk])})


@require_safe
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return as_pdf(trimmed(request, _running(request, pk)))


@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The packet with its files as a ZIP."""
    return as_bundle(request, trimmed(request, _running(request, pk)), reverse("renewals:renewal", args=[pk]))


@require_safe
def kept(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The packet of a closed period, as it was frozen."""
    found = trimmed(request, _kept(request, pk, number))
    return _page(request, found.packet, pk, {"number": number, "frozen_at": found.at})


@require_safe
def kept_pdf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The very PDF that was kept."""
    return as_pdf(trimmed(request, _kept(request, pk, number)))


@require_safe
def kept_evidence(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    found = trimmed(request, _kept(request, pk, number))
    return as_bundle(request, found, reverse("renewals:past_period", args=[pk, number]))


def as_pdf(printed: Printed) -> HttpResponse:
    """The PDF, to be saved."""
    response = HttpResponse(printed.pdf, content_type="application/pdf", headers=LOCKED)
    name = printing.file_name(printed.packet, "pdf")
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    return response


def as_bundle(request: HttpRequest, printed: Printed, back: str) -> HttpResponseBase:
    """The ZIP, to be saved; a page that says so where files cannot be added, unless the others will do."""
    lost = bundle.unreadable(printed.packet)
    if lost and not request.GET.get("others"):
        words = request.GET.copy()
        words["others"] = "1"
        context = {"lost": lost, "back": back, "others": f"?{words.urlencode()}"}
        return render(request, "renewals/packet/lost_files.html", context, status=409)
    name = printing.file_name(printed.packet, "zip")
    file = bundle.bundle_of(printed.packet, printed.pdf)
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip", headers=LOCKED)


def _running(request: HttpRequest, pk: int) -> Printed:
    visit = visit_of(request)
    return Printed(packet_now(holding_of(visit, pk), visit.today), visit.at)


def _kept(request: HttpRequest, pk: int, number: int) -> Printed:
    found = RenewalPacket.objects.of(visit_of(request).user)
    packet = get_object_or_404(found, period__held=pk, period__ordinal=number)
    return Printed(packet_from(packet.canonical), packet.frozen_at, bytes(packet.pdf))


def _page(request: HttpRequest, packet: Packet, pk: int, context: dict[str, Any]) -> HttpResponse:
    words = request.GET.urlencode()
    context |= {"packet": packet, "pk": pk, "facts": printing.facts(packet), "result": printing.result(packet),
                "lacking": printing.lacking(packet), "words": f"?{words}" if words else ""}  # fmt: skip
    return render(request, "renewals/packet/packet.html", context)
