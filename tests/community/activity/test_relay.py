"""How the relay keeps promises."""

import datetime as dt

from django.utils import timezone

from community.activity import registry, relay
from community.activity.models import Activity, Delivery
from community.activity.tasks import sweep
from community.privacy.keeping.running import apply_rules
from community.spaces.models import Tag


def heard() -> int:
    return Tag.objects.filter(slug__startswith="heard-").count()


def test_what_is_due_is_delivered_once(knock, bell):
    knock()

    assert relay.deliver_due() == 1
    assert relay.deliver_due() == 0

    delivery = Delivery.objects.get()
    assert heard() == 1
    assert (delivery.attempts, delivery.error, delivery.done_at is not None) == (1, "", True)


def test_the_sweep_delivers_what_no_doorbell_announced(knock, bell):
    knock()

    sweep()

    assert heard() == 1


def test_what_is_not_due_yet_waits(knock, bell):
    knock(occurred_at=timezone.now() + dt.timedelta(minutes=5))

    assert relay.deliver_due() == 0
    assert heard() == 0


def test_delivering_by_number_twice_has_one_effect(knock, bell):
    knock()
    pk = Delivery.objects.get().pk

    assert relay.deliver(pk) is True
    assert relay.deliver(pk) is False
    assert heard() == 1


def test_a_failing_consumer_takes_back_its_own_rows_and_delays_only_itself(knock, bell, listen):
    def stumble(activity: Activity) -> None:
        Tag.objects.create(slug="half-done", name="Half done")
        raise RuntimeError("the light is broken")

    listen(stumble, "light")
    knock()

    relay.deliver_due()

    assert heard() == 1
    assert not Tag.objects.filter(slug="half-done").exists()
    late = Delivery.objects.get(consumer="door.light")
    assert (late.attempts, late.done_at, late.dead_at) == (1, None, None)
    assert "the light is broken" in late.error
    assert late.due_at > timezone.now()
    assert Delivery.objects.get(consumer="door.bell").done_at is not None


def test_the_wait_doubles_up_to_an_hour_and_then_the_promise_is_dead(knock, listen):
    listen(lambda activity: 1 / 0, "light")
    knock()
    delivery = Delivery.objects.get()
    waits = []

    for _attempt in range(relay.MAX_ATTEMPTS):
        before = timezone.now()
        relay.deliver(delivery.pk)
        delivery.refresh_from_db()
        waits.append(round((delivery.due_at - before).total_seconds()))

    assert waits[:5] == [2, 4, 8, 16, 32]
    assert max(waits) <= 3600
    assert delivery.dead_at is not None
    assert delivery.attempts == relay.MAX_ATTEMPTS
    assert relay.deliver(delivery.pk) is False


def test_a_dead_promise_can_be_tried_again(knock, listen):
    broken = [True]

    def light(activity: Activity) -> None:
        if broken[0]:
            raise RuntimeError("still dark")

    listen(light, "light")
    knock()
    delivery = Delivery.objects.get()
    Delivery.objects.update(dead_at=timezone.now(), attempts=relay.MAX_ATTEMPTS, error="dark")
    broken[0] = False

    assert relay.retry([delivery.pk]) == 1
    relay.deliver_due()

    delivery.refresh_from_db()
    assert (delivery.dead_at, delivery.error) == (None, "")
    assert delivery.done_at is not None


def test_a_kept_promise_is_not_tried_again(knock, bell):
    knock()
    relay.deliver_due()

    assert relay.retry(list(Delivery.objects.values_list("pk", flat=True))) == 0


def test_a_consumer_this_version_does_not_have_waits_for_the_next(knock, bell):
    knock()
    Delivery.objects.update(consumer="door.gone")

    relay.deliver_due()

    delivery = Delivery.objects.get()
    assert delivery.done_at is None
    assert "UnknownConsumer" in delivery.error


def test_a_batch_hears_many_in_one_call(knock, bell):
    calls = []

    @registry.batch_for(bell)
    def ring_many(activities: list[Activity]) -> None:
        calls.append(len(activities))

    for _knock in range(7):
        knock()
    relay.deliver_due()

    assert calls == [7]
    assert not Delivery.objects.filter(done_at=None).exists()


def test_a_failing_batch_falls_back_to_one_by_one_which_names_the_guilty(knock, listen):
    def light(activity: Activity) -> None:
        if activity.pk == guilty.pk:
            raise RuntimeError("this one")
        Tag.objects.create(slug=f"heard-{activity.pk}", name="Heard")

    handle = listen(light, "light")

    @registry.batch_for(handle)
    def light_many(activities: list[Activity]) -> None:
        for activity in activities:
            light(activity)

    knocks = [knock() for _knock in range(5)]
    guilty = knocks[2]
    relay.deliver_due()

    assert heard() == 4
    assert Delivery.objects.get(done_at=None).activity_id == guilty.pk


def test_a_sweep_tries_no_more_than_it_was_asked_to(knock, bell):
    for _knock in range(10):
        knock()

    assert relay.deliver_due(at_most=4) == 4
    assert heard() == 4


def test_promises_kept_long_ago_end_and_everything_else_stays(knock, bell):
    long_ago = timezone.now() - dt.timedelta(days=31)
    activities = [knock() for _knock in range(4)]
    relay.deliver_due()
    old, dead, waiting, recent = (Delivery.objects.get(activity=activity) for activity in activities)
    Delivery.objects.filter(pk=old.pk).update(done_at=long_ago)
    Delivery.objects.filter(pk=dead.pk).update(done_at=None, dead_at=long_ago)
    Delivery.objects.filter(pk=waiting.pk).update(done_at=None, due_at=long_ago)

    assert apply_rules(only=["activity.deliveries"]) == {"activity.deliveries": 1}

    assert set(Delivery.objects.values_list("pk", flat=True)) == {dead.pk, waiting.pk, recent.pk}
    assert Activity.objects.filter(pk=activities[0].pk).exists()
