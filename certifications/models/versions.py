"""Rule sets and their versions."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from accounts.models import Employer

from ..rules.document import Document
from .catalogue import Body, Certification, Confidence

MOST_EXPLAINED = 1000  # characters that explain a change of rules to those whom it affects


class RuleSet(models.Model):
    """How a group of certifications counts, through its versions."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="rule_sets")
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    certifications = models.ManyToManyField(Certification, related_name="rule_sets", blank=True)
    # An employer's own rule set: it never decides a standing with the body, only that employer's in-house one.
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, null=True, blank=True, related_name="rule_sets")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=False, employer=None) | Q(body=None, employer__isnull=False),
                name="rule_set_of_body_or_employer",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RuleSetVersionQuerySet(models.QuerySet["RuleSetVersion"]):
    def live(self) -> RuleSetVersionQuerySet:
        """Published, and not withdrawn: what may decide a count."""
        return self.filter(status__in=[RuleSetVersion.Status.PUBLISHED, RuleSetVersion.Status.SUPERSEDED])

    def of_bodies(self) -> RuleSetVersionQuerySet:
        """Rules of certifying bodies, for everybody to read; an employer's own are for its people alone."""
        return self.filter(rule_set__employer=None)


@lru_cache(maxsize=512)
def _parsed(canonical: str) -> Document:
    return Document.model_validate_json(canonical)


class RuleSetVersion(models.Model):
    """One version of a rule set; its content is frozen once it is published."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        SUPERSEDED = "superseded", "Superseded"
        WITHDRAWN = "withdrawn", "Withdrawn"

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=40)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    in_force_from = models.DateField()
    checked_on = models.DateField()
    confidence = models.CharField(max_length=10, choices=Confidence, default=Confidence.BODY)
    canonical = models.TextField()  # Document.canonical(): the truth, hashed
    digest = models.CharField(max_length=64)
    from_pack = models.BooleanField(default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    # The second person, who read exactly this content; an employer's own rules and the packs need none.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    # Whom it reaches and what it leaves them; empty where the document alone says which periods it counts.
    protections = models.JSONField(default=dict, blank=True)
    # What people whom it affects read first about it, as it was approved; empty where nobody is told.
    explanation = models.TextField(blank=True, default="")
    superseded_on = models.DateField(null=True, blank=True)  # first day on which another version is in force

    objects = RuleSetVersionQuerySet.as_manager()

    class Meta:
        ordering = ["rule_set", "number"]
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "number"], name="version_number_once"),
            models.UniqueConstraint(fields=["rule_set", "label"], name="version_label_once"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"]) | Q(published_at__isnull=False),
                name="version_published_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published", "superseded", "withdrawn"]), name="version_status_known"
            ),
            models.CheckConstraint(
                condition=Q(superseded_on=None) | Q(superseded_on__gte=F("in_force_from")),
                name="version_superseded_after_start",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="version_approved_with_time",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("explanation"), MOST_EXPLAINED), name="version_explanation_fits"
            ),
            # Checked when the transaction ends: a version makes room for the next one while that is published.
            ExclusionConstraint(
                name="version_one_in_force",
                expressions=[
                    ("rule_set", RangeOperators.EQUAL),
                    (Func("in_force_from", "superseded_on", function="daterange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(status="published"),
                deferrable=Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_set.name}, version {self.number}"

    @property
    def document(self) -> Document:
        """The rules themselves; parsed once a process for each content."""
        return _parsed(self.canonical)

    @property
    def from_body(self) -> bool:
        """Whether the certifying body itself says all of this; if not, pages say to check with it."""
        return self.confidence == Confidence.BODY
