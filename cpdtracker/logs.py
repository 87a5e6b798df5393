"""Structured logs: one JSON object a line, with a request id, without anything about a person.

What is logged of a request is its route ("s/<str:token>/"), never its path or query: paths
carry share tokens and reset keys, queries carry what people searched for.
"""

import re
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils.functional import empty
from django_structlog.middlewares import RequestMiddleware

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


_ADDRESS = re.compile(r"[^\s@'\"(<=:]{1,64}@[^\s@'\")>,;]{1,255}")


def without_addresses(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Takes email addresses out of what others log: a database error quotes the row it refused."""
    return {key: _ADDRESS.sub("(address)", value) if isinstance(value, str) else value for key, value in event.items()}


class RequestLogMiddleware(RequestMiddleware):
    """Logs route, method and status, and answers with the request id so that a person can quote it."""

    def prepare(self, request: HttpRequest) -> None:
        super().prepare(request)
        request.request_id = structlog.contextvars.get_contextvars().get("request_id", "")  # type: ignore[attr-defined]

    def handle_response(self, request: HttpRequest, response: HttpResponse) -> None:
        super().handle_response(request, response)
        response.headers["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        # Only when the page asked who it is: a log line must not cost a query, nor fail with the database.
        user = getattr(request, "user", None)
        known = user is not None and getattr(user, "_wrapped", user) is not empty
        structlog.contextvars.bind_contextvars(user_id=user.pk if user is not None and known else None)

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        route = request.resolver_match.route if request.resolver_match else "(no route)"
        return f"{request.method} /{route}"


def logging_config(*, level: str, readable: bool) -> dict[str, Any]:
    """Django's LOGGING value. `readable` prints for a person's terminal, otherwise JSON for a collector."""
    renderer: Any = structlog.dev.ConsoleRenderer(colors=False) if readable else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "structured": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    without_addresses,
                    renderer,
                ],
                "foreign_pre_chain": _SHARED,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own request log repeats ours and prints paths.
            "django.request": {"level": "CRITICAL"},
            "django.server": {"level": "WARNING", "handlers": ["stderr"], "propagate": False},
        },
    }
