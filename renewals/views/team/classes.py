"""Classes that an employer logs for many people: the list, a new one, one of them, correcting and withdrawing it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from kombu.exceptions import OperationalError

from accounts.kept_forms import take
from accounts.problems import EmployerProblem
from activities.actions import (
    ClassChange,
    StaleClass,
    facts_of,
)  # fmt: skip
from activities.models import Attendance, ClassSession, Evidence
from activities.queries import differences
from renewals.access import people_of
from renewals.actions.classes import correct_class, log_class, withdraw_class
from renewals.forms.classes import ClassFacts, NewClass, initial_of_class
from renewals.tasks import recount_people

from ..log import keep_files
from ..visits import visit_of
from .board import chosen
from .place import Place, place_at, place_of

PAGE = 25
# So many are counted before the page is shown; the others follow in the background.
_AT_ONCE = 25


@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    """All classes, newest first."""
    place = place_of(request)
    declined = Count("attendances", filter=Q(attendances__state=Attendance.State.DECLINED))
    found = (
        ClassSession.objects.filter(employer=place.employer)
        .annotate(people=Count("attendances"), declined=declined)
        .order_by("-on", "-pk")
    )
    page = Paginator(found, PAGE).get_page(request.GET.get("page", "1"))
    return render(request, "team/classes.html", {"place": place, "page": page, "chosen": chosen(request, "page")})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """One class for many people."""
    place = place_of(request)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (take(request), None)
    form = NewClass(data, files, employer=place.employer, by=place.user, today=place.today, initial={"on": place.today})
    staged: list[Evidence] = []
    if request.method == "POST":
        good = form.is_valid()
        staged = keep_files(visit_of(request), form)
        if good and (session := _saved(request, place, form, staged)):
            return redirect(place.url("team:class", session.pk))
    context = {
        "place": place,
        "form": form,
        "staged": staged or (form.staged if data else []),
        "troubles": form.troubles,
    }
    return render(request, "team/class_new.html", context, status=422 if request.method == "POST" else 200)


def _saved(request: HttpRequest, place: Place, form: NewClass, staged: list[Evidence]) -> ClassSession | None:
    try:
        session, is_new = log_class(
            employer=place.employer, facts=form.facts(), people=form.attending, proof=staged,
            nonce=form.form_nonce, by=place.user, at=place.now, today=place.today,
        )  # fmt: skip
    except EmployerProblem as problem:
        form.add_error("people", str(problem))
        return None
    if not is_new:
        messages.info(request, "You saved this class before. Correct it here, or log another one.")
        return session
    count_people(user.pk for user in form.attending)
    if form.troubles:
        messages.warning(request, "The class is saved. The file was not kept, so nobody has it as evidence.")
    number = len(form.attending)
    messages.success(request, f"The class is logged for {number} {'person' if number == 1 else 'people'}.")
    return session


@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One class: what it was, who was there, and what each of them made of it."""
    session, place = session_at(request, pk)
    here = set(people_of(place.employer, place.today).order_by().values_list("user", flat=True))
    rows = session.attendances.select_related("user", "activity").order_by("user__name", "user")
    people = [(row, row.user_id in here) for row in rows]
    declined = sum(row.state == Attendance.State.DECLINED for row, stays in people if stays)
    return render(
        request, "team/class.html", {"place": place, "session": session, "people": people, "declined": declined}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a class for everybody who left theirs as it was logged."""
    session, place = session_at(request, pk)
    if session.withdrawn_at:
        messages.warning(request, "This class is withdrawn. Log it anew.")
        return redirect(place.url("team:class", pk))
    posted = request.POST if request.method == "POST" else take(request)
    form = ClassFacts(posted, today=place.today, initial=initial_of_class(session))
    if request.method == "POST" and form.is_valid():
        facts = form.facts()
        try:
            change = correct_class(
                session=session, facts=facts, gone=_gone(session, place), version=_version(request),
                by=place.user, at=place.now,
            )  # fmt: skip
        except StaleClass as stale:
            return _choose(request, place, stale.current, form)
        _told(request, change, "The class is corrected")
        return redirect(place.url("team:class", pk))
    version = request.POST.get("version", "") if request.method == "POST" else session.version
    context = {"place": place, "session": session, "form": form, "version": version}
    return render(request, "team/class_edit.html", context, status=422 if form.is_bound and form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then take a class back."""
    session, place = session_at(request, pk)
    if request.method == "POST":
        change = withdraw_class(session=session, gone=_gone(session, place), by=place.user, at=place.now)
        _told(request, change, "The class is withdrawn")
        return redirect(place.url("team:class", pk))
    return render(request, "team/class_withdraw.html", {"place": place, "session": session})


def session_at(request: HttpRequest, pk: int) -> tuple[ClassSession, Place]:
    """A class of an employer that is overseen today. 404 for any other."""
    place = place_of(request)
    mine = [one.employer_id for one in place.memberships]
    session = get_object_or_404(ClassSession.objects.filter(employer__in=mine).select_related("made_by"), pk=pk)
    return session, place_at(request, session.employer_id)


def _gone(session: ClassSession, place: Place) -> frozenset[int]:
    """Who was there and works there no longer."""
    here = people_of(place.employer, place.today).order_by().values("user")
    return frozenset(session.attendances.exclude(user__in=here).values_list("user", flat=True))


def _version(request: HttpRequest) -> int:
    """The version the form was opened on; a broken one counts as an old one."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _choose(request: HttpRequest, place: Place, current: ClassSession, form: ClassFacts) -> HttpResponse:
    """Both versions beside each other; the person chooses."""
    changes = differences(asdict(facts_of(current)), asdict(form.facts()))
    left_out = ("csrfmiddlewaretoken", "version")
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in left_out]
    context = {
        "rows": [{"label": one.label, "saved": one.before, "yours": one.after} for one in changes],
        "fields": [*fields, ("version", current.version)],
        "action": request.get_full_path(),
        "saved_url": place.url("team:class", current.pk),
    }
    return render(request, "errors/409.html", context, status=409)


def _told(request: HttpRequest, change: ClassChange, what: str) -> None:
    """Count everybody whom it concerns, and say for whom it holds and for whom it does not."""
    count_people(user.pk for user in change.done)
    number = len(change.done)
    messages.success(request, f"{what} for {number} {'person' if number == 1 else 'people'}.")
    if change.left_out:
        said = "; ".join(f"{user.name} ({why})" for user, why in change.left_out)
        messages.warning(request, f"Not for {len(change.left_out)}: {said}.")


def count_people(people: Iterable[int]) -> None:
    ids = sorted(people)
    recount_people(ids[:_AT_ONCE])
    for start in range(_AT_ONCE, len(ids), _AT_ONCE):
        chunk = ids[start : start + _AT_ONCE]
        try:
            recount_people.delay(chunk)
        except OperationalError:
            recount_people(chunk)
