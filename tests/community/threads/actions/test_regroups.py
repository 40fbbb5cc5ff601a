"""Splitting posts off, merging threads, and taking it back."""

import pytest

from community.activity.models import Activity
from community.errors import Conflict, Invalid, NotFound, Refused
from community.members.models import Member
from community.notifications.models import Notice
from community.search.models import SearchDocument
from community.spaces.models import Space, Tag
from community.threads import queries
from community.threads.actions import (
    NewThread,
    accept_answer,
    add_reaction,
    attend_to_thread,
    bookmark_post,
    mark_read,
    merge_threads,
    reply_to_thread,
    split_thread,
    undo_regrouping,
)
from community.threads.counters import recount
from community.threads.models import Bookmark, Post, Reaction, ReadState, Regrouping, Thread, ThreadFollow
from community.writing.actions import save_draft
from rewards.points.models import Entry
from tests.community.threads.conftest import fresh


@pytest.fixture
def two(alice, bob, carol, space, make_thread, make_reply):
    """Two threads about the same, with replies by turns: (one, other, replies by time)."""
    one = make_thread(alice, space, tags=["poles"], title="Which poles hold?")
    other = make_thread(bob, space, tags=["winter"], title="Poles that hold?")
    said = [
        make_reply(who, thread) for who, thread in ((bob, one), (carol, other), (alice, one), (bob, other))
    ]
    return one, other, said


def order_of(thread):
    return list(Post.objects.filter(thread=thread).order_by("position").values_list("pk", flat=True))


def first_of(thread):
    return Post.objects.select_related("thread__space").get(thread=thread, position=1)


def reached(member, thread):
    return (
        ReadState.objects.filter(member=member, thread=thread)
        .values_list("last_read_position", flat=True)
        .first()
    )


def unread(member, thread):
    return Post.objects.filter(thread=thread, position__gt=reached(member, thread) or 0).count()


def split_off(mod, thread, posts, title="Which tents, then?"):
    return split_thread(actor=mod, thread=thread, posts=[post.pk for post in posts], into=NewThread(title))


def test_merged_posts_stand_by_time_and_the_old_address_leads_on(mod, bob, two, deliver_all):
    one, other, said = two
    question = first_of(other)

    merge_threads(actor=mod, source=other, target=one, reason="The same question")
    deliver_all()

    assert order_of(one) == [first_of(one).pk, question.pk, *(post.pk for post in said)]
    assert queries.get_thread_for(bob, other.pk).pk == one.pk
    assert queries.thread_head(None, other.pk).pk == one.pk
    assert queries.get_post_for(None, question.pk).thread_id == one.pk
    assert [row.pk for row in queries.list_threads(bob).threads] == [one.pk]
    assert (fresh(one).reply_count, fresh(one).last_author) == (5, bob)
    assert dict(Tag.objects.values_list("slug", "thread_count")) == {"poles": 1, "winter": 0}
    assert set(SearchDocument.objects.filter(kind="reply").values_list("thread_id", flat=True)) == {one.pk}
    assert not SearchDocument.objects.filter(kind="thread", target_pk=other.pk).exists()
    assert recount(heal=False) == []


def test_nothing_read_becomes_unread_and_nothing_new_counts_as_read(mod, alice, bob, carol, two, make_reply):
    one, other, _said = two
    dora, last = carol, make_reply(alice, fresh(other))
    mark_read(actor=dora, thread=fresh(one), position=2)
    mark_read(actor=bob, thread=fresh(one), position=3)
    mark_read(actor=bob, thread=fresh(other), position=3)

    merge_threads(actor=mod, source=other, target=one)

    # Bob had read all but the last post; Carol up to her own reply in the other thread.
    assert unread(bob, one) == 1
    assert unread(dora, one) == 3
    assert reached(bob, one) < fresh(last).position


def test_the_closest_level_wins_and_choices_come_before_habits(mod, alice, bob, carol, make_member, two):
    one, other, _said = two
    chosen = {"dora": ("tracking", "watching"), "emil": ("watching", "muted"), "finn": ("muted", None)}
    for handle, levels in chosen.items():
        person = make_member(handle)
        for thread, level in zip((one, other), levels, strict=True):
            if level:
                attend_to_thread(actor=person, thread=thread, level=level)
    attend_to_thread(actor=carol, thread=one, level="muted")

    merge_threads(actor=mod, source=other, target=one)

    levels = dict(ThreadFollow.objects.filter(thread=one).values_list("member__handle", "level"))
    assert levels == {
        "alice": "watching",
        "bob": "watching",
        "carol": "muted",
        "dora": "watching",
        "emil": "watching",
        "finn": "muted",
    }


def test_what_hangs_on_posts_goes_along_and_nobody_is_paid_twice(mod, alice, bob, carol, two, deliver_all):
    one, other, said = two
    add_reaction(actor=bob, post=fresh(said[1]), kind="helpful")
    bookmark_post(actor=alice, post=fresh(said[1]))
    accept_answer(actor=bob, post=fresh(said[1]))
    deliver_all()
    paid = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    before = Member.objects.get(pk=carol.pk).accepted_count

    merge_threads(actor=mod, source=other, target=one)
    deliver_all()

    assert fresh(one).accepted_post_id == said[1].pk
    assert fresh(one).reaction_count == 1
    assert (Reaction.objects.count(), Bookmark.objects.count()) == (1, 1)
    assert list(Entry.objects.order_by("pk").values_list("pk", flat=True)) == paid
    assert Member.objects.get(pk=carol.pk).accepted_count == before == 1
    assert recount(heal=False) == []


def test_of_two_answers_the_one_of_the_target_stays(mod, alice, bob, two):
    one, other, said = two
    accept_answer(actor=alice, post=fresh(said[0]))
    accept_answer(actor=bob, post=fresh(said[1]))

    entry = merge_threads(actor=mod, source=other, target=one)
    assert fresh(one).accepted_post_id == said[0].pk
    assert recount(heal=False) == []

    undo_regrouping(actor=mod, entry=entry)
    assert (fresh(one).accepted_post_id, fresh(other).accepted_post_id) == (said[0].pk, said[1].pk)
    assert recount(heal=False) == []


def test_a_merge_is_taken_back_with_everything(mod, alice, bob, two, deliver_all):
    one, other, _said = two
    there, places = order_of(other), dict(Post.objects.filter(thread=other).values_list("pk", "position"))
    entry = merge_threads(actor=mod, source=other, target=one)
    later = reply_to_thread(actor=alice, thread=fresh(one), body="Written in between, and it stays.")

    undo_regrouping(actor=mod, entry=entry)
    deliver_all()

    assert order_of(other) == there
    assert dict(Post.objects.filter(thread=other).values_list("pk", "position")) == places
    assert fresh(later).thread_id == one.pk
    assert queries.get_thread_for(bob, other.pk).pk == other.pk
    assert (fresh(other).state, fresh(other).reply_count) == ("visible", 2)
    assert SearchDocument.objects.filter(kind="thread").count() == 2
    assert recount(heal=False) == []
    with pytest.raises(Conflict, match="taken back already"):
        undo_regrouping(actor=mod, entry=Regrouping.objects.get())


def test_split_posts_begin_a_thread_of_their_own(mod, alice, bob, carol, space, two, deliver_all):
    one, _other, said = two
    mark_read(actor=carol, thread=fresh(one), position=2)
    begun = Thread.objects.count()

    entry = split_off(mod, one, [said[0], said[2]])
    deliver_all()

    new = entry.target
    assert Thread.objects.count() == begun + 1
    assert order_of(new) == [said[0].pk, said[2].pk]
    assert (new.author, new.title, new.tags, new.space) == (bob, "Which tents, then?", ["poles"], space)
    assert fresh(new).excerpt.startswith("Aluminium bends")
    assert (fresh(new).reply_count, fresh(one).reply_count) == (1, 0)
    assert (unread(carol, new), reached(carol, one)) == (1, 2)
    assert ThreadFollow.objects.get(thread=new, member=alice).level == "watching"
    documents = dict(SearchDocument.objects.filter(thread_id=new.pk).values_list("kind", "target_pk"))
    assert documents == {"thread": new.pk, "reply": said[2].pk}
    assert not Activity.objects.filter(verb="thread.created", target_pk=new.pk).exists()
    assert recount(heal=False) == []


def test_posts_are_split_into_another_thread(mod, bob, carol, two):
    one, other, said = two

    entry = split_thread(actor=mod, thread=one, posts=[said[0].pk], into=other)

    assert order_of(other) == [first_of(other).pk, said[0].pk, said[1].pk, said[3].pk]
    assert queries.get_post_for(None, said[0].pk).thread_id == other.pk
    assert recount(heal=False) == []
    undo_regrouping(actor=mod, entry=entry)
    assert fresh(said[0]).thread_id == one.pk
    assert fresh(said[0]).position == 2
    assert recount(heal=False) == []


def test_a_split_taken_back_takes_along_what_was_written_since(mod, alice, two):
    one, _other, said = two
    entry = split_off(mod, one, [said[0]])
    later = reply_to_thread(actor=alice, thread=fresh(entry.target), body="So which tents?")

    undo_regrouping(actor=mod, entry=entry)

    assert fresh(said[0]).position == 2
    assert fresh(later).thread_id == one.pk
    assert queries.get_thread_for(alice, entry.target_id).pk == one.pk
    assert recount(heal=False) == []


def test_authors_are_told_where_their_words_are(mod, alice, bob, carol, two, deliver_all):
    one, other, _said = two
    deliver_all()
    Notice.objects.all().delete()

    merge_threads(actor=mod, source=other, target=one, reason="The same question")
    deliver_all()

    told = Notice.objects.filter(kind="thread.ordered")
    assert {notice.member.handle for notice in told} == {"bob", "carol"}
    assert {notice.thread_id for notice in told} == {one.pk}
    assert told[0].payload == {"what": "merge", "reason": "The same question"}


def test_notices_about_moved_posts_follow_them(mod, alice, bob, two, deliver_all):
    one, other, said = two
    deliver_all()
    merge_threads(actor=mod, source=other, target=one)
    deliver_all()

    assert set(Notice.objects.filter(subject_pk=said[1].pk).values_list("thread_id", flat=True)) == {one.pk}
    bob.refresh_from_db()
    assert bob.unread_notices == Notice.objects.of(bob).unread().count()


def test_a_reply_that_was_begun_is_finished_in_the_other_thread(mod, carol, two):
    one, other, _said = two
    save_draft(actor=carol, key=f"reply:{other.pk}", title="", body="I was about to say")

    merge_threads(actor=mod, source=other, target=one)

    assert queries.thread_head(carol, other.pk).draft == "I was about to say"


@pytest.mark.parametrize("who", ["alice", "carol"])
def test_members_merge_and_split_nothing(request, two, who):
    one, other, said = two
    actor = request.getfixturevalue(who)
    for act in (
        lambda: merge_threads(actor=actor, source=other, target=one),
        lambda: split_off(actor, one, [said[0]]),
    ):
        with pytest.raises(Refused):
            act()

    assert not Regrouping.objects.exists()
    assert order_of(one)[1:] == [said[0].pk, said[2].pk]


def test_leaders_tidy_up_beside_the_team(make_member, two):
    one, other, _said = two

    merge_threads(actor=make_member("leader", trust_level=4), source=other, target=one)

    assert fresh(other).state == "merged"


def test_what_makes_no_sense_changes_nothing(mod, bob, two, private_space, make_thread):
    one, _other, said = two
    elsewhere = make_thread(mod, Space.objects.create(slug="old", name="Old", is_archived=False))
    for error, act in (
        (Invalid, lambda: merge_threads(actor=mod, source=one, target=one)),
        (Invalid, lambda: split_off(mod, one, [first_of(one)])),
        (Invalid, lambda: split_off(mod, one, [said[1]])),
        (Invalid, lambda: split_off(mod, one, [])),
        (Invalid, lambda: split_off(mod, one, [said[0]], title="No")),
        (Invalid, lambda: split_thread(actor=mod, thread=one, posts=[said[0].pk], into=one)),
    ):
        with pytest.raises(error):
            act()

    assert not Regrouping.objects.exists()
    assert order_of(elsewhere) == [first_of(elsewhere).pk]
    assert recount(heal=False) == []


def test_nobody_merges_out_of_a_room_they_cannot_enter(mod, manager, two, private_space, make_thread):
    one, _other, _said = two
    secret = make_thread(manager, private_space)

    with pytest.raises((NotFound, Refused)):
        merge_threads(actor=mod, source=secret, target=one)

    assert fresh(secret).state == "visible"


def test_after_a_while_it_stays(mod, two, time_machine_at):
    one, other, _said = two
    entry = merge_threads(actor=mod, source=other, target=one)

    with time_machine_at(days=31), pytest.raises(Conflict, match="more than 30 days ago"):
        undo_regrouping(actor=mod, entry=entry)

    assert fresh(other).state == "merged"


def test_a_chain_leads_to_its_end_and_is_taken_back_from_there(mod, bob, space, two, make_thread):
    one, other, _said = two
    third = make_thread(bob, space)
    first_entry = merge_threads(actor=mod, source=other, target=one)
    second_entry = merge_threads(actor=mod, source=one, target=third)

    assert queries.get_thread_for(bob, other.pk).pk == third.pk
    with pytest.raises(Conflict, match="merged further"):
        undo_regrouping(actor=mod, entry=first_entry)
    undo_regrouping(actor=mod, entry=second_entry)
    undo_regrouping(actor=mod, entry=fresh(first_entry))
    assert recount(heal=False) == []
