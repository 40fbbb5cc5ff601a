"""Calling a whole group by its name in a post."""

import pytest

from community.errors import Invalid, RateLimited
from community.members.groups.actions import add_to_group, create_group
from community.members.models import GroupMembership
from community.notifications.models import Notice
from community.threads.actions import edit_post, reply_to_thread
from community.threads.models import GroupCall
from community.threads.queries import named_like
from tests.standing import deliver_all


@pytest.fixture
def crew(manager, bob, carol):
    """Bob and Carol are in it; whoever is in it may call it."""
    values = {"name": "Hut crew", "visibility": "everyone", "callers": "group"}
    group = create_group(actor=manager, values=values)
    for member in (bob, carol):
        add_to_group(actor=manager, group=group, member=member)
    group.refresh_from_db()
    deliver_all()
    Notice.objects.all().delete()
    return group


def told(kind="thread.group"):
    return sorted(Notice.objects.filter(kind=kind).values_list("member__handle", flat=True))


def test_everyone_in_it_hears_once_but_not_who_calls(alice, bob, space, make_thread, crew):
    thread = make_thread(alice, space)

    post = reply_to_thread(actor=bob, thread=thread, body="@hut-crew and again @hut-crew: who has pegs?")
    deliver_all()

    assert 'href="/g/hut-crew/"' in post.body_html
    assert told() == ["carol"]


def test_who_is_also_named_hears_of_that(alice, bob, space, make_thread, crew):
    reply_to_thread(actor=bob, thread=make_thread(alice, space), body="@hut-crew and @carol, who has pegs?")
    deliver_all()

    assert (told(), told("thread.mention")) == ([], ["carol"])


@pytest.mark.parametrize(
    ("callers", "may"), [("nobody", []), ("owners", []), ("group", ["bob"]), ("members", ["alice", "bob"])]
)
def test_only_whom_the_group_lets_call_it(alice, bob, space, make_thread, crew, callers, may):
    crew.callers = callers
    crew.save()
    thread = make_thread(alice, space)

    for who in (alice, bob):
        post = reply_to_thread(actor=who, thread=thread, body=f"@hut-crew, {who.handle} asks for pegs.")
        assert ('href="/g/hut-crew/"' in post.body_html) is (who.handle in may)

    assert GroupCall.objects.count() == len(may)


def test_a_hidden_group_is_plain_text_for_who_does_not_know_it(alice, space, make_thread, crew):
    crew.callers, crew.visibility = "members", "group"
    crew.save()

    post = reply_to_thread(actor=alice, thread=make_thread(alice, space), body="@hut-crew, who has pegs?")

    assert "/g/" not in post.body_html
    assert named_like(alice, "@", "hut") == []


def test_those_who_may_not_read_the_thread_hear_nothing(manager, bob, private_space, make_thread, crew):
    make_thread(manager, private_space, body="@hut-crew, come and look at this prototype please.")
    deliver_all()

    assert told() == []


def test_three_calls_a_day(settings, alice, bob, space, make_thread, crew):
    settings.LIMITS_ENABLED = True
    settings.LIMITS_PREFIX = f"{settings.LIMITS_PREFIX}-calls"
    bob.trust_level = 3
    bob.save()
    thread = make_thread(alice, space)
    for n in range(3):
        reply_to_thread(actor=bob, thread=thread, body=f"@hut-crew, call {n}")

    with pytest.raises(RateLimited):
        reply_to_thread(actor=bob, thread=thread, body="@hut-crew, call 4")

    assert GroupCall.objects.count() == 3


def test_a_group_that_is_too_large_is_not_called(
    alice, bob, make_member, space, make_thread, crew, set_number
):
    set_number("members.group_call_most", 2)
    GroupMembership.objects.create(group=crew, member=make_member("dora"))
    crew.member_count = 3
    crew.save()

    with pytest.raises(Invalid) as refusal:
        reply_to_thread(actor=bob, thread=make_thread(alice, space), body="@hut-crew, who has pegs?")

    assert "body" in refusal.value.fields
    assert not GroupCall.objects.exists()


def test_an_edit_calls_whom_the_post_had_not_called(alice, bob, space, make_thread, crew):
    post = reply_to_thread(actor=bob, thread=make_thread(alice, space), body="Who has pegs to spare?")
    deliver_all()
    assert told() == []

    post = edit_post(actor=bob, post=post, body="@hut-crew, who has pegs to spare?")
    deliver_all()
    edit_post(actor=bob, post=post, body="@hut-crew, who has many pegs to spare?")
    deliver_all()

    assert told() == ["carol"]


def test_names_of_groups_are_offered_while_typing_to_who_may_call_them(alice, bob, crew):
    assert [one.value for one in named_like(bob, "@", "hut")] == ["@hut-crew"]
    assert named_like(alice, "@", "hut") == []
