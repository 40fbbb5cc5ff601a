"""Many at once: real threads, real connections, real commits. The state must be as if one had come after the other."""

from collections import Counter

import pytest

from community.activity.models import Activity, Delivery
from community.activity.relay import deliver_due
from community.errors import Conflict
from community.members.models import Member
from community.threads.actions import (
    accept_answer,
    add_reaction,
    delete_post,
    edit_post,
    mark_read,
    remove_reaction,
    reply_to_thread,
    start_thread,
    unaccept_answer,
)
from community.threads.counters import recount
from community.threads.models import Post, PostRevision, Reaction, ReadState, Thread
from tests.community.threads.conftest import fresh
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def failures(answers):
    return [answer for answer in answers if isinstance(answer, Exception)]


def deliver_all():
    while deliver_due():
        pass
    assert not Delivery.objects.exclude(error="").exists()


def test_fifty_replies_take_fifty_places(alice, bob, carol, thread):
    thread = fresh(thread)
    calls = [
        lambda number=number: reply_to_thread(
            actor=(alice, bob, carol)[number % 3], thread=thread, body=f"Thought number {number}"
        )
        for number in range(50)
    ]

    answers = all_at_once(calls)

    assert failures(answers) == []
    assert sorted(post.position for post in answers) == list(range(2, 52))
    stored = fresh(thread)
    assert (stored.last_position, stored.reply_count) == (51, 50)
    assert stored.last_author_id == Post.objects.get(thread=thread, position=51).author_id
    deliver_all()
    assert sum(Member.objects.values_list("post_count", flat=True)) == 50
    assert recount(heal=False) == []


def test_a_reply_sent_many_times_at_once_is_there_once(bob, thread):
    answers = all_at_once([lambda: reply_to_thread(actor=bob, thread=thread, body="The same words")] * 12)

    assert [answer.code for answer in failures(answers)] == ["said_already"] * 11
    assert fresh(thread).reply_count == 1


def test_a_thread_sent_many_times_at_once_is_there_once(bob, space):
    def begin():
        return start_thread(
            actor=bob, space=space, title="Which poles?", body="The same words", kind="question"
        )

    answers = all_at_once([begin] * 12)

    assert all(isinstance(failure, Conflict) for failure in failures(answers))
    assert Thread.objects.filter(author=bob).count() == 1
    assert recount(heal=False) == []


def test_fifty_acceptances_leave_one_answer(alice, mod, make_member, thread):
    helpers = [make_member(f"helper{number}") for number in range(5)]
    posts = [
        fresh(reply_to_thread(actor=one, thread=thread, body=f"Take {one.handle}'s poles")) for one in helpers
    ]

    answers = all_at_once(
        [lambda n=n: accept_answer(actor=(alice, mod)[n % 2], post=posts[n % 5]) for n in range(50)]
    )

    assert failures(answers) == []
    accepted = fresh(thread).accepted_post
    counts = Counter(dict(Member.objects.filter(accepted_count__gt=0).values_list("pk", "accepted_count")))
    assert counts == {accepted.author_id: 1}
    told = Counter(Activity.objects.filter(verb__startswith="answer.").values_list("verb", flat=True))
    assert told["answer.accepted"] - told["answer.unaccepted"] == 1
    deliver_all()
    assert recount(heal=False) == []


def test_accepting_and_taking_back_at_once_agree_with_the_counters(alice, bob, thread, answer):
    def take_back():
        return unaccept_answer(actor=alice, thread=thread)

    answers = all_at_once([lambda: accept_answer(actor=alice, post=answer), take_back] * 20)

    assert failures(answers) == []
    assert Member.objects.get(pk=bob.pk).accepted_count == int(fresh(thread).is_solved)
    assert recount(heal=False) == []


def test_fifty_presses_of_one_reader_count_once_and_undo_as_well(alice, bob, thread, answer):
    answers = all_at_once([lambda: add_reaction(actor=alice, post=fresh(answer), kind="helpful")] * 50)

    assert Counter(answers) == {True: 1, False: 49}
    assert (fresh(answer).reactions, fresh(thread).reaction_count) == ({"helpful": 1}, 1)

    answers = all_at_once([lambda: remove_reaction(actor=alice, post=fresh(answer), kind="helpful")] * 50)

    assert Counter(answers) == {True: 1, False: 49}
    assert (fresh(answer).reactions, fresh(thread).reaction_count) == ({}, 0)
    assert Activity.objects.filter(verb__startswith="reaction.").count() == 2


def test_readers_reacting_and_taking_back_at_once_agree_with_the_rows(bob, make_member, thread, answer):
    readers = [make_member(f"reader{number}") for number in range(12)]
    calls = []
    for reader in readers:
        for kind in ("helpful", "thanks"):
            calls.append(lambda r=reader, k=kind: add_reaction(actor=r, post=answer, kind=k))
            calls.append(lambda r=reader, k=kind: remove_reaction(actor=r, post=answer, kind=k))

    answers = all_at_once(calls)

    assert failures(answers) == []
    rows = Counter(Reaction.objects.values_list("kind", flat=True))
    assert fresh(answer).reactions == dict(rows)
    assert fresh(thread).reaction_count == sum(rows.values())
    deliver_all()
    assert Member.objects.get(pk=bob.pk).helped_count == rows["helpful"]
    assert recount(heal=False) == []


def test_of_two_who_edit_the_same_text_one_is_told(bob, mod, answer):
    def save(actor, number):
        return edit_post(actor=actor, post=fresh(answer), body=f"Text {number}", expected_edit_count=0)

    answers = all_at_once([lambda n=n: save((bob, mod)[n % 2], n) for n in range(12)])

    assert [failure.code for failure in failures(answers)] == ["edited_meanwhile"] * 11
    assert fresh(answer).edit_count == 1
    assert PostRevision.objects.count() == 1


def test_everything_at_once_neither_locks_up_nor_drifts(alice, bob, carol, mod, thread, question, make_reply):
    replies = [fresh(make_reply(bob, thread)) for _reply in range(6)]
    calls = []
    for number, reply in enumerate(replies):
        calls += [
            lambda r=reply: add_reaction(actor=alice, post=r, kind="helpful"),
            lambda r=reply: accept_answer(actor=alice, post=r),
            lambda r=reply: delete_post(actor=bob, post=r),
            lambda n=number: reply_to_thread(actor=carol, thread=thread, body=f"And another thing {n}"),
            lambda n=number: edit_post(
                actor=alice, post=question, body=f"Two friends snapped poles {n}", tags=[f"t{n}"]
            ),
            lambda n=number: start_thread(
                actor=carol,
                space=thread.space,
                title=f"Question {n}",
                body=f"Asking again {n}",
                kind="question",
                tags=["t1"],
            ),
        ]

    answers = all_at_once(calls)
    deliver_all()

    unexpected = [failure for failure in failures(answers) if not hasattr(failure, "status")]
    assert unexpected == []
    assert recount(heal=False) == []


def test_reading_in_any_order_ends_at_the_furthest(carol, thread):
    Thread.objects.filter(pk=thread.pk).update(last_position=50)
    thread = fresh(thread)

    all_at_once([lambda p=p: mark_read(actor=carol, thread=thread, position=p) for p in range(1, 51)])

    assert ReadState.objects.get(member=carol).last_read_position == 50
