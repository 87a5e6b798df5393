"""Who was at a class that is logged: adding people, and taking others off it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.kept_forms import take
from accounts.problems import EmployerProblem
from activities.actions import AttendanceChange, StaleClass
from activities.models import Evidence
from renewals.actions.classes import change_people
from renewals.forms.attending import ClassPeople

from ..log import keep_files
from ..visits import visit_of
from .classes import count_people, session_at


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Add people to a class, or take them off it. Whoever changed or declined theirs keeps what they have."""
    session, place = session_at(request, pk)
    back = place.url("team:class", pk)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (take(request), None)
    form = ClassPeople(data, files, session=session, employer=place.employer, by=place.user, today=place.today)
    staged: list[Evidence] = []
    if request.method == "POST":
        good = form.is_valid()
        staged = keep_files(visit_of(request), form)
        if good:
            try:
                change = change_people(
                    session=session, add=form.added, remove=form.removed, proof=staged, by=place.user, at=place.now,
                    today=place.today,
                )  # fmt: skip
            except EmployerProblem as problem:
                form.add_error("people", str(problem))
            except StaleClass:
                messages.warning(request, "This class was withdrawn meanwhile. Log it anew.")
                return redirect(back)
            else:
                _tell(request, change, bool(form.troubles))
                return redirect(back)
    elif session.withdrawn_at:
        messages.warning(request, "This class is withdrawn. Log it anew.")
        return redirect(back)
    context = {
        "place": place, "session": session, "form": form, "troubles": form.troubles,
        "staged": staged or (form.staged if data else []),
    }  # fmt: skip
    return render(request, "team/class_people.html", context, status=422 if request.method == "POST" else 200)


def _tell(request: HttpRequest, change: AttendanceChange, lost_file: bool) -> None:
    """Count everybody whom it concerns, and say who was added, who was taken off, and who was not."""
    count_people(user.pk for user in (*change.added, *change.removed))
    said = [
        f"{word}: {', '.join(user.name for user in people)}."
        for word, people in (("Added", change.added), ("Taken off", change.removed))
        if people
    ]
    messages.success(request, " ".join(said) or "Nobody was added or taken off.")
    if change.left_out:
        kept = "; ".join(f"{user.name} ({why})" for user, why in change.left_out)
        messages.warning(request, f"Not taken off: {kept}.")
    if lost_file and change.added:
        messages.warning(request, "The file was not kept, so those you added do not have it as evidence.")
