"""What the database refuses about what employers ask for, past the ORM."""

from datetime import date

import pytest

from tests.factories.certifications import BodyFactory, HeldCertificationFactory, LevelFactory, RuleSetFactory
from tests.factories.employers import (
    AdjustmentFactory,
    CoverageTargetFactory,
    EmployerFactory,
    InHouseRequirementFactory,
    InterestFactory,
    MembershipFactory,
)
from tests.guards import accepted, copy, refused, update

pytestmark = pytest.mark.django_db
TARGETS, INTERESTS = "certifications_coveragetarget", "certifications_interest"
IN_HOUSE, ADJUSTMENTS = "certifications_inhouserequirement", "certifications_adjustment"
RULE_SETS = "certifications_ruleset"


@pytest.mark.parametrize(
    ("guard", "table", "factory"),
    [
        ("target_once", TARGETS, CoverageTargetFactory),
        ("interest_once", INTERESTS, InterestFactory),
        ("in_house_once_at_a_time", IN_HOUSE, InHouseRequirementFactory),
    ],
)
def test_each_is_asked_once_with_a_level_and_without(guard: str, table: str, factory: type) -> None:
    row = factory()
    refused(guard, copy(table, row.pk))
    level = LevelFactory(certification=row.certification).pk
    accepted(copy(table, row.pk, level_id=level))
    refused(guard, copy(table, row.pk, level_id=level), copy(table, row.pk, level_id=level))


@pytest.mark.parametrize(
    ("guard", "table", "factory"),
    [
        ("target_level_of_certification", TARGETS, CoverageTargetFactory),
        ("interest_level_of_certification", INTERESTS, InterestFactory),
        ("in_house_level_of_certification", IN_HOUSE, InHouseRequirementFactory),
    ],
)
def test_a_level_is_one_of_the_certification(guard: str, table: str, factory: type) -> None:
    refused(guard, update(table, factory().pk, level_id=LevelFactory().pk))


@pytest.mark.parametrize("people", [0, 10_001])
def test_a_target_is_a_number_of_people(people: int) -> None:
    refused("target_sane", update(TARGETS, CoverageTargetFactory().pk, people=people))


def test_an_ended_requirement_may_be_made_again() -> None:
    row = InHouseRequirementFactory(ended_on=date(2026, 6, 30))
    accepted(copy(IN_HOUSE, row.pk, ended_on=None))
    refused("in_house_ends_after_start", update(IN_HOUSE, row.pk, ended_on=date(2025, 12, 31)))


def test_in_house_rules_are_the_employers_own() -> None:
    row = InHouseRequirementFactory()
    bodys, others = RuleSetFactory(), RuleSetFactory(body=None, employer=EmployerFactory())
    refused("in_house_rules_of_employer", update(IN_HOUSE, row.pk, rule_set_id=bodys.pk))
    refused("in_house_rules_of_employer", update(IN_HOUSE, row.pk, rule_set_id=others.pk))
    refused("in_house_rules_of_employer", update(RULE_SETS, row.rule_set_id, employer_id=EmployerFactory().pk))


def test_a_rule_set_is_of_a_body_or_of_an_employer() -> None:
    bodys, own = RuleSetFactory(), RuleSetFactory(body=None, employer=EmployerFactory())
    refused("rule_set_of_body_or_employer", update(RULE_SETS, bodys.pk, employer_id=EmployerFactory().pk))
    refused("rule_set_of_body_or_employer", update(RULE_SETS, bodys.pk, body_id=None))
    refused("rule_set_of_body_or_employer", update(RULE_SETS, own.pk, body_id=BodyFactory().pk))


@pytest.mark.parametrize(
    ("guard", "changes"),
    [
        ("adjustment_has_reason", {"reason": ""}),
        ("adjustment_sane", {"percent": 101}),
        ("adjustment_sane", {"extra_months": 61}),
    ],
)
def test_an_adjustment_is_sane(guard: str, changes: dict[str, object]) -> None:
    refused(guard, update(ADJUSTMENTS, AdjustmentFactory().pk, **changes))


def test_an_adjustment_holds_once_at_a_time() -> None:
    row = AdjustmentFactory()
    refused("adjustment_once_at_a_time", copy(ADJUSTMENTS, row.pk))
    accepted(copy(ADJUSTMENTS, row.pk, kind="extension"))
    accepted(copy(ADJUSTMENTS, row.pk, ended_at="2026-01-01 00:00+00"))


def test_an_adjustment_is_for_one_person() -> None:
    row = AdjustmentFactory()
    refused("adjustment_for_one_person", update(ADJUSTMENTS, row.pk, held_id=HeldCertificationFactory().pk))
    refused("adjustment_for_one_person", update(ADJUSTMENTS, row.pk, membership_id=MembershipFactory().pk))
