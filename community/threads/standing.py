"""How one viewer stands to one thread: what its page offers them, judged by the same permissions as the actions."""

from dataclasses import dataclass
from typing import cast

from community.members.models import Member
from community.threads.limits import LEADER_TRUST
from community.threads.models import Thread
from community.threads.permissions import (
    can_claim,
    can_decide_answer,
    can_moderate_thread,
    can_reply,
    can_tidy_thread,
    can_want_information,
)
from community.threads.queries.rows import ThreadHead
from community.threads.sorting import can_sort
from community.verdict import Verdict, no


@dataclass(frozen=True, slots=True)
class Standing:
    """What the page offers its viewer. `reply` says why not; the other controls are simply not shown."""

    viewer: Member | None
    reply: Verdict
    chooses: bool
    moderates: bool
    level: str
    # An open question: may they say that they are answering it, and what it is missing?
    claims: bool = False
    cares: bool = False
    # Closing, pinning, splitting and merging: also leaders among the members.
    tidies: bool = False
    # A better title and the right space: also regulars.
    sorts: bool = False

    @property
    def pk(self) -> int:
        """The viewer's key, 0 for the public."""
        return self.viewer.pk if self.viewer is not None else 0


def standing_of(viewer: Member | None, head: ThreadHead) -> Standing:
    """Judge what `viewer` may do in the thread. Asks the database only for a closed thread or a private space."""
    if viewer is None:
        return Standing(None, no("guest", ""), False, False, "")
    # `ThreadHead` carries the columns that permissions read, under the same names.
    thread = cast("Thread", head)
    keeps_order = head.moderates or viewer.is_at_least("moderator")
    moderates = keeps_order and bool(can_moderate_thread(viewer, thread))
    asks = viewer.pk == head.author_id
    helps = not asks and viewer.trust_level > 0
    open_question = head.is_question and not head.is_solved and not head.is_locked
    return Standing(
        viewer=viewer,
        reply=can_reply(viewer, thread),
        # A choice that was made is changed elsewhere; here it is offered only while there is none.
        chooses=head.is_question
        and not head.is_solved
        and (asks or moderates)
        and bool(can_decide_answer(viewer, thread)),
        moderates=moderates,
        tidies=moderates or (viewer.trust_level >= LEADER_TRUST and bool(can_tidy_thread(viewer, thread))),
        sorts=viewer.trust_level > 1 and not moderates and bool(can_sort(viewer, thread)),
        level=head.level,
        claims=bool(open_question and can_claim(viewer, thread)),
        cares=bool(open_question and (moderates or (helps and can_want_information(viewer, thread)))),
    )
