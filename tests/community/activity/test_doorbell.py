"""The doorbell: once after each write, or once for all writes of a moment."""

import time

import pytest

from community.activity import doorbell
from community.activity.models import Delivery


@pytest.fixture
def rung(monkeypatch):
    """Names of the tasks rung, with a doorbell nobody has rung before."""
    from celery import current_app

    names = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **_options: names.append(name))
    doorbell.hear_doorbell()
    yield names
    doorbell.hear_doorbell()


def test_while_a_ring_waits_to_be_heard_nobody_rings_again(
    knock, bell, rung, django_capture_on_commit_callbacks
):
    def knock_and_commit():
        with django_capture_on_commit_callbacks(execute=True):
            knock()

    knock_and_commit()
    knock_and_commit()
    assert rung == ["activity.deliver_due"]

    doorbell.hear_doorbell()
    knock_and_commit()
    assert rung == ["activity.deliver_due"] * 2


def test_a_worker_lets_others_ring_before_it_looks(monkeypatch, rung):
    from community.activity import relay, tasks

    order = []
    monkeypatch.setattr(tasks, "hear_doorbell", lambda: order.append("heard"))
    monkeypatch.setattr(relay, "deliver_due", lambda: order.append("looked") or 0)

    tasks.deliver_due()

    assert order == ["heard", "looked"]


def test_without_redis_every_write_rings(
    knock, bell, rung, settings, monkeypatch, django_capture_on_commit_callbacks
):
    import redis

    from community import revision

    away = redis.Redis.from_url("redis://127.0.0.1:1/0", socket_connect_timeout=0.2)
    monkeypatch.setattr(revision, "_script", lambda: away.register_script("return 1"))
    monkeypatch.setattr(revision._Memory, "paused_until", float("-inf"))

    for _write in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            knock()

    assert rung == ["activity.deliver_due"] * 2


def test_every_write_changes_the_mark_that_kept_pages_compare(
    knock, bell, rung, django_capture_on_commit_callbacks
):
    from community.revision import current_mark

    before = current_mark()
    with django_capture_on_commit_callbacks(execute=True):
        knock()

    assert current_mark() != before


def test_a_broken_doorbell_does_not_break_what_happened(
    knock, bell, monkeypatch, django_capture_on_commit_callbacks
):
    from celery import current_app

    def silent(*_args, **_options):
        raise ConnectionError("the broker is away")

    monkeypatch.setattr(current_app, "send_task", silent)

    with django_capture_on_commit_callbacks(execute=True):
        knock()

    assert Delivery.objects.filter(done_at=None).count() == 1


@pytest.fixture
def pause(monkeypatch):
    """The bell as it is outside of tests: still for a while after it rang."""
    monkeypatch.setattr(doorbell, "PAUSE", 0.2)
    monkeypatch.setattr(doorbell._Memory, "rung_at", float("-inf"))
    monkeypatch.setattr(doorbell._Memory, "due_at", None)
    return 0.2


@pytest.fixture
def marked(monkeypatch):
    """The moments at which this process said that something changed."""
    moments = []
    monkeypatch.setattr(
        doorbell, "change_mark_and_claim", lambda _name, _seconds: moments.append(time.monotonic())
    )
    return moments


def wait_until(holds):
    until = time.monotonic() + 5
    while not holds() and time.monotonic() < until:
        time.sleep(0.01)
    assert holds()


def test_the_first_write_rings_at_once_and_those_of_the_next_moment_together(pause, marked):
    for _write in range(20):
        doorbell.ring_doorbell()
    assert len(marked) == 1

    wait_until(lambda: len(marked) == 2)
    first, second = marked
    assert second - first >= pause * 0.9

    time.sleep(pause * 1.5)
    assert len(marked) == 2


def test_what_is_written_after_the_late_ring_is_rung_for_again(pause, marked):
    doorbell.ring_doorbell()
    doorbell.ring_doorbell()
    wait_until(lambda: len(marked) == 2)

    doorbell.ring_doorbell()

    wait_until(lambda: len(marked) == 3)


def test_after_a_quiet_moment_a_write_rings_at_once_again(pause, marked):
    doorbell.ring_doorbell()
    time.sleep(pause * 1.1)

    doorbell.ring_doorbell()

    assert len(marked) == 2


def test_a_late_ring_that_was_lost_is_not_waited_for(pause, marked, monkeypatch):
    monkeypatch.setattr(doorbell._Memory, "due_at", time.monotonic() - 2)

    doorbell.ring_doorbell()

    assert len(marked) == 1
