"""Pages that exist only in the demo."""

from csp.decorators import csp
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cpdtracker.demo.outbox import html_of, latest


@require_safe
@never_cache
def mail(request: HttpRequest) -> HttpResponse:
    """Every mail the demo sent, with links that can be followed. Anywhere else the page does not exist."""
    if not settings.DEMO:
        raise Http404
    return render(request, "demo/mail.html", {"mails": latest()})


@require_safe
@never_cache
@csp({"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "frame-ancestors": ["'none'"]})
def mail_as_it_looks(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML part of one mail, alone."""
    html = html_of(key) if settings.DEMO else ""
    if not html:
        raise Http404
    return HttpResponse(html)
