"""What employers ask for: how many people, in-house rules, and adjustments for one person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import Employer, Membership

from .catalogue import Certification, Level
from .held import HeldCertification
from .versions import RuleSet


class CoverageTarget(models.Model):
    """How many people with a certification (at a level or above none named: any) an employer wants to have."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="targets")
    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    people = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "certification", "level"], nulls_distinct=False, name="target_once"
            ),
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=10_000), name="target_sane"),
        ]

    def __str__(self) -> str:
        return f"{self.people} {self.certification} for {self.employer}"


class Interest(models.Model):
    """A person means to reach a level or to add a certification; employers see it only where `shared`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interests")
    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=200, blank=True, default="")
    shared = models.BooleanField(default=False)
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "certification", "level"], nulls_distinct=False, name="interest_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.certification}"


class InHouseRequirement(models.Model):
    """An employer counts its people's certification by its own rule set as well, beside the certifying body's."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="requirements")
    certification = models.ForeignKey(Certification, on_delete=models.PROTECT, related_name="+")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="in_house")
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "certification", "level"],
                condition=Q(ended_on=None),
                nulls_distinct=False,
                name="in_house_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("since")), name="in_house_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_set} for {self.certification} at {self.employer}"


class Adjustment(models.Model):
    """An employer eases its in-house requirement for one person, with a reason that this person can read."""

    class Kind(models.TextChoices):
        LEAVE = "leave", "Leave"
        PART_TIME = "part-time", "Part time"
        EXTENSION = "extension", "Extension"
        EXEMPTION = "exemption", "Exemption"

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="adjustments")
    held = models.ForeignKey(HeldCertification, on_delete=models.PROTECT, related_name="adjustments")
    kind = models.CharField(max_length=10, choices=Kind)
    percent = models.PositiveSmallIntegerField(default=100)  # of the requirement that still holds
    extra_months = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "held", "kind"], condition=Q(ended_at=None), name="adjustment_once_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="adjustment_has_reason"),
            models.CheckConstraint(condition=Q(percent__lte=100, extra_months__lte=60), name="adjustment_sane"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.held}"
