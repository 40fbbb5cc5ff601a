"""The same done to several threads at once. Each is its own transaction and judged on its own: one refused holds up no other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from community.errors import Conflict, DomainError, Invalid
from community.members.models import Member
from community.spaces.models import Space
from community.spaces.queries import get_space_for
from community.threads import limits
from community.threads.actions.judging import judge_post
from community.threads.actions.listing import archive_thread, list_thread, unarchive_thread, unlist_thread
from community.threads.actions.order import lock_thread, move_thread, rename_thread, unlock_thread
from community.threads.actions.pins import pin_thread, unpin_thread
from community.threads.composing import check_tags
from community.threads.locks import lock_thread as hold
from community.threads.models import Post, State, Thread
from community.threads.permissions import can_act_together
from community.threads.queries.access import threads_among
from community.threads.steered import steering_of
from community.threads.steering import READABLE


class Given(NamedTuple):
    """What some acts need besides: where to, which topic, why."""

    space: Space | None = None
    tag: str = ""
    reason: str = ""


class Step(NamedTuple):
    """One act on several threads: what takes another one back."""

    act: str
    threads: tuple[int, ...]
    space: str = ""
    tag: str = ""


class Act(NamedTuple):
    """What can be done to several threads. `holds`: it is so already. `back`: the act that takes it back."""

    do: Callable[[Member, Thread, Given], object]
    holds: Callable[[Thread, Given], bool]
    back: str
    needs: str = ""


@dataclass(slots=True)
class Told:
    """What came of it: which threads it was done to, which were so already, and why not to the others."""

    done: list[Thread] = field(default_factory=list)
    unchanged: list[Thread] = field(default_factory=list)
    refused: list[tuple[Thread, str]] = field(default_factory=list)
    undo: list[Step] = field(default_factory=list)


def act_on_threads(
    *,
    actor: Member,
    threads: Sequence[Thread],
    act: str,
    space: Space | None = None,
    tag: str = "",
    reason: str = "",
) -> Told:
    """Do one of `ACTS` to each of `threads`, as far as `actor` may and it is not so already.

    What of it was done can be taken back by the steps in `undo`, which leave alone what was so before.
    Raises `Refused`, `RateLimited`, or `Invalid` when what was typed fits none of them; then nothing changed.
    """
    can_act_together(actor).require()
    given = Given(space, tag.strip(), " ".join(reason.split()))
    chosen = _checked(act, threads, given)
    limits.TOGETHER.spend(actor)
    told = Told()
    for thread in sorted(threads, key=lambda one: one.pk):
        try:
            _one(actor, thread, chosen, given, told)
        except DomainError as refusal:
            told.refused.append((thread, refusal.message))
    told.undo = _steps(chosen, told.done, given)
    return told


def undo_together(*, actor: Member, steps: Sequence[Step]) -> Told:
    """Take back what was done to several threads, as far as it is still so. Raises as `act_on_threads` does."""
    told = Told()
    for step in steps:
        space = get_space_for(actor, step.space) if step.space else None
        threads = threads_among(actor, step.threads, put_away=True)
        one = act_on_threads(actor=actor, threads=threads, act=step.act, space=space, tag=step.tag)
        told.done += one.done
        told.unchanged += one.unchanged
        told.refused += one.refused
    return told


def _checked(act: str, threads: Sequence[Thread], given: Given) -> Act:
    chosen = ACTS.get(act)
    if chosen is None:
        raise _unfit("act", _("Choose what to do with them."))
    if not threads:
        raise _unfit("threads", _("Choose at least one thread."))
    if len(threads) > limits.MOST_THREADS:
        said = _("Choose at most %(most)d threads at once.") % {"most": limits.MOST_THREADS}
        raise _unfit("threads", said)
    if chosen.needs and not getattr(given, chosen.needs):
        missing = {
            "space": _("Choose the space they go to."),
            "tag": _("Write the topic."),
            "reason": _("Say why: the author is told."),
        }
        raise _unfit(chosen.needs, missing[chosen.needs])
    if chosen.needs == "tag" and not check_tags([given.tag]):
        raise _unfit("tag", _("Write the topic."))
    return chosen


def _unfit(name: str, sentence: str) -> Invalid:
    return Invalid(f"{name}_missing", sentence, fields={name: sentence})


def _one(actor: Member, thread: Thread, act: Act, given: Given, told: Told) -> None:
    """Do it to one thread, held so that nobody else's doing is taken for this one."""
    if act.needs == "tag":
        # Topics are changed with the text of the first post, which is composed before anything is locked.
        held = Thread.objects.select_related("space").get(pk=thread.pk)
        _unless_so(actor, held, act, given, told)
        return
    with transaction.atomic():
        _unless_so(actor, hold(actor, thread.pk), act, given, told)


def _unless_so(actor: Member, held: Thread, act: Act, given: Given, told: Told) -> None:
    if act.holds(held, given):
        told.unchanged.append(held)
        return
    act.do(actor, held, given)
    told.done.append(held)


def _steps(act: Act, done: list[Thread], given: Given) -> list[Step]:
    """Return what takes it back: each moved thread to where it came from, in one step for each of these spaces."""
    if not done or not act.back:
        return []
    if act.needs != "space":
        return [Step(act.back, tuple(thread.pk for thread in done), "", given.tag)]
    places: dict[str, list[int]] = {}
    for thread in done:
        places.setdefault(thread.space.slug, []).append(thread.pk)
    return [Step(act.back, tuple(pks), place) for place, pks in places.items()]


def _plainly(action: Any) -> Callable[[Member, Thread, Given], object]:
    return lambda actor, thread, _given: action(actor=actor, thread=thread)


def _move(actor: Member, thread: Thread, given: Given) -> object:
    assert given.space is not None
    return move_thread(actor=actor, thread=thread, space=given.space)


def _retag(add: bool, actor: Member, thread: Thread, given: Given) -> object:
    others = [tag for tag in thread.tags if tag != _slug(given)]
    return rename_thread(actor=actor, thread=thread, tags=[*others, given.tag] if add else others)


def _slug(given: Given) -> str:
    return next(iter(check_tags([given.tag])))


def _judge(state: State, actor: Member, thread: Thread, given: Given) -> object:
    if state == State.REMOVED and thread.state not in READABLE:
        # Its author took it off, or it waits for a decision: taking this back would show it.
        raise Conflict("thread_not_shown", _("This thread is not shown now, so it stays as it is."))
    first = Post.objects.select_related("thread__space").get(thread=thread, position=1)
    return judge_post(actor=actor, post=first, state=state, reason=given.reason)


def _listed_so(column: str, wanted: bool, thread: Thread, _given: Given) -> bool:
    return (getattr(steering_of(thread), column) is not None) == wanted


ACTS: dict[str, Act] = {
    "close": Act(_plainly(lock_thread), lambda thread, _given: thread.is_locked, "open"),
    "open": Act(_plainly(unlock_thread), lambda thread, _given: not thread.is_locked, "close"),
    "pin": Act(_plainly(pin_thread), lambda thread, _given: thread.pinned_at is not None, "unpin"),
    "unpin": Act(_plainly(unpin_thread), lambda thread, _given: thread.pinned_at is None, "pin"),
    "unlist": Act(_plainly(unlist_thread), partial(_listed_so, "unlisted_at", True), "list"),
    "list": Act(_plainly(list_thread), partial(_listed_so, "unlisted_at", False), "unlist"),
    "archive": Act(_plainly(archive_thread), partial(_listed_so, "archived_at", True), "unarchive"),
    "unarchive": Act(_plainly(unarchive_thread), partial(_listed_so, "archived_at", False), "archive"),
    "move": Act(
        _move, lambda thread, given: thread.space_id == getattr(given.space, "pk", None), "move", "space"
    ),
    "tag": Act(partial(_retag, True), lambda thread, given: _slug(given) in thread.tags, "untag", "tag"),
    "untag": Act(partial(_retag, False), lambda thread, given: _slug(given) not in thread.tags, "tag", "tag"),
    "remove": Act(
        partial(_judge, State.REMOVED),
        lambda thread, _given: thread.state == State.REMOVED,
        "restore",
        "reason",
    ),
    # Once shown again there is nothing to take back but by another reason.
    "restore": Act(partial(_judge, State.VISIBLE), lambda thread, _given: thread.state in READABLE, ""),
}
