"""A person's own record, to take along."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile

from django.http import FileResponse, HttpRequest
from django.views.decorators.http import require_safe

from renewals.exports.own import write_own

from .visits import visit_of

_IN_MEMORY = 1024 * 1024


@require_safe
def export(request: HttpRequest) -> FileResponse:
    """Everything this person logged, as CSV: each activity once for each certification that looks at it."""
    visit = visit_of(request)
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the response closes it
    write_own(file, visit.user)
    file.seek(0)
    name = f"Activities {visit.today.isoformat()}.csv"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response
