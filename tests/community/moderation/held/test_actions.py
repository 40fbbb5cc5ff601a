"""What waits: kept apart, decided once, written as if it had never waited."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from community.activity.models import Activity
from community.errors import Conflict, Held, Invalid, NotFound, Refused
from community.members.models import Member
from community.moderation.actions import decide_case, undo_decision
from community.moderation.held import actions
from community.moderation.held.queries import get_own_held, usual_wait
from community.moderation.models import Case, CaseState, HeldState, Penalty
from community.moderation.models import Held as HeldRow
from community.spaces.actions import create_space
from community.threads.actions import edit_post
from community.threads.models import Post, State, Thread
from community.threads.polling import PollSpec
from tests.racing import all_at_once


@pytest.fixture
def casino(watch: Any) -> None:
    """A word that waits for the team."""
    watch("casino", "hold")


@pytest.fixture
def hold(casino: None) -> Callable[..., HeldRow]:
    """Run what ends in waiting, and return what waits."""

    def run(act: Callable[..., Any], *given: Any, **named: Any) -> HeldRow:
        with pytest.raises(Held) as waits:
            act(*given, **named)
        return HeldRow.objects.get(pk=waits.value.pk)

    return run


def test_a_thread_that_waits_is_written_when_it_is_let_through(
    hold: Any, alice: Any, mod: Any, space: Any, make_thread: Any
) -> None:
    poll = PollSpec("Which one?", ("Red", "Blue"))
    held = hold(
        make_thread, alice, space, title="A casino?", body="Is the casino open?", tags=["town"], poll=poll
    )
    assert not Thread.objects.exists()

    post = actions.approve_held(actor=mod, held=held)

    thread = post.thread
    assert (thread.title, thread.author, thread.tags, thread.kind) == (
        "A casino?",
        alice,
        ["town"],
        "question",
    )
    assert post.poll.question == "Which one?"
    held.refresh_from_db()
    assert (held.state, held.became_id, held.decided_by) == (HeldState.APPROVED, post.pk, mod)
    assert Activity.objects.get(verb="thread.created").actor == alice


def test_a_reply_and_an_edit_find_their_place(
    hold: Any, alice: Any, bob: Any, mod: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    answered = make_reply(alice, thread)
    held = hold(make_reply, bob, thread, body="Ask at the casino.", reply_to=answered)

    post = actions.approve_held(actor=mod, held=held)

    assert (post.body_md, post.author, post.reply_to) == ("Ask at the casino.", bob, answered)
    first = Post.objects.select_related("thread__space").get(thread=thread, position=1)
    change = hold(edit_post, actor=alice, post=first, body="Now with a casino.", title="Poles at the casino")
    first.refresh_from_db()
    assert "casino" not in first.body_md
    actions.approve_held(actor=mod, held=change)
    first.refresh_from_db()
    thread.refresh_from_db()
    assert (first.body_md, thread.title) == ("Now with a casino.", "Poles at the casino")


def test_it_lands_in_the_queue_and_is_decided_there(
    hold: Any, alice: Any, mod: Any, space: Any, make_thread: Any, deliver_all: Any
) -> None:
    held = hold(make_thread, alice, space, body="Is the casino open?")
    case = Case.objects.get()
    assert (case.kind, case.subject_id, case.author, case.space_id) == (
        "watched_word",
        held.pk,
        alice,
        space.pk,
    )

    decide_case(actor=mod, case=case, decision="refuse", reason="It advertises")

    held.refresh_from_db()
    assert (held.state, held.reason) == (HeldState.REFUSED, "It advertises")
    assert not Thread.objects.exists()
    deliver_all()
    notice = alice.notices.get(kind="moderation.held_refused")
    assert notice.payload["reason"] == "It advertises"

    undo_decision(actor=mod, case=case)
    held.refresh_from_db()
    assert held.state == HeldState.WAITING
    decide_case(actor=mod, case=case, decision="approve")
    assert Thread.objects.get().author == alice


def test_letting_through_can_be_taken_back_and_done_again(
    hold: Any, alice: Any, mod: Any, space: Any, make_thread: Any
) -> None:
    hold(make_thread, alice, space, body="Is the casino open?")
    case = Case.objects.get()
    decide_case(actor=mod, case=case, decision="approve")

    undo_decision(actor=mod, case=case)

    assert Thread.objects.get().state == State.HIDDEN
    decide_case(actor=mod, case=case, decision="approve")
    assert Thread.objects.get().state == State.VISIBLE
    assert Post.objects.count() == 1


def test_a_penalty_comes_with_refusing(hold: Any, alice: Any, mod: Any, space: Any, make_thread: Any) -> None:
    hold(make_thread, alice, space, body="Is the casino open?")

    decide_case(actor=mod, case=Case.objects.get(), decision="silence", reason="Advertising", days=2)

    assert Penalty.objects.get().member == alice
    assert Member.objects.get(pk=alice.pk).silenced_until
    assert HeldRow.objects.get().state == HeldState.REFUSED


def test_who_does_not_keep_order_there_decides_nothing(
    hold: Any, alice: Any, bob: Any, mallory: Any, mod: Any, space: Any, make_thread: Any
) -> None:
    held = hold(make_thread, alice, space, body="Is the casino open?")

    for actor in (alice, bob, mallory):
        with pytest.raises(Refused):
            actions.approve_held(actor=actor, held=held)
        with pytest.raises(Refused):
            actions.refuse_held(actor=actor, held=held, reason="No")
    with pytest.raises(NotFound):
        get_own_held(bob, held.pk)

    held.refresh_from_db()
    assert held.state == HeldState.WAITING
    assert not Thread.objects.exists()


def test_what_its_author_may_not_do_any_more_is_not_written(
    hold: Any, alice: Any, bob: Any, mod: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    held = hold(make_reply, bob, thread, body="Ask at the casino.")
    Thread.objects.filter(pk=thread.pk).update(is_locked=True)

    with pytest.raises(Refused):
        actions.approve_held(actor=mod, held=held)

    held.refresh_from_db()
    assert held.state == HeldState.WAITING
    assert Post.objects.count() == 1


def test_the_same_is_not_kept_twice(hold: Any, alice: Any, space: Any, make_thread: Any) -> None:
    hold(make_thread, alice, space, body="Is the casino open?")

    with pytest.raises(Conflict) as again:
        make_thread(alice, space, body="Is the casino open?")

    assert again.value.code == "waits_already"
    assert HeldRow.objects.count() == Case.objects.count() == 1


def test_its_writer_may_change_it_and_take_it_back(
    hold: Any, alice: Any, bob: Any, mod: Any, space: Any, make_thread: Any
) -> None:
    held = hold(make_thread, alice, space, title="Where is it?", body="Is the casino open?")

    changed = actions.change_held(
        actor=alice, held=held, body="Is the town hall open?", title="Where is this?"
    )

    assert (changed.title, changed.body_md, changed.state) == (
        "Where is this?",
        "Is the town hall open?",
        "waiting",
    )
    assert changed.grounds == held.grounds
    with pytest.raises(Refused):
        actions.change_held(actor=bob, held=held, body="Mine now")
    with pytest.raises(Refused):
        actions.take_back_held(actor=bob, held=held)
    actions.take_back_held(actor=alice, held=held)
    assert Case.objects.get().state == CaseState.CLOSED
    with pytest.raises(Refused):
        actions.approve_held(actor=mod, held=held)
    with pytest.raises(Refused):
        actions.change_held(actor=alice, held=held, body="Once more, where is it?")
    assert not Thread.objects.exists()


def test_a_blocked_word_is_no_way_around_while_it_waits(
    hold: Any, watch: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    held = hold(make_thread, alice, space, body="Is the casino open?")
    watch("lotto", "block")

    with pytest.raises(Invalid):
        actions.change_held(actor=alice, held=held, body="Is the lotto open?")

    held.refresh_from_db()
    assert held.body_md == "Is the casino open?"


def test_first_posts_and_links_of_new_members_wait_where_wanted(
    hold: Any, make_member: Any, alice: Any, space: Any, make_thread: Any, make_reply: Any, set_number: Any
) -> None:
    thread = make_thread(alice, space)
    newcomer = make_member("nina", trust_level=0)
    set_number("moderation.first_posts", 1)

    held = hold(make_reply, newcomer, thread, body="Hello from Nina")

    assert [ground["code"] for ground in held.grounds] == ["first_post"]
    set_number("moderation.first_posts", 0)
    set_number("moderation.links_wait_days", 7)
    held = hold(make_reply, newcomer, thread, body="See https://shop.example/tents")
    assert held.grounds == [{"code": "new_link", "facts": {"host": "shop.example"}}]
    assert make_reply(newcomer, thread, body="Without a link.").pk
    assert make_reply(alice, thread, body="With https://shop.example/tents").pk


def test_a_space_may_read_first_posts_although_the_community_does_not(
    hold: Any, make_member: Any, alice: Any, space: Any, make_thread: Any, make_reply: Any, manager: Any
) -> None:
    other = create_space(actor=manager, name="Trail reports", first_posts=1)
    newcomer = make_member("nina", trust_level=0)

    held = hold(make_thread, newcomer, other, title="The bridge is closed")

    assert [ground["code"] for ground in held.grounds] == ["first_post"]
    assert make_thread(newcomer, space, title="Which pegs for sand?").pk
    assert make_thread(alice, other, title="The hut is open again").pk


def test_a_newcomer_asks_at_once_unless_somebody_chose_otherwise(
    make_member: Any, space: Any, make_thread: Any
) -> None:
    assert make_thread(make_member("nina", trust_level=0), space, title="Which pegs for sand?").pk


def test_how_long_it_takes_is_told_from_what_was_decided(
    hold: Any, alice: Any, mod: Any, space: Any, make_thread: Any
) -> None:
    assert usual_wait() is None

    actions.refuse_held(
        actor=mod, held=hold(make_thread, alice, space, body="Is the casino open?"), reason="No"
    )

    assert usual_wait() is not None


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_write_one_post(
    hold: Any, alice: Any, mod: Any, admin: Any, space: Any, make_thread: Any
) -> None:
    held = hold(make_thread, alice, space, body="Is the casino open?")

    answers = all_at_once(
        [lambda who=who: actions.approve_held(actor=who, held=held) for who in (mod, admin) * 3]
    )

    assert sum(isinstance(answer, Post) for answer in answers) == 1
    assert all(isinstance(answer, Post | Refused) for answer in answers), answers
    assert Thread.objects.count() == Post.objects.count() == 1


def test_what_was_changed_after_it_was_read_is_read_again_first(
    hold: Any, alice: Any, mod: Any, space: Any, make_thread: Any, sign_in: Any
) -> None:
    """A harmless text to be let through, and another one at the last moment."""
    held = hold(make_thread, alice, space, body="Is the casino open?")
    case = Case.objects.get()
    page = sign_in(mod).get(f"/admin/moderation/case/{case.pk}/change/").content.decode()
    drawn = page.partition('name="seen_at" value="')[2].partition('"')[0]
    actions.change_held(actor=alice, held=held, body="Win at my casino now, and only now.")
    form = {"act": "decide", "decision": "approve", "seen_at": drawn}

    answer = sign_in(mod).post(f"/admin/moderation/case/{case.pk}/change/", form)

    assert "changed it after you opened it" in answer.content.decode()
    with pytest.raises(Conflict):
        decide_case(actor=mod, case=case, decision="approve")
    assert not Thread.objects.exists()
    form["seen_at"] = str(timezone.now().timestamp())
    assert sign_in(mod).post(f"/admin/moderation/case/{case.pk}/change/", form).status_code == 303
    assert Thread.objects.count() == 1
