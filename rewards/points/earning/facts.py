"""What is true now about the things touched: read after the accounts are locked, one query per table."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from community.members.models import Member, Role
from community.spaces.synonyms import words_for
from community.threads import verbs
from community.threads.models import Post, Reaction, ReactionKind, State
from rewards.intake.verbs import EVENT_ARRIVED
from rewards.points.earning.brand_events import EVENT, EventFacts, read_events
from rewards.points.earning.touches import ANSWER, POST, REACTION, Touch
from rewards.points.models import Beneficiary, Conditions, EarningRule


class Standing(Enum):
    """Whether a touched thing earns. `WAITS`: hidden until someone decides; what was paid stays, nothing new is paid."""

    STANDS = "stands"
    WAITS = "waits"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What rules may ask about a post."""

    author_id: int | None
    position: int
    state: str
    thread_id: int
    thread_kind: str
    asker_id: int | None
    space_id: int
    accepted_post_id: int | None
    created_at: dt.datetime
    accepted_at: dt.datetime | None = None
    tags: tuple[str, ...] = ()


# When somebody found a post helpful, and how far they are trusted.
Mark = tuple[dt.datetime, int]


@dataclass(frozen=True, slots=True)
class Facts:
    """The truth about a batch of touches. `marks` are the first who found each post helpful, `most` of them: what any rule asks for."""

    posts: Mapping[int, PostFacts]
    reactions: Mapping[int, dt.datetime]
    people: Mapping[int, tuple[str, bool, int]]
    marks: Mapping[int, list[Mark]] = field(default_factory=dict)
    most: int = 0
    events: Mapping[int, EventFacts] = field(default_factory=dict)

    def event(self, touch: Touch) -> EventFacts | None:
        """Return the event of the brand that `touch` names, if it names one that is there."""
        kind, pk = touch.source
        return self.events.get(pk) if kind == EVENT else None

    def standing(self, touch: Touch) -> Standing:
        """Return whether what `touch` names is there, hidden, or gone."""
        if touch.source[0] == EVENT:
            event = self.event(touch)
            return Standing.GONE if event is None or event.is_undone else Standing.STANDS
        if self.post_is_gone(touch):
            return Standing.GONE
        post = self.posts[touch.post_id]
        kind, pk = touch.source
        if kind == REACTION and pk not in self.reactions:
            return Standing.GONE
        if kind == ANSWER and post.accepted_post_id != pk:
            return Standing.GONE
        return Standing.STANDS if post.state == State.VISIBLE else Standing.WAITS

    def post_is_gone(self, touch: Touch) -> bool:
        """Return whether the post that `touch` is about was deleted or removed."""
        if touch.source[0] == EVENT:
            return False
        post = self.posts.get(touch.post_id)
        return post is None or post.state in (State.DELETED, State.REMOVED)

    def verb_of(self, touch: Touch) -> str:
        """Return the verb whose rules pay for what `touch` names."""
        kind, _pk = touch.source
        if kind == EVENT:
            return EVENT_ARRIVED.name
        if kind == REACTION:
            return verbs.REACTION_ADDED.name
        if kind == ANSWER:
            return verbs.ANSWER_ACCEPTED.name
        first = self.posts[touch.post_id].position == 1
        return verbs.THREAD_CREATED.name if first else verbs.POST_CREATED.name

    def member_for(self, touch: Touch, role: str) -> int | None:
        """Return who would get the points, whether or not they can earn."""
        if touch.source[0] == EVENT:
            event = self.event(touch)
            return event.member_id if event is not None else None
        post = self.posts[touch.post_id]
        kind, _pk = touch.source
        actor = touch.giver_id if kind in (REACTION, ANSWER) else post.author_id
        return {Beneficiary.ACTOR: actor, Beneficiary.ASKER: post.asker_id}.get(
            Beneficiary(role), post.author_id
        )

    def is_own_doing(self, touch: Touch) -> bool:
        """Return whether someone marked their own post, or accepted their own answer."""
        if touch.source[0] == EVENT:
            return False
        post = self.posts[touch.post_id]
        kind, _pk = touch.source
        if kind == REACTION:
            return touch.giver_id == post.author_id
        return kind == ANSWER and post.author_id in (post.asker_id, touch.giver_id)

    def earns(self, member_id: int | None) -> bool:
        """Return whether someone can earn at all: staff and people who left do not."""
        role, active, _trust = self.people.get(member_id or 0, (Role.ADMIN, False, 0))
        return active and role == Role.MEMBER

    def trust_of(self, member_id: int) -> int:
        """Return the trust level of someone."""
        return self.people.get(member_id, ("", False, 0))[2]

    def _helped_at(self, post_id: int, conditions: Conditions) -> list[dt.datetime]:
        return [at for at, trust in self.marks.get(post_id, ()) if trust >= conditions.giver_trust]

    def missing_helpers(self, post_id: int, conditions: Conditions) -> int:
        """Return how many more members have to find a post helpful."""
        if not conditions.helped_by:
            return 0
        return max(0, conditions.helped_by - len(self._helped_at(post_id, conditions)))

    def lacks_helpers(self, post_id: int, conditions: Conditions) -> bool:
        """Return whether fewer find a post helpful than what was paid had asked for. More than were counted is not known to lack."""
        asked = min(conditions.helped_by, self.most)
        return bool(asked) and len(self._helped_at(post_id, conditions)) < asked

    def moment(self, touch: Touch, rule: EarningRule) -> dt.datetime:
        """Return when a rule came true. Where that is later than what we heard of, rows say so: in any order the same."""
        event = self.event(touch)
        if event is not None:
            return event.occurred_at
        conditions = rule.parsed_conditions
        if not conditions.helped_by and not rule.delay_hours and not touch.elsewhere:
            return touch.occurred_at
        post = self.posts[touch.post_id]
        kind, pk = touch.source
        own = {POST: post.created_at, ANSWER: post.accepted_at}.get(kind, self.reactions.get(pk))
        reached = self._helped_at(touch.post_id, conditions)[: conditions.helped_by]
        return max([own or touch.occurred_at, *reached])

    def days(self) -> set[dt.datetime]:
        """Return every moment that a rule could count for, beside those of the touches."""
        moments = {at for marks in self.marks.values() for at, _trust in marks} | set(self.reactions.values())
        for post in self.posts.values():
            moments.add(post.created_at)
            if post.accepted_at is not None:
                moments.add(post.accepted_at)
        return moments


def read_facts(touches: list[Touch], member_ids: Iterable[int], rules: Iterable[EarningRule]) -> Facts:
    """Read what is true now, as far as `rules` ask."""
    post_ids = {touch.post_id for touch in touches if touch.post_id}
    posts = _with_synonyms(read_posts(post_ids))
    wanted = [touch.source[1] for touch in touches if touch.source[0] == REACTION]
    reactions = Reaction.objects.filter(pk__in=wanted).values_list("pk", "created_at") if wanted else ()
    people = set(member_ids) | {touch.giver_id for touch in touches if touch.giver_id is not None}
    most = max((rule.parsed_conditions.helped_by for rule in rules), default=0)
    return Facts(
        posts=posts,
        reactions=dict(reactions),
        people=read_people(people),
        marks=_read_marks(post_ids, most) if most else {},
        most=most,
        events=read_events(touch.source[1] for touch in touches if touch.source[0] == EVENT),
    )


def _with_synonyms(posts: Mapping[int, PostFacts]) -> dict[int, PostFacts]:
    """Let topics be known by every word that means them: a rule may name one that was merged since."""
    words = words_for(tag for post in posts.values() for tag in post.tags)
    return {
        pk: replace(post, tags=tuple(sorted({word for tag in post.tags for word in words[tag]})))
        for pk, post in posts.items()
    }


def read_people(member_ids: Iterable[int]) -> dict[int, tuple[str, bool, int]]:
    """Read role, whether active, and trust level of members."""
    rows = Member.objects.filter(pk__in=set(member_ids))
    return {
        pk: (role, active, trust)
        for pk, role, active, trust in rows.values_list("pk", "role", "is_active", "trust_level")
    }


def _read_marks(post_ids: set[int], most: int) -> dict[int, list[Mark]]:
    """Read the first `most` who found each post helpful, of each trust level, oldest first."""
    rows = Reaction.objects.filter(
        post_id__in=post_ids, kind=ReactionKind.HELPFUL, member__is_active=True
    ).annotate(
        place=Window(
            RowNumber(), partition_by=[F("post_id"), F("member__trust_level")], order_by=["created_at", "pk"]
        )
    )
    marks: dict[int, list[Mark]] = defaultdict(list)
    rows = rows.filter(place__lte=most).order_by("created_at", "pk")
    for post_id, at, trust in rows.values_list("post_id", "created_at", "member__trust_level"):
        marks[post_id].append((at, trust))
    return marks


def read_posts(post_ids: Iterable[int]) -> dict[int, PostFacts]:
    """Read the facts of posts."""
    posts = Post.objects.filter(pk__in=list(post_ids)).select_related("thread")
    return {
        post.pk: PostFacts(
            author_id=post.author_id,
            position=post.position,
            state=post.state,
            thread_id=post.thread_id,
            thread_kind=post.thread.kind,
            asker_id=post.thread.author_id,
            space_id=post.thread.space_id,
            accepted_post_id=post.thread.accepted_post_id,
            created_at=post.created_at,
            accepted_at=post.thread.accepted_at,
            tags=tuple(post.thread.tags),
        )
        for post in posts.only(
            "author_id",
            "position",
            "state",
            "created_at",
            "thread__kind",
            "thread__author_id",
            "thread__space_id",
            "thread__accepted_post_id",
            "thread__accepted_at",
            "thread__tags",
        )
    }
