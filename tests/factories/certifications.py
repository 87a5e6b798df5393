"""Bodies, certifications, rule sets, and who holds what."""

import hashlib
import json
from datetime import UTC, date, datetime

import factory

from certifications.models import (
    Body,
    Certification,
    HeldCertification,
    Level,
    RenewalPeriod,
    RuleSet,
    RuleSetVersion,
)
from certifications.rules.parsing import parse_text
from tests.factories.accounts import UserFactory

# 90 points in three years, at most 24 a year from field time: small, and with one cap that bites.
RULES = """
format = 1
[rules]
body = "guild"
key = "guild-technician"
name = "Guild technician"
version = "1"
in_force_from = 2020-01-01
checked_on = 2026-09-01
confidence = "body"
summary = "90 points in three years, at most 24 a year from field time."
certifications = ["technician"]
[period]
months = 36
[need]
points = 90
[[categories]]
key = "practice"
name = "Practice"
[[categories]]
key = "learning"
name = "Learning"
[[kinds]]
key = "field-time"
name = "Field time"
kind = "field-time"
category = "practice"
per = "month"
points = 2
over_time = true
[[kinds]]
key = "class"
name = "Class"
kind = "class"
category = "learning"
per = "hour"
points = 1
[[caps]]
key = "practice-a-year"
name = "Practice in a year"
points = 24
window = "year"
[caps.select]
category = "practice"
"""


class BodyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Body

    slug = factory.Sequence(lambda n: f"guild-{n}")
    name = factory.Sequence(lambda n: f"Guild {n}")
    trade = "Fire protection"
    checked_on = date(2026, 9, 1)


class CertificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Certification

    class Params:
        own = factory.Trait(body=None, owner=factory.SubFactory(UserFactory))
        licence = factory.Trait(kind=Certification.Kind.LICENCE)
        micro = factory.Trait(kind=Certification.Kind.MICRO)

    body = factory.SubFactory(BodyFactory)
    slug = factory.Sequence(lambda n: f"technician-{n}")
    name = factory.Sequence(lambda n: f"Technician {n}")
    short = factory.Sequence(lambda n: f"T{n}")


class LevelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Level

    certification = factory.SubFactory(CertificationFactory)
    position = factory.Sequence(lambda n: n % 30_000)
    code = factory.LazyAttribute(lambda level: str(level.position))
    name = factory.LazyAttribute(lambda level: f"Level {level.position}")


class RuleSetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RuleSet
        skip_postgeneration_save = True

    body = factory.SubFactory(BodyFactory)
    slug = factory.Sequence(lambda n: f"guild-technician-{n}")
    name = factory.Sequence(lambda n: f"Guild technician {n}")

    @factory.post_generation
    def certifications(self, create: bool, extracted: list[Certification] | None, **kwargs: object) -> None:
        if create and extracted:
            self.certifications.set(extracted)


class RuleSetVersionFactory(factory.django.DjangoModelFactory):
    """Published by a pack unless `draft=True`. `text` is the document as TOML."""

    class Meta:
        model = RuleSetVersion
        exclude = ["text"]

    class Params:
        draft = factory.Trait(status=RuleSetVersion.Status.DRAFT, published_at=None)

    text = RULES
    rule_set = factory.SubFactory(RuleSetFactory)
    number = factory.Sequence(lambda n: n + 1)
    label = factory.LazyAttribute(lambda version: str(version.number))
    status = RuleSetVersion.Status.PUBLISHED
    in_force_from = date(2020, 1, 1)
    checked_on = date(2026, 9, 1)
    from_pack = True
    canonical = factory.LazyAttribute(lambda version: parse_text(version.text).canonical())
    digest = factory.LazyAttribute(lambda version: hashlib.sha256(version.canonical.encode()).hexdigest())
    created_at = datetime(2026, 9, 1, 12, tzinfo=UTC)
    published_at = datetime(2026, 9, 2, 12, tzinfo=UTC)


class HeldCertificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HeldCertification

    class Params:
        with_level = factory.Trait(
            level=factory.SubFactory(LevelFactory, certification=factory.SelfAttribute("..certification"))
        )
        removed = factory.Trait(removed_at=datetime(2026, 5, 1, 12, tzinfo=UTC))

    user = factory.SubFactory(UserFactory)
    certification = factory.SubFactory(CertificationFactory)
    awarded_on = date(2024, 4, 1)
    added_at = datetime(2025, 6, 2, 14, tzinfo=UTC)


RESULT = {"counted": 9000, "needed": 9000}


class RenewalPeriodFactory(factory.django.DjangoModelFactory):
    """1 Apr 2024 to 31 Mar 2027, open."""

    class Meta:
        model = RenewalPeriod

    class Params:
        closed = factory.Trait(
            closed_at=datetime(2027, 3, 1, 12, tzinfo=UTC),
            renewed_on=date(2027, 3, 1),
            result=RESULT,
            result_hash=hashlib.sha256(json.dumps(RESULT, sort_keys=True).encode()).hexdigest(),
        )
        following = factory.Trait(ordinal=2, start=date(2027, 4, 1))  # the period right after

    held = factory.SubFactory(HeldCertificationFactory)
    user = factory.SelfAttribute("held.user")
    version = factory.SubFactory(RuleSetVersionFactory)
    start = date(2024, 4, 1)
    end = factory.LazyAttribute(lambda period: period.start.replace(year=period.start.year + 3))
    earns_from = factory.SelfAttribute("start")
    earns_until = factory.SelfAttribute("end")
