"""Where sign-in meets our own accounts."""

from smtplib import SMTPException
from typing import Any
from urllib.parse import urlencode

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from accounts import audit, clock, mail, sign_in_words
from accounts.kept_forms import remember_who
from accounts.models import User, email_key
from accounts.queries import invitations_to

log = structlog.get_logger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Keeps the name a person signs up with, and an audit event for each change of how they get in."""

    error_messages = {**DefaultAccountAdapter.error_messages, **sign_in_words.ACCOUNT}

    def clean_email(self, email: str) -> str:
        # Letters beyond ASCII can look like others, and their folding differs between programs.
        if not email.isascii():
            raise ValidationError("Enter an email address like name@example.com", code="email_letters")
        return str(super().clean_email(email))

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        at = clock.now()
        user.name = form.cleaned_data["name"]
        user.email_key = email_key(form.cleaned_data["email"])
        user.joined_at = at
        with transaction.atomic():
            super().save_user(request, user, form, commit)
            audit.record(verb="signed up", by=user, at=at, target=user, label=user.name, subject=user)
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        # The library's links lead to the host that the request claims, which may be any name or port we answer to.
        claimed = self.request.build_absolute_uri("/")
        ours = {
            name: mail.link(f"/{value.removeprefix(claimed)}")
            for name, value in context.items()
            if isinstance(value, str) and value.startswith(claimed)
        }
        # A mail server that is away must not tell known addresses from unknown ones by an error page.
        try:
            super().send_mail(template_prefix, email, {**context, **ours, "site": settings.SITE_URL})
        except (SMTPException, OSError):
            log.exception("mail_not_sent", template=template_prefix)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        # Called for each change of password, address, code generator, passkey or recovery codes.
        verb = template_prefix.rpartition("/")[2].replace("_", " ")
        with transaction.atomic():
            audit.record(verb=verb, by=user, at=clock.now(), target=user, label=user.name, subject=user)
        super().send_notification_mail(template_prefix, user, context, email)

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Where a confirmed address leads. Its link is often opened on another device than the one of the sign-up, so
        what that one meant to open next is not known here: an invitation to this address is not lost all the same.
        """
        usual = resolve_url(super().get_email_verification_redirect_url(email_address))
        if not invitations_to(email_address.user, clock.now()).exists():
            return usual
        sharing = resolve_url("sharing:sharing")
        return sharing if self.request.user.is_authenticated else f"{usual}?{urlencode({'next': sharing})}"

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_who(response, user.pk)
        return response


class TwoStepAdapter(DefaultMFAAdapter):
    """Two-step sign-in in our words."""

    error_messages = {**DefaultMFAAdapter.error_messages, **sign_in_words.TWO_STEP}
