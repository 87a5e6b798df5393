"""What was done, what it counts for, and the files that prove it."""

import hashlib
import uuid
from datetime import UTC, date, datetime

import factory

from activities.models import Activity, Claim, Evidence, EvidenceLink
from tests.factories.accounts import UserFactory
from tests.factories.certifications import RenewalPeriodFactory


class ActivityFactory(factory.django.DjangoModelFactory):
    """A class of eight hours on 12 Mar 2026."""

    class Meta:
        model = Activity

    class Params:
        over_time = factory.Trait(kind="field-time", unit="month", since=date(2025, 10, 1), on=date(2026, 3, 31))
        deleted = factory.Trait(deleted_at=datetime(2026, 4, 1, 9, tzinfo=UTC))

    user = factory.SubFactory(UserFactory)
    kind = "class"
    title = factory.Sequence(lambda n: f"NFPA 72 update {n}")
    on = date(2026, 3, 12)
    amount = 800
    unit = "hour"
    nonce = factory.LazyFunction(uuid.uuid4)
    logged_at = datetime(2026, 3, 12, 17, tzinfo=UTC)
    changed_at = factory.SelfAttribute("logged_at")


class ClaimFactory(factory.django.DjangoModelFactory):
    """Counts in full in an open period; the activity belongs to whoever holds it."""

    class Meta:
        model = Claim

    class Params:
        without_period = factory.Trait(period=None, counted=0)

    period = factory.SubFactory(RenewalPeriodFactory)
    held = factory.LazyAttribute(lambda claim: claim.period.held)
    user = factory.LazyAttribute(lambda claim: claim.held.user)
    activity = factory.SubFactory(ActivityFactory, user=factory.SelfAttribute("..user"))
    asked = 800
    counted = 800
    category = "learning"
    category_name = "Learning"


class EvidenceFactory(factory.django.DjangoModelFactory):
    """Stored, unless `staged=True`. `content` is what its hash and size are of; no file is written."""

    class Meta:
        model = Evidence
        exclude = ["content"]

    class Params:
        staged = factory.Trait(state=Evidence.State.STAGED, sha256="", size=0)
        removed = factory.Trait(removed_at=datetime(2026, 4, 1, 9, tzinfo=UTC))

    content = factory.Sequence(lambda n: b"%%PDF-1.7 certificate %d" % n)
    user = factory.SubFactory(UserFactory)
    state = Evidence.State.STORED
    name = "certificate.pdf"
    media_type = "application/pdf"
    sha256 = factory.LazyAttribute(lambda evidence: hashlib.sha256(evidence.content).hexdigest())
    size = factory.LazyAttribute(lambda evidence: len(evidence.content))
    uploaded_at = datetime(2026, 3, 12, 17, 5, tzinfo=UTC)


class EvidenceLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EvidenceLink

    user = factory.SubFactory(UserFactory)
    evidence = factory.SubFactory(EvidenceFactory, user=factory.SelfAttribute("..user"))
    activity = factory.SubFactory(ActivityFactory, user=factory.SelfAttribute("..user"))
