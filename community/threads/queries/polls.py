"""Polls as the pages show them: read with the posts they stand in, at no statement of their own."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from community.errors import NotFound
from community.members.models import Member
from community.sql import fetch
from community.threads.polls import Poll, PollOption, PollResults, PollVote, is_over

# The poll of a post `p` as one JSON text; its parameter is the viewer's key. Asked only where `p.has_poll`.
POLL = """SELECT json_build_array(k.id, k.post_id, k.question, k.least, k.most, k.results, k.shows_voters,
  EXTRACT(EPOCH FROM k.closes_at), EXTRACT(EPOCH FROM k.closed_at), k.voter_count, EXTRACT(EPOCH FROM k.created_at),
  (SELECT json_agg(json_build_array(o.id, o.text, o.vote_count) ORDER BY o.position)
     FROM threads_polloption o WHERE o.poll_id = k.id),
  (SELECT json_agg(v.option_id) FROM threads_pollvote v WHERE v.poll_id = k.id AND v.member_id = %s))::text
  FROM threads_poll k WHERE k.post_id = p.id"""
_POLLS = f"SELECT ({POLL}) FROM threads_post p WHERE p.id = ANY(%s) AND p.has_poll"
VOTERS = 30


@dataclass(frozen=True, slots=True)
class Choice:
    """One option. `share` is the part of the voters in whole percent; both numbers are 0 while nobody may see them."""

    pk: int
    text: str
    votes: int
    share: int
    mine: bool


@dataclass(frozen=True, slots=True)
class PollView:
    """A poll as one viewer sees it. Has the attributes of the model that permissions read."""

    pk: int
    post_pk: int
    question: str
    least: int
    most: int
    results: str
    shows_voters: bool
    closes_at: dt.datetime | None
    closed_at: dt.datetime | None
    voter_count: int
    created_at: dt.datetime
    options: tuple[Choice, ...]
    voted: bool
    shows_results: bool

    @property
    def is_closed(self) -> bool:
        """Whether nobody may vote any more."""
        return is_over(self.closed_at, self.closes_at)

    @property
    def is_single(self) -> bool:
        """Whether one option is all that may be chosen."""
        return self.most == 1


def read_poll(text: str | None) -> PollView | None:
    """Return the poll that `POLL` wrote. Numbers the viewer may not see yet are left out here, not in a template."""
    if text is None:
        return None
    (
        pk,
        post,
        question,
        least,
        most,
        results,
        open_ballot,
        closes,
        closed,
        voters,
        created,
        options,
        mine,
    ) = json.loads(text)
    chosen = frozenset(mine or ())
    closes_at, closed_at = _moment(closes), _moment(closed)
    shown = (
        results == PollResults.ALWAYS
        or is_over(closed_at, closes_at)
        or (results == PollResults.VOTED and bool(chosen))
    )
    return PollView(
        pk=pk,
        post_pk=post,
        question=question,
        least=least,
        most=most,
        results=results,
        shows_voters=open_ballot,
        closes_at=closes_at,
        closed_at=closed_at,
        voter_count=voters,
        created_at=dt.datetime.fromtimestamp(float(created), dt.UTC),
        options=tuple(
            Choice(
                key,
                words,
                votes if shown else 0,
                round(100 * votes / voters) if shown and voters else 0,
                key in chosen,
            )
            for key, words, votes in options or ()
        ),
        voted=bool(chosen),
        shows_results=shown,
    )


def _moment(epoch: float | None) -> dt.datetime | None:
    return None if epoch is None else dt.datetime.fromtimestamp(float(epoch), dt.UTC)


def polls_of(viewer: Member | None, posts: Iterable[int]) -> dict[int, PollView]:
    """Return the polls of posts that `viewer` may read, by post: one statement for all of them."""
    me = viewer.pk if viewer else 0
    found = fetch(_POLLS, (me, list(posts)), _first)
    return {poll.post_pk: poll for text in found if (poll := read_poll(text)) is not None}


def _first(row: Sequence[Any]) -> str | None:
    return None if row[0] is None else str(row[0])


def get_poll_of(viewer: Member | None, post_pk: int) -> PollView:
    """Return the poll of a post that `viewer` obtained. Raises `NotFound` when it has none."""
    poll = polls_of(viewer, [post_pk]).get(post_pk)
    if poll is None:
        raise NotFound()
    return poll


def get_poll_row(post_pk: int) -> Poll:
    """Return the poll of a post as its author edits it. Raises `NotFound` when it has none."""
    poll = Poll.objects.prefetch_related("options").filter(post=post_pk).first()
    if poll is None:
        raise NotFound()
    return poll


@dataclass(frozen=True, slots=True)
class Voters:
    """Who chose an option, newest first, and where the list goes on."""

    option: PollOption
    people: list[Member]
    next_after: int | None


def voters_of(viewer: Member | None, poll: PollView, option_pk: int, after: int | None = None) -> Voters:
    """Return who chose an option of an open ballot, as far as `viewer` may see them and the results.

    Raises `NotFound` for a secret ballot, for an option of another poll, and while the results are not shown.
    """
    option = PollOption.objects.filter(pk=option_pk, poll=poll.pk).first()
    if option is None or not poll.shows_voters or not poll.shows_results:
        raise NotFound()
    seen = Member.objects.get_queryset().visible_to(viewer)
    votes = PollVote.objects.filter(option=option, member__in=seen).select_related("member").order_by("-pk")
    rows = list((votes.filter(pk__lt=after) if after else votes)[: VOTERS + 1])
    more = rows[VOTERS - 1].pk if len(rows) > VOTERS else None
    return Voters(option, [vote.member for vote in rows[:VOTERS]], more)
