"""What points are worth to the brand, for those who keep its books. Members never see it."""

from typing import Any

from django.db import transaction

from community.activity.one_row import change_row, check_row, fields_of, hold_row, keep_row
from community.activity.record import record
from community.members.models import Member
from rewards.points import limits
from rewards.points.models import PointWorth
from rewards.points.permissions import can_change_rules
from rewards.points.verbs import WORTH_CHANGED


@transaction.atomic
def set_worth(*, actor: Member, changes: dict[str, Any]) -> PointWorth:
    """Set what a hundred points are worth, and in which currency; None shows no money. Raises `Refused`, `Invalid` or `RateLimited`."""
    can_change_rules(actor).require()
    limits.CHANGE_PROGRAMME.spend(actor)
    row = hold_row(PointWorth)
    before = str(row)
    if change_row(row, changes, fields_of(PointWorth)):
        check_row(row, "worth_unusable")
        keep_row(row)
        record(WORTH_CHANGED, actor=actor, target=row, payload={"before": before, "after": str(row)})
    return row
