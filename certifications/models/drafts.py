"""Drafts of rule sets: a rule document while it is written, valid or not yet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual

from .versions import MOST_EXPLAINED, RuleSet, RuleSetVersion


class RuleDraftQuerySet(models.QuerySet["RuleDraft"]):
    def in_work(self) -> RuleDraftQuerySet:
        """Neither published nor discarded."""
        return self.filter(state__in=[State.OPEN, State.SUBMITTED, State.APPROVED])

    def open_to(self, user: Any) -> RuleDraftQuerySet:
        """Rules admins see every draft, everybody else none."""
        return self.all() if user.is_rules_admin else self.none()

    def with_people(self) -> RuleDraftQuerySet:
        return self.select_related(
            "rule_set__body", "base", "version", "author", "changed_by", "submitted_by", "approved_by"
        )

    def newest(self) -> RuleDraftQuerySet:
        """Of each rule set the one that was begun last."""
        return self.order_by("rule_set", "-made_at", "-pk").distinct("rule_set")


class State(models.TextChoices):
    OPEN = "open", "Draft"
    SUBMITTED = "submitted", "Waiting for a second person"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"
    DISCARDED = "discarded", "Discarded"


class RuleDraft(models.Model):
    """What the next version of a rule set is to say. `raw` holds it as edited: plain values, not always valid.

    `lock_version` goes up with each change; whoever saves says which one was read. `digest` is that of the valid
    document that `raw` makes, empty while it makes none. Any change takes back that the draft was handed in or
    approved: both are bound to the content that was read.
    """

    State = State

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="drafts")
    base = models.ForeignKey(RuleSetVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    raw = models.JSONField(default=dict)
    lock_version = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64, blank=True, default="")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    starts_on = models.DateField(null=True, blank=True)  # as decided for publishing; else the document's own day
    protections = models.JSONField(default=dict, blank=True)
    # What those whom the change affects read first, in the writer's words; empty for the words that the product makes.
    # `explained_digest` is of the content for which it was written.
    explanation = models.TextField(blank=True, default="")
    explained_digest = models.CharField(max_length=64, blank=True, default="")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_digest = models.CharField(max_length=64, blank=True, default="")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_digest = models.CharField(max_length=64, blank=True, default="")
    version = models.OneToOneField(
        RuleSetVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="written_as"
    )

    objects = RuleDraftQuerySet.as_manager()

    class Meta:
        ordering = ["rule_set", "-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "submitted", "approved", "published", "discarded"]),
                name="draft_state_known",
            ),
            models.UniqueConstraint(
                fields=["rule_set"],
                condition=Q(state__in=["open", "submitted", "approved"]),
                name="draft_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "discarded"])
                | (Q(submitted_by__isnull=False, submitted_at__isnull=False) & ~Q(submitted_digest="")),
                name="draft_submitted_whole",
            ),
            # The second person is another one, and approved exactly what was handed in.
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "published"])
                | (
                    Q(approved_by__isnull=False, approved_at__isnull=False, approved_digest=F("submitted_digest"))
                    & ~Q(approved_by=F("submitted_by"))
                ),
                name="draft_approved_by_second",
            ),
            models.CheckConstraint(
                condition=Q(state="published", version__isnull=False) | (~Q(state="published") & Q(version=None)),
                name="draft_published_as_version",
            ),
            models.CheckConstraint(condition=Q(lock_version__gte=1), name="draft_lock_counts"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("explanation"), MOST_EXPLAINED), name="draft_explanation_fits"
            ),
            models.CheckConstraint(
                condition=Q(explanation="", explained_digest="") | (~Q(explanation="") & ~Q(explained_digest="")),
                name="draft_explains_a_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_set.name}, draft"

    @property
    def in_work(self) -> bool:
        return self.state in (State.OPEN, State.SUBMITTED, State.APPROVED)

    @property
    def dropped(self) -> bool:
        """Whether it came to nothing: discarded, or published and withdrawn before its day."""
        withdrawn = self.version is not None and self.version.status == RuleSetVersion.Status.WITHDRAWN
        return self.state == State.DISCARDED or withdrawn
