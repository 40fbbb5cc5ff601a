"""What a paused member sent: one case, decided together, and theirs again when the pause is over."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Held, Refused
from community.moderation.actions import decide_case, lift_penalty, penalise_member, undo_decision
from community.moderation.actions.ending import end_due_penalties
from community.moderation.held.actions import change_held, take_back_held
from community.moderation.held.queries import decided_case
from community.moderation.kinds.paused import describe, shown
from community.moderation.models import Case, CaseState, HeldState, Penalty
from community.moderation.models import Held as HeldRow
from community.spaces.models import SpaceMembership
from community.threads.actions import lock_thread
from community.threads.models import Post, Thread
from tests.standing import deliver_all

KIND = "paused_drafts"


@pytest.fixture
def hold(watch: Any) -> Callable[..., HeldRow]:
    """Run what ends in waiting, and return what waits."""
    watch("casino", "hold")

    def run(act: Callable[..., Any], *given: Any, **named: Any) -> HeldRow:
        with pytest.raises(Held) as waits:
            act(*given, **named)
        return HeldRow.objects.get(pk=waits.value.pk)

    return run


@pytest.fixture
def thread(alice: Any, space: Any, make_thread: Any) -> Thread:
    return make_thread(alice, space)


def pause(mod: Any, member: Any, kind: str = "silence", days: int = 3) -> Penalty:
    penalty = penalise_member(actor=mod, member=member, kind=kind, reason="Calm down first.", days=days)
    deliver_all()
    member.refresh_from_db()
    return penalty


def the_case() -> Case:
    return Case.objects.get(kind=KIND, state=CaseState.OPEN)


def test_what_waited_becomes_one_case_when_its_writer_is_paused(
    hold: Any, mod: Any, bob: Any, thread: Any, make_reply: Any, make_thread: Any, space: Any
) -> None:
    first = hold(make_reply, bob, thread, body="The casino is open.")
    second = hold(make_thread, bob, space, title="Casino nights", body="Who comes along to it?")

    penalty = pause(mod, bob, "suspend")

    case = the_case()
    assert (case.subject_id, case.author_id, case.facts["held"]) == (
        penalty.pk,
        bob.pk,
        [first.pk, second.pk],
    )
    assert not Case.objects.filter(kind="watched_word", state=CaseState.OPEN).exists()
    subject = describe([case])[case.pk]
    assert subject.title == "What Bob Birch wants to say while paused" and subject.place == "2 texts"
    assert [held.pk for held, _why in shown(mod, case)] == [first.pk, second.pk]


def test_what_a_silenced_member_sends_is_kept_and_seen_by_nobody_else(
    hold: Any, mod: Any, bob: Any, thread: Any, make_reply: Any, make_thread: Any, space: Any
) -> None:
    pause(mod, bob)
    before = Post.objects.count()

    reply = hold(make_reply, bob, thread, body="I only wanted to help.")
    begun = hold(make_thread, bob, space, title="Was I so loud?", body="Tell me what went wrong.")

    assert Post.objects.count() == before
    assert the_case().facts["held"] == [reply.pk, begun.pk]
    assert [ground["code"] for ground in reply.grounds] == ["silenced"]


def test_no_more_than_five_are_kept_and_none_of_a_private_space(
    mod: Any, bob: Any, thread: Any, make_reply: Any, make_thread: Any, private_space: Any
) -> None:
    SpaceMembership.objects.create(space=private_space, member=bob)
    pause(mod, bob)

    with pytest.raises(Refused):
        make_thread(bob, private_space, title="Within these walls", body="May I say it here?")
    for n in range(5):
        with pytest.raises(Held):
            make_reply(bob, thread, body=f"This is my word number {n}.")
    with pytest.raises(Refused) as refusal:
        make_reply(bob, thread, body="And one more word.")

    assert refusal.value.code == "silenced"
    assert HeldRow.objects.count() == 5


def test_a_suspended_member_sends_nothing(mod: Any, bob: Any, thread: Any, make_reply: Any) -> None:
    pause(mod, bob, "suspend")

    with pytest.raises(Refused):
        make_reply(bob, thread, body="Let me in.")

    assert not HeldRow.objects.exists()


def test_they_are_shown_in_spite_of_the_pause_and_that_is_undone(
    hold: Any, mod: Any, bob: Any, thread: Any, make_reply: Any
) -> None:
    pause(mod, bob)
    held = hold(make_reply, bob, thread, body="I only wanted to help.")

    case = decide_case(actor=mod, case=the_case(), decision="publish")

    held.refresh_from_db()
    assert held.state == HeldState.APPROVED and held.became.state == "visible"
    bob.refresh_from_db()
    assert bob.is_silenced
    undo_decision(actor=mod, case=case)
    held.refresh_from_db()
    assert held.state == HeldState.WAITING and held.became.state == "hidden"


def test_what_cannot_be_shown_any_more_is_refused_with_that_reason(
    hold: Any, mod: Any, alice: Any, bob: Any, thread: Any, make_reply: Any, make_thread: Any, space: Any
) -> None:
    other = make_thread(alice, space, title="Another question altogether")
    pause(mod, bob)
    closed = hold(make_reply, bob, thread, body="I only wanted to help.")
    fine = hold(make_reply, bob, other, body="And here as well.")
    lock_thread(actor=mod, thread=thread)

    decide_case(actor=mod, case=the_case(), decision="publish")

    closed.refresh_from_db()
    fine.refresh_from_db()
    assert (closed.state, fine.state) == (HeldState.REFUSED, HeldState.APPROVED)
    assert "closed" in closed.reason


def test_their_writer_reads_why_they_are_not_shown_and_may_appeal(
    hold: Any, mod: Any, bob: Any, thread: Any, make_reply: Any
) -> None:
    pause(mod, bob)
    held = hold(make_reply, bob, thread, body="You are all wrong.")

    case = decide_case(actor=mod, case=the_case(), decision="refuse", reason="Not in this tone.")

    held.refresh_from_db()
    assert (held.state, held.reason) == (HeldState.REFUSED, "Not in this tone.")
    assert decided_case(bob, held) == case
    assert Activity.objects.filter(verb="held.refused", target_pk=held.pk).exists()


def test_a_text_changed_since_is_read_again_first(
    hold: Any, mod: Any, bob: Any, thread: Any, make_reply: Any
) -> None:
    pause(mod, bob)
    held = hold(make_reply, bob, thread, body="I only wanted to help.")
    seen_at = timezone.now()
    change_held(actor=bob, held=held, body="Something else altogether.")

    with pytest.raises(Exception, match="changed it after you opened it"):
        decide_case(actor=mod, case=the_case(), decision="publish", seen_at=seen_at)

    held.refresh_from_db()
    assert held.state == HeldState.WAITING


def test_what_its_writer_takes_back_leaves_the_case_and_the_last_ends_it(
    hold: Any, mod: Any, bob: Any, thread: Any, make_reply: Any
) -> None:
    pause(mod, bob)
    rows = [hold(make_reply, bob, thread, body=f"This is my word number {n}.") for n in range(2)]

    take_back_held(actor=bob, held=rows[0])
    assert the_case().facts["held"] == [rows[1].pk]
    take_back_held(actor=bob, held=rows[1])

    assert not Case.objects.filter(kind=KIND, state=CaseState.OPEN).exists()


def test_when_the_pause_ends_each_is_what_it_was(
    hold: Any, mod: Any, bob: Any, thread: Any, make_reply: Any
) -> None:
    word = hold(make_reply, bob, thread, body="The casino is open.")
    penalty = pause(mod, bob)
    sent = hold(make_reply, bob, thread, body="I only wanted to help.")
    decide_case(actor=mod, case=the_case(), decision="keep")

    lift_penalty(actor=mod, penalty=penalty)
    deliver_all()

    assert the_case().facts == {"held": [sent.pk], "over": True}
    single = Case.objects.get(kind="watched_word", state=CaseState.OPEN)
    assert single.subject_id == word.pk


def test_a_pause_that_ends_by_itself_does_the_same(
    hold: Any, mod: Any, bob: Any, thread: Any, make_reply: Any
) -> None:
    penalty = pause(mod, bob)
    sent = hold(make_reply, bob, thread, body="I only wanted to help.")
    decide_case(actor=mod, case=the_case(), decision="keep")

    with time_machine.travel(penalty.until + timezone.timedelta(minutes=1)):
        end_due_penalties()
        deliver_all()

        assert the_case().facts["held"] == [sent.pk]


def test_single_texts_stay_cases_of_their_own_while_nobody_is_paused(
    hold: Any, bob: Any, thread: Any, make_reply: Any
) -> None:
    hold(make_reply, bob, thread, body="The casino is open.")
    deliver_all()

    assert not Case.objects.filter(kind=KIND).exists()
    assert Case.objects.filter(kind="watched_word", state=CaseState.OPEN).count() == 1
