"""One message or a span is sent again, with the ids and numbers it had; what was missed while off is made up for."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.activity.record import Happening, record_many
from community.errors import Conflict, Invalid
from community.integrations.models import WebhookMessage, WebhookReplay
from community.integrations.webhooks import actions, replaying
from community.threads.verbs import THREAD_CREATED
from tests.community.integrations.webhooks.receiver import Receiver

pytestmark = pytest.mark.django_db


def span(actor: Any, endpoint: Any, which: str, **fields: Any) -> WebhookReplay:
    now = timezone.now()
    fields = {"begins_at": now - dt.timedelta(days=1), "ends_at": now + dt.timedelta(hours=1), **fields}
    return actions.replay_span(actor=actor, endpoint=endpoint, which=which, **fields)


def test_one_message_is_sent_again_with_its_id_and_number(
    endpoint: Any, manager: Any, receiver: Receiver, send: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    make_thread(alice, space)
    send()
    actions.replay_message(actor=manager, message=WebhookMessage.objects.get())
    assert send() == 1

    first, again = receiver.heard
    assert first[0]["webhook-id"] == again[0]["webhook-id"]
    assert first[1] == again[1]


def test_only_what_failed_is_sent_again_where_that_is_asked(
    endpoint: Any, manager: Any, receiver: Receiver, send: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    taken, failed = make_thread(alice, space), make_thread(alice, space)
    send()
    WebhookMessage.objects.filter(activity__target_pk=failed.pk).update(
        state="failed", why="tries", attempts=10
    )
    receiver.heard.clear()
    replay = span(manager, endpoint, "failed")
    assert replaying.go_on() == 1
    assert send() == 1

    assert [it["data"]["thread_id"] for it in receiver.bodies()] == [failed.pk]
    replay.refresh_from_db()
    assert replay.queued == 1 and replay.finished_at is not None
    assert taken.pk


def test_what_happened_while_it_was_off_is_made_up_for_in_order(
    endpoint: Any, manager: Any, receiver: Receiver, send: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    before = make_thread(alice, space)
    send()
    actions.turn_endpoint(actor=manager, endpoint=endpoint, on=False)
    missed = [make_thread(alice, space).pk for _turn in range(3)]
    assert send() == 0
    actions.turn_endpoint(actor=manager, endpoint=endpoint, on=True)
    receiver.heard.clear()
    span(manager, endpoint, "missed")
    replaying.go_on()
    send()

    assert [it["data"]["thread_id"] for it in receiver.bodies()] == missed
    assert [it["sequence"] for it in receiver.bodies()] == [2, 3, 4]
    span(manager, endpoint, "missed")
    assert replaying.go_on() == 0
    assert before.pk


def test_everything_is_sent_again_a_part_at_a_time(
    endpoint: Any,
    manager: Any,
    receiver: Receiver,
    send: Any,
    alice: Any,
    space: Any,
    make_thread: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _turn in range(5):
        make_thread(alice, space)
    send()
    monkeypatch.setattr(replaying, "MESSAGES_A_STEP", 2)
    replay = span(manager, endpoint, "all")

    assert [replaying.take_step() for _turn in range(3)] == [2, 2, 1]
    replay.refresh_from_db()
    assert (replay.queued, replay.finished_at) == (5, None)
    replaying.go_on()
    replay.refresh_from_db()
    assert replay.finished_at is not None
    assert send() == 5


def test_one_span_at_a_time(endpoint: Any, manager: Any) -> None:
    span(manager, endpoint, "all")

    with pytest.raises(Conflict):
        span(manager, endpoint, "all")
    assert WebhookReplay.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"begins_at": timezone.now() - dt.timedelta(days=31)}, "begins_at"),
        ({"ends_at": timezone.now() - dt.timedelta(days=3)}, "ends_at"),
        ({"which": "whatever"}, "which"),
    ],
)
def test_a_span_that_makes_no_sense_is_refused(
    fields: dict[str, Any], named: str, endpoint: Any, manager: Any
) -> None:
    with pytest.raises(Invalid) as refusal:
        span(manager, endpoint, **{"which": "all", **fields})

    assert named in refusal.value.fields
    assert not WebhookReplay.objects.exists()


def test_history_that_came_in_quietly_is_never_told(
    endpoint: Any, manager: Any, receiver: Receiver, send: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    thread = make_thread(alice, space)
    send()
    receiver.heard.clear()
    payload = {"thread_id": thread.pk, "post_id": 1, "title": "", "kind": "", "tags": [], "excerpt": ""}
    told = Happening(
        THREAD_CREATED, alice.pk, "threads.thread", thread.pk, payload, timezone.now(), space_id=space.pk
    )
    record_many([told], quiet=True)
    send()
    span(manager, endpoint, "missed")
    replaying.go_on()
    send()

    assert receiver.heard == []
