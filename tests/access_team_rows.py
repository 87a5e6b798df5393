"""Who may open which page of a team: coordinators and owners, each of their own employer."""

from __future__ import annotations

from tests.access_rows import COORDINATOR, OTHER_OWNER, OVERSEERS, OWNER, OWNERS, SECOND, Row, owned, page, seen

TEAM, TEAM_OWNER = page(OVERSEERS), page(OWNERS)

TEAM_ROWS: dict[str, Row] = {
    **dict.fromkeys(
        (
            "team:board",
            "team:recount",
            "team:at_risk",
            "team:remind",
            "team:people",
            "team:coverage",
            "team:targets",
            "team:exports",
            "team:report",
            "team:classes",
            "team:class_new",
            "team:confirmations",
            "team:requirements",
        ),
        TEAM,
    ),
    "team:person": seen(membership_id="membership"),
    "team:evidence": seen(membership_id="membership", evidence_id="evidence"),
    # Dana works for two employers and shares her standing with both.
    "team:held": Row(frozenset({COORDINATOR, OWNER, SECOND}), frozenset({OTHER_OWNER}), {"held_id": "held"}),
    **dict.fromkeys(("team:packet_pdf", "team:packet_evidence"), seen(held_id="held")),
    **dict.fromkeys(("team:kept_pdf", "team:kept_evidence"), seen(held_id="renewed", number="ordinal")),
    **dict.fromkeys(("team:class", "team:class_people", "team:class_edit", "team:class_withdraw"), seen(pk="class")),
    "team:confirm": seen(membership_id="membership", pk="activity"),
    "team:adjust": seen(membership_id="membership", held_id="held"),
    "team:adjustment_end": seen(pk="adjustment"),
    "team:export_file": seen(pk="export"),
    # Members and settings, for owners
    **dict.fromkeys(("team:members", "team:invite", "team:settings", "team:reminders", "team:place_add"), TEAM_OWNER),
    "team:webhook": TEAM_OWNER,
    **dict.fromkeys(("team:import", "team:import_template"), TEAM_OWNER),
    **dict.fromkeys(("team:import_columns", "team:import_preview", "team:import_undo"), owned(pk="import")),
    "team:requirement_new": TEAM_OWNER,
    "team:requirement": owned(pk="requirement"),
    "team:requirement_end": owned(pk="requirement"),
    "team:member": owned(pk="membership"),
    "team:member_end": owned(pk="membership"),
    "team:invitation_resend": owned(pk="invitation"),
    "team:invitation_revoke": owned(pk="invitation"),
    "team:team_edit": owned(pk="team"),
    "team:site_edit": owned(pk="site"),
}
