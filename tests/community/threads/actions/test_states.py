"""Deleting and restoring one's own posts, hiding, removing and showing those of others."""

import pytest

from community.activity.models import Activity
from community.errors import Invalid, NotFound, RateLimited, Refused
from community.members.models import Member
from community.spaces.models import Space, SpaceMembership, Tag
from community.threads.actions import delete_post, restore_post, set_post_state, set_post_state_by_rule
from community.threads.counters import recount
from community.threads.models import Post, Thread
from tests.community.threads.conftest import fresh


def last_told():
    return Activity.objects.filter(verb="post.state_changed").latest("id")


def test_an_author_deletes_a_reply_and_brings_it_back(bob, thread, answer):
    deleted = delete_post(actor=bob, post=answer)

    assert (deleted.state, deleted.deleted_at is not None) == ("deleted", True)
    assert fresh(thread).reply_count == 0
    assert fresh(thread).last_author_id == thread.author_id
    assert last_told().payload == {
        "thread_id": thread.pk,
        "author_id": bob.pk,
        "position": 2,
        "before": "visible",
        "after": "deleted",
        "reason": "",
    }

    restored = restore_post(actor=bob, post=deleted)

    assert (restored.state, restored.deleted_at) == ("visible", None)
    assert (fresh(thread).reply_count, fresh(thread).last_author_id) == (1, bob.pk)
    assert recount(heal=False) == []


def test_a_place_is_never_given_twice(bob, carol, thread, answer, make_reply):
    delete_post(actor=bob, post=answer)

    assert make_reply(carol, thread).position == 3


def test_a_day_later_it_stays_deleted(bob, answer, time_machine_at):
    deleted = delete_post(actor=bob, post=answer)

    with time_machine_at(hours=25), pytest.raises(Refused, match="more than 24 hours ago"):
        restore_post(actor=bob, post=deleted)

    assert fresh(answer).state == "deleted"


def test_only_its_author_deletes_and_restores(alice, bob, mod, answer):
    for actor in (alice, mod):
        with pytest.raises(Refused, match="Only its author"):
            delete_post(actor=actor, post=answer)
    deleted = delete_post(actor=bob, post=answer)
    for actor in (alice, mod):
        with pytest.raises(Refused):
            restore_post(actor=actor, post=deleted)
    with pytest.raises(Refused, match="Only they can bring it back"):
        set_post_state(actor=mod, post=deleted, state="visible", reason="")

    assert fresh(answer).state == "deleted"


def test_a_question_without_replies_goes_with_its_thread(alice, bob, space, make_thread):
    thread = make_thread(alice, space, tags=["poles"])
    first = Post.objects.select_related("thread__space").get(thread=thread)

    delete_post(actor=alice, post=first)

    assert not Thread.objects.visible_to(bob).exists()
    assert Tag.objects.get(slug="poles").thread_count == 0
    assert Space.objects.values_list("thread_count", "last_thread_at").get() == (0, None)

    restore_post(actor=alice, post=fresh(first))

    assert Thread.objects.visible_to(bob).get().excerpt == thread.excerpt
    assert Tag.objects.get(slug="poles").thread_count == 1
    assert Space.objects.values_list("thread_count", "last_thread_at").get() == (1, thread.created_at)
    assert recount(heal=False) == []


def test_own_replies_do_not_hold_a_thread(alice, thread, question, make_reply):
    make_reply(alice, thread)

    delete_post(actor=alice, post=question)

    assert fresh(thread).state == "deleted"


def test_with_replies_of_others_an_empty_place_stays(alice, bob, thread, question, answer):
    delete_post(actor=alice, post=question)

    stored = fresh(thread)
    assert (stored.state, stored.reply_count, stored.excerpt) == ("visible", 1, "")
    assert list(Post.objects.visible_to(bob)) == [answer]

    restore_post(actor=alice, post=fresh(question))
    assert fresh(thread).excerpt == thread.excerpt
    assert recount(heal=False) == []


@pytest.mark.parametrize("state", ["hidden", "removed"])
def test_moderators_hide_and_show_again(bob, mod, thread, answer, state):
    done = set_post_state(actor=mod, post=answer, state=state, reason="Sells fakes")

    assert (done.state, done.state_reason) == (state, "Sells fakes")
    assert fresh(thread).reply_count == 0
    assert not Post.objects.visible_to(bob).filter(pk=answer.pk).exists()
    assert (last_told().actor, last_told().payload["reason"]) == (mod, "Sells fakes")

    set_post_state(actor=mod, post=done, state="visible", reason="")

    assert fresh(thread).reply_count == 1
    assert Post.objects.visible_to(bob).filter(pk=answer.pk).exists()
    assert recount(heal=False) == []


def test_from_hidden_to_removed_counts_nothing_twice(mod, thread, answer):
    hidden = set_post_state(actor=mod, post=answer, state="hidden", reason="Wait")
    set_post_state(actor=mod, post=hidden, state="removed", reason="Sells fakes")

    assert fresh(thread).reply_count == 0
    assert recount(heal=False) == []


def test_the_same_decision_again_changes_nothing(mod, answer):
    set_post_state(actor=mod, post=answer, state="hidden", reason="Wait")
    set_post_state(actor=mod, post=answer, state="hidden", reason="Wait")

    assert Activity.objects.filter(verb="post.state_changed").count() == 1


def test_hiding_the_first_post_hides_the_thread(alice, bob, mod, thread, question, answer):
    set_post_state(actor=mod, post=question, state="hidden", reason="Private data")

    assert fresh(thread).state == "hidden"
    assert not Thread.objects.visible_to(bob).exists()
    assert not Post.objects.visible_to(bob).exists()
    with pytest.raises(NotFound):
        from community.threads.actions import reply_to_thread

        reply_to_thread(actor=bob, thread=thread, body="Still there?")

    set_post_state(actor=mod, post=fresh(question), state="visible", reason="")
    assert Thread.objects.visible_to(bob).count() == 1
    assert recount(heal=False) == []


def test_an_author_cannot_undo_what_moderators_decided(bob, mod, answer):
    hidden = set_post_state(actor=mod, post=answer, state="removed", reason="Sells fakes")

    for attempt in (delete_post, restore_post):
        with pytest.raises(Refused):
            attempt(actor=bob, post=hidden)

    assert fresh(answer).state == "removed"


def test_what_its_author_deleted_stays_deleted_when_a_decision_is_taken_back(bob, mod, answer):
    deleted = delete_post(actor=bob, post=answer)
    removed = set_post_state(actor=mod, post=deleted, state="removed", reason="Sells fakes")
    with pytest.raises(Refused):
        restore_post(actor=bob, post=removed)

    shown = set_post_state(actor=mod, post=removed, state="visible", reason="A mistake")

    assert shown.state == "deleted"


def test_members_and_moderators_elsewhere_may_not(bob, carol, private_space, answer):
    SpaceMembership.objects.create(space=private_space, member=carol, is_moderator=True)

    for actor in (bob, carol):
        with pytest.raises(Refused, match="Only the moderators of this space"):
            set_post_state(actor=actor, post=answer, state="hidden", reason="")

    assert fresh(answer).state == "visible"


def test_staff_outside_a_private_space_does_not_reach_into_it(
    alice, mod, manager, private_space, make_thread
):
    SpaceMembership.objects.create(space=private_space, member=alice)
    post = Post.objects.select_related("thread__space").get(thread=make_thread(alice, private_space))

    with pytest.raises(Refused):
        set_post_state(actor=mod, post=post, state="hidden", reason="")
    assert set_post_state(actor=manager, post=post, state="hidden", reason="").state == "hidden"


def test_deleting_is_not_a_decision(mod, answer):
    with pytest.raises(Invalid):
        set_post_state(actor=mod, post=answer, state="deleted", reason="")


def test_a_rule_hides_with_nobody_as_the_actor(private_space, alice, make_thread):
    SpaceMembership.objects.create(space=private_space, member=alice)
    post = Post.objects.get(thread=make_thread(alice, private_space))

    set_post_state_by_rule(post=post, state="hidden", reason="Five reports")

    assert fresh(post).state == "hidden"
    assert last_told().actor is None


def test_suspended_members_delete_nothing(mallory, thread, answer):
    Post.objects.filter(pk=answer.pk).update(author=mallory)

    with pytest.raises(Refused, match="paused"):
        delete_post(actor=mallory, post=fresh(answer))


def test_deleting_is_limited(make_member, thread, make_reply, limits_on):
    newcomer = make_member("newcomer", trust_level=0)
    posts = [fresh(make_reply(newcomer, thread)) for _post in range(11)]
    limits_on()

    for post in posts[:10]:
        delete_post(actor=newcomer, post=post)
    with pytest.raises(RateLimited):
        delete_post(actor=newcomer, post=posts[10])

    assert fresh(posts[10]).state == "visible"


def test_contributions_follow(alice, bob, mod, thread, question, answer, deliver_all):
    delete_post(actor=bob, post=answer)
    set_post_state(actor=mod, post=question, state="removed", reason="Private data")
    deliver_all()

    assert Member.objects.get(pk=bob.pk).post_count == 0
    assert Member.objects.get(pk=alice.pk).thread_count == 0
    assert recount(heal=False) == []


def test_nothing_comes_back_into_a_closed_thread_or_an_archive(bob, thread, answer):
    deleted = delete_post(actor=bob, post=answer)

    Thread.objects.filter(pk=thread.pk).update(is_locked=True)
    with pytest.raises(Refused, match="closed"):
        restore_post(actor=bob, post=deleted)
    Thread.objects.filter(pk=thread.pk).update(is_locked=False)
    Space.objects.filter(pk=thread.space_id).update(is_archived=True)
    with pytest.raises(Refused, match="archive"):
        restore_post(actor=bob, post=fresh(deleted))

    assert fresh(answer).state == "deleted"


@pytest.mark.parametrize("left", ["removed", "deleted"])
def test_a_rule_that_comes_late_leaves_what_somebody_did_meanwhile(left, bob, mod, answer):
    seen_before = fresh(answer)
    if left == "removed":
        set_post_state(actor=mod, post=answer, state="removed", reason="Advertising")
    else:
        delete_post(actor=bob, post=answer)

    set_post_state_by_rule(post=seen_before, state="hidden", reason="Five reports")

    assert fresh(answer).state == left
