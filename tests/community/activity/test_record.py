"""What `record()` promises, and when it refuses."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from community.activity import record as recording
from community.activity.models import Activity, Delivery
from community.activity.record import Happening, NotInTransaction, record_many


@pytest.mark.django_db(transaction=True)
def test_it_refuses_outside_a_transaction(knock, bell):
    with pytest.raises(NotInTransaction):
        knock()

    assert not Activity.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_no_promise(knock, bell):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        knock()
        assert Delivery.objects.count() == 1
        raise ZeroDivisionError

    assert not Activity.objects.exists()
    assert not Delivery.objects.exists()


def test_every_consumer_of_the_verb_gets_its_own_promise(knock, bell, listen):
    listen(lambda activity: None, "light")

    activity = knock()

    promised = Delivery.objects.filter(activity=activity).values_list("consumer", flat=True)
    assert sorted(promised) == ["door.bell", "door.light"]


def test_replayed_history_is_promised_only_to_those_who_hear_replays(knock, bell, listen):
    listen(lambda activity: None, "mail", hears_replays=False)

    activity = knock(quiet=True)

    assert list(Delivery.objects.filter(activity=activity).values_list("consumer", flat=True)) == [
        "door.bell"
    ]


def test_a_payload_with_other_fields_is_a_fault_of_the_caller(knocked, space):
    with pytest.raises(ValueError, match=r"door.knocked takes \['who'\], got \['when'\]"):
        recording.record(knocked, actor=None, target=space, payload={"when": "now"})

    assert not Activity.objects.exists()


def test_the_doorbell_is_rung_once_after_the_commit(
    knock, bell, monkeypatch, django_capture_on_commit_callbacks
):
    rung = []
    monkeypatch.setattr(recording, "ring_doorbell", lambda: rung.append("ring"))

    with django_capture_on_commit_callbacks(execute=True):
        knock()
        assert rung == []

    assert rung == ["ring"]


def test_nothing_is_rung_when_nobody_listens(knock, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        knock()

    assert [callback.__name__ for callback in callbacks] == ["change_mark"]


@pytest.fixture
def rung(monkeypatch):
    """Names of the tasks rung, with a doorbell nobody has rung before."""
    from celery import current_app

    names = []
    monkeypatch.setattr(current_app, "send_task", lambda name, **_options: names.append(name))
    recording.hear_doorbell()
    yield names
    recording.hear_doorbell()


def test_while_a_ring_waits_to_be_heard_nobody_rings_again(
    knock, bell, rung, django_capture_on_commit_callbacks
):
    def knock_and_commit():
        with django_capture_on_commit_callbacks(execute=True):
            knock()

    knock_and_commit()
    knock_and_commit()
    assert rung == ["activity.deliver_due"]

    recording.hear_doorbell()
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


def test_many_are_recorded_with_few_statements(db, knocked, bell, django_assert_num_queries):
    at = timezone.now() - dt.timedelta(days=400)
    happenings = [
        Happening(knocked, None, "spaces.tag", number, {"who": "x"}, at) for number in range(1, 301)
    ]

    with django_assert_num_queries(3):
        assert record_many(happenings, quiet=True) == 300

    assert Delivery.objects.filter(consumer="door.bell").count() == 300
    assert set(Activity.objects.values_list("occurred_at", "quiet")) == {(at, True)}
