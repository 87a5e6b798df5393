"""A person's own record, to take along."""

from __future__ import annotations

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from renewals.exports.own import write_own

from .visits import visit_of


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Everything this person logged, as CSV: each activity once for each certification that looks at it."""
    visit = visit_of(request)
    file = BytesIO()
    write_own(file, visit.user)
    response = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="Activities {visit.today.isoformat()}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response
