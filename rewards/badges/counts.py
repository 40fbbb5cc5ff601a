"""Numbers derived from awards: how many a member has, how many hold a badge."""

from collections.abc import Iterable, Mapping

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from community.members.actions import set_standings
from community.members.models import Member
from rewards.badges.models import Award, Badge


def refresh_counts(member_ids: Iterable[int], holders: Mapping[int, int]) -> None:
    """Count again what these members have; move how many hold each badge (id to difference)."""
    wanted = list(member_ids)
    awards = Award.objects.standing().filter(member_id__in=wanted).order_by()
    opening = ArrayAgg("badge__key", filter=Q(badge__opens_spaces=True), distinct=True)
    rows = awards.values_list("member_id").annotate(n=Count("id"), keys=opening)
    counted = {pk: (n, sorted(f"badge:{key}" for key in keys or ()) or None) for pk, n, keys in rows}
    values = {pk: counted.get(pk, (0, None)) for pk in wanted}
    set_standings(
        actor=None, values={pk: {"badge_count": n, "audience_keys": keys} for pk, (n, keys) in values.items()}
    )
    for pk, difference in sorted(holders.items()):
        if difference:
            Badge.objects.filter(pk=pk).update(holder_count=Greatest(F("holder_count") + difference, 0))


@transaction.atomic
def refresh_all_counts() -> int:
    """Count again what members have, where what they show differs. Returns for how many it did."""
    standing = Award.objects.standing().filter(member=OuterRef("pk")).order_by()
    counted = Coalesce(Subquery(standing.values("member").annotate(n=Count("id")).values("n")), 0)
    opened = Award.objects.standing().filter(badge__opens_spaces=True).values("member")
    everyone = Member.objects.get_queryset().annotate(counted=counted)
    # Those whose count differs, and the few to whom badges open spaces, or did.
    members = everyone.filter(
        ~Q(badge_count=F("counted")) | Q(audience_keys__isnull=False) | Q(pk__in=opened)
    )
    # Locked before they are counted for good: nobody gives them a badge meanwhile.
    differing = Member.objects.get_queryset().filter(pk__in=list(members.values_list("pk", flat=True)))
    pks = list(differing.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    refresh_counts(pks, {})
    return len(pks)


def refresh_holders(badge_ids: Iterable[int] | None = None) -> None:
    """Count again who holds badges (all, or some) and lets others see it."""
    wanted = None if badge_ids is None else list(badge_ids)
    if wanted == []:
        return
    shown = Award.objects.filter(
        badge=OuterRef("pk"), revoked_at=None, member__is_active=True, member__show_badges=True
    )
    holders = shown.order_by().values("badge").annotate(n=Count("member", distinct=True)).values("n")
    badges = Badge.objects.all() if wanted is None else Badge.objects.filter(pk__in=wanted)
    badges.update(holder_count=Coalesce(Subquery(holders), 0))
