"""Texts that are shown although something in them looks like advertising: somebody of the team has a look."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.errors import NotFound
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
from community.moderation.kinds.posts import name_posts, pause_author
from community.moderation.models import Case
from community.moderation.scoring import say_hidden
from community.moderation.spam.judging import SHOWN_KIND
from community.moderation.spam.signals import NAMES
from community.threads.actions import set_post_state
from community.threads.models import Post, State

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


def describe(cases: Sequence[Case]) -> Mapping[int, Subject]:
    """Name the thread of each post, and what the post says."""
    return name_posts(cases, lambda _case, post: post.body_md[:2000])


def explain(case: Case) -> list[Fact]:
    """Say each sign that was seen, and how much of the score it made."""
    signals, weights = case.facts.get("signals", {}), case.facts.get("weights", {})
    facts = [Fact(_("Score"), _("%(n)s of 100") % {"n": case.facts.get("score", 0)})]
    if case.facts.get("hidden"):
        facts.append(Fact(_("Hidden at once"), "", say_hidden(case.facts["hidden"])))
    for name, value in sorted(signals.items(), key=lambda it: -it[1] * weights.get(it[0], 0)):
        said = case.facts.get("outside", "") if name == "outside" else ""
        facts.append(Fact(str(NAMES.get(name, name)), f"+{round(value * weights.get(name, 0))}", said))
    return facts


def _post(case: Case) -> Post:
    post = Post.objects.select_related("thread__space").filter(pk=case.subject_id or 0).first()
    if post is None:
        raise NotFound()
    return post


def keep(ruling: Ruling) -> Effect:
    """Leave it as it is; what was hidden until now is shown again."""
    post = _post(ruling.case)
    before = post.state
    if before == State.HIDDEN and ruling.case.facts.get("hidden"):
        post = set_post_state(actor=ruling.actor, post=post, state=State.VISIBLE, reason="")
    return Effect({"post_state": before}, before=before, after=post.state)


def remove(ruling: Ruling) -> Effect:
    """Take it away; with a penalty, lay that on its author as well."""
    post = _post(ruling.case)
    pause_author(ruling)
    before = post.state
    if before != State.DELETED:
        post = set_post_state(actor=ruling.actor, post=post, state=State.REMOVED, reason=ruling.reason)
    return Effect({"post_state": before}, before=before, after=post.state)


def put_back(actor: Member, case: Case) -> None:
    """Show it again as it was, unless something else has happened to it since."""
    post, before = _post(case), case.before.get("post_state", State.VISIBLE)
    if post.state == State.REMOVED and before in (State.VISIBLE, State.HIDDEN):
        set_post_state(actor=actor, post=post, state=before, reason="")
    elif post.state == State.VISIBLE and before == State.HIDDEN:
        set_post_state(actor=actor, post=post, state=before, reason=say_hidden(case.facts.get("hidden", "")))


def overturn(actor: Member, case: Case) -> dict[str, Any]:
    """Show what was hidden or removed again, because its author appealed."""
    post = _post(case)
    shown = post.state
    if shown in (State.HIDDEN, State.REMOVED):
        set_post_state(actor=actor, post=post, state=State.VISIBLE, reason="")
    return {"post_state": shown}


def reimpose(actor: Member, case: Case, kept: dict[str, Any]) -> None:
    """Hide or remove it again, because overturning the decision was taken back."""
    post, before = _post(case), kept.get("post_state", State.VISIBLE)
    if post.state == State.VISIBLE and before in (State.HIDDEN, State.REMOVED):
        set_post_state(actor=actor, post=post, state=before, reason=case.decision_reason)


def _against(name: str, label: "_StrOrPromise", *, takes_days: bool = True) -> Choice:
    told = gettext_lazy("The team removed a post of yours")
    return Choice(name, label, remove, put_back, takes_days=takes_days, against=True, told=told)


SPAM_SHOWN = CaseKind(
    SHOWN_KIND,
    gettext_lazy("Shown, with signs of advertising"),
    due=limits.HELD_DUE,
    choices=(
        Choice("keep", gettext_lazy("Keep it: nothing wrong here"), keep, put_back, needs_reason=False),
        _against("remove", gettext_lazy("Remove it"), takes_days=False),
        _against("silence", gettext_lazy("Remove it and pause writing for its author")),
        _against("suspend", gettext_lazy("Remove it and pause the author's account")),
    ),
    describe=describe,
    explain=explain,
    overturn=overturn,
    reimpose=reimpose,
)


def register() -> None:
    """Let them land in the queue."""
    register_case_kind(SPAM_SHOWN)
