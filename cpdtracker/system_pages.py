"""Pages for when something went another way than planned. Each says what happened to the person's work."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when what was sent is too long."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def too_large(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/413.html", status=413)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: the limit of tries of a page about signing in is reached."""
    match = request.resolver_match
    asked_for_link = match is not None and match.view_name == "account_reset_password"
    answer = render(request, "errors/429.html", {"asked_for_link": asked_for_link}, status=429)
    answer.headers["Retry-After"] = str(60 * 60 if asked_for_link else 60)
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was open for too long or the form came from elsewhere; nothing was saved."""
    return render(request, "errors/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Rendered without the request: the session or the database may be what failed."""
    return HttpResponseServerError(
        render_to_string("errors/500.html", {"request_id": getattr(request, "request_id", "")})
    )
