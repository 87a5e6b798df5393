"""Who may open what: one row for every address. An address without a row fails the build (tests/test_access.py).

Each row says who gets an answer for what belongs to Dana's side, and who for what belongs to the other tenant's
side; everybody else gets the same 404 as for what does not exist. Nobody without a sign-in gets past the sign-in page,
except to what is public.
"""

from __future__ import annotations

from tests.access_rows import (
    COORDINATOR,
    INVITED,
    OPEN,
    OTHER,
    OTHER_OWNER,
    OUTSIDE,
    OWNER,
    RULES,
    SECOND,
    SIGNED_IN,
    SITE,
    TECHNICIAN,
    Row,
    own,
    page,
    shared,
    written,
)
from tests.access_team_rows import TEAM_ROWS

ACTIVITY, HELD = own(pk="activity"), own(pk="held")
EVIDENCE = own(pk="evidence")
MEMBERSHIP = own(pk="membership")
PUBLIC, MINE = page(OPEN), page(SIGNED_IN)

PAST = frozenset({TECHNICIAN, COORDINATOR, OWNER, SECOND})
PAST_ELSEWHERE = frozenset({OTHER, OTHER_OWNER})

ROWS: dict[str, Row] = {
    # For everybody
    **dict.fromkeys(
        (
            "landing",
            "help",
            "accounts:theme",
            "healthz",
            "readyz",
            "account_signup",
            "account_login",
            "account_logout",
            "account_inactive",
            "account_email_verification_sent",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key_done",
            "mfa_authenticate",
            "mfa_login_webauthn",
        ),
        PUBLIC,
    ),
    "account_confirm_email": Row(OPEN, OPEN, {"key": "key"}, missing=False),
    "account_reset_password_from_key": Row(OPEN, OPEN, {"uidb36": "reset", "key": "reset"}, missing=False),
    "demo_mail": page(frozenset()),  # only in the demo
    "demo_mail_html": Row(frozenset(), frozenset(), {"key": "token"}),
    # The link of an invitation: whoever has it, as it names nobody but who invites and who is invited
    "sharing:link": Row(OPEN, OPEN, {"token": "token"}),
    # What a person shows to whoever has the address
    "sharing:page": Row(OPEN, OPEN, {"token": "page"}),
    "sharing:badge": Row(OPEN, OPEN, {"token": "page"}),
    # One's own account
    **dict.fromkeys(
        (
            "accounts:settings",
            "account_email",
            "account_change_password",
            "account_set_password",
            "account_reauthenticate",
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
            "mfa_activate_totp",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_generate_recovery_codes",
        ),
        MINE,
    ),
    # Nobody of them has set up two-step sign-in.
    **dict.fromkeys(
        ("mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"), page(frozenset())
    ),
    # Somebody who signed in long ago is first asked for the password, whatever the number.
    **dict.fromkeys(
        ("mfa_edit_webauthn", "mfa_remove_webauthn"), Row(SIGNED_IN, SIGNED_IN, {"pk": "passkey"}, missing=False)
    ),
    # The rules, for everybody who is signed in
    "certifications:rules": MINE,
    "certifications:version": shared(slug="rules", number="version"),
    "renewals:rule_changes": shared(slug="rules", number="version"),
    # Writing rules
    "renewals:rule_change": written(pk="rule change"),
    "renewals:rules_audit": page(frozenset({RULES})),
    **dict.fromkeys(
        (
            "certifications:manage",
            "certifications:new_rule_set",
            "certifications:catalogue",
            "certifications:new_body",
        ),
        page(frozenset({RULES})),
    ),
    **dict.fromkeys(
        ("certifications:body", "certifications:body_still_true", "certifications:new_certification"),
        written(slug="body"),
    ),
    **dict.fromkeys(
        ("certifications:certification", "certifications:certification_still_true"),
        written(slug="body", key="rigger"),
    ),
    "certifications:start_draft": written(pk="unpublished"),
    "certifications:draft_section": written(pk="draft", key="section"),
    "certifications:draft_row": written(pk="draft", key="section", path="row"),
    **dict.fromkeys(
        (
            "certifications:draft",
            "certifications:draft_discard",
            "certifications:draft_take_up",
            "certifications:draft_text",
            "certifications:draft_file",
            "certifications:draft_import",
            "certifications:draft_merge",
            "certifications:draft_compare",
            "renewals:draft_impact",
            "renewals:draft_impact_file",
            "renewals:draft_publish",
            "renewals:draft_mail",
            "renewals:draft_mail_looks",
        ),
        written(pk="draft"),
    ),
    "certifications:compare": written(slug="rules"),
    "certifications:side_file": written(slug="rules", side="side"),
    "certifications:draft_examples": written(pk="draft"),
    "renewals:draft_example_person": written(pk="draft"),
    # Only of people whose activities the writer of rules may see anyway: in this world of nobody.
    "renewals:draft_example_take": Row(frozenset(), frozenset(), {"pk": "draft", "held": "held"}),
    "certifications:draft_example_new": written(pk="draft", part="part"),
    **dict.fromkeys(
        (
            "certifications:draft_example",
            "certifications:draft_example_edit",
            "certifications:draft_example_remove",
        ),
        written(pk="draft", part="part", number="place"),
    ),
    # One's own record
    **dict.fromkeys(
        (
            "renewals:home",
            "renewals:career",
            "renewals:start",
            "renewals:start_certification",
            "renewals:start_own",
            "renewals:start_history",
            "renewals:start_activity",
            "renewals:add",
            "renewals:add_own",
            "activities:list",
            "activities:log",
            "activities:export",
            "sharing:interests",
            "activities:field_time",
            "sharing:sharing",
            "sharing:show",
            "sharing:stop",
            "team:new",
        ),
        MINE,
    ),
    **dict.fromkeys(("renewals:start_hold", "renewals:add_certification"), shared(pk="certification")),
    **dict.fromkeys(
        (
            "renewals:standing",
            "renewals:plan",
            "renewals:manage",
            "renewals:details",
            "renewals:period",
            "renewals:level",
            "renewals:renewal",
            "renewals:packet",
            "renewals:packet_pdf",
            "renewals:packet_evidence",
            "renewals:remove",
        ),
        HELD,
    ),
    # Coordinators see standings of their people, also of days since those joined them.
    "renewals:standing_when": Row(PAST, PAST_ELSEWHERE, {"pk": "held"}),
    "renewals:standing_on": Row(PAST, PAST_ELSEWHERE, {"pk": "held", "day": "day"}),
    "renewals:removed": own(pk="given up"),
    "renewals:take_back": own(pk="given up"),
    **dict.fromkeys(
        ("renewals:past_period", "renewals:kept_packet", "renewals:kept_pdf", "renewals:kept_evidence"),
        own(pk="renewed", number="ordinal"),
    ),
    **dict.fromkeys(
        (
            "activities:saved",
            "activities:undo",
            "activities:detail",
            "activities:edit",
            "activities:delete",
            "activities:restore",
            "activities:keep_both",
            "activities:evidence_add",
        ),
        ACTIVITY,
    ),
    "activities:ask": own(pk="activity", employer_id="employer"),
    "activities:decline": own(pk="attended"),
    "activities:compare": own(pk="double"),
    "activities:evidence_download": EVIDENCE,
    "activities:evidence_remove": EVIDENCE,
    "activities:evidence_bring_back": EVIDENCE,
    # Running the site
    **dict.fromkeys(
        (
            "manage:overview",
            "manage:sending",
            "manage:mails",
            "manage:trail",
            "manage:reminders",
            "manage:users",
            "manage:organisations",
        ),
        page(frozenset({SITE})),
    ),
    **dict.fromkeys(("manage:job", "manage:run"), Row(frozenset({SITE}), frozenset({SITE}), {"name": "job"})),
    **dict.fromkeys(("manage:user", "manage:account"), Row(frozenset({SITE}), frozenset({SITE}), {"pk": "person"})),
    "manage:role": Row(frozenset({SITE}), frozenset({SITE}), {"pk": "person", "role": "role"}),
    "manage:organisation": Row(frozenset({SITE}), frozenset({SITE}), {"pk": "employer"}),
    "manage:owner": Row(frozenset({SITE}), frozenset({SITE}), {"pk": "employer", "membership_id": "membership"}),
    "manage:decide": Row(frozenset({SITE}), frozenset({SITE}), {"pk": "reminder"}),
    # Reminders: one's own; the link that ends them works for whoever has it, but for those signed in as another
    **dict.fromkeys(
        (
            "reminders:settings",
            "reminders:next",
            "reminders:next_mail",
            "reminders:sample",
            "reminders:address",
            "reminders:told",
        ),
        MINE,
    ),
    "reminders:read": own(pk="notice"),
    "reminders:unsubscribe": Row(frozenset({*OUTSIDE, TECHNICIAN}), frozenset({*OUTSIDE, OTHER}), {"token": "leaving"}),
    # What is shared with whom
    **dict.fromkeys(("sharing:change", "sharing:view", "sharing:leave"), MEMBERSHIP),
    "sharing:interest_back": own(pk="interest"),
    "sharing:invitation": Row(frozenset({INVITED}), frozenset(), {"pk": "invitation"}),
    **TEAM_ROWS,
}
