"""What beat rings, and how often. Features name their tasks here; nothing in here imports them.

Every entry is a hint: a task that was missed is made up for by the next ring, and one that is rung twice does no harm.
`expires` keeps a stopped worker from finding a heap of stale rings.
"""

from typing import Any

from celery.schedules import crontab

SECOND = 1.0
MINUTE = 60.0


def every(seconds: float, task: str, *, queue: str = "default") -> dict[str, Any]:
    """Ring a task at a fixed interval; a ring that waited longer than that is dropped."""
    return {"task": task, "schedule": seconds, "options": {"queue": queue, "expires": max(seconds, 5.0)}}


def at(time: crontab, task: str, *, queue: str = "bulk") -> dict[str, Any]:
    """Ring a task at a time of day (UTC)."""
    return {"task": task, "schedule": time, "options": {"queue": queue, "expires": 3600.0}}


SCHEDULE: dict[str, dict[str, Any]] = {
    "activity.sweep": every(5 * SECOND, "activity.sweep", queue="critical"),
    "moderation.ask_checker": every(10 * SECOND, "moderation.ask_checker", queue="bulk"),
    "writing.fetch_cards": every(10 * SECOND, "writing.fetch_cards", queue="bulk"),
    "writing.renew": every(MINUTE, "writing.renew", queue="bulk"),
    "points.pay_due": every(MINUTE, "points.pay_due", queue="bulk"),
    "points.time_out_holds": every(MINUTE, "points.time_out_holds"),
    "points.expire": at(crontab(hour="1", minute="10"), "points.expire"),
    "points.keep_totals": every(60 * MINUTE, "points.keep_totals", queue="bulk"),
    "points.audit": every(60 * MINUTE, "points.audit", queue="bulk"),
    "badges.recompute": at(crontab(hour="2", minute="20"), "badges.recompute"),
    "tiers.evaluate": at(crontab(hour="0", minute="40"), "tiers.evaluate"),
    "tiers.open_spaces": every(5 * MINUTE, "tiers.open_spaces"),
    "rituals.recount": at(crontab(hour="2", minute="35"), "rituals.recount"),
    "rituals.greet": every(60 * MINUTE, "rituals.greet", queue="bulk"),
    "rituals.count_anew": every(5 * MINUTE, "rituals.count_anew", queue="bulk"),
    "leaderboards.rebuild": at(crontab(hour="2", minute="50"), "leaderboards.rebuild"),
    "quests.heal": at(crontab(hour="0", minute="20"), "quests.heal"),
    "badges.catch_up": every(5 * MINUTE, "badges.catch_up", queue="bulk"),
    "members.forget_arrivals": at(crontab(hour="3", minute="40"), "members.forget_arrivals"),
    "threads.flush_views": every(MINUTE, "threads.flush_views"),
    "threads.rank_lately": every(15 * MINUTE, "threads.rank_lately", queue="bulk"),
    "threads.look_after_questions": every(30 * MINUTE, "threads.look_after_questions", queue="bulk"),
    "threads.retag": every(MINUTE, "threads.retag", queue="bulk"),
    "threads.close_polls": every(MINUTE, "threads.close_polls", queue="bulk"),
    "threads.ring_timers": every(MINUTE, "threads.ring_timers"),
    "threads.rank_all": at(crontab(hour="*/6", minute="45"), "threads.rank_all"),
    "threads.recount": at(crontab(hour="3", minute="20"), "threads.recount"),
    "members.run_batches": every(5 * SECOND, "members.run_batches", queue="bulk"),
    "notifications.send_invitations": every(10 * SECOND, "notifications.send_invitations"),
    "members.expire_ignores": every(60 * MINUTE, "members.expire_ignores", queue="bulk"),
    "threads.count_month": every(60 * MINUTE, "threads.count_month", queue="bulk"),
    "members.flush_seen": every(MINUTE, "members.flush_seen"),
    "members.settle_lately": every(60 * MINUTE, "members.settle_lately", queue="bulk"),
    "members.settle_everyone": at(crontab(hour="4", minute="10"), "members.settle_everyone"),
    "notifications.plan_digests": every(MINUTE, "notifications.plan_digests", queue="bulk"),
    "notifications.fetch_mail": every(MINUTE, "notifications.fetch_mail", queue="bulk"),
    "notifications.read_inbound": every(30 * SECOND, "notifications.read_inbound"),
    "notifications.send_due": every(10 * SECOND, "notifications.send_due"),
    "notifications.send_push": every(10 * SECOND, "notifications.send_push"),
    "notifications.tidy_browsers": every(5 * MINUTE, "notifications.tidy_browsers", queue="bulk"),
    "journeys.mark_anniversaries": every(60 * MINUTE, "journeys.mark_anniversaries", queue="bulk"),
    "notifications.heal_counts": at(crontab(hour="3", minute="20"), "notifications.heal_counts"),
    "privacy.build_exports": every(15 * SECOND, "privacy.build_exports", queue="bulk"),
    "moderation.end_penalties": every(MINUTE, "moderation.end_penalties"),
    "moderation.seal_audit": every(MINUTE, "moderation.seal_audit", queue="bulk"),
    "moderation.close_moot": every(10 * MINUTE, "moderation.close_moot", queue="bulk"),
    "privacy.keep": every(10 * MINUTE, "privacy.keep", queue="bulk"),
    "privacy.erase": every(MINUTE, "privacy.erase", queue="bulk"),
    "privacy.write_letters": every(MINUTE, "privacy.write_letters", queue="bulk"),
    "integrations.write_down_uses": every(5 * MINUTE, "integrations.write_down_uses"),
    "integrations.send_webhooks": every(5 * SECOND, "integrations.send_webhooks"),
    "integrations.replay_webhooks": every(10 * SECOND, "integrations.replay_webhooks", queue="bulk"),
    "integrations.revoke_idle_keys": at(crontab(hour="3", minute="40"), "integrations.revoke_idle_keys"),
}
