"""Who hears that a poll is closed."""

from community.notifications.models import Notice
from community.threads.actions import attend_to_thread, cast_vote, close_poll, put_poll
from community.threads.models import PollOption, Post
from community.threads.polling import PollSpec
from tests.community.threads.conftest import fresh


def asked(alice, thread):
    post = Post.objects.select_related("thread__space").get(thread=thread, position=1)
    put_poll(actor=alice, post=post, spec=PollSpec("Which pole?", ("Carbon", "Aluminium")))
    return fresh(post)


def test_who_asked_and_voters_who_watch_hear_it_once(
    alice, bob, carol, mod, space, make_thread, deliver_all, sign_in
):
    thread = make_thread(alice, space)
    post = asked(alice, thread)
    for voter in (bob, carol):
        cast_vote(actor=voter, post=post, options=[PollOption.objects.first().pk])
    attend_to_thread(actor=bob, thread=thread, level="watching")

    close_poll(actor=mod, post=post)
    deliver_all()

    told = Notice.objects.filter(kind="poll.closed").order_by("member__handle")
    assert [(notice.member.handle, notice.payload) for notice in told] == [
        ("alice", {"own": True, "voters": 2}),
        ("bob", {"own": False, "voters": 2}),
    ]
    assert "Your poll is closed: 2 people voted" in sign_in(alice).get("/notifications/").content.decode()
    assert "A poll you voted in is closed" in sign_in(bob).get("/notifications/").content.decode()


def test_who_closes_their_own_poll_needs_no_telling(alice, space, make_thread, deliver_all):
    post = asked(alice, make_thread(alice, space))

    close_poll(actor=alice, post=post)
    deliver_all()

    assert not Notice.objects.filter(kind="poll.closed").exists()
