"""What waits before it is shown: first posts, links of new members, watched words, signs of advertising."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.errors import Conflict, NotFound
from community.members.models import Member
from community.moderation import limits
from community.moderation.case_kinds import (
    CaseKind,
    Choice,
    Effect,
    Fact,
    Ruling,
    Subject,
    register_case_kind,
)
from community.moderation.held.actions import approve_held, refuse_held, reopen_held
from community.moderation.held.grounds import say_to_team
from community.moderation.kinds.posts import pause_author
from community.moderation.models import Case, Held, HeldKind, HeldState

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


def describe(cases: Sequence[Case]) -> Mapping[int, Subject]:
    """Say of each what was written, and where it is meant to go."""
    rows = Held.objects.select_related("space", "thread").in_bulk([case.subject_id for case in cases])
    found = {}
    for case in cases:
        held = rows.get(case.subject_id)
        if held is not None:
            found[case.pk] = Subject(
                title=_titled(held), text=held.body_md, place=held.space.name, url=_place(held)
            )
    return found


def _titled(held: Held) -> str:
    if held.kind == HeldKind.THREAD or held.thread is None:
        return held.title
    named = (
        _("Reply in “%(thread)s”") if held.kind == HeldKind.REPLY else _("Change of a post in “%(thread)s”")
    )
    return named % {"thread": held.thread.title}


def _place(held: Held) -> str:
    if held.became_id is not None:
        return f"/p/{held.became_id}/"
    return held.thread.get_absolute_url() if held.thread is not None else ""


def explain(case: Case) -> list[Fact]:
    """Say why it waits."""
    return [Fact(_("Why it waits"), say_to_team(ground)) for ground in case.facts.get("grounds", ())]


def shown(actor: Member, case: Case) -> Held | None:
    """Return what was written, for the page of the case."""
    return Held.objects.select_related("post", "thread").filter(pk=case.subject_id or 0).first()


def _held(case: Case) -> Held:
    held = Held.objects.filter(pk=case.subject_id or 0).first()
    if held is None:
        raise NotFound()
    return held


def approve(ruling: Ruling) -> Effect:
    """Let it through."""
    held = _held(ruling.case)
    if held.changed_at and ruling.seen_at and held.changed_at > ruling.seen_at:
        # Otherwise a harmless text would be read, and another let through.
        raise Conflict("changed_since", _("Its writer changed it after you opened it. Read it again."))
    post = approve_held(actor=ruling.actor, held=held)
    return Effect({}, before="waiting", after=f"post {post.pk}")


def refuse(ruling: Ruling) -> Effect:
    """Do not let it through; with a penalty, lay that on its writer as well."""
    pause_author(ruling)
    refuse_held(actor=ruling.actor, held=_held(ruling.case), reason=ruling.reason)
    return Effect({}, before="waiting", after="refused")


def reopen(actor: Member, case: Case) -> None:
    """Let it wait again."""
    reopen_held(actor=actor, held=_held(case))


def overturn(actor: Member, case: Case) -> dict[str, Any]:
    """Let it through after all, because its writer appealed."""
    held = _held(case)
    if held.state != HeldState.REFUSED:
        raise Conflict("not_refused", _("Something else has happened to it since."))
    reopen_held(actor=actor, held=held)
    approve_held(actor=actor, held=held)
    return {}


def reimpose(actor: Member, case: Case, kept: dict[str, Any]) -> None:
    """Keep it back again, because overturning the decision was taken back."""
    held = _held(case)
    reopen_held(actor=actor, held=held)
    refuse_held(actor=actor, held=held, reason=case.decision_reason)


def _against(name: str, label: "_StrOrPromise", *, takes_days: bool = True) -> Choice:
    told = gettext_lazy("The team did not let through what you wrote")
    return Choice(name, label, refuse, reopen, takes_days=takes_days, against=True, told=told)


def _kind(name: str, label: "_StrOrPromise", grounds: Callable[[Case], list[Fact]] = explain) -> CaseKind:
    return CaseKind(
        name,
        label,
        due=limits.HELD_DUE,
        choices=(
            Choice("approve", gettext_lazy("Let it through"), approve, reopen, needs_reason=False),
            _against("refuse", gettext_lazy("Do not let it through"), takes_days=False),
            _against("silence", gettext_lazy("Do not let it through and pause writing for its author")),
            _against("suspend", gettext_lazy("Do not let it through and pause the author's account")),
        ),
        describe=describe,
        explain=grounds,
        detail=shown,
        overturn=overturn,
        reimpose=reimpose,
        template="admin/moderation/kinds/held.html",
    )


FIRST_POST = _kind("first_post", gettext_lazy("First post of a new member"))
HELD_LINK = _kind("held_link", gettext_lazy("Link of a new member"))
WATCHED_WORD = _kind("watched_word", gettext_lazy("Watched word"))
SPAM_SIGNALS = _kind("spam_signals", gettext_lazy("Signs of advertising"))


def register() -> None:
    """Let what waits land in the queue."""
    for kind in (FIRST_POST, HELD_LINK, WATCHED_WORD, SPAM_SIGNALS):
        register_case_kind(kind)
