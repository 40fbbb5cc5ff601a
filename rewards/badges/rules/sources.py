"""What rules can count: each source is one query that gives a row for every thing that counts.

The same query serves one member after a happening and everybody at night, so the two cannot differ. Rows have `holder`
(whom it counts for) and `at` (since when); `lanes` say by which columns they can be gathered. Only what stands counts:
a hidden or deleted post is no contribution, nor is anything that was done for oneself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.members.invitations.models import InvitationUse
from community.members.models import Follow
from community.messages.models import Message
from community.messages.models import State as Said
from community.spaces.models import Kind, Level, SpaceFollow
from community.spaces.synonyms import words_for
from community.threads.models import PollVote, Post, PostRevision, Reaction, ReactionKind, State, Thread
from community.threads.steering import READABLE
from rewards.badges.rules.facts import A_DAY, FACTS
from rewards.badges.rules.tree import HIGHEST_NUMBER, How, Leaf
from rewards.praise.models import Praise

# A queryset with the two annotations, which the type checker cannot follow through `annotate`.
Rows = Any
_BY_TIME = (How.DAYS, How.WEEKS, How.MONTHS, How.DAY_STREAK, How.WEEK_STREAK)
_WHEN = frozenset({"within", "since", "until"})
_WHERE = _WHEN | {"spaces", "tags"}


@dataclass(frozen=True)
class Source:
    """One sort of things. `filters` name the columns that narrow it; `nightly` where not every change is heard of."""

    key: str
    words: Promise
    rows: Callable[[], Rows]
    lanes: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    when: bool = True
    most: int = HIGHEST_NUMBER
    nightly: bool = False

    @property
    def hows(self) -> tuple[str, ...]:
        """The ways in which it can be counted."""
        by_time = [how.value for how in _BY_TIME] if self.when else []
        return (How.COUNT.value, *self.lanes, *by_time)

    @property
    def filters(self) -> frozenset[str]:
        """What narrows it."""
        return frozenset(self.columns) | (_WHEN if self.when else frozenset())


def narrowed(leaf: Leaf) -> Rows:
    """Return the rows of a leaf that its filters let through."""
    source = SOURCES[leaf.of]
    rows = source.rows()
    if leaf.spaces:
        rows = rows.filter(**{f"{source.columns['spaces']}__in": leaf.spaces})
    if leaf.kinds:
        rows = rows.filter(**{f"{source.columns['kinds']}__in": leaf.kinds})
    if leaf.tags:
        words = {word for same in words_for(leaf.tags).values() for word in same}
        rows = rows.filter(**{f"{source.columns['tags']}__overlap": sorted(words)})
    if leaf.reactions:
        rows = rows.filter(**{f"{source.columns['reactions']}__in": leaf.reactions})
    return rows


def _threads() -> Rows:
    # Out of the lists or archived, it still is what its author gave.
    threads = Thread.objects.filter(state__in=READABLE, author__isnull=False)
    return threads.annotate(holder=F("author_id"), at=F("created_at"))


def _questions() -> Rows:
    return _threads().filter(kind=Kind.QUESTION)


def _posts() -> Rows:
    posts = Post.objects.filter(state=State.VISIBLE, author__isnull=False)
    return posts.annotate(holder=F("author_id"), at=F("created_at"))


def _replies() -> Rows:
    return _posts().filter(position__gt=1).exclude(author=F("thread__author"))


def _answers() -> Rows:
    return _replies().filter(thread__kind=Kind.QUESTION)


def _accepted() -> Rows:
    accepted = Post.objects.filter(state=State.VISIBLE, thread__accepted_post=F("pk"), author__isnull=False)
    accepted = accepted.exclude(author=F("thread__author"))
    return accepted.annotate(holder=F("author_id"), at=Coalesce("thread__accepted_at", "created_at"))


def _accepted_late() -> Rows:
    waited = ExpressionWrapper(F("thread__created_at") + A_DAY, output_field=DateTimeField())
    return _accepted().filter(created_at__gte=waited)


def _chosen() -> Rows:
    threads = _questions().filter(accepted_post__isnull=False).exclude(accepted_post__author=F("author"))
    return threads.annotate(at=Coalesce("accepted_at", "created_at"))


def _marks() -> Rows:
    marks = Reaction.objects.filter(post__state=State.VISIBLE, post__author__isnull=False)
    marks = marks.exclude(member_id=F("post__author_id"))
    return marks.annotate(holder=F("post__author_id"), at=F("created_at"))


def _marked(kind: ReactionKind) -> Callable[[], Rows]:
    return lambda: _marks().filter(kind=kind)


def _welcomed() -> Rows:
    first = Thread.objects.filter(author=OuterRef("thread__author")).order_by("pk").values("pk")[:1]
    return _replies().filter(thread__author__isnull=False, thread=Subquery(first))


def _drawn() -> Rows:
    replies = Post.objects.filter(
        state=State.VISIBLE, position__gt=1, author__isnull=False, thread__author__isnull=False
    ).exclude(author=F("thread__author"))
    return replies.annotate(holder=F("thread__author_id"), at=F("created_at"))


def _polls() -> Rows:
    return PollVote.objects.filter(poll__post__state=State.VISIBLE).annotate(
        holder=F("member_id"), at=F("created_at")
    )


def _poll_voters() -> Rows:
    votes = PollVote.objects.filter(poll__post__state=State.VISIBLE, poll__post__author__isnull=False)
    votes = votes.exclude(member=F("poll__post__author"))
    return votes.annotate(holder=F("poll__post__author_id"), at=F("created_at"))


def _edits() -> Rows:
    edits = PostRevision.objects.filter(
        number__gt=1, editor__isnull=False, post__is_wiki=True, post__state=State.VISIBLE
    ).exclude(editor=F("post__author"))
    return edits.annotate(holder=F("editor_id"), at=F("created_at"))


def _rooms() -> Rows:
    said = Message.objects.filter(conversation__is_room=True, state=Said.VISIBLE, author__isnull=False)
    return said.annotate(holder=F("author_id"), at=F("created_at"))


def _followers() -> Rows:
    return Follow.objects.annotate(holder=F("followed_id"), at=F("created_at"))


def _invited() -> Rows:
    uses = InvitationUse.objects.filter(granted_at__isnull=False, invitation__inviter__isnull=False)
    return uses.annotate(holder=F("invitation__inviter_id"), at=F("granted_at"))


def _thanked() -> Rows:
    return Praise.objects.standing().annotate(holder=F("receiver_id"), at=F("given_at"))


def _thanking() -> Rows:
    given = Praise.objects.standing().filter(giver__isnull=False)
    return given.annotate(holder=F("giver_id"), at=F("given_at"))


def _given() -> Rows:
    marks = Reaction.objects.filter(post__state=State.VISIBLE).exclude(member_id=F("post__author_id"))
    return marks.annotate(holder=F("member_id"), at=F("created_at"))


def _follows() -> Rows:
    return SpaceFollow.objects.exclude(level=Level.MUTED).annotate(holder=F("member_id"), at=F("created_at"))


_IN_THREAD = {"spaces": "thread__space_id", "threads": "thread_id"}
_OF_THREAD = {"spaces": "thread__space_id", "tags": "thread__tags"}
_OF_ANY_THREAD = {**_OF_THREAD, "kinds": "thread__kind"}
_ON_POST = {"one_post": "post_id", "people": "member_id", "threads": "post__thread_id"}
_OF_POST = {"spaces": "post__thread__space_id", "tags": "post__thread__tags", "kinds": "post__thread__kind"}

SOURCES: dict[str, Source] = {
    source.key: source
    for source in (
        Source(
            "threads", _("Threads begun"), _threads,
            {"spaces": "space_id"}, {"spaces": "space_id", "tags": "tags", "kinds": "kind"},
        ),
        Source(
            "questions", _("Questions asked"), _questions,
            {"spaces": "space_id"}, {"spaces": "space_id", "tags": "tags"},
        ),
        Source("posts", _("Posts written"), _posts, _IN_THREAD, _OF_ANY_THREAD),
        Source(
            "replies", _("Replies to other people"), _replies,
            {**_IN_THREAD, "people": "thread__author_id"}, _OF_ANY_THREAD,
        ),
        Source(
            "answers", _("Answers to other people’s questions"), _answers,
            {**_IN_THREAD, "people": "thread__author_id"}, _OF_THREAD,
        ),
        Source(
            "accepted", _("Answers accepted"), _accepted,
            {"spaces": "thread__space_id", "people": "thread__author_id"}, _OF_THREAD,
        ),
        Source(
            "accepted_late", _("Accepted answers to questions that had waited a day"), _accepted_late,
            {"spaces": "thread__space_id", "people": "thread__author_id"}, _OF_THREAD,
        ),
        Source(
            "chosen", _("Own questions with a chosen answer"), _chosen,
            {"spaces": "space_id"}, {"spaces": "space_id", "tags": "tags"},
        ),
        Source("helped", _("“This helped” marks received"), _marked(ReactionKind.HELPFUL), _ON_POST, _OF_POST),
        Source("same", _("“Same question” marks received"), _marked(ReactionKind.SAME), _ON_POST, _OF_POST),
        Source("marks", _("Marks received"), _marks, _ON_POST, {**_OF_POST, "reactions": "kind"}),
        Source(
            "welcomed", _("Newcomers answered in their first thread"), _welcomed,
            {"people": "thread__author_id"}, _OF_ANY_THREAD,
        ),
        Source(
            "drawn", _("Replies to own threads"), _drawn,
            {"one_thread": "thread_id", "people": "author_id", "threads": "thread_id"}, _OF_ANY_THREAD,
        ),
        Source("thanked", _("Thanks received"), _thanked, {"people": "giver_id"}),
        Source("thanking", _("Thanks given"), _thanking, {"people": "receiver_id"}),
        # When a poll is taken out of its post, nobody says whose votes went with it.
        Source("polls", _("Votes given in polls"), _polls, {"threads": "poll_id"}, nightly=True),
        Source(
            "poll_voters", _("Votes in own polls"), _poll_voters,
            {"one_post": "poll__post_id", "people": "member_id"}, nightly=True,
        ),
        Source("edits", _("Shared posts of others improved"), _edits, {"threads": "post__thread_id"}, nightly=True),
        Source("rooms", _("Messages in live rooms"), _rooms, {"threads": "conversation_id"}, nightly=True),
        Source("followers", _("Followers"), _followers, nightly=True),
        Source(
            "given", _("Marks given to others"), _given,
            {"people": "post__author_id", "threads": "post__thread_id"}, {**_OF_POST, "reactions": "kind"}, nightly=True,
        ),
        Source("follows", _("Spaces followed"), _follows, nightly=True),
        Source("invited", _("People who came by an invitation"), _invited, nightly=True),
        *(
            Source(fact.key, fact.words, fact.rows, when=False, most=fact.most, nightly=fact.nightly)
            for fact in FACTS.values()
        ),
    )
}  # fmt: skip
