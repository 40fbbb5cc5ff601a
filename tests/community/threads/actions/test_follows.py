"""Following, muting and reading threads."""

import pytest
from django.utils import timezone

from community.errors import RateLimited, Refused
from community.threads.actions import follow_thread, mark_read, mute_thread, unfollow_thread
from community.threads.models import ReadState, Thread, ThreadFollow


def level(member, thread):
    return ThreadFollow.objects.filter(member=member, thread=thread).values_list("level", flat=True).first()


def test_one_choice_replaces_the_other(carol, thread):
    for act, expected in ((follow_thread, "following"), (mute_thread, "muted"), (follow_thread, "following")):
        act(actor=carol, thread=thread)
        act(actor=carol, thread=thread)
        assert level(carol, thread) == expected

    unfollow_thread(actor=carol, thread=thread)
    unfollow_thread(actor=carol, thread=thread)
    assert level(carol, thread) is None


@pytest.mark.parametrize("act", [follow_thread, mute_thread])
def test_suspended_members_choose_nothing(mallory, thread, act):
    with pytest.raises(Refused):
        act(actor=mallory, thread=thread)

    assert level(mallory, thread) is None


def test_a_loop_is_stopped(carol, thread, limits_on):
    limits_on(**{"threads.keep": "3/min"})

    for _time in range(3):
        follow_thread(actor=carol, thread=thread)
    with pytest.raises(RateLimited):
        mute_thread(actor=carol, thread=thread)

    assert level(carol, thread) == "following"


def test_reading_only_moves_forward_and_costs_two_statements(carol, thread, counted):
    Thread.objects.filter(pk=thread.pk).update(last_position=50)
    thread.refresh_from_db()

    for position, reached in ((10, 10), (4, 10), (30, 30), (10**9, 50)):
        with counted() as statements:
            mark_read(actor=carol, thread=thread, position=position)
        assert len(statements()) <= 2, "\n".join(statements())
        assert ReadState.objects.get(member=carol).last_read_position == reached


@pytest.mark.parametrize("position", [0, -3])
def test_reading_nothing_writes_nothing(carol, thread, position):
    mark_read(actor=carol, thread=thread, position=position)

    assert not ReadState.objects.filter(member=carol).exists()


def test_who_may_only_read_still_chooses_what_they_hear(make_member, thread):
    silenced = make_member("silenced", silenced_until=timezone.now() + timezone.timedelta(days=2))

    mute_thread(actor=silenced, thread=thread)

    assert ThreadFollow.objects.get(member=silenced).level == "muted"
