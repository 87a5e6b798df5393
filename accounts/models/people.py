"""Who uses the product, and what was done by whom."""

from __future__ import annotations

import unicodedata

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q


def email_key(address: str) -> str:
    """The form of an address that tells two people apart: NFKC, case folded, no spaces around."""
    return unicodedata.normalize("NFKC", address.strip()).casefold()


class UserManager(BaseUserManager["User"]):
    """Makes people; every address gets its key."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        user = self.model(email=email.strip(), email_key=email_key(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email_key=email_key(username or ""))

    def site_admins(self) -> models.QuerySet[User]:
        """Those who run the site, the ones whose account is closed included."""
        return self.filter(is_site_admin=True)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. The record they keep here is theirs."""

    class Theme(models.TextChoices):
        SYSTEM = "system", "Same as this device"
        LIGHT = "light", "Light"
        DARK = "dark", "Dark"

    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    email_key = models.CharField(max_length=254)
    time_zone = models.CharField(max_length=64, default="America/New_York")
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    birth_date = models.DateField(null=True, blank=True)
    last_kind = models.CharField(max_length=20, blank=True, default="")
    is_rules_admin = models.BooleanField(default=False)
    is_site_admin = models.BooleanField(default=False, db_default=False)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    joined_at = models.DateTimeField()

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email_key"], name="user_email_key_unique"),
            models.CheckConstraint(condition=~Q(email_key=""), name="user_email_key_given"),
        ]
        indexes = [
            # For accounts.finding: words of a name, how an address begins, and the few who stand out.
            GinIndex(SearchVector("name", config="simple"), name="user_name_words"),
            models.Index(fields=["email_key"], opclasses=["varchar_pattern_ops"], name="user_email_begins"),
            models.Index(fields=["id"], condition=Q(is_rules_admin=True), name="user_rules_admins"),
            models.Index(fields=["id"], condition=Q(is_site_admin=True), name="user_site_admins"),
            models.Index(fields=["id"], condition=Q(is_active=False), name="user_closed"),
        ]

    def __str__(self) -> str:
        return self.name or self.email


class AuditEvent(models.Model):
    """Who did what, when: append-only, each row carrying the hash of the one before.

    Number and hashes come when the transaction ends (see accounts.audit); within it they are not there yet.
    """

    seq = models.BigIntegerField(unique=True, null=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    subject = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    target_type = models.CharField(max_length=40)
    target_id = models.CharField(max_length=40)
    label = models.CharField(max_length=300)
    data = models.JSONField(default=dict)  # before and after, plain values
    request_id = models.CharField(max_length=64, blank=True, default="")
    digest = models.CharField(max_length=64)  # of everything above but the number
    prev_hash = models.CharField(max_length=64, unique=True, null=True)
    hash = models.CharField(max_length=64, unique=True, null=True)

    class Meta:
        indexes = [
            models.Index(fields=["target_type", "target_id", "id"], name="audit_target"),
            models.Index(fields=["subject", "id"], name="audit_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.label}"
