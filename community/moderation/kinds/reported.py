"""Reported posts and reported messages: kept, hidden, removed, and what is laid on who wrote them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.errors import Conflict
from community.members.models import Member
from community.messages.actions import set_message_state
from community.messages.models import Message
from community.moderation import limits
from community.moderation.actions.penalties import lift_penalty
from community.moderation.case_kinds import (
    CaseKind,
    Choice,
    Effect,
    Fact,
    Ruling,
    Subject,
    register_case_kind,
)
from community.moderation.kinds.posts import PAUSES, lay_on, name_posts
from community.moderation.models import Case, Decision, Penalty
from community.moderation.queries import neighbours_of
from community.moderation.scoring import say_hidden, say_parts
from community.threads.actions import set_post_state
from community.threads.models import Post, State

NEW_STATE = {
    Decision.KEEP: State.VISIBLE,
    Decision.HIDE: State.HIDDEN,
    Decision.REMOVE: State.REMOVED,
    Decision.WARN: State.REMOVED,
    Decision.SILENCE: State.REMOVED,
    Decision.SUSPEND: State.REMOVED,
}
PENALTIES = frozenset({Decision.WARN, Decision.SILENCE, Decision.SUSPEND})


# What the author of a post reads of it; a pause that comes with it is said beside.
_TOLD = {
    Decision.HIDE: gettext_lazy("The team hid a post of yours"),
    **dict.fromkeys(
        (Decision.REMOVE, Decision.WARN, Decision.SILENCE, Decision.SUSPEND),
        gettext_lazy("The team removed a post of yours"),
    ),
}


def apply_decision(ruling: Ruling) -> Effect:
    """Show, hide or remove what was reported and, for a penalty, lay it on who wrote it."""
    chosen, subject = Decision(ruling.decision), ruling.case.subject
    before = after = subject.state
    for penalty in Penalty.objects.filter(case=ruling.case, lifted_at=None, given_by=None):
        # What a rule laid held until somebody decides.
        lift_penalty(actor=ruling.actor, penalty=penalty)
    if chosen in PENALTIES:
        _penalise(ruling)
    if before != State.DELETED and before != NEW_STATE[chosen]:
        after = _set_state(ruling.actor, subject, NEW_STATE[chosen], ruling.reason)
    return Effect({"post_state": before}, before=before, after=after)


def undo_decision(actor: Member, case: Case) -> None:
    """Put the post or message back as it was, unless something else has happened to it since."""
    before, ours = case.before.get("post_state", State.VISIBLE), NEW_STATE[Decision(case.decision)]
    if before in (State.VISIBLE, State.HIDDEN, State.REMOVED) and case.subject.state == ours != before:
        _set_state(actor, case.subject, before, "")


def _set_state(actor: Member, subject: Post | Message, state: str, reason: str) -> str:
    if isinstance(subject, Message):
        return set_message_state(actor=actor, message=subject, state=state, reason=reason).state
    return set_post_state(actor=actor, post=subject, state=state, reason=reason).state


def _penalise(ruling: Ruling) -> None:
    case = ruling.case
    if case.author is None:
        raise Conflict(
            "author_left", _("The author has left, so there is nobody to warn. Remove the post instead.")
        )
    lay_on(case.author, ruling)


def overturn(actor: Member, case: Case) -> dict[str, Any]:
    """Show what was hidden or removed again, because its author appealed, unless something else happened to it since."""
    shown = case.subject.state
    if shown == NEW_STATE[Decision(case.decision)] != State.VISIBLE:
        _set_state(actor, case.subject, State.VISIBLE, "")
    return {"post_state": shown}


def reimpose(actor: Member, case: Case, kept: dict[str, Any]) -> None:
    """Hide or remove it again, because overturning the decision was taken back."""
    before = kept.get("post_state", State.VISIBLE)
    if case.subject.state == State.VISIBLE and before in (State.HIDDEN, State.REMOVED):
        _set_state(actor, case.subject, before, case.decision_reason)


def explain_weight(case: Case) -> list[Fact]:
    """Say how much the reports weigh together, against what hides a post, and what each of them weighs and why."""
    if not case.score:
        return []
    together = Fact(
        _("Weight of the reports"),
        f"{case.score:.2f}",
        _("%(most).2f hides a post until it is decided.") % {"most": limits.HIDE_AT() / 100},
    )
    facts = [together]
    if case.facts.get("hidden"):
        facts.append(Fact(_("Hidden at once"), "", say_hidden(case.facts["hidden"])))
    if case.facts.get("silenced"):
        facts.append(
            Fact(_("Writing paused"), "", _("Until this is decided, because it was reported as advertising."))
        )
    for report in case.reports.select_related("reporter").order_by("-weight", "id")[:20]:
        facts.append(Fact(report.reporter.name, f"{report.weight:.2f}", say_parts(report.parts)))
    return facts


def describe_posts(cases: Sequence[Case]) -> Mapping[int, Subject]:
    """Name the thread of each post and the place of the post in it."""
    return name_posts(cases, lambda case, _post: _counted(case))


def describe_messages(cases: Sequence[Case]) -> Mapping[int, Subject]:
    """Say of each that it is a message, and nothing of what it says."""
    return {case.pk: Subject(title=_("A message"), text=_counted(case)) for case in cases}


def _counted(case: Case) -> str:
    return ngettext("%(n)d report", "%(n)d reports", case.report_count) % {"n": case.report_count}


def around(actor: Member, case: Case) -> list[Message]:
    """Return a reported message with its neighbours."""
    return neighbours_of(case.message) if case.message is not None else []


def _choice(decision: Decision) -> Choice:
    return Choice(
        decision.value,
        decision.label,
        apply_decision,
        undo_decision,
        needs_reason=decision is not Decision.KEEP,
        takes_days=decision in PAUSES,
        against=decision is not Decision.KEEP,
        told=_TOLD.get(decision, ""),
    )


POST_REPORT = CaseKind(
    "post_report",
    gettext_lazy("Reported post"),
    due=limits.DUE,
    choices=tuple(_choice(decision) for decision in Decision),
    describe=describe_posts,
    explain=explain_weight,
    overturn=overturn,
    reimpose=reimpose,
    template="admin/moderation/kinds/post.html",
    tells_team=False,  # the report tells them
)
TAKEN_OFF = CaseKind(
    "post_taken_off",
    gettext_lazy("Taken off without a report"),
    due=limits.DUE,
    choices=tuple(_choice(decision) for decision in Decision if decision not in PENALTIES),
    describe=describe_posts,
    overturn=overturn,
    reimpose=reimpose,
    template="admin/moderation/kinds/post.html",
    tells_team=False,  # one of them did it
)
MESSAGE_REPORT = CaseKind(
    "message_report",
    gettext_lazy("Reported message"),
    due=limits.DUE,
    # Nobody waits for a message to be written better.
    choices=tuple(_choice(decision) for decision in Decision if decision is not Decision.HIDE),
    describe=describe_messages,
    explain=explain_weight,
    overturn=overturn,
    reimpose=reimpose,
    detail=around,
    template="admin/moderation/kinds/message.html",
    tells_team=False,
)


def register() -> None:
    """Let reports land in the queue."""
    register_case_kind(POST_REPORT)
    register_case_kind(TAKEN_OFF)
    register_case_kind(MESSAGE_REPORT)
