"""Employers, their teams and sites, and who belongs to them for how long.

The record belongs to the technician. A membership only says what of it an employer may see, and from when to when.
"""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import F, Func, Q

INVITATION_DAYS = 30
MOST_MAILS = 3  # that ask one address to join, within a day


class Employer(models.Model):
    """A company or agency that people work for. Two may have the same name; nothing is joined by name."""

    name = models.CharField(max_length=160)
    time_zone = models.CharField(max_length=64, default="America/New_York")
    digest_weekday = models.PositiveSmallIntegerField(null=True, blank=True, default=0)  # 0 is Monday; none is off
    made_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="employer_named"),
            models.CheckConstraint(
                condition=Q(digest_weekday=None) | Q(digest_weekday__lte=6), name="employer_digest_on_a_weekday"
            ),
        ]
        indexes = [GinIndex(SearchVector("name", config="simple"), name="employer_name_words")]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """A place where an employer's people work."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["employer", "name"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "name"], name="site_name_once"),
            models.UniqueConstraint(fields=["id", "employer"], name="site_with_employer"),
        ]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """People of one employer who are looked at together."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ["employer", "name"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "name"], name="team_name_once"),
            models.UniqueConstraint(fields=["id", "employer"], name="team_with_employer"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def on(self, day: date) -> MembershipQuerySet:
        """Memberships that run on a day; from the day of leaving on there is none."""
        return self.filter(Q(left_on=None) | Q(left_on__gt=day), joined_on__lte=day)

    def of(self, user: settings.AUTH_USER_MODEL) -> MembershipQuerySet:  # type: ignore[name-defined]
        return self.filter(user=user)

    def overseers(self) -> MembershipQuerySet:
        """Those who see the team: coordinators and owners."""
        return self.filter(role__in=[Membership.Role.COORDINATOR, Membership.Role.OWNER])


class Membership(models.Model):
    """A person works for an employer from a day up to, not including, `left_on`."""

    class Role(models.TextChoices):
        TECHNICIAN = "technician", "Technician"
        COORDINATOR = "coordinator", "Coordinator"
        OWNER = "owner", "Owner"

    class Shares(models.TextChoices):
        NOTHING = "nothing", "Nothing"
        STANDING = "standing", "Standing only"
        ACTIVITIES = "activities", "Standing, points and activities"
        EVIDENCE = "evidence", "Standing, points, activities and evidence files"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=11, choices=Role, default=Role.TECHNICIAN)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    shares = models.CharField(max_length=10, choices=Shares, default=Shares.STANDING)
    shares_changed_at = models.DateTimeField()
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="membership_one_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("employer", RangeOperators.EQUAL),
                    (
                        Func(F("joined_on"), F("left_on"), function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.UniqueConstraint(fields=["id", "employer", "user"], name="membership_with_both"),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="membership_left_after_joined"
            ),
        ]
        indexes = [models.Index(fields=["employer", "left_on", "user"], name="membership_of_employer")]

    def __str__(self) -> str:
        return f"{self.user} at {self.employer}"

    @property
    def sees_team(self) -> bool:
        """Whether this role looks at other people's standings."""
        return self.role in (self.Role.COORDINATOR, self.Role.OWNER)

    @property
    def shares_activities(self) -> bool:
        return self.shares in (self.Shares.ACTIVITIES, self.Shares.EVIDENCE)


class Invitation(models.Model):
    """An employer asks somebody to join, by e-mail. The token itself is never stored, only its hash."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    email_key = models.CharField(max_length=254)
    role = models.CharField(max_length=11, choices=Membership.Role, default=Membership.Role.TECHNICIAN)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    # From a list of people: certifications the person may take over into their own record, and when the mail left.
    proposed = models.JSONField(default=list, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "email_key"],
                condition=Q(used_at=None, declined_at=None, revoked_at=None),
                name="invitation_one_open",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="invitation_expires_later"),
            models.CheckConstraint(
                condition=Q(token_hash__regex=r"^[0-9a-f]{64}$"),  # noqa: S106 - a pattern, not a secret
                name="invitation_token_is_hashed",
            ),
            models.CheckConstraint(
                condition=(Q(used_at=None) & Q(membership=None))
                | (Q(used_at__isnull=False) & Q(membership__isnull=False)),
                name="invitation_used_made_a_membership",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.employer}"

    def is_open(self, at: datetime) -> bool:
        """Whether it can still be accepted."""
        return not (self.used_at or self.declined_at or self.revoked_at) and at < self.expires_at
