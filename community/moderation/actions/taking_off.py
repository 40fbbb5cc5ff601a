"""What the team took off without a report is kept as a case decided at once, so that its author can appeal."""

from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from community.moderation.models import Case, CaseState, Decision
from community.threads.models import Post, State

KIND = "post_taken_off"
_DECISIONS = {State.HIDDEN: Decision.HIDE, State.REMOVED: Decision.REMOVE}


@transaction.atomic
def keep_taken_off(*, actor: Member, post: Post, state: str, reason: str, activity_id: int) -> Case | None:
    """Write down that `actor` hid or removed `post`. Told twice, it is written once."""
    # Two tellers of one happening wait for each other here.
    Post.objects.select_for_update().get(pk=post.pk)
    mine = Case.objects.filter(kind=KIND, post=post, facts__activity=activity_id)
    if mine.exists() or post.author_id == actor.pk:
        return None
    fresh = Case(
        kind=KIND,
        subject_type=Post._meta.label_lower,
        subject_id=post.pk,
        post=post,
        author_id=post.author_id,
        space_id=post.thread.space_id,
        due_at=timezone.now(),
    )
    # It never waits first: reports of the same post may wait in a case of their own. One that was undone waits, and ends here.
    undone = Case.objects.select_for_update().filter(fresh.same_subject(), state=CaseState.OPEN)
    case = undone.first() or fresh
    case.state, case.facts = CaseState.DECIDED, {"activity": activity_id}
    case.decision, case.decision_reason = _DECISIONS[State(state)], reason
    case.decided_by, case.decided_at = actor, timezone.now()
    case.before = {"post_state": str(State.VISIBLE)}
    case.save()
    return case


@transaction.atomic
def forget_taken_off(*, actor: Member | None, post: Post) -> list[Case]:
    """End what stands against the author of `post`, which the team put back. Returns the cases that ended."""
    standing = Case.objects.select_for_update().filter(kind=KIND, post=post, state=CaseState.DECIDED)
    ended = list(standing.exclude(decision=Decision.KEEP).order_by("pk"))
    for case in ended:
        case.state = CaseState.CLOSED
        case.save(update_fields=["state"])
    return ended
