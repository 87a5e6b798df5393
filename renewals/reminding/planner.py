"""Writing a row for everybody for whom something is due. Safe to run at any time, as often as one likes, many at once.

Set-based: one statement for people, one for employers, one for digests, whether there are ten or a million held
certifications. The rules are those of `stages`, said in SQL.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from . import zones
from .claiming import NO_LONGER
from .stages import DIGEST_LATE, EMPLOYER_BEFORE, EMPLOYER_LATE, LAPSED_AFTER, LATE, RULES_BEFORE, Ladder

# Two planners at once would each find that nothing was said yet; the second waits and then finds it said.
_LOCK = "SELECT pg_advisory_xact_lock(hashtext('renewals.reminding.planner'))"
_INTO = """
INSERT INTO renewals_reminder (user_id, period_id, about_id, employer_id, stage, due_on, channel, state, attempts,
    crashes, doubtful, message_id, error, planned_at)
"""
_NEW = "'email', 'pending', 0, 0, 0, '', '', %(at)s::timestamptz"
_ONCE = "ON CONFLICT DO NOTHING"
_ZONES = "WITH zone(name, today, hour, day_began) AS (VALUES {zones})"

# Everything that is held and ends one day, on the day it is for its holder. The day since when it is in the record is
# counted back from that holder's midnight: what somebody adds in the evening must not cost the reminder of tomorrow.
_STANDING = """
FROM renewals_standing s
JOIN certifications_renewalperiod p ON p.id = s.period_id AND p.closed_at IS NULL
JOIN certifications_heldcertification h ON h.id = s.held_id AND h.removed_at IS NULL
JOIN accounts_user u ON u.id = s.user_id AND u.is_active
LEFT JOIN zone z ON z.name = u.time_zone
CROSS JOIN (SELECT today, day_began FROM zone LIMIT 1) d
LEFT JOIN renewals_remindersettings own ON own.user_id = u.id
LEFT JOIN renewals_remindersettings site ON site.user_id IS NULL AND site.employer_id IS NULL
CROSS JOIN LATERAL (SELECT coalesce(z.today, d.today) AS today, coalesce(z.day_began, d.day_began) AS day_began) local
CROSS JOIN LATERAL (
    SELECT local.today, local.today + floor(extract(epoch FROM h.added_at - local.day_began) / 86400)::int AS since
) here
"""

# What was said of it in this period; and in the ones `before`, so that a renewal brings no summary of its own. What a
# sender dropped because it no longer applied was not said.
_PEOPLE = f"""
{_ZONES},
said AS (
    SELECT period_id, max(due_on) AS last,
        max(due_on) FILTER (WHERE stage LIKE 'at-risk-%%') AS last_at_risk,
        max(due_on) FILTER (WHERE stage ~ '^(opens|due|ended|lapsed)-') AS last_step
    FROM renewals_reminder
    WHERE period_id IS NOT NULL AND employer_id IS NULL AND channel = 'email' AND stage NOT LIKE 'rules-%%'
        AND NOT (state = 'dropped' AND error = %(no_longer)s)
    GROUP BY period_id
), before AS (
    SELECT p.held_id, max(said.last) AS last
    FROM certifications_renewalperiod p JOIN said ON said.period_id = p.id
    WHERE p.closed_at IS NOT NULL GROUP BY p.held_id
)
{_INTO}
SELECT s.user_id, s.period_id, NULL, NULL,
    f.word || coalesce('-' || step.days, '') || '-' || stage.due_on, stage.due_on, {_NEW}
{_STANDING}
LEFT JOIN said ON said.period_id = s.period_id
LEFT JOIN before ON before.held_id = s.held_id
CROSS JOIN LATERAL (SELECT
    coalesce(own.days_before, site.days_before, %(days_before)s::smallint[]) AS days_before,
    coalesce(own.action, site.action, 'set-times') AS action,
    CASE coalesce(own.on_track, site.on_track, 'quarterly') WHEN 'quarterly' THEN 3 WHEN 'monthly' THEN 1 END AS months,
    CASE coalesce(own.at_risk, site.at_risk, 'monthly')
        WHEN 'monthly' THEN interval '1 month' WHEN 'weekly' THEN interval '7 days' END AS pause
) wish
CROSS JOIN LATERAL (SELECT CASE
    WHEN s.lapses_after < here.today THEN 'lapsed'
    WHEN s.window_opens <= here.today AND s.ends_on < here.today THEN 'ended'
    WHEN s.window_opens <= here.today THEN 'due'
    WHEN s.on_course THEN 'on-track' ELSE 'at-risk' END AS standing
) now_is
CROSS JOIN LATERAL (SELECT CASE now_is.standing
    WHEN 'due' THEN (SELECT min(n) FROM unnest(wish.days_before) n
        WHERE s.ends_on - n::int <= here.today AND s.ends_on - n::int > s.window_opens)
    WHEN 'lapsed' THEN (SELECT max(n) FROM unnest(%(lapsed_after)s::smallint[]) n
        WHERE s.lapses_after + n::int <= here.today) END::int AS days
) step
CROSS JOIN LATERAL (SELECT
    CASE WHEN now_is.standing = 'due' AND step.days IS NULL THEN 'opens' ELSE now_is.standing END AS word
) f
CROSS JOIN LATERAL (SELECT CASE f.word
    WHEN 'opens' THEN s.window_opens WHEN 'due' THEN s.ends_on - step.days WHEN 'ended' THEN s.ends_on + 1
    WHEN 'lapsed' THEN s.lapses_after + step.days ELSE here.today END AS due_on
) stage
WHERE s.ends_on IS NOT NULL AND CASE f.word
    WHEN 'on-track' THEN
        (greatest(here.since, said.last, before.last) + make_interval(months => wish.months))::date <= here.today
    WHEN 'at-risk' THEN wish.pause IS NOT NULL AND here.since < here.today
        AND (said.last_at_risk IS NULL OR (said.last_at_risk + wish.pause)::date <= here.today)
    ELSE wish.action <> 'never' AND stage.due_on > here.since
        AND (said.last_step IS NULL OR said.last_step < stage.due_on)
        AND (f.word <> 'lapsed' OR here.today <= stage.due_on + %(late)s) END
{_ONCE}
"""  # noqa: S608 - only our own words are put in, never values

# What an employer hears on the day itself, about each of its people who shares a standing and lets it be told.
_EMPLOYERS = f"""
{_ZONES}
{_INTO}
SELECT DISTINCT o.user_id, NULL::bigint, s.period_id, m.employer_id,
    CASE WHEN s.lapses_after < here.today THEN 'employer-lapsed-1-' ELSE 'employer-due-' || step.days || '-' END
        || stage.due_on, stage.due_on, {_NEW}
{_STANDING}
JOIN accounts_membership m ON m.user_id = s.user_id AND m.shares <> 'nothing'
    AND m.joined_on <= here.today AND (m.left_on IS NULL OR m.left_on > here.today)
JOIN accounts_membership o ON o.employer_id = m.employer_id AND o.role IN ('coordinator', 'owner')
    AND o.user_id <> s.user_id AND o.joined_on <= here.today AND (o.left_on IS NULL OR o.left_on > here.today)
LEFT JOIN renewals_remindersettings theirs ON theirs.employer_id = m.employer_id
LEFT JOIN renewals_remindersettings reader ON reader.user_id = o.user_id
CROSS JOIN LATERAL (SELECT min(n)::int AS days
    FROM unnest(coalesce(theirs.days_before, %(employer_before)s::smallint[])) n
    WHERE s.ends_on - n::int <= here.today
) step
CROSS JOIN LATERAL (SELECT CASE
    WHEN s.lapses_after < here.today THEN s.lapses_after + 1 ELSE s.ends_on - step.days END AS due_on
) stage
WHERE s.window_opens <= here.today AND s.ends_on + 0 >= here.today - 400
    AND (s.lapses_after < here.today OR s.ends_on >= here.today)
    AND stage.due_on > here.since AND stage.due_on >= m.joined_on AND stage.due_on >= o.joined_on
    AND here.today <= stage.due_on + %(employer_late)s
    AND coalesce(own.tells_employer, true) AND coalesce(reader.team_notices, true)
    AND coalesce(theirs.action, 'set-times') <> 'never'
{_ONCE}
"""  # noqa: S608

_DIGESTS = f"""
{_ZONES}
{_INTO}
SELECT o.user_id, NULL::bigint, NULL::bigint, e.id, 'digest-' || stage.due_on, stage.due_on, {_NEW}
FROM accounts_employer e
LEFT JOIN zone z ON z.name = e.time_zone
CROSS JOIN (SELECT today FROM zone LIMIT 1) d
CROSS JOIN LATERAL (SELECT coalesce(z.today, d.today) AS today) here
CROSS JOIN LATERAL (
    SELECT here.today - (extract(isodow FROM here.today)::int + 6 - e.digest_weekday) %% 7 AS due_on
) stage
JOIN accounts_membership o ON o.employer_id = e.id AND o.role IN ('coordinator', 'owner')
    AND o.joined_on < stage.due_on AND (o.left_on IS NULL OR o.left_on > here.today)
JOIN accounts_user u ON u.id = o.user_id AND u.is_active
LEFT JOIN renewals_remindersettings reader ON reader.user_id = o.user_id
WHERE e.digest_weekday IS NOT NULL AND here.today <= stage.due_on + %(digest_late)s
    AND coalesce(reader.team_digest, true)
{_ONCE}
"""  # noqa: S608

# Whom a scheduled change of rules affects hears of it once more before it starts, unless it was published since.
_RULES_SOON = f"""
{_ZONES}
{_INTO}
SELECT p.user_id, p.id, NULL, NULL, 'rules-' || c.version_id || '-soon', c.starts_on - %(rules_before)s, {_NEW}
FROM renewals_rulechange c
JOIN renewals_simulationrow r ON r.simulation_id = c.simulation_id AND r.change IN ('fewer', 'worse', 'better')
JOIN certifications_renewalperiod p ON p.held_id = r.held_id AND p.closed_at IS NULL
JOIN certifications_heldcertification h ON h.id = p.held_id AND h.removed_at IS NULL
JOIN accounts_user u ON u.id = p.user_id AND u.is_active
LEFT JOIN zone z ON z.name = u.time_zone
CROSS JOIN (SELECT today FROM zone LIMIT 1) d
CROSS JOIN LATERAL (SELECT coalesce(z.today, d.today) AS today) here
WHERE c.state = 'scheduled' AND here.today >= c.starts_on - %(rules_before)s AND here.today < c.starts_on
    AND (c.published_at AT TIME ZONE 'UTC')::date < c.starts_on - %(rules_before)s
{_ONCE}
"""  # noqa: S608

_ANNOUNCED = f"""
{_INTO}
SELECT p.user_id, p.id, NULL, NULL, %(stage)s, %(due_on)s::date, {_NEW}
FROM certifications_renewalperiod p WHERE p.id = ANY(%(periods)s) AND p.closed_at IS NULL
{_ONCE}
"""  # noqa: S608

_PLANNED = {"people": _PEOPLE, "employers": _EMPLOYERS, "digests": _DIGESTS, "rules": _RULES_SOON}


def plan(*, at: datetime) -> Counter[str]:
    """Write a row for each thing that is due at this moment and was not yet written. How many of which kind."""
    words, values = zones.as_values(at)
    named: dict[str, Any] = {
        **values, "at": at, "no_longer": NO_LONGER, "late": LATE.days, "rules_before": RULES_BEFORE,
        "days_before": list(Ladder().days_before), "lapsed_after": list(LAPSED_AFTER),
        "employer_before": list(EMPLOYER_BEFORE), "employer_late": EMPLOYER_LATE.days, "digest_late": DIGEST_LATE.days,
    }  # fmt: skip
    tally: Counter[str] = Counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_LOCK)
        for kind, statement in _PLANNED.items():
            cursor.execute(statement.replace("{zones}", words), named)
            tally[kind] = cursor.rowcount
    return tally


@transaction.atomic
def announce(*, stage: str, periods: Iterable[int], due_on: date, at: datetime) -> int:
    """Tell the holders of these open periods something once, like "rules-12" for a version of rules. How many rows.

    Telling again under the same stage adds nothing for those who were told.
    """
    named: dict[str, Any] = {"stage": stage, "periods": list(periods), "due_on": due_on, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_ANNOUNCED, named)
        return int(cursor.rowcount)
