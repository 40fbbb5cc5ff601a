"""Views are counted in Redis and written by the clock."""

import time

import pytest

from community.threads import view_counter
from community.threads.models import Thread
from community.threads.tasks import flush_views


@pytest.fixture(autouse=True)
def own_key(settings, request):
    settings.LIMITS_PREFIX = f"{settings.LIMITS_PREFIX}-{request.node.name[:40]}"


def views(thread):
    return Thread.objects.get(pk=thread.pk).view_count


def test_reading_writes_nothing_until_the_clock_rings(
    alice, space, thread, make_thread, django_assert_num_queries
):
    other = make_thread(alice, space)

    with django_assert_num_queries(0):
        for _view in range(5):
            view_counter.count_view(thread.pk)
        view_counter.count_view(other.pk)
    assert views(thread) == 0

    assert flush_views() == 2
    assert (views(thread), views(other)) == (5, 1)

    assert flush_views() == 0
    assert views(thread) == 5


def test_a_thread_that_is_gone_is_no_fault(thread):
    view_counter.count_view(thread.pk)
    view_counter.count_view(10**9)

    assert flush_views() == 1
    assert views(thread) == 1


def test_without_redis_a_page_is_neither_broken_nor_slow(thread, settings, monkeypatch):
    settings.REDIS_LIMITS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(view_counter, "_paused_until", 0.0)
    view_counter._redis.cache_clear()
    started = time.monotonic()

    for _view in range(50):
        view_counter.count_view(thread.pk)

    view_counter._redis.cache_clear()
    monkeypatch.setattr(view_counter, "_paused_until", 0.0)
    assert time.monotonic() - started < 1
    assert views(thread) == 0
