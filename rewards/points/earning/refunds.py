"""What a refund takes back of what was paid or promised: in proportion, by the very entries that take back anything else.

An award is never changed. It is reversed whole, and what is left of it is awarded again, for the day it was for; so whatever
reads awards that stand (tiers, lists, badges) reads the right number, and the statement says both.
"""

from django.utils.translation import gettext_noop

from rewards.points.earning.brand_events import EVENT
from rewards.points.earning.facts import Facts
from rewards.points.earning.history import claim_of
from rewards.points.earning.till import Till
from rewards.points.earning.touches import Touch
from rewards.points.models import Transfer

MEMO_PART = gettext_noop("A part of it was refunded")


def lessen(till: Till, facts: Facts, touch: Touch) -> None:
    """Bring what was given for an event to what is left of it. Doing it again changes nothing."""
    kind, pk = touch.source
    event = facts.events.get(pk) if kind == EVENT else None
    if event is None or not event.is_partly_undone:
        return
    for award in list(till.history.live(touch.source)):
        stays = event.part_of(till.history.granted(claim_of(award)))
        if stays < award.spendable and till.book.holds(award.member_id, award.programme_id):
            _lessen_one(till, award, stays, touch)
    for pending in till.history.waiting(touch.source):
        till.reduce(pending, pending.points - event.part_of(pending.points))


def _lessen_one(till: Till, award: Transfer, stays: int, touch: Touch) -> None:
    reversal = till.take_back(
        award,
        memo=MEMO_PART,
        occurred_at=touch.occurred_at,
        activity_id=touch.activity_id,
        quiet=touch.quiet,
    )
    if stays:
        # What could not be taken back, because a correction had taken it already, is not given again either.
        short = award.earned + reversal.earned
        till.pay_rest(award, earned=max(0, stays - short), spendable=stays, touch=touch)
