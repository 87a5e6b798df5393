"""Employers, who works for them, and what they ask for."""

import hashlib
import uuid
from datetime import UTC, date, datetime

import factory

from accounts.models import Employer, Invitation, Membership, Site, Team
from activities.models import Attendance, ClassSession, Confirmation
from certifications.models import Adjustment, CoverageTarget, InHouseRequirement, Interest
from renewals.models import ExportRun, PeopleImport, PersonNote
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityFactory
from tests.factories.certifications import CertificationFactory, HeldCertificationFactory, RuleSetFactory

MADE = datetime(2025, 6, 2, 13, tzinfo=UTC)


class EmployerFactory(factory.django.DjangoModelFactory):
    """With an owner, as every employer has one."""

    class Meta:
        model = Employer
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Vale Fire {n}")
    made_at = MADE
    owner = factory.RelatedFactory(
        "tests.factories.employers.MembershipFactory", factory_related_name="employer", role=Membership.Role.OWNER
    )


class SiteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Site

    employer = factory.SubFactory(EmployerFactory)
    name = factory.Sequence(lambda n: f"Yard {n}")


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    employer = factory.SubFactory(EmployerFactory)
    name = factory.Sequence(lambda n: f"Crew {n}")


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    class Params:
        coordinator = factory.Trait(role=Membership.Role.COORDINATOR)
        left = factory.Trait(left_on=date(2026, 5, 1))

    user = factory.SubFactory(UserFactory)
    employer = factory.SubFactory(EmployerFactory)
    shares_changed_at = MADE
    joined_on = date(2025, 6, 2)


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    class Params:
        used = factory.Trait(
            used_at=datetime(2026, 9, 3, tzinfo=UTC),
            membership=factory.SubFactory(MembershipFactory, employer=factory.SelfAttribute("..employer")),
        )

    employer = factory.SubFactory(EmployerFactory)
    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    email_key = factory.SelfAttribute("email")
    invited_by = factory.SubFactory(UserFactory)
    token_hash = factory.LazyAttribute(lambda one: hashlib.sha256(one.email.encode()).hexdigest())
    made_at = datetime(2026, 9, 1, tzinfo=UTC)
    expires_at = datetime(2026, 10, 1, tzinfo=UTC)


class CoverageTargetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CoverageTarget

    employer = factory.SubFactory(EmployerFactory)
    certification = factory.SubFactory(CertificationFactory)
    people = 3


class InterestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Interest

    user = factory.SubFactory(UserFactory)
    certification = factory.SubFactory(CertificationFactory)
    said_at = MADE


class InHouseRequirementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = InHouseRequirement

    employer = factory.SubFactory(EmployerFactory)
    certification = factory.SubFactory(CertificationFactory)
    rule_set = factory.SubFactory(RuleSetFactory, body=None, employer=factory.SelfAttribute("..employer"))
    since = date(2026, 1, 1)


class AdjustmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Adjustment

    held = factory.SubFactory(HeldCertificationFactory)
    membership = factory.SubFactory(MembershipFactory, user=factory.SelfAttribute("..held.user"))
    kind = Adjustment.Kind.LEAVE
    percent = 50
    reason = "Parental leave"
    made_by = factory.SubFactory(UserFactory)
    made_at = MADE


class ClassSessionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ClassSession

    employer = factory.SubFactory(EmployerFactory)
    kind = "class"
    title = "NFPA 25 refresher"
    on = date(2026, 3, 12)
    amount = 800
    nonce = factory.LazyFunction(uuid.uuid4)
    made_by = factory.SubFactory(UserFactory)
    made_at = MADE
    changed_at = MADE


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    session = factory.SubFactory(ClassSessionFactory)
    user = factory.SubFactory(UserFactory)
    activity = factory.SubFactory(ActivityFactory, user=factory.SelfAttribute("..user"))


class ConfirmationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Confirmation

    activity = factory.SubFactory(ActivityFactory)
    owner = factory.SelfAttribute("activity.user")
    employer = factory.SubFactory(EmployerFactory)
    at = MADE
    version = 1


class ExportRunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ExportRun

    employer = factory.SubFactory(EmployerFactory)
    what = "standings"
    file_format = "csv"
    on = date(2026, 10, 1)
    made_by = factory.SubFactory(UserFactory)
    made_at = MADE
    expires_at = datetime(2026, 10, 8, tzinfo=UTC)


class PeopleImportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PeopleImport

    employer = factory.SubFactory(EmployerFactory)
    file_name = "people.csv"
    made_by = factory.SubFactory(UserFactory)
    made_at = MADE


class PersonNoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PersonNote

    membership = factory.SubFactory(MembershipFactory)
    text = "On the late shift until June"
    by = factory.SubFactory(UserFactory)
    at = MADE
