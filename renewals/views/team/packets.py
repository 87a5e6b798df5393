"""Renewal packets of people who share their activities: their employer may download them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from renewals.models import RenewalPacket
from renewals.packets.content import packet_from
from renewals.packets.making import packet_of
from renewals.teams.person import HeldSeen, held_seen

from ..packets import Printed, as_bundle, as_pdf, trimmed
from .place import Place, place_of


@require_safe
def pdf(request: HttpRequest, held_id: int) -> HttpResponse:
    """The packet of the running period as it is today."""
    place = place_of(request)
    return as_pdf(trimmed(request, _running(place, _seen(place, held_id))))


@require_safe
def evidence(request: HttpRequest, held_id: int) -> HttpResponseBase:
    """The same with its files, where the person shares them."""
    place = place_of(request)
    seen = _seen(place, held_id, files=True)
    return as_bundle(request, trimmed(request, _running(place, seen)), _back(place, held_id))


@require_safe
def kept_pdf(request: HttpRequest, held_id: int, number: int) -> HttpResponse:
    """The packet of a closed period, without what other employers said."""
    return as_pdf(trimmed(request, _kept(_seen(place_of(request), held_id), number)))


@require_safe
def kept_evidence(request: HttpRequest, held_id: int, number: int) -> HttpResponseBase:
    """The same with its files, where the person shares them."""
    place = place_of(request)
    found = _kept(_seen(place, held_id, files=True), number)
    return as_bundle(request, trimmed(request, found), _back(place, held_id))


def _seen(place: Place, held_id: int, *, files: bool = False) -> HeldSeen:
    """A certification whose activities an employer may see today, and with `files` its evidence. 404 otherwise."""
    employers = sorted((one.employer for one in place.memberships), key=lambda one: one.pk != place.employer.pk)
    seen = held_seen(employers, held_id, place.today)
    if not seen.points or (files and not seen.shares_evidence):
        raise Http404
    return seen


def _running(place: Place, seen: HeldSeen) -> Printed:
    packet = packet_of(seen.counted, seen.stand.holding.held.user, on=place.today)
    return Printed(packet.seen_by(seen.membership.employer_id, evidence=seen.shares_evidence), place.now)


def _kept(seen: HeldSeen, number: int) -> Printed:
    held = seen.stand.holding.held
    row = get_object_or_404(RenewalPacket.objects.of(held.user), period__held=held, period__ordinal=number)
    packet = packet_from(row.canonical)
    shown = packet.seen_by(seen.membership.employer_id, evidence=seen.shares_evidence)
    return Printed(shown, row.frozen_at, bytes(row.pdf) if shown == packet else None)


def _back(place: Place, held_id: int) -> str:
    return reverse("team:held", args=[held_id]) + place.query
