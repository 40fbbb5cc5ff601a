"""What quests do when something happens: count again for whom it may have moved, and bring what was promised."""

from community.activity.models import Activity
from community.activity.registry import batch_for, consumer
from community.moderation.audit import write_entry
from rewards.badges.actions import bring_badge
from rewards.badges.consumers import MOVING, causes_of
from rewards.points.actions import award
from rewards.quests.actions import settle_quests
from rewards.quests.models import Taking
from rewards.quests.verbs import QUEST_CHANGED, QUEST_FINISHED


# History that is brought in was no quest.
@consumer(*MOVING, hears_replays=False)
def count_for_quests(activity: Activity) -> None:
    """Count the steps that this can have moved."""
    count_for_quests_of_many([activity])


@batch_for(count_for_quests)
def count_for_quests_of_many(activities: list[Activity]) -> None:
    """The same for many at once: each member is counted once for each quest."""
    settle_quests(touched=causes_of(activities))


@consumer(QUEST_FINISHED)
def bring_what_was_promised(activity: Activity) -> None:
    """Pay the points of a finished quest and give its badge, once: both know for what they came."""
    taking = Taking.objects.select_related("quest__badge").filter(pk=activity.target_pk).first()
    if taking is None:
        return
    quest = taking.quest
    if quest.rule_key:
        award(
            actor=None,
            rule_key=quest.rule_key,
            member_id=taking.member_id,
            source_type="quest",
            source_id=taking.pk,
            activity_id=activity.pk,
            occurred_at=activity.occurred_at,
        )
    if quest.badge is not None:
        bring_badge(actor=None, badge=quest.badge, member_id=taking.member_id, reason=quest.name)


@consumer(QUEST_CHANGED, hears_replays=False)
def audit_quests(activity: Activity) -> None:
    """Write down who made or changed a quest."""
    write_entry(activity)
