"""What is true now about the things touched: read after the accounts are locked, one query per table."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from community.members.models import Member, Role
from community.threads import verbs
from community.threads.models import Post, Reaction, State
from rewards.points.earning.touches import ANSWER, REACTION, Touch
from rewards.points.models import Beneficiary, Conditions


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


@dataclass(frozen=True, slots=True)
class Facts:
    """The truth about a batch of touches."""

    posts: dict[int, PostFacts]
    reactions: frozenset[int]
    people: dict[int, tuple[str, bool, int]]

    def standing(self, touch: Touch) -> Standing:
        """Return whether what `touch` names is there, hidden, or gone."""
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
        post = self.posts.get(touch.post_id)
        return post is None or post.state in (State.DELETED, State.REMOVED)

    def verb_of(self, touch: Touch) -> str:
        """Return the verb whose rules pay for what `touch` names."""
        kind, _pk = touch.source
        if kind == REACTION:
            return verbs.REACTION_ADDED.name
        if kind == ANSWER:
            return verbs.ANSWER_ACCEPTED.name
        first = self.posts[touch.post_id].position == 1
        return verbs.THREAD_CREATED.name if first else verbs.POST_CREATED.name

    def beneficiary(self, touch: Touch, role: str) -> int | None:
        """Return who gets the points, or None when it would be for their own doing or they earn nothing."""
        post = self.posts[touch.post_id]
        kind, _pk = touch.source
        actor = touch.giver_id if kind in (REACTION, ANSWER) else post.author_id
        member_id = {Beneficiary.ACTOR: actor, Beneficiary.ASKER: post.asker_id}.get(
            Beneficiary(role), post.author_id
        )
        if kind == REACTION and touch.giver_id == post.author_id:
            return None
        if kind == ANSWER and post.author_id in (post.asker_id, touch.giver_id):
            return None
        return member_id if self.earns(member_id) else None

    def earns(self, member_id: int | None) -> bool:
        """Return whether someone can earn at all: staff and people who left do not."""
        role, active, _trust = self.people.get(member_id or 0, (Role.ADMIN, False, 0))
        return active and role == Role.MEMBER

    def meets(self, touch: Touch, conditions: Conditions) -> bool:
        """Return whether `touch` meets the conditions of a rule."""
        post = self.posts[touch.post_id]
        giver_trust = self.people.get(touch.giver_id or 0, ("", False, 0))[2]
        return (
            (not conditions.thread_kinds or post.thread_kind in conditions.thread_kinds)
            and (not conditions.reaction_kinds or touch.reaction_kind in conditions.reaction_kinds)
            and (not conditions.space_ids or post.space_id in conditions.space_ids)
            and (touch.giver_id is None or giver_trust >= conditions.giver_trust)
            and not (conditions.by_asker and touch.giver_id != post.asker_id)
            and not (conditions.not_asker and post.author_id == post.asker_id)
        )


def read_facts(touches: list[Touch], member_ids: Iterable[int]) -> Facts:
    """Read what is true now."""
    posts = read_posts({touch.post_id for touch in touches})
    wanted = [touch.source[1] for touch in touches if touch.source[0] == REACTION]
    reactions = Reaction.objects.filter(pk__in=wanted).values_list("pk", flat=True) if wanted else ()
    people = set(member_ids) | {touch.giver_id for touch in touches if touch.giver_id is not None}
    rows = Member.objects.filter(pk__in=people).values_list("pk", "role", "is_active", "trust_level")
    return Facts(
        posts=posts,
        reactions=frozenset(reactions),
        people={pk: (role, active, trust) for pk, role, active, trust in rows},
    )


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
        )
        for post in posts.only(
            "author_id",
            "position",
            "state",
            "thread__kind",
            "thread__author_id",
            "thread__space_id",
            "thread__accepted_post_id",
        )
    }
