"""Rule packs into the database: bodies, certifications, levels, rule sets, versions. Loading twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any

from django.db import models, transaction

from accounts import audit

from .actions.catalogue import take_turn
from .models import Body, Certification, Level, RuleSet, RuleSetVersion
from .packs import Pack, PackProblem, Reading, VersionFile
from .rules.catalogue import BodyFile, CertificationEntry, LevelEntry
from .rules.document import Document

Status = RuleSetVersion.Status
# Steps that make room while levels change places: positions are unique, and nobody has this many levels.
_ASIDE = 1000


class LoadError(ValueError):
    """Packs that may not be loaded; the message has a line for each reason."""

    def __init__(self, problems: Iterable[PackProblem | str]):
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass
class Loaded:
    """What a load did, by name of the rule set and version."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)


@transaction.atomic
def load_rule_packs(reading: Reading, *, at: datetime) -> Loaded:
    """Bring the catalogue and the rule sets of these packs into the database, all of them or none.

    Drafts follow their files; a published version never changes. Raises LoadError if an example fails, or if the rules
    of a published version would have to change; better examples of the same rules are run and leave it as it is.
    """
    if reading.problems:
        raise LoadError(reading.problems)
    take_turn()
    refused: list[str] = []
    loaded = Loaded()
    for pack in reading.packs:
        body = _body(pack.body)
        certifications = _certifications(pack.body, body, refused)
        for key, files in _by_rule_set(pack):
            rule_set = _rule_set(key, files, body, certifications)
            for version_file in files:
                _version(rule_set, version_file, loaded, refused, at)
            _supersede(rule_set, at.date())
    if refused:
        raise LoadError(refused)
    return loaded


def _put(rows: models.Manager[Any], key: dict[str, Any], values: dict[str, Any]) -> Any:
    """The row with this key, brought to these values; written only if something differs."""
    found = rows.filter(**key).first()
    if found is None:
        return rows.create(**key, **values)
    changed = [name for name, value in values.items() if getattr(found, name) != value]
    for name in changed:
        setattr(found, name, values[name])
    if changed:
        found.save(update_fields=changed)
    return found


def _body(file: BodyFile) -> Body:
    values = {
        name: getattr(file, name) for name in ("full_name", "trade", "url", "meaning", "checked_on", "confidence")
    }
    there = Body.objects.filter(slug=file.key).exclude(edited_at=None).first()
    if there:  # a rules admin wrote something else: the file no longer speaks for this body
        return there
    body: Body = _put(Body.objects, {"slug": file.key}, {"name": file.name, **values})
    return body


def _certifications(file: BodyFile, body: Body, refused: list[str]) -> dict[str, Certification]:
    ladders = {ladder.key: ladder.levels for ladder in file.ladders}
    edited = body.certifications.exclude(edited_at=None)
    found: dict[str, Certification] = {one.slug: one for one in edited}
    own = set(found)
    for entry in file.certifications:
        if entry.key in own:
            continue
        names = ("name", "short", "kind", "field", "specialty", "meaning", "url")
        values = {name: getattr(entry, name) for name in names}
        certification = found[entry.key] = _put(Certification.objects, {"body": body, "slug": entry.key}, values)
        levels = ladders[entry.ladder] if entry.ladder else entry.levels
        _levels(certification, entry, levels, refused)
    for key, others in _related(file).items():
        if key in own:
            continue
        kept = found[key].related.filter(slug__in=own)
        found[key].related.set([*kept, *(found[other] for other in sorted(others - own))])
    return found


def _related(file: BodyFile) -> dict[str, set[str]]:
    """Being related goes both ways, whichever of the two says so."""
    pairs = {(entry.key, other) for entry in file.certifications for other in entry.related}
    pairs |= {(other, key) for key, other in pairs}
    return {entry.key: {other for key, other in pairs if key == entry.key} for entry in file.certifications}


def _levels(
    certification: Certification, entry: CertificationEntry, levels: tuple[LevelEntry, ...], refused: list[str]
) -> None:
    """Bring the ladder to what the file says. A level that somebody holds is not taken away."""
    rows = {level.code: level for level in certification.levels.all()}
    gone = [row for code, row in rows.items() if code not in {level.code for level in levels}]
    for row in gone:
        if row.held.exists():
            refused.append(f"{certification.body}: level {row.code} of {entry.name} is held and may not go")
        else:
            row.delete()
    places = {code: row.position for code, row in rows.items() if row not in gone}
    if any(places.get(level.code, place) != place for place, level in enumerate(levels, 1)):
        certification.levels.update(position=models.F("position") + _ASIDE)
    for place, level in enumerate(levels, 1):
        values = {"position": place, "name": level.name, "meaning": level.meaning, "needs": level.needs}
        _put(Level.objects, {"certification": certification, "code": level.code}, values)


def _by_rule_set(pack: Pack) -> list[tuple[str, list[VersionFile]]]:
    """A pack's documents by rule set, each from its earliest day in force to its latest."""

    def order(one: VersionFile) -> tuple[str, date, str]:
        rules = one.document.rules
        return rules.key, rules.in_force_from, rules.version

    ordered = sorted(pack.versions, key=order)
    return [(key, list(files)) for key, files in groupby(ordered, key=lambda one: one.document.rules.key)]


def _rule_set(key: str, files: list[VersionFile], body: Body, certifications: dict[str, Certification]) -> RuleSet:
    rule_set: RuleSet = _put(RuleSet.objects, {"slug": key}, {"body": body, "name": files[-1].document.rules.name})
    covered = {name for one in files for name in one.document.rules.certifications}
    rule_set.certifications.set([certifications[name] for name in sorted(covered)])
    return rule_set


def _version(rule_set: RuleSet, one: VersionFile, loaded: Loaded, refused: list[str], at: datetime) -> None:
    rules = one.document.rules
    name = f"{rule_set.slug} {rules.version}"
    values = {
        "in_force_from": rules.in_force_from, "checked_on": rules.checked_on, "confidence": rules.confidence,
        "canonical": one.document.canonical(), "digest": one.document.digest(),
    }  # fmt: skip
    stored = rule_set.versions.filter(label=rules.version).first()
    if stored is None:
        last = rule_set.versions.aggregate(last=models.Max("number"))["last"] or 0
        stored = RuleSetVersion(rule_set=rule_set, number=last + 1, label=rules.version, created_at=at, **values)
        loaded.new.append(name)
    elif stored.digest == values["digest"] or _better_examples(stored, one.document):
        loaded.unchanged.append(name)
        return
    elif stored.status != Status.DRAFT or not stored.from_pack:
        what = "a draft of somebody" if stored.status == Status.DRAFT else "published already"
        refused.append(f"{name} is {what} and its file says something else: give the file a new version")
        return
    else:
        loaded.changed.append(name)
    before = stored.digest if stored.pk else ""
    for field_name, value in values.items():
        setattr(stored, field_name, value)
    stored.from_pack = True
    stored.status = Status(rules.status)
    stored.published_at = at if stored.status == Status.PUBLISHED else None
    stored.save()
    verb = "rules published" if stored.status == Status.PUBLISHED else "rules drafted"
    audit.record(
        verb=verb, by=None, at=at, target=stored, label=str(stored),
        before={"digest": before} if before else None, after={"digest": stored.digest, "file": one.path.name},
    )  # fmt: skip


def _better_examples(stored: RuleSetVersion, document: Document) -> bool:
    """Whether a published version and its file differ only in what proves them."""
    return stored.status != Status.DRAFT and stored.document.without_examples() == document.without_examples()


def _supersede(rule_set: RuleSet, today: date) -> None:
    """Each version is in force until the next one; then it is history, and still counts the periods that are its."""
    published = rule_set.versions.filter(status=Status.PUBLISHED)
    for one, following in pairwise(published.order_by("in_force_from", "number")):
        over = following.in_force_from <= today
        published.filter(pk=one.pk, in_force_from__lt=following.in_force_from).update(
            status=Status.SUPERSEDED if over else Status.PUBLISHED, superseded_on=following.in_force_from
        )
