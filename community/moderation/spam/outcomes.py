"""What the team finds teaches the score which sites are wanted."""

from django.db import transaction
from django.db.models import F

from community.activity.models import Activity
from community.activity.registry import consumer
from community.moderation.models import HostStanding, Judgement, Outcome
from community.moderation.verbs import CASE_DECIDED, HELD_APPROVED, HELD_REFUSED
from community.threads.models import State
from community.threads.verbs import POST_STATE_CHANGED


@consumer(HELD_APPROVED, HELD_REFUSED, CASE_DECIDED, POST_STATE_CHANGED, hears_replays=False)
def note_outcome(activity: Activity) -> None:
    """Remember what the team found about a text that was judged."""
    facts = activity.payload
    if activity.verb == CASE_DECIDED.name:
        if facts["kind"] == "spam_shown" and facts["decision"] == "keep":
            settle_outcome(Outcome.FINE, post_id=facts["subject_id"])
    elif activity.verb == POST_STATE_CHANGED.name:
        if facts["after"] == State.REMOVED:
            settle_outcome(Outcome.BAD, post_id=activity.target_pk)
        elif facts["after"] == State.VISIBLE and facts["before"] == State.REMOVED:
            settle_outcome(Outcome.FINE, post_id=activity.target_pk)
    else:
        found = Outcome.FINE if activity.verb == HELD_APPROVED.name else Outcome.BAD
        settle_outcome(found, held_id=activity.target_pk)


@transaction.atomic
def settle_outcome(found: Outcome, *, post_id: int | None = None, held_id: int | None = None) -> None:
    """Write an outcome down, once however often it is told, and count it for the sites the text leads to."""
    about = Judgement.objects.filter(held=held_id) if held_id else Judgement.objects.filter(post=post_id)
    for judgement in about.select_for_update(of=("self",)).order_by("pk"):
        before = judgement.outcome
        if before == found:
            continue
        judgement.outcome = found
        judgement.save(update_fields=["outcome"])
        _count(judgement.hosts, before, found)


def _count(hosts: list[str], before: str, found: Outcome) -> None:
    if not hosts:
        return
    HostStanding.objects.bulk_create([HostStanding(host=host) for host in hosts], ignore_conflicts=True)
    rows = HostStanding.objects.filter(host__in=hosts)
    if before == Outcome.FINE:
        rows.filter(fine__gt=0).update(fine=F("fine") - 1)
    if before == Outcome.BAD:
        rows.filter(bad__gt=0).update(bad=F("bad") - 1)
    if found == Outcome.FINE:
        rows.update(fine=F("fine") + 1)
    else:
        rows.update(bad=F("bad") + 1)
