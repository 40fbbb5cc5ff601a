"""When a thread goes elsewhere, points and badges follow what its rows say: moved, retagged, merged, split, archived, deleted for good."""

from collections.abc import Callable
from typing import Any

import pytest

from community.members.models import Member
from community.spaces.models import Space, Tag
from community.spaces.tagging import merge_tags
from community.threads.actions import (
    accept_answer,
    add_reaction,
    archive_thread,
    edit_post,
    judge_post,
    merge_threads,
    move_thread,
    purge_post,
    split_thread,
    undo_regrouping,
    unlist_thread,
)
from community.threads.models import Post, Thread
from community.threads.retagging import retag
from rewards.badges.actions import differing_members, save_badge
from rewards.badges.models import Award, Badge
from rewards.points.actions import add_rule
from rewards.points.models import EarningRule, PendingAward, Transfer


@pytest.fixture
def other(db: None) -> Space:
    return Space.objects.create(slug="other", name="Other", kind="question")


@pytest.fixture
def tents(db: None) -> Tag:
    return Tag.objects.create(slug="tents", name="Tents")


def rule(manager: Any, verb: str = "post.created", **conditions: Any) -> EarningRule:
    EarningRule.objects.exclude(key="report").update(is_active=False)
    values = {
        "name": "A report from the field",
        "points": 7,
        "counts_to_cap": False,
        "conditions": conditions,
    }
    return add_rule(actor=manager, key="report", verb=verb, beneficiary="post_author", values=values)


def badge(manager: Any, **leaf: Any) -> None:
    values = {
        "name": "At home here", "description": "Found their corner.",
        "rule": {"number": 1, "how": "count", **leaf}, "family": "help", "metal": "bronze",
    }  # fmt: skip
    save_badge(actor=manager, badge=Badge(key="at-home"), changes=values)


@pytest.fixture
def standing(deliver_all: Any, points_of: Any) -> Callable[[Any], tuple[int, set[str]]]:
    """Return the points and badges of a member once everything was heard, which is what a count of everything gives."""

    def read(member: Any) -> tuple[int, set[str]]:
        deliver_all()
        assert {key for key, members in differing_members().items() if members} == set()
        held = Award.objects.standing().filter(member=member).values_list("badge__key", flat=True)
        return int(points_of(member)[0]), set(held)

    return read


@pytest.fixture
def reply(alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any) -> Post:
    made: Post = make_reply(bob, make_thread(alice, space))
    return made


def test_a_thread_that_is_moved_is_paid_where_it_stands(
    manager: Any, bob: Any, space: Any, other: Space, reply: Post, standing: Any
) -> None:
    rule(manager, space_ids=[other.pk])
    badge(manager, of="replies", spaces=[other.pk])
    assert standing(bob) == (0, {"hello", "first-answer"})

    Post.objects.filter(pk=reply.pk).update(created_at=EarningRule.objects.get(key="report").changed_at)
    move_thread(actor=manager, thread=reply.thread, space=other)
    assert standing(bob) == (7, {"hello", "first-answer", "at-home"})

    move_thread(actor=manager, thread=Thread.objects.get(pk=reply.thread_id), space=space)
    assert standing(bob) == (0, {"hello", "first-answer"})
    assert Transfer.objects.get(kind="reversal").memo.startswith("The thread stands elsewhere now")


def test_what_is_older_than_a_rule_is_not_paid_by_moving_it(
    manager: Any, bob: Any, other: Space, reply: Post, standing: Any
) -> None:
    before = standing(bob)
    rule(manager, space_ids=[other.pk])

    move_thread(actor=manager, thread=reply.thread, space=other)
    assert standing(bob) == before


def test_rules_that_ask_for_no_place_pay_nothing_because_of_it(
    manager: Any, bob: Any, other: Space, reply: Post, standing: Any
) -> None:
    before = standing(bob)

    move_thread(actor=manager, thread=reply.thread, space=other)
    assert standing(bob) == before


def test_topics_decide_for_marks_answers_and_what_is_on_its_way(
    manager: Any, alice: Any, bob: Any, reply: Post, tents: Tag, standing: Any
) -> None:
    paying = rule(manager, "answer.accepted", tags=["tents"])
    EarningRule.objects.filter(pk=paying.pk).update(delay_hours=24)
    marking = {"name": "A mark", "points": 3, "counts_to_cap": False, "conditions": {"tags": ["tents"]}}
    add_rule(actor=manager, key="mark", verb="reaction.added", beneficiary="post_author", values=marking)
    add_reaction(actor=alice, post=reply, kind="helpful")
    accept_answer(actor=alice, post=reply)
    assert standing(bob)[0] == 0

    first = Post.objects.get(thread=reply.thread, position=1)
    edit_post(actor=alice, post=first, body=first.body_md, title=reply.thread.title, tags=["tents"])
    assert standing(bob)[0] == 3
    assert PendingAward.objects.get().state == "waiting"

    first.refresh_from_db()
    edit_post(actor=alice, post=first, body=first.body_md, title=reply.thread.title, tags=[])
    assert standing(bob)[0] == 0
    assert PendingAward.objects.get().state == "cancelled"


def test_a_topic_that_is_merged_still_is_what_a_rule_and_a_badge_ask_for(
    manager: Any,
    alice: Any,
    bob: Any,
    space: Any,
    tents: Tag,
    make_thread: Any,
    make_reply: Any,
    standing: Any,
) -> None:
    rule(manager, tags=["tents"])
    badge(manager, of="replies", tags=["tents"])
    make_reply(bob, make_thread(alice, space, tags=["tents"]))
    assert standing(bob) == (7, {"hello", "first-answer", "at-home"})

    merge_tags(actor=manager, source=tents, target=Tag.objects.create(slug="shelter", name="Shelter"))
    assert retag() == 1
    assert standing(bob) == (7, {"hello", "first-answer", "at-home"})
    make_reply(bob, make_thread(alice, space, title="And what about this one?", tags=["shelter"]))
    assert standing(bob)[0] == 14


def test_posts_that_are_split_off_or_merged_count_where_they_went(
    manager: Any,
    alice: Any,
    bob: Any,
    carol: Any,
    space: Any,
    other: Space,
    reply: Post,
    make_thread: Any,
    standing: Any,
) -> None:
    rule(manager, space_ids=[space.pk])
    target = make_thread(bob, other, title="Which pegs for sand?")
    before = standing(bob)

    entry = split_thread(actor=manager, thread=reply.thread, posts=[reply.pk], into=target)
    assert standing(bob)[1] == {"hello", "first-question"}
    undo_regrouping(actor=manager, entry=entry)
    assert standing(bob) == before

    merge_threads(actor=manager, source=Thread.objects.get(pk=reply.thread_id), target=target)
    assert standing(alice)[1] == {"hello", "first-answer"}
    assert standing(bob)[1] == {"hello", "first-question"}


def test_a_question_out_of_the_lists_or_archived_still_is_a_question(
    manager: Any, alice: Any, reply: Post, standing: Any
) -> None:
    archive_thread(actor=manager, thread=reply.thread)
    assert standing(alice)[1] == {"hello", "first-question"}

    unlist_thread(actor=manager, thread=Thread.objects.get(pk=reply.thread_id))
    assert standing(alice)[1] == {"hello", "first-question"}


def test_what_is_deleted_for_good_counts_for_no_badge_and_stays_as_it_was_paid(
    manager: Any, alice: Any, bob: Any, reply: Post, standing: Any
) -> None:
    earned, badges = standing(bob)
    first = Post.objects.get(thread=reply.thread, position=1)
    judge_post(actor=manager, post=first, state="removed", reason="Private data")
    first.refresh_from_db()
    purge_post(actor=manager, post=first, reason="Private data")

    assert badges == {"hello", "first-answer"}
    assert standing(bob) == (earned, set())
    assert Member.objects.get(pk=bob.pk).badge_count == 0
