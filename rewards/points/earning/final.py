"""Paying what has become final: exactly once, whoever tries and however often."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from rewards.points.book import Book
from rewards.points.earning.brand_events import EVENT
from rewards.points.earning.desk import Claim
from rewards.points.earning.facts import Facts, Standing, read_facts
from rewards.points.earning.hear import MEMO_GONE
from rewards.points.earning.till import Till
from rewards.points.earning.touches import ANSWER, POST, REACTION, Touch
from rewards.points.models import PendingAward, PendingState

BATCH = 200
MEMO_LEFT = gettext_noop("People of the team do not earn points.")


def pay_due(*, at_most: int = 5000) -> int:
    """Pay what is due, oldest first, a bounded number at a time. Returns how many were settled, one way or the other."""
    settled = 0
    skipped: set[int] = set()
    while settled < at_most:
        due = _due(skipped)
        if not due:
            break
        done = _settle([pk for pk, _member in due], {member for _pk, member in due})
        settled += len(done)
        skipped |= {pk for pk, _member in due} - done
    return settled


def _due(skipped: set[int]) -> list[tuple[int, int]]:
    rows = PendingAward.objects.filter(state=PendingState.WAITING, due_at__lte=Now()).exclude(pk__in=skipped)
    return list(rows.order_by("due_at", "pk").values_list("pk", "member_id")[:BATCH])


@transaction.atomic
def _settle(pks: list[int], member_ids: set[int]) -> set[int]:
    """Pay or cancel these, if they still wait. Accounts are locked first, as everywhere: whoever hears an undo waits here, or we for them."""
    book = Book(member_ids)
    rows = PendingAward.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        pk__in=pks, state=PendingState.WAITING
    )
    waiting = list(rows.select_related("rule", "campaign").order_by("due_at", "pk"))
    touches = [touch for touch in map(_touch, waiting) if touch is not None]
    facts = read_facts(touches, member_ids, ())
    sources = {(it.source_type, it.source_id) for it in waiting}
    till = Till(book, member_ids, moments=(), sources=sources, rules=[it.rule for it in waiting])
    done = {it.pk for it in waiting if _settle_one(till, facts, it)}
    till.close()
    return done


def _settle_one(till: Till, facts: Facts, pending: PendingAward) -> bool:
    touch = _touch(pending)
    standing = facts.standing(touch) if touch is not None else Standing.STANDS
    mine = next((it for it in till.history.waiting(_source(pending)) if it.pk == pending.pk), None)
    if mine is None or (touch is not None and standing is Standing.WAITS):
        return False
    if touch is not None and standing is Standing.GONE:
        till.cancel(mine, memo=MEMO_GONE[POST if facts.post_is_gone(touch) else touch.source[0]])
    elif mine.to_come == 0:
        till.cancel(mine, memo=MEMO_GONE[EVENT])
    elif not facts.earns(pending.member_id):
        till.cancel(mine, memo=MEMO_LEFT)
    else:
        till.finalise(mine, _claim(pending), campaign=pending.campaign)
    return True


def _source(pending: PendingAward) -> tuple[str, int]:
    return pending.source_type, pending.source_id


def _touch(pending: PendingAward) -> Touch | None:
    """Return what to look at once more; None for sources of other features, which take back themselves."""
    of_post = pending.source_type in (POST, REACTION, ANSWER) and pending.post_id is not None
    if not of_post and pending.source_type != EVENT:
        return None
    return Touch(
        source=_source(pending),
        post_id=pending.post_id or 0,
        giver_id=pending.giver_id,
        reaction_kind="",
        activity_id=pending.activity_id or 0,
        actor_id=pending.actor_id,
        occurred_at=pending.occurred_at,
        quiet=pending.quiet,
    )


def _claim(pending: PendingAward) -> Claim:
    return Claim(
        rule=pending.rule,
        member_id=pending.member_id,
        source=_source(pending),
        moment=pending.occurred_at,
        post_id=pending.post_id,
        thread_id=pending.thread_id,
        giver_id=pending.giver_id,
        activity_id=pending.activity_id,
        actor_id=pending.actor_id,
        quiet=pending.quiet,
    )
