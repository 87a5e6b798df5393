"""Two questions a machine asks: is the process alive, and can it do its work."""

from functools import cache

from django.core.cache import cache as valkey
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: answers without touching anything, and says nothing about the inside."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready: database, broker and migrations, each "ok" or "failed"; 503 when one failed."""
    database = _database_answers()
    parts = {
        "database": database,
        "broker": _broker_answers(),
        "migrations": database and _migrations_applied(),
    }
    words = {name: "ok" if good else "failed" for name, good in parts.items()}
    return JsonResponse(words, status=200 if all(parts.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError:
        return False


def _broker_answers() -> bool:
    # The cache and the broker are the same server: a read that answers proves both.
    try:
        valkey.get("readyz")
    except RedisError:
        return False
    return True


def _migrations_applied() -> bool:
    try:
        return _migrations_of_this_code() <= MigrationRecorder(connection).applied_migrations().keys()
    except DatabaseError:
        return False


@cache
def _migrations_of_this_code() -> frozenset[tuple[str, str]]:
    # Read once: the files may change below a running process, the code it runs does not.
    return frozenset(MigrationLoader(None).disk_migrations)
