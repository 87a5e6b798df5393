"""Rule changes: what a draft would do to everybody, and what publishing it did."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from certifications.models import HeldCertification, RuleDraft, RuleSetVersion


class SimulationQuerySet(models.QuerySet["Simulation"]):
    def running(self) -> SimulationQuerySet:
        return self.filter(state=Simulation.State.RUNNING)

    def newest_of(self, draft: RuleDraft) -> Simulation | None:
        """The last one started for a draft."""
        return self.filter(draft=draft).order_by("-pk").first()


class Simulation(models.Model):
    """A draft counted on everybody whom it would reach, beside the rules that they have now.

    `digest` is of the exact content that was simulated: document, first day and protections. `day` is the day for
    which both were counted: the first day in force, or today where that is over.
    """

    class State(models.TextChoices):
        RUNNING = "running", "Counting"
        DONE = "done", "Counted"
        CANCELLED = "cancelled", "Stopped"

    draft = models.ForeignKey(RuleDraft, on_delete=models.PROTECT, related_name="simulations")
    digest = models.CharField(max_length=64)
    canonical = models.TextField()
    starts_on = models.DateField()
    protections = models.JSONField(default=dict)
    day = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.RUNNING)
    total = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict, blank=True)  # how many of each kind of change, once it is done
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = SimulationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft"], condition=Q(state="running"), name="simulation_one_running_of_draft"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["running", "done", "cancelled"]), name="simulation_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(finished_at__isnull=False), name="simulation_done_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draft}, on {self.total} held certifications"


class SimulationShard(models.Model):
    """Some of the held certifications of a simulation: counted in one transaction, or not at all."""

    simulation = models.ForeignKey(Simulation, on_delete=models.CASCADE, related_name="shards")
    number = models.PositiveIntegerField()
    first = models.PositiveBigIntegerField()  # ids of held certifications, both included
    last = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["simulation", "number"], name="shard_number_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="shard_has_range"),
        ]
        indexes = [models.Index(fields=["simulation"], condition=Q(done_at=None), name="shard_still_to_do")]

    def __str__(self) -> str:
        return f"{self.simulation_id}: {self.number}"


class Change(models.TextChoices):
    """What a change of rules does to one held certification."""

    SAME = "same", "No change"
    FEWER = "fewer", "Fewer points, same standing"
    WORSE = "worse", "Worse"
    BETTER = "better", "Better"
    FAILED = "failed", "Could not be counted"


class SimulationRowQuerySet(models.QuerySet["SimulationRow"]):
    def affected(self) -> SimulationRowQuerySet:
        """Those for whom something changes."""
        return self.filter(change__in=[Change.FEWER, Change.WORSE, Change.BETTER])

    def people(self) -> int:
        """How many people they are: somebody may hold several certifications of one rule set."""
        return self.values("held__user").distinct().count()

    def of(self, user: Any) -> SimulationRowQuerySet:
        return self.filter(held__user=user)


class SimulationRow(models.Model):
    """One held certification under the rules it has, and under the draft. Points are hundredths."""

    simulation = models.ForeignKey(Simulation, on_delete=models.CASCADE, related_name="rows")
    held = models.ForeignKey(HeldCertification, on_delete=models.PROTECT, related_name="+")
    change = models.CharField(max_length=6, choices=Change)
    was = models.CharField(max_length=10, blank=True, default="")  # standing words, with "due-ready" apart
    becomes = models.CharField(max_length=10, blank=True, default="")
    counted_before = models.PositiveIntegerField(default=0)
    counted_after = models.PositiveIntegerField(default=0)
    needed_before = models.PositiveIntegerField(default=0)
    needed_after = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)  # points a protection leaves
    because = models.CharField(max_length=300, blank=True, default="")

    objects = SimulationRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["simulation", "held"], name="simulation_counts_once"),
            models.CheckConstraint(condition=Q(change__in=Change.values), name="simulation_change_known"),
        ]
        indexes = [models.Index(fields=["simulation", "change"], name="simulation_by_change")]

    def __str__(self) -> str:
        return f"{self.held_id}: {self.change}"


class RuleChangeQuerySet(models.QuerySet["RuleChange"]):
    def due(self, today: Any) -> RuleChangeQuerySet:
        """Those whose day has come and that are not wholly in effect yet."""
        return self.filter(state__in=[RuleChange.State.SCHEDULED, RuleChange.State.APPLYING], starts_on__lte=today)


class RuleChange(models.Model):
    """A version that people approved and published here, on its way into effect."""

    class State(models.TextChoices):
        SCHEDULED = "scheduled", "Scheduled"
        APPLYING = "applying", "Taking effect"
        APPLIED = "applied", "In force"
        WITHDRAWN = "withdrawn", "Withdrawn"

    version = models.OneToOneField(RuleSetVersion, on_delete=models.PROTECT, related_name="rule_change")
    before = models.ForeignKey(RuleSetVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    simulation = models.ForeignKey(Simulation, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.SCHEDULED)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    told = models.PositiveIntegerField(default=0)  # people who get a mail or notice
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = RuleChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["scheduled", "applying", "applied", "withdrawn"]), name="rule_change_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="applied") | Q(applied_at__isnull=False), name="rule_change_applied_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}, from {self.starts_on}"
