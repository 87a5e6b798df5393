"""What needs action, and asking people to look at it."""

from __future__ import annotations

import structlog
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from kombu.exceptions import OperationalError

from accounts.mail import message
from accounts.models import Membership
from renewals.access import people_of
from renewals.forms.team import FilterForm, year_end
from renewals.reminding.asked import ask, letter_to
from renewals.tasks import send_reminders
from renewals.teams.at_risk import Recipient, at_risk, recipients

from .board import chosen
from .place import Place, place_of

MOST = 100

log = structlog.get_logger(__name__)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Everything that needs action, worst first."""
    place = place_of(request)
    form = FilterForm(request.GET, employer=place.employer, today=place.today)
    filters = form.filters()
    last = year_end(place.today)
    context = {
        "place": place, "form": form, "filters": filters, "last": last, "chosen": chosen(request, "page"),
        "found": at_risk(place.employer, place.today, filters, last, request.GET.get("page", "1")),
        "ticked": request.GET.get("select") == "all",
    }  # fmt: skip
    return render(request, "team/at_risk.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def remind(request: HttpRequest) -> HttpResponse:
    """First who would get which mail, then sending it."""
    place = place_of(request)
    people = _selected(request, place)
    if request.method == "POST" and people:
        asked = ask(memberships=people, by=place.user, at=place.now, today=place.today)
        _tell(request, people, asked)
        return redirect(place.url("team:at_risk"))
    found = recipients(people, place.today)
    first = next((one for one in found if one.reachable), None)
    context = {
        "place": place, "found": found, "back": place.url("team:at_risk"),
        "sending": [one for one in found if one.reachable],
        "left_out": [one for one in found if not one.reachable],
        "mail": message(letter_to(first, place.user)) if first else None,
    }  # fmt: skip
    return render(request, "team/remind.html", context)


def _selected(request: HttpRequest, place: Place) -> list[Membership]:
    """The people that were ticked, each once. 404 for all where one of them is not of this team."""
    sent = request.POST if request.method == "POST" else request.GET
    ids = set(sent.getlist("person"))
    if len(ids) > MOST or any(not (one.isascii() and one.isdigit() and len(one) <= 18) for one in ids):
        raise Http404
    people = list(people_of(place.employer, place.today).filter(pk__in=[int(one) for one in ids]))
    if len(people) != len({int(one) for one in ids}):
        raise Http404
    return people


def _tell(request: HttpRequest, people: list[Membership], asked: list[Recipient]) -> None:
    try:
        send_reminders.delay()
    except OperationalError:
        log.warning("broker_away", job="send-reminders")  # the rows wait: the timetable's next sweep sends them
    if asked:
        number = len(asked)
        said = "1 reminder is on its way." if number == 1 else f"{number} reminders are on their way."
        messages.success(request, said)
    reached = {one.membership.pk for one in asked}
    missed = [one.user.name for one in people if one.pk not in reached]
    if missed:
        number = len(missed)
        said = "1 reminder was not sent" if number == 1 else f"{number} reminders were not sent"
        messages.warning(request, f"{said}: {', '.join(missed)}.")
