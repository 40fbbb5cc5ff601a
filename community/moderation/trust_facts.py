"""What penalties do to trust: silences and suspensions that were not lifted close the third level for a while."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db.models import Count
from django.utils import timezone

from community.members.trust.facts import PENALTIES
from community.members.trust.limits import CLEAN
from community.moderation.models import Penalty, PenaltyKind


def count_penalties(member_ids: Sequence[int], _since: dt.datetime) -> Mapping[int, Mapping[str, int]]:
    """Return how many pauses of the last while these members had. A warning closes nothing, here neither."""
    rows = Penalty.objects.filter(
        member__in=member_ids, lifted_at=None, given_at__gt=timezone.now() - CLEAN.span()
    ).exclude(kind=PenaltyKind.WARN)
    counted = rows.values_list("member_id").annotate(n=Count("pk"))
    return {pk: {PENALTIES: n} for pk, n in counted}
