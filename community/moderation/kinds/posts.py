"""What kinds of cases about posts share: how they name them, and laying on an author what was decided."""

from collections.abc import Callable, Mapping, Sequence

from community.members.models import Member
from community.moderation.actions.penalties import check_days, penalise_member
from community.moderation.case_kinds import Ruling, Subject
from community.moderation.models import Case, PenaltyKind
from community.moderation.queries import suggested_days
from community.threads.models import Post

# Decisions that last for days.
PAUSES = frozenset({PenaltyKind.SILENCE.value, PenaltyKind.SUSPEND.value})


def name_posts(cases: Sequence[Case], text: Callable[[Case, Post], str]) -> Mapping[int, Subject]:
    """Name the thread of each post and the place of the post in it, with a text beside."""
    posts = Post.objects.select_related("thread__space").in_bulk([case.subject_id for case in cases])
    return {
        case.pk: Subject(
            title=f"{post.thread.title} · {post.position}",
            text=text(case, post),
            place=post.thread.space.name,
            url=post.get_absolute_url(),
        )
        for case in cases
        if (post := posts.get(case.subject_id)) is not None
    }


def lay_on(member: Member, ruling: Ruling) -> None:
    """Lay the penalty on a member that the decision is called after: a pause for as long as was chosen, or by the ladder."""
    kind = PenaltyKind(ruling.decision)
    penalise_member(
        actor=ruling.actor,
        member=member,
        kind=str(kind),
        reason=ruling.reason,
        days=None if kind is PenaltyKind.WARN else check_days(ruling.days or suggested_days(member)),
        case=ruling.case,
    )


def pause_author(ruling: Ruling) -> None:
    """Pause whom the case is about, where that was decided and they are still here."""
    if ruling.decision in PAUSES and ruling.case.author is not None:
        lay_on(ruling.case.author, ruling)
