"""What thanks earn: settled from the row, so that deliveries may come twice, late and in any order."""

from community.activity.models import Activity
from community.activity.registry import consumer
from rewards.points.actions import award, withdraw_awards
from rewards.points.models import EarningRule
from rewards.praise.models import Praise, State
from rewards.praise.shipped import MEMO, RULE_KEY, SOURCE
from rewards.praise.verbs import PRAISE_GIVEN, PRAISE_STATE_CHANGED


@consumer(PRAISE_GIVEN, PRAISE_STATE_CHANGED)
def settle_points_of_thanks(activity: Activity) -> None:
    """Give the receiver what the rule pays while the thanks stand, and take it back when they do not."""
    praise = Praise.objects.filter(pk=activity.target_pk).select_related("giver").first()
    if praise is not None and praise.state == State.VISIBLE:
        if _is_trusted(praise):
            award(
                actor=praise.giver,
                rule_key=RULE_KEY,
                member_id=praise.receiver_id,
                source_type=SOURCE,
                source_id=praise.pk,
                giver_id=praise.giver_id,
                activity_id=activity.pk,
                occurred_at=praise.given_at,
                quiet=activity.quiet,
            )
    elif activity.target_pk is not None:
        withdraw_awards(
            # The rule takes it back, not whoever removed the words: nobody corrected the member's points by hand.
            actor=None,
            source_type=SOURCE,
            source_id=activity.target_pk,
            memo=MEMO,
            activity_id=activity.pk,
            quiet=activity.quiet,
        )


def _is_trusted(praise: Praise) -> bool:
    """Whether thanks of this giver earn anything: a rule may ask for a trust level, so that new accounts make no points."""
    giver = praise.giver
    rule = EarningRule.objects.in_force().filter(key=RULE_KEY).first()
    if giver is None or rule is None:
        return False
    return giver.is_staff or giver.trust_level >= rule.parsed_conditions.giver_trust
