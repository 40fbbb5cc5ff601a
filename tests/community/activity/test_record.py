"""What `record()` promises, and when it refuses."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone

from community.activity import record as recording
from community.activity.models import Activity, Delivery, HistoryDelivery
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


def test_history_that_is_brought_in_rings_for_no_worker(
    db, knocked, bell, django_capture_on_commit_callbacks
):
    happening = Happening(knocked, None, "spaces.tag", 1, {"who": "x"}, timezone.now())
    told = {}
    for quiet in (True, False):
        with django_capture_on_commit_callbacks() as callbacks:
            record_many([happening], quiet=quiet)
        told[quiet] = [callback.__name__ for callback in callbacks]

    assert told == {True: ["change_mark"], False: ["ring_doorbell"]}
    assert Delivery.objects.filter(consumer="door.bell", done_at=None).count() == 1
    assert HistoryDelivery.objects.get().consumer == "door.bell"


def test_many_are_recorded_with_few_statements(db, knocked, bell, django_assert_num_queries):
    at = timezone.now() - dt.timedelta(days=400)
    happenings = [
        Happening(knocked, None, "spaces.tag", number, {"who": "x"}, at) for number in range(1, 301)
    ]

    with django_assert_num_queries(3):
        assert record_many(happenings, quiet=False) == 300

    assert Delivery.objects.filter(consumer="door.bell").count() == 300
    assert set(Activity.objects.values_list("occurred_at", "quiet")) == {(at, False)}
