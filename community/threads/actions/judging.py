"""Taking a post off and putting it back as the team, with a reason that its author is told."""

from django.db import transaction
from django.utils.translation import gettext as _

from community.activity.record import record
from community.errors import Invalid
from community.members.models import Member
from community.threads.actions.states import set_post_state, set_post_state_by_rule
from community.threads.models import Post, State
from community.threads.verbs import POST_JUDGED


def judge_post(*, actor: Member, post: Post, state: str, reason: str = "") -> Post:
    """Hide or remove `post`, or show it again; a first post takes its thread along. Its author is told, and why.

    Hiding and removing need a `reason`. Raises `Refused`, `Invalid` or `NotFound`.
    """
    said = " ".join(reason.split())
    if state != State.VISIBLE and not said:
        sentence = _("Say why: the author is told.")
        raise Invalid("reason_missing", sentence, fields={"reason": sentence})
    with transaction.atomic():
        before = Post.objects.values_list("state", flat=True).get(pk=post.pk)
        judged = set_post_state(actor=actor, post=post, state=state, reason=said)
        if judged.state != before:
            _record(actor, judged, said)
    return judged


def judge_post_by_rule(*, post: Post, state: str, reason: str) -> Post:
    """Do the same because a timer says so, with nobody as the actor."""
    with transaction.atomic():
        before = post.state
        judged = set_post_state_by_rule(post=post, state=state, reason=reason)
        if judged.state != before:
            _record(None, judged, reason)
    return judged


def _record(actor: Member | None, post: Post, reason: str) -> None:
    record(
        POST_JUDGED,
        actor=actor,
        target=post,
        space_id=post.thread.space_id,
        payload={
            "thread_id": post.thread_id,
            "author_id": post.author_id,
            "after": str(post.state),
            "reason": reason[:300],
        },
    )
