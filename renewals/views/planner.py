"""The planner's part of the standing page: the lines in its address, its two forms, and pressing Add."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django_htmx.http import HttpResponseClientRedirect

from certifications.rules.dates import add_months
from certifications.rules.next_steps import asks_anything
from renewals.forms.plan import OnceForm, WorkForm
from renewals.planner import next_level, plannable, query_of, what_if
from renewals.plans import MOST_LINES, read_plan
from renewals.queries import Stand

from .visits import Visit


class Planner:
    """The planner of one request: its lines, its two forms, and what pressing Add does."""

    def __init__(self, request: HttpRequest, visit: Visit, stand: Stand) -> None:
        self.request, self.visit, self.stand = request, visit, stand
        given = request.GET.getlist("plan")
        self.lines = read_plan(given, visit.today) if "plan" in request.GET else stand.plan
        self.kinds, self.units, self.field_time = plannable(stand.counted.document)
        term = stand.counted.case.term
        asked = asks_anything(stand.counted.outcome)
        self.open = asked and visit.today <= term.earns.last and bool(self.kinds or self.field_time)
        self.dates = {"today": visit.today, "last": term.earns.last}
        adding = request.GET.get("add", "") if self.open else ""
        self.work = self._work(request.GET if adding == "work" and self.field_time else None)
        self.once = self._once(request.GET if adding == "once" and self.kinds else None)

    @property
    def invalid(self) -> WorkForm | OnceForm | None:
        """The form that was sent and has errors."""
        return next((form for form in (self.work, self.once) if form.is_bound and not form.is_valid()), None)

    def added(self) -> HttpResponse | None:
        """The answer to a press of Add; None when nothing was added, or it was wrong and the page must say so."""
        form = next((form for form in (self.work, self.once) if form.is_bound), None)
        if form is None:
            return None
        if not form.is_valid():
            return HttpResponseClientRedirect(self.request.get_full_path()) if self._by_script else None
        if len(self.lines) >= MOST_LINES:
            form.add_error(None, f"A plan has at most {MOST_LINES} lines. Remove one first")
            return HttpResponseClientRedirect(self.request.get_full_path()) if self._by_script else None
        self.lines = (*self.lines, form.line)
        address = f"{self.request.path}?{query_of(self.lines)}"
        if not self._by_script:
            return redirect(f"{address}#plan")
        answer = render(self.request, "renewals/_plan_swap.html", self.context())
        answer["HX-Push-Url"] = address
        return answer

    @property
    def _by_script(self) -> bool:
        return self.request.headers.get("HX-Request") == "true"

    def context(self) -> dict[str, Any]:
        """What the planner's part of the page shows."""
        if not self.open:
            return {"whatif": None}
        level = next_level(self.stand.holding.held)
        return {
            "whatif": what_if(self.stand, self.lines, self.visit.today, level),
            "work_form": self.work if self.field_time else None,
            "once_form": self.once if self.kinds else None,
            "held": self.stand.holding.held,
            "needed": self.stand.standing.needed,
            "unit": self.stand.counted.document.unit.many,
        }

    def _work(self, data: Any) -> WorkForm:
        query, term = self.request.GET, self.stand.counted.case.term
        first = max(self.visit.today, term.earns.start)
        last = add_months(first, 6) if term.never_ends else self.dates["last"]
        initial = {
            "from": query.get("from", "")[:10] or first, "to": query.get("to", "")[:10] or last,
            "share": query.get("share", "")[:3] or "100",
        }  # fmt: skip
        return WorkForm(data, initial=initial, **self.dates)

    def _once(self, data: Any) -> OnceForm:
        initial = {name: self.request.GET.get(name, "")[:20] for name in ("kind", "amount", "unit", "on")}
        return OnceForm(data, initial=initial, kinds=self.kinds, units=self.units, **self.dates)
