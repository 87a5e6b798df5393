"""Two questions a machine asks: is the process alive, and can it do its work."""

from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.broker import broker
from accounts.switches import sending_held
from renewals.operating.jobs import jobs
from renewals.operating.mails import waits_too_long


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: answers without touching anything, and says nothing about the inside."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready: each part in a word; 503 when pages cannot be served.

    Without the broker pages work, and late jobs or mails are no reason to take a web server away: these are told for
    whoever watches, and the status stays 200.
    """
    database = _database_answers()
    needed = {"database": database, "migrations": database and _migrations_applied()}
    words = {name: "ok" if good else "failed" for name, good in needed.items()}
    words["broker"] = "ok" if broker().answers else "failed"
    words |= _work() if all(needed.values()) else {"jobs": "unknown", "mail": "unknown"}
    return JsonResponse(words, status=200 if all(needed.values()) else 503)


def _work() -> dict[str, str]:
    """Whether the jobs run in time, and whether mail leaves."""
    at = clock.now()
    try:
        troubled = [job for job in jobs(settings.CELERY_BEAT_SCHEDULE, at) if job.late_by or job.failed]
        mail = "held" if sending_held() else "late" if waits_too_long(at) else "ok"
    except DatabaseError:
        return {"jobs": "unknown", "mail": "unknown"}
    return {"jobs": ("late" if troubled[0].late_by else "failed") if troubled else "ok", "mail": mail}


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False


def _migrations_applied() -> bool:
    try:
        return _migrations_of_this_code() <= MigrationRecorder(connection).applied_migrations().keys()
    except DatabaseError:
        return False


@cache
def _migrations_of_this_code() -> frozenset[tuple[str, str]]:
    # Read once: the files may change below a running process, the code it runs does not.
    return frozenset(MigrationLoader(None).disk_migrations)
