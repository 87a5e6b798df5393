"""The people of a team, one of them, and one of their certifications."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.plain_text import one_line
from renewals.access import visible_evidence
from renewals.actions.noting import note
from renewals.forms.team import NoteForm
from renewals.teams.people import people_page
from renewals.teams.person import held_seen, member_of, person_seen

from ..evidence import as_file
from .board import chosen
from .place import place_at, place_of


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who works there, and who is invited."""
    place = place_of(request)
    words = one_line(request.GET.get("q", ""))[:80]
    page = people_page(place.employer, place.today, place.now, words, request.GET.get("page", "1"))
    return render(
        request, "team/people.html", {"place": place, "found": page, "words": words, "chosen": chosen(request, "page")}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, membership_id: int) -> HttpResponse:
    """One person: certifications, and activities and evidence as far as they share them; and notes."""
    place = place_of(request)
    membership = member_of([one.employer for one in place.memberships], membership_id, place.today)
    place = place_at(request, membership.employer_id)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        note(membership=membership, text=form.cleaned_data["text"], by=place.user, at=place.now)
        messages.success(request, f"Your note is saved. {membership.user.name} can read it.")
        return redirect(reverse("team:person", args=[membership.pk]) + place.query)
    seen = person_seen(membership, place.today, request.GET.get("page", "1"))
    context = {"place": place, "seen": seen, "form": form, "chosen": chosen(request, "page")}
    return render(request, "team/person.html", context, status=422 if form.errors else 200)


@require_safe
def held(request: HttpRequest, held_id: int) -> HttpResponse:
    """Every counted and lost point of one certification, as far as the person shares points."""
    place = place_of(request)
    employers = [one.employer for one in place.memberships]
    employers.sort(key=lambda one: one.pk != place.employer.pk)
    seen = held_seen(employers, held_id, place.today)
    return render(request, "team/held.html", {"place": place_at(request, seen.membership.employer_id), "seen": seen})


@require_safe
def evidence(request: HttpRequest, membership_id: int, evidence_id: int) -> HttpResponseBase:
    """A file that somebody of the team shares, to be saved."""
    place = place_of(request)
    membership = member_of([one.employer for one in place.memberships], membership_id, place.today)
    return as_file(get_object_or_404(visible_evidence(membership, place.today), pk=evidence_id))
