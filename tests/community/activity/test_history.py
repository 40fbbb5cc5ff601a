"""How quiet history is promised and heard: some hundred Activities at a time, each once."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.activity import history, registry, relay
from community.activity.models import Activity, Delivery, HistoryDelivery
from community.activity.record import Happening, record_many
from community.spaces.models import Tag
from tests.racing import all_at_once

LONG_AGO = timezone.now() - dt.timedelta(days=400)
Remember = Callable[[int], None]


@pytest.fixture
def remember(knocked: registry.Verb, db: None) -> Remember:
    """Bring in so many knocks of long ago."""

    def do(count: int) -> None:
        with transaction.atomic():
            record_many(
                [Happening(knocked, None, "spaces.tag", 1, {"who": "x"}, LONG_AGO) for _ in range(count)],
                quiet=True,
            )

    return do


@pytest.fixture
def counter(listen: Callable[..., registry.Handler], db: None) -> list[int]:
    """A consumer that says how many it heard in each call, and counts them in a tag."""
    Tag.objects.create(slug="door", name="Door")
    calls: list[int] = []

    def count(activity: Activity) -> None:
        count_many([activity])

    def count_many(activities: list[Activity]) -> None:
        calls.append(len(activities))
        Tag.objects.filter(slug="door").update(thread_count=F("thread_count") + len(activities))

    registry.batch_for(listen(count, "counter"))(count_many)
    return calls


def test_a_thousand_and_one_happenings_are_three_promises(
    counter, remember, knocked, django_assert_num_queries
):
    with django_assert_num_queries(5):  # two of them the transaction
        remember(1001)

    sizes = [
        len(ids) for ids in HistoryDelivery.objects.order_by("pk").values_list("activity_ids", flat=True)
    ]
    assert sizes == [500, 500, 1]
    assert not Delivery.objects.exists()
    assert history.waiting() == history.waiting(consumer="door.counter") == 1001


def test_it_is_heard_once_and_nothing_of_it_is_left(counter, remember):
    remember(1001)

    assert relay.deliver_due(at_most=5000, batch=5000) == 1001
    assert relay.deliver_due() == 0

    assert counter == [1001]
    assert Tag.objects.get(slug="door").thread_count == 1001
    assert history.waiting() == 0


def test_no_more_is_heard_together_than_was_asked_for(counter, remember):
    remember(1001)

    relay.deliver_due(batch=500)

    assert counter == [500, 500]
    assert history.waiting() == 1


def test_what_happens_now_is_heard_before_what_happened_long_ago(counter, remember, knock):
    remember(3)
    knock()

    relay.deliver_due()

    assert counter == [1, 3]


def test_who_may_not_hear_history_is_promised_none(listen, remember):
    listen(lambda activity: None, "bell", hears_replays=False)

    remember(2)

    assert history.waiting() == 0


def test_what_cannot_be_heard_together_is_heard_one_by_one_which_names_the_guilty(listen, remember):
    def light(activity: Activity) -> None:
        if activity.pk == guilty:
            raise RuntimeError("this one")
        Tag.objects.create(slug=f"heard-{activity.pk}", name="Heard")

    @registry.batch_for(listen(light, "light"))
    def light_many(activities: list[Activity]) -> None:
        for activity in activities:
            light(activity)

    remember(5)
    guilty = sorted(HistoryDelivery.objects.get().activity_ids)[2]
    relay.deliver_due()
    assert not Tag.objects.filter(slug__startswith="heard-").exists()

    relay.deliver_due()

    assert Tag.objects.filter(slug__startswith="heard-").count() == 4
    assert Delivery.objects.get(done_at=None).activity_id == guilty
    assert "this one" in Delivery.objects.get(done_at=None).error


def test_a_promise_to_a_consumer_that_is_gone_waits_where_staff_see_it(counter, remember):
    remember(2)
    HistoryDelivery.objects.update(consumer="door.gone")

    relay.deliver_due()
    relay.deliver_due()

    assert set(Delivery.objects.values_list("consumer", "attempts")) == {("door.gone", 1)}
    assert counter == []


@pytest.mark.django_db(transaction=True)
def test_eight_workers_hear_history_once(counter, remember):
    for _round in range(6):
        remember(700)

    all_at_once([relay.deliver_due] * 8)
    while relay.deliver_due():
        pass

    assert Tag.objects.get(slug="door").thread_count == 4200
    assert history.waiting() == 0
    assert not Delivery.objects.exists()
