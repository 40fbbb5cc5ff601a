"""Whoever moderates one space does what moderators do there, and in every other space nothing of it."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.errors import DomainError
from community.moderation.actions import claim_case, decide_case, report_post
from community.moderation.models import Case
from community.spaces.actions import add_space_member, remove_space_member
from community.spaces.asking.actions import arrange_asking
from community.spaces.models import Space
from community.threads import actions
from community.threads.actions import NewThread
from community.threads.models import Post, Thread
from tests.standing import deliver_all


class Scene:
    """A thread of alice in one space, with a reply of bob that is reported."""

    def __init__(self, space: Space, other: Space, thread: Thread, reply: Post, target: Thread) -> None:
        self.space, self.other, self.thread, self.reply, self.target = space, other, thread, reply, target

    @property
    def first(self) -> Post:
        return Post.objects.select_related("thread__space").get(thread=self.thread, position=1)


Act = Callable[[Any, Scene], Any]
ACTS: dict[str, Act] = {
    "close": lambda who, it: actions.lock_thread(actor=who, thread=it.thread),
    "open": lambda who, it: actions.unlock_thread(actor=who, thread=it.thread),
    "pin": lambda who, it: actions.pin_thread(actor=who, thread=it.thread),
    "unpin": lambda who, it: actions.unpin_thread(actor=who, thread=it.thread),
    "unlist": lambda who, it: actions.unlist_thread(actor=who, thread=it.thread),
    "archive": lambda who, it: actions.archive_thread(actor=who, thread=it.thread),
    "slow": lambda who, it: actions.set_slow_mode(actor=who, thread=it.thread, seconds=60),
    "timer": lambda who, it: actions.set_timer(
        actor=who, thread=it.thread, kind="close", at=timezone.now() + dt.timedelta(days=3)
    ),
    "rename": lambda who, it: actions.rename_thread(actor=who, thread=it.thread, title="Another title now"),
    "edit": lambda who, it: actions.edit_post(actor=who, post=it.first, body="Written anew by somebody."),
    "hide": lambda who, it: actions.set_post_state(
        actor=who, post=it.reply, state="hidden", reason="It names somebody."
    ),
    "judge": lambda who, it: actions.judge_post(
        actor=who, post=it.reply, state="removed", reason="It sells poles."
    ),
    "accept": lambda who, it: actions.accept_answer(actor=who, post=it.reply),
    "wiki": lambda who, it: actions.set_wiki(actor=who, post=it.first, wiki=True),
    "split": lambda who, it: actions.split_thread(
        actor=who, thread=it.thread, posts=[it.reply.pk], into=NewThread("Split off here")
    ),
    "merge": lambda who, it: actions.merge_threads(actor=who, source=it.target, target=it.thread),
    "claim": lambda who, it: claim_case(actor=who, case=Case.objects.get(post=it.reply)),
    "decide": lambda who, it: decide_case(
        actor=who, case=Case.objects.get(post=it.reply), decision="hide", reason="It sells poles."
    ),
    "let in": lambda who, it: add_space_member(actor=who, space=it.space, member=it.reply.author),
    "put out": lambda who, it: remove_space_member(actor=who, space=it.space, member=it.reply.author),
}
# What must have happened before there is anything to take back.
FIRST = {"open": ACTS["close"], "unpin": ACTS["pin"], "put out": ACTS["let in"]}
# What only those do who look after the whole community, however much somebody moderates one space.
BEYOND: dict[str, Act] = {
    "move away": lambda who, it: actions.move_thread(actor=who, thread=it.thread, space=it.other),
    "pin everywhere": lambda who, it: actions.pin_thread(actor=who, thread=it.thread, everywhere=True),
    "purge": lambda who, it: actions.purge_post(actor=who, post=it.reply, reason="For good."),
    "ask fields": lambda who, it: arrange_asking(actor=who, space=it.space, template="", fields=[]),
    "choose moderators": lambda who, it: add_space_member(
        actor=who, space=it.space, member=it.reply.author, is_moderator=True
    ),
}


@pytest.fixture
def scene(alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any, make_reply: Any) -> Scene:
    """Something to keep order in."""
    other = Space.objects.create(slug="tents", name="Tents", kind="question", position=4)
    thread, target = make_thread(alice, space), make_thread(alice, space, title="Which pegs hold in sand?")
    reply = make_reply(bob, thread)
    report_post(actor=carol, post=reply, reason="spam", note="Sells poles.")
    deliver_all()
    reply = Post.objects.select_related("thread__space", "author").get(pk=reply.pk)
    return Scene(space, other, Thread.objects.select_related("space").get(pk=thread.pk), reply, target)


def _happened() -> tuple[int, list[int | None]]:
    """What is recorded, and who looks at which case: an act that is let through and does nothing is none."""
    return Activity.objects.count(), [case.holder_id for case in Case.objects.order_by("pk")]


@pytest.mark.parametrize("name", sorted(ACTS))
def test_a_moderator_of_the_space_may(name: str, scene: Scene, manager: Any, make_member: Any) -> None:
    keeper = make_member("keeper")
    add_space_member(actor=manager, space=scene.space, member=keeper, is_moderator=True)
    if name in FIRST:
        FIRST[name](manager, scene)
    before = _happened()

    ACTS[name](keeper, scene)

    assert _happened() != before


@pytest.mark.parametrize("name", sorted({**ACTS, **BEYOND}))
def test_a_moderator_of_another_space_may_not(
    name: str, scene: Scene, manager: Any, make_member: Any
) -> None:
    stranger = make_member("stranger")
    add_space_member(actor=manager, space=scene.other, member=stranger, is_moderator=True)
    below = Space.objects.create(slug="below", name="Below", parent=scene.space)
    add_space_member(actor=manager, space=below, member=stranger, is_moderator=True)
    said = Activity.objects.count()
    before = list(Thread.objects.order_by("pk").values())

    with pytest.raises(DomainError) as refusal:
        {**ACTS, **BEYOND}[name](stranger, scene)

    assert refusal.value.status in (403, 404)
    assert Activity.objects.count() == said
    assert list(Thread.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("name", sorted(BEYOND))
def test_even_a_moderator_of_the_space_may_not(
    name: str, scene: Scene, manager: Any, make_member: Any
) -> None:
    keeper = make_member("keeper")
    add_space_member(actor=manager, space=scene.space, member=keeper, is_moderator=True)
    said = Activity.objects.count()

    with pytest.raises(DomainError) as refusal:
        BEYOND[name](keeper, scene)

    assert refusal.value.status == 403
    assert Activity.objects.count() == said
