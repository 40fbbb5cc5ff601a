"""Following, muting and reading threads."""

import pytest
from django.utils import timezone

from community.errors import Invalid, RateLimited, Refused
from community.threads.actions import attend_to_thread, follow_thread, mark_read, mute_thread, unfollow_thread
from community.threads.models import ReadState, Thread, ThreadFollow


def level(member, thread):
    return ThreadFollow.objects.filter(member=member, thread=thread).values_list("level", flat=True).first()


def test_one_choice_replaces_the_other(carol, thread):
    for act, expected in ((follow_thread, "watching"), (mute_thread, "muted"), (follow_thread, "watching")):
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

    assert level(carol, thread) == "watching"


def test_reading_only_moves_forward_and_costs_two_statements(carol, thread, counted):
    Thread.objects.filter(pk=thread.pk).update(last_position=50)
    thread.refresh_from_db()

    for position, reached in ((10, 10), (4, 10), (30, 30), (10**9, 50)):
        with counted() as statements:
            mark_read(actor=carol, thread=thread, position=position)
        assert len(statements()) <= 2, "\n".join(statements())
        assert ReadState.objects.get(member=carol).last_read_position == reached


def test_who_reads_for_four_minutes_tracks_and_a_page_left_open_does_not_count(
    carol, thread, time_machine_at
):
    mark_read(actor=carol, thread=thread, position=1)
    with time_machine_at(hours=1):
        mark_read(actor=carol, thread=thread, position=1, seconds=10_000)
        mark_read(actor=carol, thread=thread, position=1, seconds=10_000)
    assert ReadState.objects.get(member=carol).seconds <= 61
    assert level(carol, thread) is None

    for minute in range(2, 6):
        with time_machine_at(hours=minute):
            mark_read(actor=carol, thread=thread, position=1, seconds=50)

    assert level(carol, thread) == "tracking"
    assert ThreadFollow.objects.get(member=carol).because == "read"


def test_reading_long_leaves_a_choice_alone(carol, thread, time_machine_at):
    mute_thread(actor=carol, thread=thread)
    mark_read(actor=carol, thread=thread, position=1)
    for hour in range(1, 7):
        with time_machine_at(hours=hour):
            mark_read(actor=carol, thread=thread, position=1, seconds=60)

    assert level(carol, thread) == "muted"


@pytest.mark.parametrize("chosen", ["", "first_posts", "loud"])
def test_an_unknown_level_is_refused_and_changes_nothing(carol, thread, chosen):
    with pytest.raises(Invalid):
        attend_to_thread(actor=carol, thread=thread, level=chosen)

    assert level(carol, thread) is None


@pytest.mark.parametrize("position", [0, -3])
def test_reading_nothing_writes_nothing(carol, thread, position):
    mark_read(actor=carol, thread=thread, position=position)

    assert not ReadState.objects.filter(member=carol).exists()


def test_who_may_only_read_still_chooses_what_they_hear(make_member, thread):
    silenced = make_member("silenced", silenced_until=timezone.now() + timezone.timedelta(days=2))

    mute_thread(actor=silenced, thread=thread)

    assert ThreadFollow.objects.get(member=silenced).level == "muted"
