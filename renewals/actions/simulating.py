"""Writes of simulations: begun, counted a piece at a time, stopped, gone on with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count

from accounts import audit
from accounts.models import User
from certifications.content import Content, content_of
from certifications.models import RuleDraft

from ..impact.population import holders_of, rows
from ..models import Simulation, SimulationRow, SimulationShard

# Held certifications that are counted in one transaction: a second or two, so that a stop is heard soon.
SHARD = 200
_LOST_AFTER = timedelta(seconds=30)


class NothingToResume(ValueError):
    """The simulation is done, or another one of the same draft runs."""


@transaction.atomic
def start_simulation(*, draft: RuleDraft, by: User, at: datetime, today: date) -> Simulation:
    """Begin to count a draft on everybody whom it could reach. One that still runs for the same draft is stopped.

    Raises DocumentError where the draft makes no whole document. Its shards are `shards_to_do`.
    """
    RuleDraft.objects.select_for_update(no_key=True, of=("self",)).get(pk=draft.pk)
    Simulation.objects.running().filter(draft=draft).update(state=Simulation.State.CANCELLED, finished_at=at)
    content = content_of(draft)
    day = max(content.starts_on, today)
    simulation = Simulation.objects.create(
        draft=draft, digest=content.digest, canonical=content.document.canonical(), starts_on=content.starts_on,
        protections=content.protections.stored(), day=day, started_by=by, started_at=at,
    )  # fmt: skip
    shards = list(_shards(simulation, content))
    SimulationShard.objects.bulk_create(shards, batch_size=1000)
    simulation.total = sum(shard.size for shard in shards)
    if not shards:
        simulation.state, simulation.finished_at = Simulation.State.DONE, at
    simulation.save(update_fields=["total", "state", "finished_at"])
    audit.record(
        verb="rule draft simulated", by=by, at=at, target=draft, label=str(draft),
        after={"digest": content.digest, "starts_on": content.starts_on, "people": simulation.total},
    )  # fmt: skip
    return simulation


def _shards(simulation: Simulation, content: Content) -> Iterator[SimulationShard]:
    found = holders_of(simulation.draft.rule_set, content.document).order_by("pk").values_list("pk", flat=True)
    ids = list(found)
    for number, start in enumerate(range(0, len(ids), SHARD), 1):
        some = ids[start : start + SHARD]
        yield SimulationShard(simulation=simulation, number=number, first=some[0], last=some[-1], size=len(some))


def shards_to_do(simulation: Simulation) -> list[int]:
    """Ids of the pieces still to be counted."""
    left = SimulationShard.objects.filter(simulation=simulation, done_at=None)
    return list(left.order_by("number").values_list("pk", flat=True))


def count_shard(*, shard_id: int, at: datetime) -> bool:
    """Count one piece, wholly or not at all; whether it was counted here. Two at once do not count it twice."""
    with transaction.atomic():
        free = SimulationShard.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
        shard = free.select_related("simulation__draft__rule_set").filter(pk=shard_id, done_at=None).first()
        if shard is None or shard.simulation.state != Simulation.State.RUNNING:
            return False
        made = list(rows(shard.simulation, shard.first, shard.last))
        SimulationRow.objects.bulk_create(made, batch_size=1000)
        shard.done_at, shard.size = at, len(made)
        shard.save(update_fields=["done_at", "size"])
    finish_simulation(simulation=shard.simulation, at=at)
    return True


@transaction.atomic
def finish_simulation(*, simulation: Simulation, at: datetime) -> bool:
    """Close the simulation if every piece is counted. Whoever counts the last piece finds that out."""
    running = Simulation.objects.running().select_for_update(no_key=True).filter(pk=simulation.pk).first()
    if running is None or running.shards.filter(done_at=None).exists():
        return False
    counted = running.rows.values_list("change").annotate(number=Count("pk"))
    running.summary = dict(counted.order_by("change"))
    running.total = sum(running.summary.values())
    running.state, running.finished_at = Simulation.State.DONE, at
    running.save(update_fields=["summary", "total", "state", "finished_at"])
    # What an earlier run found of this draft is of no use any more; its figures stay.
    SimulationRow.objects.filter(simulation__draft=running.draft_id, simulation__pk__lt=running.pk).delete()
    return True


@transaction.atomic
def cancel_simulation(*, simulation: Simulation, by: User, at: datetime) -> None:
    """Stop counting. What is counted stays, so that it can go on."""
    stopped = Simulation.objects.running().filter(pk=simulation.pk).update(state=Simulation.State.CANCELLED)
    if stopped:
        audit.record(verb="rule simulation stopped", by=by, at=at, target=simulation.draft, label=str(simulation.draft))


@transaction.atomic
def resume_simulation(*, simulation: Simulation, by: User, at: datetime) -> None:
    """Go on with what is left of a simulation that was stopped. Raises NothingToResume."""
    stopped = Simulation.objects.filter(pk=simulation.pk, state=Simulation.State.CANCELLED)
    try:
        with transaction.atomic():
            if not stopped.update(state=Simulation.State.RUNNING, finished_at=None):
                raise NothingToResume
    except IntegrityError:
        raise NothingToResume from None
    audit.record(verb="rule simulation resumed", by=by, at=at, target=simulation.draft, label=str(simulation.draft))


def lost_shards(*, at: datetime) -> list[int]:
    """Pieces of running simulations that nobody seems to be counting: the bell was not heard."""
    left = SimulationShard.objects.filter(
        simulation__state=Simulation.State.RUNNING, simulation__started_at__lt=at - _LOST_AFTER, done_at=None
    )
    return list(left.order_by("simulation", "number").values_list("pk", flat=True)[:1000])
