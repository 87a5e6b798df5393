"""Log an activity, or field time. Saving never waits for a file, and a form that comes back has lost nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from accounts.kept_forms import take
from activities.actions import as_facts, stage_evidence
from activities.evidence import BadEvidence, Trouble, sentence
from activities.models import Activity, Evidence
from activities.queries import goes_on, last_block
from renewals import actions
from renewals.desk import Desk, desk_of
from renewals.forms import field_time as field_time_forms
from renewals.forms import log as log_forms
from renewals.forms.field_time import FieldTimeForm
from renewals.forms.files import WithFiles
from renewals.forms.log import LogForm
from renewals.forms.more import MoreFields
from renewals.queries import stands_of

from .visits import Visit, visit_of

_FIRST = "renewals/start/activity.html"


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, *, first: bool = False) -> HttpResponse:
    """The fast path: what kind, what, how long, when. `first`: as the last step of somebody who is new here."""
    page = _FIRST if first else "activities/log.html"
    visit = visit_of(request)
    desk = desk_of(visit.user)
    if request.method == "POST":
        form = LogForm(request.POST, request.FILES, desk=desk, today=visit.today)
        if form.is_field_time:
            typed = urlencode({"title": request.POST.get("title", "")[:200]})
            return redirect(f"{reverse('activities:field_time')}?{typed}")
        return _save(request, visit, form, page)
    kept = take(request)
    initial = log_forms.initial_for_new(desk, visit.today, request.GET)
    return _page(request, LogForm(kept, desk=desk, today=visit.today, initial=initial), page)


@require_http_methods(["GET", "HEAD", "POST"])
def field_time(request: HttpRequest) -> HttpResponse:
    """Field time, by its dates."""
    page = "activities/field_time.html"
    visit = visit_of(request)
    desk = desk_of(visit.user)
    if request.method == "POST":
        return _save(request, visit, FieldTimeForm(request.POST, request.FILES, desk=desk, today=visit.today), page)
    block = last_block(visit.user)
    initial = field_time_forms.initial_for_new(visit.today, request.GET, block)
    form = FieldTimeForm(take(request), desk=desk, today=visit.today, initial=initial)
    return _page(request, form, page, still=_still(block, visit))


def _still(block: Activity | None, visit: Visit) -> dict[str, Any] | None:
    """The form behind "Still at work there? Add up to today", where the last block ended lately."""
    if block is None or not goes_on(block, visit.today):
        return None
    initial = field_time_forms.initial_for_new(visit.today, QueryDict(), block)
    return {"block": block, "fields": {**initial, "title": block.title, "nonce": str(uuid4())}, "today": visit.today}


def _save(request: HttpRequest, visit: Visit, form: LogForm | FieldTimeForm, page: str) -> HttpResponse:
    if form.is_valid():
        facts = form.facts()
        activity = actions.log(
            facts=facts, nonce=form.form_nonce, by=visit.user, at=visit.at, today=visit.today, not_for=form.not_for
        )
        if as_facts(activity) == facts:
            troubles = add_files(visit, form, activity)
            return _to_starting_point(request, visit, troubles) if page == _FIRST else to_saved(activity, troubles)
        _say_saved_before(request, form, activity)
    return _page(request, form, page, staged=keep_files(visit, form), status=422)


def _say_saved_before(request: HttpRequest, form: MoreFields, activity: Activity) -> None:
    """The form was sent, changed and sent again: what is there stays, and a second one takes a second press."""
    form.add_error(
        None,
        format_html(
            'You saved this form before, as <a href="{}">{}</a>. Change that one, or save again to log another.',
            reverse("activities:edit", args=[activity.pk]), activity.title,
        ),
    )  # fmt: skip
    again = QueryDict(mutable=True)
    again.setlistdefault("nonce", [str(uuid4())])
    for name, values in request.POST.lists():
        again.setlistdefault(name, values)
    form.data = again


def add_files(visit: Visit, form: MoreFields, activity: Activity) -> list[Trouble]:
    """Store the files of a saved form; returns what went wrong with any of them."""
    checked, staged = form.checked, form.staged
    if not checked and not staged:
        return form.troubles
    failed = actions.add_evidence(
        activity=activity, checked=checked, staged=staged, by=visit.user, at=visit.at, today=visit.today
    )
    return [*form.troubles, *failed]


def keep_files(visit: Visit, form: WithFiles) -> list[Evidence]:
    """Keep the files of a form that comes back, so that nobody has to choose them again."""
    kept = form.staged
    for checked in form.checked:
        try:
            kept.append(stage_evidence(checked=checked, by=visit.user, at=visit.at))
        except BadEvidence as error:
            form.troubles.append(error.trouble)
    return kept


def to_saved(activity: Activity, troubles: list[Trouble]) -> HttpResponse:
    """The page that says what was saved and what counted."""
    address = reverse("activities:saved", args=[activity.pk])
    return redirect(f"{address}?{urlencode({'file': troubles[0].value})}" if troubles else address)


def _to_starting_point(request: HttpRequest, visit: Visit, troubles: list[Trouble]) -> HttpResponse:
    """Where somebody who is new here sees for the first time how they stand."""
    if troubles:
        messages.warning(request, f"Your activity is saved. {sentence(troubles[0].value)}")
    stands = stands_of(visit.user, visit.today)
    if not stands:
        return redirect("renewals:home")
    messages.success(request, "This is your starting point.")
    return redirect("renewals:standing", stands[0].holding.held.pk)


def _page(
    request: HttpRequest,
    form: LogForm | FieldTimeForm,
    page: str,
    *,
    staged: list[Evidence] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    desk: Desk = form.desk
    context = {
        "form": form,
        "desk": desk,
        "staged": form.staged if staged is None else staged,
        "troubles": form.troubles,
        "nonce": form["nonce"].value() or str(uuid4()),
        "cancel_url": reverse("renewals:home" if page == _FIRST else "activities:list"),
        **more,
    }
    return render(request, page, context, status=status)
