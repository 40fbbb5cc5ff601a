"""Thanking somebody, taking it back, and giving it again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.activity.record import record
from community.errors import Conflict, Invalid, RateLimited
from community.members.models import Member
from community.threads.models import Post
from community.threads.models import State as Shown
from rewards.praise import limits
from rewards.praise.actions.states import move
from rewards.praise.models import MOST_WORDS, Praise, PraiseKind, State
from rewards.praise.permissions import can_give_again, can_take_back, can_thank
from rewards.praise.queries import Allowance, allowance_of
from rewards.praise.verbs import PRAISE_GIVEN
from rewards.praise.wording import checked_words


@transaction.atomic
def give_thanks(
    *, actor: Member, receiver: Member, kind: str, words: str, post: Post | None = None
) -> Praise:
    """Thank `receiver` in a sentence, for a post of theirs that `actor` may read, or for nothing in particular.

    `kind` is the key of a reason that is offered. Raises `Refused`, `Invalid`, `Conflict` when `actor` thanked them already
    today, or `RateLimited` when the thanks of the day are used up; then nothing changed.
    """
    can_thank(actor, receiver).require()
    reason = _checked_kind(kind)
    _check_post(receiver, post)
    limits.GIVE.spend(actor)
    said = checked_words(actor, words, MOST_WORDS)
    # All thanks of one giver come one after the other, so what is counted is true until the row is there.
    Member.objects.get_queryset().select_for_update(no_key=True).get(pk=actor.pk)
    _check_allowance(allowance_of(actor, receiver), receiver)
    praise = Praise.objects.create(giver=actor, receiver=receiver, kind=reason, words=said, post=post)
    payload = {
        "receiver_id": receiver.pk,
        "kind": reason.key,
        "post_id": post.pk if post is not None else None,
    }
    record(PRAISE_GIVEN, actor=actor, target=praise, payload=payload)
    return praise


def take_back_thanks(*, actor: Member, praise: Praise) -> Praise:
    """Take one's own thanks back, a short time after giving them. It still counts for its day.

    Raises `Refused`, or `Conflict` when something else happened to it first.
    """
    can_take_back(actor, praise).require()
    return move(actor, praise, State.VISIBLE, State.TAKEN_BACK)


def give_again(*, actor: Member, praise: Praise) -> Praise:
    """Undo taking thanks back. Raises `Refused`, or `Conflict` when something else happened to it first."""
    can_give_again(actor, praise).require()
    return move(actor, praise, State.TAKEN_BACK, State.VISIBLE)


def _checked_kind(key: str) -> PraiseKind:
    found = PraiseKind.objects.filter(key=key, is_active=True).first()
    if found is None:
        sentence = _("Choose what your thanks are for.")
        raise Invalid("kind_missing", sentence, fields={"kind": sentence})
    return found


def _check_post(receiver: Member, post: Post | None) -> None:
    if post is not None and (post.author_id != receiver.pk or post.state != Shown.VISIBLE):
        sentence = _("This post is not by the member you thank, or is not shown any more.")
        raise Invalid("post_unfit", sentence, fields={"post": sentence})


def _check_allowance(allowance: Allowance, receiver: Member) -> None:
    if allowance.to_receiver >= limits.PAIR_A_DAY():
        sentence = _("You thanked %(name)s today already. Tomorrow you can again.") % {"name": receiver.name}
        raise Conflict("thanked_today", sentence)
    if allowance.left < 1:
        wait = int((allowance.renews_at - timezone.now()).total_seconds()) + 1
        sentence = ngettext(
            "Your thanks for today are given: there is %(n)s a day, so that it means something. Tomorrow there is a new one.",
            "Your thanks for today are given: there are %(n)s a day, so that each means something. Tomorrow there are new ones.",
            allowance.most,
        ) % {"n": allowance.most}
        raise RateLimited("allowance_used", sentence, retry_after=wait)
