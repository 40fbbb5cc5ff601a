"""Voting in polls."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.activity.record import record
from community.activity.registry import Verb
from community.errors import Invalid, NotFound
from community.members.models import Member
from community.threads import limits, queries
from community.threads.models import Poll, PollOption, PollVote, Post
from community.threads.permissions import can_vote
from community.threads.verbs import POLL_UNVOTED, POLL_VOTED


def cast_vote(*, actor: Member, post: Post, options: Iterable[int]) -> Poll:
    """Choose these options of the poll of `post`, in place of what `actor` chose before. The same again changes nothing.

    Raises `Refused`, `Invalid`, `RateLimited` or `NotFound`; then nothing changed.
    """
    return _vote(actor, post, frozenset(options))


def withdraw_vote(*, actor: Member, post: Post) -> Poll:
    """Take one's vote back; without one, nothing changes."""
    return _vote(actor, post, frozenset())


def _vote(actor: Member, post: Post, wanted: frozenset[int]) -> Poll:
    poll = Poll.objects.filter(post=post).first()
    if poll is None:
        raise NotFound()
    can_vote(actor, post.thread, poll, post.state).require()
    limits.VOTE.spend(actor)
    return _write(actor, post.pk, wanted)


@transaction.atomic
def _write(actor: Member, post_pk: int, wanted: frozenset[int]) -> Poll:
    # All votes of a poll wait for this lock, so that its numbers are moved by one at a time.
    poll = Poll.objects.select_for_update(no_key=True).filter(post=post_pk).first()
    if poll is None:
        raise NotFound()
    post = queries.get_post_for(actor, post_pk)
    can_vote(actor, post.thread, poll, post.state).require()
    if wanted:
        _check(poll, wanted)
    before = set(PollVote.objects.filter(poll=poll, member=actor).values_list("option_id", flat=True))
    if before == wanted:
        return poll
    _move(actor, poll, taken=before - wanted, given=wanted - before)
    poll.voter_count += bool(wanted) - bool(before)
    poll.save(update_fields=["voter_count"])
    _record(POLL_VOTED if wanted else POLL_UNVOTED, actor, post, poll, wanted, changed=bool(before))
    return poll


def _check(poll: Poll, wanted: frozenset[int]) -> None:
    offered = set(poll.options.values_list("pk", flat=True))
    if not wanted <= offered:
        raise _unusable("poll_option_unknown", _("The options were changed meanwhile. Look at them again."))
    if not poll.least <= len(wanted) <= poll.most:
        if poll.is_single:
            raise _unusable("poll_choices_count", _("Choose one of the options."))
        text = ngettext(
            "Choose at least %(least)s and at most %(most)s option.",
            "Choose at least %(least)s and at most %(most)s options.",
            poll.most,
        )
        raise _unusable("poll_choices_count", text % {"least": poll.least, "most": poll.most})


def _move(actor: Member, poll: Poll, *, taken: set[int], given: set[int] | frozenset[int]) -> None:
    if taken:
        PollVote.objects.filter(poll=poll, member=actor, option__in=taken).delete()
        PollOption.objects.filter(pk__in=taken).update(vote_count=F("vote_count") - 1)
    if given:
        PollVote.objects.bulk_create(
            PollVote(poll=poll, member=actor, option_id=pk, is_only=poll.is_single) for pk in sorted(given)
        )
        PollOption.objects.filter(pk__in=given).update(vote_count=F("vote_count") + 1)


def _unusable(code: str, message: str) -> Invalid:
    return Invalid(code, message, fields={"options": message})


def _record(
    verb: Verb, actor: Member, post: Post, poll: Poll, wanted: frozenset[int], *, changed: bool
) -> None:
    record(
        verb,
        actor=actor,
        target=post,
        space_id=post.thread.space_id,
        payload={
            "poll_id": poll.pk,
            "post_id": post.pk,
            "thread_id": post.thread_id,
            "option_ids": sorted(wanted) if poll.shows_voters else [],
            "changed": changed,
        },
    )
