"""When will you email me? Settings of reminders, the next mail, what was said, and the end of it."""

from __future__ import annotations

from typing import cast

from csp.decorators import csp
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.actions.addresses import try_again
from accounts.kept_forms import take
from accounts.models import BouncedAddress, Membership, User
from renewals.access import overseen
from renewals.actions import sampling, wishing
from renewals.forms.reminders import ReminderForm
from renewals.models import InAppNotice
from renewals.reminding import mails, upcoming
from renewals.reminding.unsubscribing import Mails, read_token
from renewals.reminding.wishes import wishes_of

from .visits import Visit, visit_of

SAMPLE_SAYS = {
    sampling.Sample.SENT: (messages.SUCCESS, "The sample is on its way to {email}."),
    sampling.Sample.TOO_MANY: (
        messages.WARNING,
        "Three samples an hour are enough. The next is possible from {again}.",
    ),
    sampling.Sample.NOTHING: (messages.WARNING, "There is nothing to write about at present."),
    sampling.Sample.NO_ADDRESS: (messages.WARNING, "We cannot reach {email}. Change it or say that it works again."),
    sampling.Sample.HELD: (messages.WARNING, "Sending is on hold at present. Nothing was sent."),
    sampling.Sample.NOT_TAKEN: (messages.ERROR, "The mail server did not take it. Try again later."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """When the next email comes and to which address, and everything that can be chosen about it."""
    visit = visit_of(request)
    wishes = wishes_of(visit.user)
    works = Membership.objects.of(visit.user).on(visit.today).exists()
    oversees = overseen(visit.user, visit.today).exists()
    sent = request.POST if request.method == "POST" else take(request)
    form = ReminderForm(sent, wishes=wishes, works=works, oversees=oversees)
    if request.method == "POST" and form.is_valid():
        wishing.choose(by=visit.user, at=visit.at, chosen=form.cleaned_data)
        messages.success(request, "Your reminders are saved.")
        return redirect("reminders:settings")
    coming = upcoming.next_mail(visit.user, visit.today, wishes)
    digests = upcoming.next_digests(visit.user, visit.today) if wishes.team_digest else []
    context = {
        "form": form, "wishes": wishes, "digests": digests,
        "next_on": min([*([coming.on] if coming else []), *(one.on for one in digests)], default=None),
        "unreached": BouncedAddress.objects.unreached().about(visit.user.email).exists(),
        "told": upcoming.told(InAppNotice.objects.of(visit.user)[:3]),
    }  # fmt: skip
    return render(request, "reminders/settings.html", context, status=422 if form.is_bound and form.errors else 200)


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """The next mail as it will look, with the numbers of today."""
    visit = visit_of(request)
    mail, coming = _next(visit)
    digests = [] if coming else upcoming.next_digests(visit.user, visit.today)
    context = {"mail": mail, "next": coming, "digest": digests[0] if digests and (not mail or mail.of_team) else None}
    return render(request, "reminders/next.html", context)


@require_safe
@never_cache
@xframe_options_sameorigin
@csp({"default-src": ["'none'"], "style-src": ["'unsafe-inline'"], "frame-ancestors": ["'self'"]})
def mail(request: HttpRequest) -> HttpResponse:
    """The HTML part alone, drawn inside the preview. Its styles stand in its elements; nothing is loaded or run."""
    made, _ = _next(visit_of(request))
    if made is None:
        return redirect("reminders:next")
    return HttpResponse(made.html.replace("<head>", '<head><base target="_top">', 1))


def _next(visit: Visit) -> tuple[mails.Mail | None, upcoming.Next | None]:
    coming = upcoming.next_mail(visit.user, visit.today)
    made = mails.compose(visit.user, coming.rows, visit.today) if coming else None
    return made or mails.sample(visit.user, visit.today), coming


@require_POST
def sample(request: HttpRequest) -> HttpResponse:
    """Send the next mail now, as a sample."""
    visit = visit_of(request)
    level, words = SAMPLE_SAYS[sampling.send_sample(by=visit.user, at=visit.at, today=visit.today)]
    again = clock.written(sampling.next_sample_at(by=visit.user, at=visit.at), visit.user)
    messages.add_message(request, level, words.format(email=visit.user.email, again=again))
    return redirect("reminders:settings")


@require_POST
def address(request: HttpRequest) -> HttpResponse:
    """The address works again."""
    visit = visit_of(request)
    if try_again(by=visit.user, at=visit.at):
        messages.success(request, f"We write to {visit.user.email} again.")
    return redirect("reminders:settings")


@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """Everything that this person was told, newest first."""
    visit = visit_of(request)
    page = Paginator(InAppNotice.objects.of(visit.user), 20).get_page(request.GET.get("page", "1"))
    return render(request, "reminders/told.html", {"page": page, "told": upcoming.told(page.object_list)})


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """A notice was read: it leaves the home page and stays in the list."""
    visit = visit_of(request)
    notice = get_object_or_404(InAppNotice.objects.of(visit.user), pk=pk)
    wishing.read_notice(notice=notice, at=visit.at)
    return redirect("renewals:home")


# Mail programs post here by themselves (RFC 8058), without a cookie or a token of ours: the link itself is signed.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One button, no sign-in. Opening the page does nothing; pressing it works once."""
    leaving = read_token(token)
    user = User.objects.filter(pk=leaving.user_id, is_active=True).first() if leaving else None
    reader = cast(User, request.user)
    if leaving is None or user is None or (reader.is_authenticated and reader.pk != user.pk):
        raise Http404
    state = "ask" if wishes_of(user).unsubscribed == leaving.used else "used"
    if request.method == "POST":
        state = "done" if wishing.unsubscribe(leaving=leaving, at=clock.now()) else "used"
    context = {"state": state, "team": leaving.mails is Mails.TEAM, "hidden": _hidden(user.email)}
    return render(request, "reminders/unsubscribe.html", context)


def _hidden(email: str) -> str:
    """An address as a link that may be forwarded shows it: "d...@example.org"."""
    name, _, host = email.rpartition("@")
    return f"{name[:1]}...@{host}"
