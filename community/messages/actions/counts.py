"""How many conversations wait for a member: counted anew from the rows, under a lock, whenever one of them changes."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count

from community.members.actions import set_standings
from community.members.models import Member
from community.messages.models import Participation
from community.notifications import live


@transaction.atomic
def settle_unread(*, actor: Member | None, member_ids: Iterable[int]) -> None:
    """Set the number of unread, unmuted conversations of members, and tell their open pages."""
    ids = sorted(set(member_ids))
    if not ids:
        return
    # A statement that begins after the lock sees what whoever held it before has written.
    list(Member.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk"))
    waiting = Participation.objects.filter(member__in=ids, left_at=None, is_unread=True, is_muted=False)
    counts = dict.fromkeys(ids, 0) | dict(
        waiting.order_by().values_list("member").annotate(n=Count("pk")).values_list("member", "n")
    )
    set_standings(actor=actor, values={pk: {"unread_conversations": n} for pk, n in counts.items()})
    for pk, count in counts.items():
        live.publish([pk], {"kind": "conversations", "count": count})
