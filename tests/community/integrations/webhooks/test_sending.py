"""What happens here is told to the brand's systems: signed, in order, again when it fails, and only what may be seen."""

import datetime as dt
import json
import time
from typing import Any

import pytest
from django.utils import timezone

from community.integrations.models import WebhookAttempt, WebhookEndpoint, WebhookMessage
from community.integrations.webhooks import calling
from community.integrations.webhooks.actions import add_endpoint, change_endpoint, renew_secret
from community.integrations.webhooks.sending import claim, send_due
from community.integrations.webhooks.settling import MOST_TRIES, WAITS, wait_after
from community.integrations.webhooks.signing import signature
from community.members.models import Member
from community.spaces.models import Space, Tag
from community.threads.actions import reply_to_thread, set_post_state
from community.threads.models import State
from tests.community.integrations.webhooks.receiver import Receiver, listening

pytestmark = pytest.mark.django_db


def is_signed(headers: dict[str, str], body: bytes, secret: str) -> bool:
    made = signature(
        secret, key=headers["webhook-id"], timestamp=int(headers["webhook-timestamp"]), body=body
    )
    return made in headers["webhook-signature"].split(" ")


def test_a_reply_is_told_and_signed(
    endpoint: Any, receiver: Receiver, send: Any, alice: Any, bob: Any, space: Any, make_thread: Any
) -> None:
    thread = make_thread(alice, space)
    post = reply_to_thread(actor=bob, thread=thread, body="Take the *light* one.")
    assert send() == 2

    headers, body = next(it for it in receiver.heard if b"post.created" in it[1])
    said = json.loads(body)
    assert is_signed(headers, body, endpoint.shown)
    assert not is_signed(headers, body + b" ", endpoint.shown)
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert said["type"] == "post.created"
    assert said["data"]["excerpt"] == "Take the light one."
    assert said["data"]["thread_title"] == thread.title
    assert said["data"]["actor"] == {"id": bob.pk, "handle": "bob"}
    assert said["data"]["target"] == {"type": "threads.post", "id": post.pk}
    assert said["data"]["space_id"] == space.pk
    assert said["data"]["url"].endswith(f"/p/{post.pk}/")
    assert "@example.org" not in body.decode()
    assert {m.state for m in WebhookMessage.objects.all()} == {"sent"}


def test_messages_are_numbered_without_a_gap_for_each_endpoint(
    endpoint: Any,
    manager: Any,
    receiver: Receiver,
    send: Any,
    alice: Any,
    bob: Any,
    space: Any,
    make_thread: Any,
) -> None:
    thread = make_thread(alice, space)
    other, _secret = add_endpoint(actor=manager, values={"url": receiver.url, "verbs": ["post.created"]})
    for number in range(3):
        reply_to_thread(actor=bob, thread=thread, body=f"Number {number} of what I know about it")
    send()

    numbers = {pk: [] for pk in (endpoint.pk, other.pk)}
    for message in WebhookMessage.objects.order_by("pk"):
        numbers[message.endpoint_id].append(message.sequence)
    assert numbers[endpoint.pk] == [1, 2, 3, 4]
    assert numbers[other.pk] == [1, 2, 3]
    in_order = [it["sequence"] for it in receiver.bodies() if it["type"] == "post.created"]
    assert sorted(in_order) == [1, 2, 2, 3, 3, 4]


def test_filters_let_through_what_they_name(
    manager: Any, receiver: Receiver, send: Any, alice: Any, bob: Any, space: Any, make_thread: Any
) -> None:
    other = Space.objects.create(slug="other", name="Other")
    for values in ({"verbs": ["thread.created"]}, {"space_ids": [other.pk]}):
        add_endpoint(actor=manager, values={"url": receiver.url, **values})
    here, there = make_thread(alice, space), make_thread(alice, other)
    reply_to_thread(actor=bob, thread=here, body="Here")
    reply_to_thread(actor=bob, thread=there, body="There")
    send()

    by_verb, by_space = WebhookEndpoint.objects.order_by("pk")
    assert set(by_verb.messages.values_list("verb", flat=True)) == {"thread.created"}
    assert {m.activity.space_id for m in by_space.messages.select_related("activity")} == {other.pk}
    assert by_space.messages.count() == 2


def test_a_topic_narrows_to_its_threads(
    manager: Any, receiver: Receiver, send: Any, alice: Any, bob: Any, space: Any, make_thread: Any
) -> None:
    endpoint_verbs = ["thread.created", "post.created"]
    Tag.objects.create(slug="tents", name="tents")
    add_endpoint(actor=manager, values={"url": receiver.url, "tags": ["Tents"], "verbs": endpoint_verbs})
    tagged, plain = make_thread(alice, space, tags=["tents"]), make_thread(alice, space)
    for thread in (tagged, plain):
        reply_to_thread(actor=bob, thread=thread, body=f"Hello there, number {thread.pk}")
    send()

    assert {it["data"]["thread_id"] for it in receiver.bodies()} == {tagged.pk}
    assert len(receiver.heard) == 2


def test_a_post_that_was_hidden_meanwhile_is_withheld(
    endpoint: Any,
    receiver: Receiver,
    deliver_all: Any,
    alice: Any,
    bob: Any,
    space: Any,
    make_thread: Any,
    mod: Any,
) -> None:
    post = reply_to_thread(actor=bob, thread=make_thread(alice, space), body="My number is 0170 555.")
    deliver_all()
    set_post_state(actor=mod, post=post, state=State.HIDDEN, reason="Private")
    send_due()

    message = WebhookMessage.objects.get(verb="post.created")
    assert (message.state, message.why, message.attempts) == ("withheld", "hidden", 0)
    assert b"0170" not in b"".join(body for _headers, body in receiver.heard)


def test_words_are_those_of_now(
    endpoint: Any, receiver: Receiver, deliver_all: Any, alice: Any, bob: Any, space: Any, make_thread: Any
) -> None:
    from community.threads.actions import edit_post

    post = reply_to_thread(actor=bob, thread=make_thread(alice, space), body="My number is 0170 555.")
    deliver_all()
    edit_post(actor=bob, post=post, body="Ask me in person.")
    send_due()

    assert b"0170" not in b"".join(body for _headers, body in receiver.heard)
    assert any(it["data"].get("excerpt") == "Ask me in person." for it in receiver.bodies())


@pytest.mark.parametrize("change", [{"role": "member"}, {"is_active": False}])
def test_an_owner_who_left_the_team_hears_nothing(
    change: dict[str, Any],
    endpoint: Any,
    manager: Any,
    receiver: Receiver,
    send: Any,
    alice: Any,
    space: Any,
    make_thread: Any,
) -> None:
    make_thread(alice, space)
    Member.objects.filter(pk=manager.pk).update(**change)
    send()

    assert receiver.heard == []
    assert set(WebhookMessage.objects.values_list("state", "why")) == {("withheld", "owner")}


def test_while_a_secret_is_renewed_both_sign(
    endpoint: Any, manager: Any, receiver: Receiver, send: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    new = renew_secret(actor=manager, endpoint=endpoint)
    make_thread(alice, space)
    send()
    headers, body = receiver.heard[-1]
    assert new != endpoint.shown
    assert is_signed(headers, body, new) and is_signed(headers, body, endpoint.shown)

    WebhookEndpoint.objects.update(old_until=timezone.now() - dt.timedelta(seconds=1))
    make_thread(alice, space)
    send()
    headers, body = receiver.heard[-1]
    assert is_signed(headers, body, new) and not is_signed(headers, body, endpoint.shown)
    kept = WebhookEndpoint.objects.get()
    assert new not in kept.sealed_secret and endpoint.shown not in kept.sealed_old_secret


@pytest.mark.parametrize("mode", ["500", "404", "down", "cut", "redirect", "503", "429"])
def test_what_fails_is_tried_again_with_the_same_id(
    mode: str, endpoint: Any, receiver: Receiver, send: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    receiver.mode = mode
    make_thread(alice, space)
    assert send() == 0
    message = WebhookMessage.objects.get()
    assert (message.state, message.attempts) == ("waiting", 1)
    assert dt.timedelta(seconds=4) < message.due_at - timezone.now() < dt.timedelta(seconds=7)

    receiver.mode = "ok"
    assert send() == 0
    assert send(later=True) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("sent", 2)
    assert len({headers["webhook-id"] for headers, _body in receiver.heard}) == 1
    held = WebhookEndpoint.objects.get()
    assert (held.failures, held.failing_since) == (0, None)


def test_ten_tries_over_about_three_days_and_then_no_more(
    endpoint: Any, receiver: Receiver, send: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    receiver.mode = "500"
    make_thread(alice, space)
    for _turn in range(MOST_TRIES + 2):
        send(later=True)

    message = WebhookMessage.objects.get()
    assert MOST_TRIES == 10
    assert dt.timedelta(days=2.8) < dt.timedelta(seconds=sum(WAITS)) < dt.timedelta(days=3.3)
    assert (message.state, message.why, message.attempts) == ("failed", "tries", MOST_TRIES)
    assert len(receiver.heard) == MOST_TRIES == WebhookAttempt.objects.count()
    spread = {wait_after(3) for _turn in range(20)}
    assert len(spread) > 1
    assert all(WAITS[2] <= it.total_seconds() <= WAITS[2] * 1.2 for it in spread)


@pytest.mark.parametrize("mode", ["429", "503"])
def test_a_receiver_that_asks_for_time_is_given_it(
    mode: str, endpoint: Any, receiver: Receiver, send: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    receiver.mode, receiver.headers = mode, {"Retry-After": "900"}
    make_thread(alice, space)
    make_thread(alice, space)
    send()

    assert len(receiver.heard) == 1
    first = WebhookMessage.objects.order_by("pk").first()
    assert first is not None
    assert first.due_at - timezone.now() > dt.timedelta(seconds=890)
    rests = WebhookEndpoint.objects.get().rests_until
    assert rests is not None and rests - timezone.now() > dt.timedelta(seconds=890)


def test_a_huge_answer_is_read_no_further_than_its_beginning(
    endpoint: Any, receiver: Receiver, send: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    receiver.mode = "huge"
    receiver.headers = {"Set-Cookie": "sid=hunter2", "X-Api-Token": "hunter2", "X-Kind": "fine"}
    make_thread(alice, space)
    assert send() == 1

    told = WebhookAttempt.objects.get()
    assert len(told.response_body) == 1024
    assert "hunter2" not in json.dumps(told.response_headers)
    assert told.response_headers["x-kind"] == "fine"
    assert told.request_headers["webhook-signature"] == calling.MASK


def test_a_slow_receiver_is_left_after_its_time_and_holds_no_other_up(
    endpoint: Any,
    manager: Any,
    receiver: Receiver,
    settings: Any,
    send: Any,
    alice: Any,
    space: Any,
    make_thread: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(calling, "DEADLINE", 3.0)
    receiver.seconds = 20.0
    with listening() as quick:
        settings.EGRESS_TRUSTED = [receiver.origin, quick.origin]
        add_endpoint(actor=manager, values={"url": quick.url, "verbs": ["thread.created"]})
        for _turn in range(3):
            make_thread(alice, space)
        started = time.monotonic()
        arrived: list[float] = []
        quick.heard = Noting(started, arrived)
        assert send() == 3

    assert max(arrived) < 2.5
    assert time.monotonic() - started < 9
    assert WebhookMessage.objects.filter(endpoint=endpoint, attempts=1).count() == 1
    assert "took too long" in WebhookAttempt.objects.get(message__endpoint=endpoint).error


class Noting(list[Any]):
    """Notes when something is heard."""

    def __init__(self, started: float, arrived: list[float]) -> None:
        super().__init__()
        self.started, self.arrived = started, arrived

    def append(self, item: Any) -> None:
        self.arrived.append(time.monotonic() - self.started)
        super().append(item)


def test_an_address_that_leads_inside_is_never_called(
    endpoint: Any, receiver: Receiver, settings: Any, send: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    settings.EGRESS_TRUSTED = []
    make_thread(alice, space)
    send()

    assert receiver.heard == []
    assert WebhookAttempt.objects.get().error.startswith("refused")


def test_one_sender_at_a_time_serves_an_endpoint(
    endpoint: Any, receiver: Receiver, deliver_all: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    make_thread(alice, space)
    deliver_all()

    first = claim()
    assert first is not None
    assert claim() is None
    # A sender that died loses its lease, and the same message goes out once more.
    WebhookEndpoint.objects.update(leased_until=timezone.now() - dt.timedelta(seconds=1))
    assert send_due() == 1


def test_what_waits_goes_to_the_new_address(
    endpoint: Any,
    manager: Any,
    receiver: Receiver,
    deliver_all: Any,
    alice: Any,
    space: Any,
    make_thread: Any,
) -> None:
    make_thread(alice, space)
    deliver_all()
    change_endpoint(actor=manager, endpoint=endpoint, values={"url": receiver.origin + "/moved"})

    assert send_due() == 1
