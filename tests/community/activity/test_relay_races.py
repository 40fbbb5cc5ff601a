"""Several workers at once: real threads, real commits."""

import threading

import pytest
from django.db import transaction
from django.db.models import F

from community.activity import registry, relay
from community.activity.models import Activity, Delivery
from community.spaces.models import Tag
from tests.racing import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 8
KNOCKS = 60


def test_eight_workers_give_each_effect_once(knock, listen):
    def count(activity: Activity) -> None:
        Tag.objects.filter(slug="door").update(thread_count=F("thread_count") + 1)
        Tag.objects.create(slug=f"heard-{activity.pk}", name="Heard")

    listen(count, "bell")
    with transaction.atomic():
        for _knock in range(KNOCKS):
            knock()

    answers = all_at_once([relay.deliver_due] * WORKERS)

    assert all(isinstance(answer, int) for answer in answers), answers
    relay.deliver_due()
    assert Tag.objects.get(slug="door").thread_count == KNOCKS
    assert Tag.objects.filter(slug__startswith="heard-").count() == KNOCKS
    assert not Delivery.objects.filter(done_at=None).exists()
    assert set(Delivery.objects.values_list("attempts", "error")) == {(1, "")}


def test_eight_workers_with_batches_give_each_effect_once(knock, listen):
    def count(activity: Activity) -> None:
        count_many([activity])

    def count_many(activities: list[Activity]) -> None:
        Tag.objects.filter(slug="door").update(thread_count=F("thread_count") + len(activities))

    registry.batch_for(listen(count, "bell"))(count_many)
    with transaction.atomic():
        for _knock in range(KNOCKS):
            knock()

    all_at_once([relay.deliver_due] * WORKERS)
    relay.deliver_due()

    assert Tag.objects.get(slug="door").thread_count == KNOCKS
    assert not Delivery.objects.filter(done_at=None).exists()


def test_a_promise_in_other_hands_is_left_alone(knock, listen):
    entered, leave = threading.Event(), threading.Event()

    def slow(activity: Activity) -> None:
        entered.set()
        assert leave.wait(10)

    listen(slow, "bell")
    with transaction.atomic():
        knock()
    pk = Delivery.objects.get().pk

    def second() -> bool:
        entered.wait(10)
        try:
            return relay.deliver(pk)
        finally:
            leave.set()

    assert all_at_once([lambda: relay.deliver(pk), second]) == [True, False]
    assert Delivery.objects.get().attempts == 1


def test_with_the_broker_away_a_committed_promise_waits_for_the_sweep(knock, bell, monkeypatch):
    from celery import current_app

    def silent(*_args, **_options):
        raise ConnectionError("the broker is away")

    monkeypatch.setattr(current_app, "send_task", silent)

    with transaction.atomic():
        knock()

    assert Delivery.objects.filter(done_at=None).count() == 1
    relay.deliver_due()
    assert Tag.objects.filter(slug__startswith="heard-").count() == 1
