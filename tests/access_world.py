"""Two tenants, everybody who may come along, and one of each thing that an address can name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

from allauth.account.models import EmailConfirmationHMAC

from accounts.actions.invitations import hash_of
from accounts.models import Employer, Membership, User
from activities.evidence import storage
from certifications.actions.drafts import start_draft
from certifications.models import Certification, RenewalPeriod, RuleDraft, RuleSetVersion
from certifications.rules.in_house import Wish, made_from
from renewals.actions import give_up, record_renewal
from renewals.actions.requiring import ask_in_house
from renewals.exports import files
from renewals.models import RuleChange, Simulation
from renewals.reminding.unsubscribing import Mails, token_for
from tests import access_rows as who
from tests.factories.accounts import EmailAddressFactory, UserFactory
from tests.factories.activities import EvidenceFactory, EvidenceLinkFactory
from tests.factories.certifications import RuleSetVersionFactory
from tests.factories.employers import (
    AdjustmentFactory,
    AttendanceFactory,
    ClassSessionFactory,
    EmployerFactory,
    ExportRunFactory,
    InterestFactory,
    InvitationFactory,
    MembershipFactory,
    PeopleImportFactory,
    SiteFactory,
    TeamFactory,
)
from tests.factories.packs import AT, TODAY, do, give, load_packs
from tests.factories.renewals import InAppNoticeFactory, PublicPageFactory, ReminderFactory

MISSING = 10**15
# What is not a number.
ABSENT = {
    "day": "2026-02-30", "rules": "no-such-rules", "part": "no-such-part", "side": "v99", "job": "no-such-job",
    "role": "no-such-role", "token": "A" * 43, "leaving": "x", "page": "B" * 32,
}  # fmt: skip
FIRST, SECOND, THIRD, ELSEWHERE = "Walnut Ridge Fire", "Second Sprinkler", "Third Alarm", "Elsewhere Electric"
NOTE, DANA, ROBIN, PROOF = "told to nobody but me", "Dana Canary", "Robin Canary", b"%PDF-1.7 proof of Dana"


@dataclass(frozen=True)
class World:
    """The people by identity, and the things of each side by name."""

    people: dict[str, User]
    here: dict[str, object]
    elsewhere: dict[str, object]


def build() -> World:
    """Everything, on 1 Oct 2026. Needs `EVIDENCE_DIR` of its own."""
    load_packs("nicet")
    people = {name: UserFactory(name=f"The {name}") for name in who.INSIDE}
    people[who.RULES] = UserFactory(name="Kim Adler", rules_admin=True)
    people[who.INVITED] = UserFactory(name="Ina Vited", email="ina@example.org", confirmed=True)
    dana = people[who.TECHNICIAN] = UserFactory(name=DANA, email="dana@example.org", confirmed=True)
    robin = people[who.OTHER] = UserFactory(name=ROBIN, email="robin@example.org", confirmed=True)
    people[who.SITE] = UserFactory(name="Ari Lund", is_site_admin=True)
    people["disabled"] = UserFactory(name="Dis Abled")
    first, second, third, elsewhere = (_employer(name) for name in (FIRST, SECOND, THIRD, ELSEWHERE))
    _works(people[who.OWNER], first, role="owner")
    _works(people[who.COORDINATOR], first, role="coordinator")
    _works(people[who.COLLEAGUE], first)
    _works(people["disabled"], first, role="coordinator")
    _works(people[who.GONE], first, role="coordinator", left_on=date(2026, 9, 30))
    _works(people[who.SECOND], second, role="coordinator")
    _works(people[who.FORMER], third, role="coordinator")
    _works(people[who.OTHER_OWNER], elsewhere, role="owner")
    _works(dana, second, shares="standing")
    _works(dana, third, left_on=TODAY)
    here = _side(dana, first, people[who.OWNER], invited="ina@example.org")
    there = _side(robin, elsewhere, people[who.OTHER_OWNER], invited="nobody@example.org")
    return World(people, here, there)


def _employer(name: str) -> Employer:
    return EmployerFactory(name=name, owner__user__name=f"Founder of {name[:4]}")


def _works(user: User, employer: Employer, shares: str = "evidence", **facts: object) -> Membership:
    return MembershipFactory(user=user, employer=employer, shares=shares, **facts)


def _side(person: User, employer: Employer, owner: User, invited: str) -> dict[str, object]:
    """What belongs to one technician and their employer."""
    membership = _works(person, employer)
    held = give(person, "fire-alarm-systems", level="II", expiry=date(2027, 4, 1)).held
    gone = give(person, "special-hazards-systems", level="I", expiry=date(2027, 4, 1)).held
    renewed = give(person, "inspection-testing-water-based", level="I", expiry=date(2026, 12, 1))
    record_renewal(period=renewed, renewed_on=TODAY, reference="R-1", by=person, at=AT, today=TODAY)
    give_up(held=gone, by=person, at=AT)
    activity = do(person, title="Panel class", on=date(2025, 9, 10), amount=1600, note=NOTE)
    do(person, title="Alarm talk", on=date(2025, 8, 1), amount=800)
    double = do(person, title="Alarm talk", on=date(2025, 8, 1), amount=800)
    proof = EvidenceFactory(user=person, content=PROOF + str(person.pk).encode())
    storage.put(PROOF + str(person.pk).encode())
    EvidenceLinkFactory(user=person, evidence=proof, activity=activity)
    with files.new_file("csv") as (stored_as, file):
        file.write(b"Person\n")
    token = uuid4().hex
    export = ExportRunFactory(
        employer=employer, made_by=owner, state="done", done_at=AT, stored_as=stored_as, file_name="team.csv",
        made_at=AT, expires_at=datetime(2026, 10, 2, 13, tzinfo=UTC),
    )  # fmt: skip
    columns = {"headings": ["Email"], "means": ["email"], "order": ""}
    people = PeopleImportFactory(employer=employer, made_by=owner, made_at=AT, columns=columns)
    invitation = InvitationFactory(
        employer=employer, email=invited, token_hash=hash_of(token), made_at=AT, invited_by=owner,
        expires_at=datetime(2026, 10, 31, tzinfo=UTC),
    )  # fmt: skip
    session, attended = (
        ClassSessionFactory(employer=employer, made_by=owner),
        do(person, on=date(2025, 3, 4), amount=400),
    )
    AttendanceFactory(session=session, user=person, activity=attended)
    requirement = ask_in_house(
        employer=employer, certification=held.certification, level=held.level, since=date(2026, 1, 1), by=owner, at=AT,
        document=made_from(Wish("In-house", 2400, 12), version=1, day=date(2026, 1, 1)),
    )  # fmt: skip
    waiting = EmailAddressFactory(user=person, email=f"new{person.pk}@example.org", verified=False, primary=False)
    version = RuleSetVersion.objects.filter(rule_set__slug="nicet-cpd", status="published").first()
    assert version
    return {
        "activity": activity.pk, "double": double.pk, "held": held.pk, "given up": gone.pk, "renewed": renewed.held_id,
        "ordinal": RenewalPeriod.objects.get(pk=renewed.pk).ordinal, "evidence": proof.pk, "export": export.pk,
        "import": people.pk, "employer": employer.pk, "attended": attended.pk, "requirement": requirement.pk,
        "adjustment": AdjustmentFactory(membership=membership, held=held, made_by=owner).pk,
        "membership": membership.pk, "invitation": invitation.pk, "token": token,
        "key": EmailConfirmationHMAC(waiting).key, "reset": "x", "interest": InterestFactory(user=person).pk,
        "notice": InAppNoticeFactory(user=person).pk, "leaving": token_for(person, Mails.OWN, 0),
        "person": person.pk, "role": "rules-admin", "job": "keep-house",
        "reminder": ReminderFactory(period=RenewalPeriod.objects.get(held=held)).pk,
        "page": PublicPageFactory(user=person, shown=[held.pk]).token,
        "class": session.pk, "passkey": 1, "hash": proof.sha256,
        "team": TeamFactory(employer=employer).pk, "site": SiteFactory(employer=employer).pk,
        "rules": version.rule_set.slug, "version": version.number, "draft": _draft(version).pk,
        "part": "counts", "place": 1, "side": "v1",
        "unpublished": version.pk, "section": "kinds", "row": "kinds.0",
        "day": TODAY.isoformat(), "rule change": _rule_change(version).version_id,
        "body": "nicet", "rigger": Certification.objects.filter(body__slug="nicet").values_list("slug", flat=True)[0],
        "certification": Certification.objects.catalogue().values_list("pk", flat=True)[0],
    }  # fmt: skip


def _draft(version: RuleSetVersion) -> RuleDraft:
    """The one draft in work of these rules, whichever side asks first."""
    there = RuleDraft.objects.in_work().filter(rule_set=version.rule_set).first()
    writer = User.objects.filter(is_rules_admin=True).first()
    assert writer
    raw = version.document.plain()
    return there or start_draft(rule_set=version.rule_set, raw=raw, base=version, by=writer, at=AT)


def _rule_change(version: RuleSetVersion) -> RuleChange:
    """A version that was published here and withdrawn, whichever side asks first."""
    there, draft = RuleChange.objects.first(), _draft(version)
    if there:
        return there
    facts = {"starts_on": TODAY, "day": TODAY, "started_by": draft.author, "started_at": AT}
    simulation = Simulation.objects.create(
        draft=draft, digest=version.digest, canonical=version.canonical, state="done", finished_at=AT, **facts
    )
    taken_back = RuleSetVersionFactory(rule_set=version.rule_set, number=90, status="withdrawn")
    return RuleChange.objects.create(
        version=taken_back, simulation=simulation, starts_on=TODAY, state="withdrawn", published_by=draft.author,
        published_at=AT,
    )  # fmt: skip


# What a page says to everybody who has its address, on purpose: who invites, and who shows what they hold.
SAID = {"sharing:link": {FIRST, SECOND, THIRD, ELSEWHERE}, "sharing:page": {DANA, ROBIN}}


# What must never be read in an answer to somebody. Dana's side has a second employer, a note and a hash.
def never_read(identity: str, world: World, name: str) -> list[str]:
    """Strings that the page of this name does not show to this identity."""
    secrets = [str(world.here["hash"]), str(world.elsewhere["hash"])]
    if identity not in (who.TECHNICIAN, who.OTHER):
        secrets.append(NOTE)
    if identity == who.SITE:
        return secrets  # the audit trail names whom it is about
    for secret, known_to in {
        FIRST: {who.TECHNICIAN, who.COLLEAGUE, who.COORDINATOR, who.OWNER, who.GONE, who.INVITED},
        SECOND: {who.TECHNICIAN, who.SECOND},
        THIRD: {who.TECHNICIAN, who.FORMER},
        ELSEWHERE: {who.OTHER, who.OTHER_OWNER},
        DANA: {who.TECHNICIAN, who.COORDINATOR, who.OWNER, who.SECOND},
        ROBIN: {who.OTHER, who.OTHER_OWNER},
    }.items():
        if identity not in known_to and secret not in SAID.get(name, ()):
            secrets.append(secret)
    return secrets
