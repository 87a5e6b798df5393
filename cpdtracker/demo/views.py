"""Pages that exist only in the demo."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cpdtracker.demo.outbox import latest


@require_safe
@never_cache
def mail(request: HttpRequest) -> HttpResponse:
    """Every mail the demo sent, with links that can be followed. Anywhere else the page does not exist."""
    if not settings.DEMO:
        raise Http404
    return render(request, "demo/mail.html", {"mails": latest()})
