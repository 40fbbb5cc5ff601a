"""Adding polls to posts, changing what they ask, closing and removing them."""

import datetime as dt

from django.db import transaction
from django.db.models import Count, F
from django.utils import timezone

from community.activity.record import record
from community.activity.registry import Verb
from community.errors import NotFound
from community.members.models import Member
from community.threads import counters, limits
from community.threads.locks import lock_post, lock_thread
from community.threads.models import Poll, PollOption, PollVote, Post, Thread
from community.threads.permissions import can_ask_poll, can_manage_poll, can_rewrite_poll
from community.threads.polling import PollSpec, check_closing, check_poll, spec_of, with_poll, without_poll
from community.threads.verbs import (
    POLL_ADDED,
    POLL_CHANGED,
    POLL_CLOSED,
    POLL_REMOVED,
    POLL_REOPENED,
)


def checked_poll(actor: Member, spec: PollSpec) -> PollSpec:
    """Return a poll that `actor` may add to what they write. Raises `Refused` or `Invalid`."""
    can_ask_poll(actor).require()
    spec = check_poll(spec)
    check_closing(spec.closes_at)
    return spec


def insert_poll(actor: Member, post: Post, spec: PollSpec, *, at: dt.datetime | None = None) -> Poll:
    """Insert a checked poll for a post whose `has_poll` says so, in the transaction of the caller."""
    poll = Poll.objects.create(
        post=post,
        question=spec.question,
        least=spec.least,
        most=spec.most,
        results=spec.results,
        shows_voters=spec.shows_voters,
        closes_at=spec.closes_at,
        created_at=at or timezone.now(),
    )
    PollOption.objects.bulk_create(
        [PollOption(poll=poll, position=place, text=text) for place, text in enumerate(spec.options)]
    )
    record_poll(POLL_ADDED, actor, post, poll, at=at)
    return poll


def put_poll(*, actor: Member, post: Post, spec: PollSpec) -> Poll:
    """Give `post` this poll, or change the one it has. A change that changes nothing is none.

    Authors change what it asks within five minutes and before the first vote, and when it closes at any time; moderators
    correct what it asks. As long as the number of options stays, each keeps its votes; else those do whose text stays.
    A secret ballot never becomes an open one once somebody voted.
    Raises `Refused`, `Invalid`, `RateLimited` or `NotFound`; then nothing changed.
    """
    can_manage_poll(actor, post).require()
    known = Poll.objects.filter(post=post).first() if post.has_poll else None
    spec = checked_poll(actor, spec) if known is None else check_poll(spec)
    limits.EDIT_POST.spend(actor)
    return _put(actor, post, spec)


@transaction.atomic
def _put(actor: Member, post: Post, spec: PollSpec) -> Poll:
    thread, fresh = _locked(actor, post)
    poll = Poll.objects.select_for_update(no_key=True).filter(post=fresh).first()
    if poll is None:
        fresh.has_poll = True
        fresh.save(update_fields=["has_poll"])
        poll = insert_poll(actor, fresh, spec)
    elif not _change(actor, fresh, poll, spec):
        return poll
    _tell_thread(thread, fresh, poll)
    post.has_poll = True
    return poll


def _change(actor: Member, post: Post, poll: Poll, spec: PollSpec) -> bool:
    options = list(poll.options.all())
    before = spec_of(poll, [option.text for option in options])
    if spec == before:
        return False
    if spec.closes_at != before.closes_at:
        check_closing(spec.closes_at)
    if _asks(spec) != _asks(before):
        can_rewrite_poll(actor, post, poll).require()
        _rewrite(poll, options, spec)
    poll.closes_at = spec.closes_at
    poll.save()
    record_poll(POLL_CHANGED, actor, post, poll)
    return True


def _asks(spec: PollSpec) -> tuple[object, ...]:
    """What people relied on when they voted."""
    return spec.question, spec.options, spec.least, spec.most, spec.results, spec.shows_voters


def _rewrite(poll: Poll, options: list[PollOption], spec: PollSpec) -> None:
    poll.question, poll.results = spec.question, spec.results
    if not poll.voter_count:
        poll.shows_voters = spec.shows_voters
    elif not spec.shows_voters:
        poll.shows_voters = False
    _rewrite_options(poll, options, spec.options)
    if poll.most != spec.most:
        # Who chose more than is allowed now chooses anew; single votes stay and become the only one.
        many = PollVote.objects.filter(poll=poll).values("member").annotate(n=Count("pk"))
        PollVote.objects.filter(poll=poll, member__in=many.filter(n__gt=spec.most).values("member")).delete()
        PollVote.objects.filter(poll=poll).update(is_only=spec.most == 1)
    poll.least, poll.most = spec.least, spec.most
    poll.save()
    recount_poll(poll)


def _rewrite_options(poll: Poll, options: list[PollOption], texts: tuple[str, ...]) -> None:
    if len(texts) == len(options):
        for option, text in zip(options, texts, strict=True):
            option.text = text
        PollOption.objects.bulk_update(options, ["text"])
        return
    by_text = {option.text.casefold(): option for option in options}
    kept = {text: by_text[text.casefold()] for text in texts if text.casefold() in by_text}
    poll.options.exclude(pk__in=[option.pk for option in kept.values()]).delete()
    for place, text in enumerate(texts):
        option = kept.get(text) or PollOption(poll=poll)
        option.position, option.text = place, text
        option.save()


def recount_poll(poll: Poll) -> None:
    """Count the votes of a locked poll afresh."""
    counters.recount_rows(counters.POLL_OPTIONS, poll.options.values_list("pk", flat=True))
    counters.recount_rows(counters.POLLS, [poll.pk])
    poll.refresh_from_db(fields=["voter_count"])


def remove_poll(*, actor: Member, post: Post) -> None:
    """Take the poll out of `post`, with its votes: while it may still be rewritten. Raises `NotFound` without a poll."""
    can_manage_poll(actor, post).require()
    _remove(actor, post)


@transaction.atomic
def _remove(actor: Member, post: Post) -> None:
    thread, fresh = _locked(actor, post)
    poll = _poll_of(fresh)
    can_rewrite_poll(actor, fresh, poll).require()
    record_poll(POLL_REMOVED, actor, fresh, poll)
    poll.delete()
    fresh.has_poll = post.has_poll = False
    fresh.save(update_fields=["has_poll"])
    _tell_thread(thread, fresh, None)


@transaction.atomic
def close_poll(*, actor: Member, post: Post) -> Poll:
    """Take no more votes. A closed poll stays as it is."""
    _thread, fresh = _locked(actor, post)
    can_manage_poll(actor, fresh).require()
    poll = _poll_of(fresh)
    if not poll.is_closed:
        poll.closed_at, poll.closed_by = timezone.now(), actor
        poll.save(update_fields=["closed_at", "closed_by"])
        record_poll(POLL_CLOSED, actor, fresh, poll)
    return poll


@transaction.atomic
def reopen_poll(*, actor: Member, post: Post) -> Poll:
    """Take votes again, with no time to close when that has passed."""
    _thread, fresh = _locked(actor, post)
    can_manage_poll(actor, fresh).require()
    poll = _poll_of(fresh)
    if poll.is_closed:
        passed = poll.closes_at is not None and poll.closes_at <= timezone.now()
        poll.closed_at = poll.closed_by = None
        poll.closes_at = None if passed else poll.closes_at
        poll.save(update_fields=["closed_at", "closed_by", "closes_at"])
        record_poll(POLL_REOPENED, actor, fresh, poll)
    return poll


def close_due_polls(*, actor: Member | None = None, at_most: int = 500) -> int:
    """Close the polls whose time has come. Returns how many. Nobody could vote since then; now it is written down."""
    with transaction.atomic():
        due = Poll.objects.filter(closed_at=None, closes_at__lte=timezone.now()).select_related(
            "post__thread"
        )
        polls = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("pk")[:at_most])
        Poll.objects.filter(pk__in=[poll.pk for poll in polls]).update(closed_at=F("closes_at"))
        for poll in polls:
            record_poll(POLL_CLOSED, actor, poll.post, poll)
    return len(polls)


def _locked(actor: Member, post: Post) -> tuple[Thread, Post]:
    thread = lock_thread(actor, post.thread_id)
    return thread, lock_post(thread, post.pk)


def _poll_of(post: Post) -> Poll:
    poll = Poll.objects.select_for_update(no_key=True).filter(post=post).first()
    if poll is None:
        raise NotFound()
    poll.post = post
    return poll


def _tell_thread(thread: Thread, post: Post, poll: Poll | None) -> None:
    """Let lists, feeds and mail say that the first post asks something."""
    if post.position != 1:
        return
    said = without_poll(thread.excerpt)
    thread.excerpt = with_poll(said, poll.question) if poll else said
    thread.save(update_fields=["excerpt"])


def record_poll(
    verb: Verb, actor: Member | None, post: Post, poll: Poll, *, at: dt.datetime | None = None
) -> None:
    """Write down what happened to a poll."""
    record(
        verb,
        actor=actor,
        target=post,
        space_id=post.thread.space_id,
        payload={
            "poll_id": poll.pk,
            "post_id": post.pk,
            "thread_id": post.thread_id,
            "question": poll.question,
            "voters": poll.voter_count,
        },
        occurred_at=at,
    )
