"""A real process, a real browser's requests, real Redis."""

import json
import time
from contextlib import contextmanager

import pytest
import redis
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from community.notifications.live import channel, publish, publish_topic, publish_unread
from tests.live_process import ask as _get
from tests.live_process import free_port, live_process

pytestmark = pytest.mark.django_db(transaction=True)
ORIGIN = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def live(django_db_setup):
    with live_process(free_port()) as port:
        yield port


def cookie_of(client):
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


@contextmanager
def listening(port, client, path="/live/"):
    response = _get(port, path, Cookie=cookie_of(client), Origin=ORIGIN)
    assert response.status == 200, response.read()
    assert response.headers["Content-Type"] == "text/event-stream"
    _hears(response)
    try:
        yield response
    finally:
        response.close()


def _hears(response):
    assert next_line(response).startswith("retry:")
    client = redis.Redis.from_url(settings.REDIS_URL)
    deadline = time.monotonic() + 10
    while not client.pubsub_numsub(channel())[0][1]:
        assert time.monotonic() < deadline, "nobody listens at Redis"
        time.sleep(0.05)


def next_line(response):
    while True:
        line = response.readline().decode().strip()
        if line and not line.startswith(":"):
            return line
        if not line and response.isclosed():
            raise EOFError


def next_news(response):
    return json.loads(next_line(response).removeprefix("data: "))


def say(action):
    with transaction.atomic():
        action()


def ends(response, within=6.0):
    begun = time.monotonic()
    response.fp.raw._sock.settimeout(within + 1)
    while time.monotonic() - begun < within:
        if not response.readline():
            return True
    return False


def test_a_member_hears_their_own_news_and_nobody_elses(live, make_member, sign_in):
    alice, bob = make_member("alice"), make_member("bob")

    with listening(live, sign_in(alice)) as stream:
        say(lambda: publish([bob.pk], {"kind": "notices", "count": 9}))
        say(lambda: publish([alice.pk], {"kind": "notices", "count": 2}))

        assert next_news(stream) == {"kind": "notices", "count": 2}


def test_the_count_is_the_one_after_the_commit(live, make_member, sign_in):
    from community.members.actions import move_unread_counts

    alice = make_member("alice")

    def tell():
        publish_unread(member_ids=[alice.pk])
        move_unread_counts(actor=None, deltas={alice.pk: 3})

    with listening(live, sign_in(alice)) as stream:
        say(tell)

        assert next_news(stream) == {"kind": "notices", "count": 3}


def test_nothing_is_said_of_what_was_rolled_back(live, make_member, sign_in):
    alice = make_member("alice")

    with listening(live, sign_in(alice)) as stream:
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            publish([alice.pk], {"kind": "notices", "count": 1})
            1 / 0
        say(lambda: publish([alice.pk], {"kind": "notices", "count": 2}))

        assert next_news(stream)["count"] == 2


def test_a_thread_is_heard_only_by_those_who_may_read_it(live, make_member, sign_in, space, private_space):
    from community.threads.models import Thread

    alice = make_member("alice")
    open_thread = Thread.objects.create(space=space, author=alice, title="Open")
    closed = Thread.objects.create(space=private_space, title="Closed")
    path = f"/live/?topic=thread-{open_thread.pk}&topic=thread-{closed.pk}&topic=thread-x&topic=members"

    with listening(live, sign_in(alice), path) as stream:
        say(lambda: publish_topic(f"thread-{closed.pk}", {"post": 1}))
        say(lambda: publish_topic(f"thread-{open_thread.pk}", {"post": 2}))

        assert next_news(stream) == {"kind": f"thread-{open_thread.pk}", "post": 2}


def test_guests_and_strangers_hear_nothing(live, db):
    assert _get(live, "/live/").status == 401
    assert _get(live, "/live/", Cookie=f"{settings.SESSION_COOKIE_NAME}=made-up").status == 401
    assert _get(live, "/elsewhere/").status == 404


def test_pages_of_other_sites_may_not_listen(live, make_member, sign_in):
    cookie = cookie_of(sign_in(make_member("alice")))

    response = _get(live, "/live/", Cookie=cookie, Origin="https://evil.example")

    assert response.status == 403
    assert "Access-Control-Allow-Origin" not in response.headers


def test_our_own_page_on_another_port_may_listen_with_its_cookie(live, make_member, sign_in):
    response = _get(live, "/live/", Cookie=cookie_of(sign_in(make_member("alice"))), Origin=ORIGIN)

    assert response.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert response.headers["Access-Control-Allow-Credentials"] == "true"
    assert "Origin" in response.headers["Vary"]
    response.close()


def test_signing_out_ends_the_stream_within_five_seconds(live, make_member, sign_in):
    client = sign_in(make_member("alice"))

    with listening(live, client) as stream:
        client.logout()

        assert ends(stream)


def test_suspension_ends_the_stream_within_five_seconds(live, make_member, sign_in):
    alice = make_member("alice")

    with listening(live, sign_in(alice)) as stream:
        alice.suspended_until = timezone.now() + timezone.timedelta(days=1)
        alice.save()

        assert ends(stream)


def test_a_new_password_ends_the_streams_of_the_old_one(live, make_member, sign_in):
    alice = make_member("alice")

    with listening(live, sign_in(alice)) as stream:
        alice.set_password("another long password")
        alice.save()

        assert ends(stream)


def test_losing_sight_of_a_thread_ends_the_stream(live, make_member, sign_in, private_space):
    from community.spaces.models import SpaceMembership
    from community.threads.models import Thread

    alice = make_member("alice")
    inside = SpaceMembership.objects.create(space=private_space, member=alice)
    thread = Thread.objects.create(space=private_space, title="Closed")

    with listening(live, sign_in(alice), f"/live/?topic=thread-{thread.pk}") as stream:
        inside.delete()

        assert ends(stream)


def test_many_streams_hear_one_word(live, make_member, sign_in):
    clients = [sign_in(make_member(f"m{n}")) for n in range(10)]
    from community.members.models import Member

    ids = list(Member.objects.values_list("pk", flat=True))
    streams = [_get(live, "/live/", Cookie=cookie_of(client)) for client in clients for _twice in range(3)]
    for stream in streams:
        _hears(stream)

    say(lambda: publish(ids, {"kind": "notices", "count": 1}))

    assert [next_news(stream)["count"] for stream in streams] == [1] * 30
    for stream in streams:
        stream.close()


def test_without_redis_saying_something_is_harmless(make_member, settings, monkeypatch):
    from community.notifications import live

    alice = make_member("alice")
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    live._client.cache_clear()
    try:
        say(lambda: publish([alice.pk], {"kind": "notices", "count": 1}))
    finally:
        live._client.cache_clear()


def test_a_room_is_heard_by_its_readers_but_not_by_those_left_out(
    live, make_member, sign_in, space, private_space
):
    from community.messages.models import Conversation, Room

    alice, bob = make_member("alice"), make_member("bob")
    rooms = [
        Room.objects.create(
            conversation=Conversation.objects.create(title=where.name, is_room=True), space=where
        )
        for where in (space, private_space)
    ]
    path = "/live/?" + "&".join(f"topic=room-{room.pk}" for room in rooms)
    mine, closed = (f"room-{room.pk}" for room in rooms)

    with listening(live, sign_in(alice), path) as stream, listening(live, sign_in(bob), path) as other:
        say(lambda: publish_topic(closed, {"revision": 1}))
        say(lambda: publish_topic(mine, {"typing": bob.pk, "name": "Bob"}, but_not=[bob.pk]))
        say(lambda: publish_topic(mine, {"revision": 2}))

        assert next_said(stream) == {"kind": mine, "typing": bob.pk, "name": "Bob"}
        assert next_said(stream) == {"kind": mine, "revision": 2}
        assert next_said(other) == {"kind": mine, "revision": 2}


def next_said(stream):
    """The next news that is not about who is here."""
    while "here" in (news := next_news(stream)):
        pass
    return news


def test_who_has_a_room_open_is_known_to_every_process_and_mends_itself(live, make_member, sign_in, space):
    from community.messages import presence
    from community.messages.models import Conversation, Room

    alice, bob, shy = make_member("alice"), make_member("bob"), make_member("shy", shows_presence=False)
    room = Room.objects.create(
        conversation=Conversation.objects.create(title="Hut", is_room=True), space=space
    )
    path = f"/live/?topic=room-{room.pk}"

    def is_here(*members):
        return wait_until(lambda: presence.who_is_here([room.pk]).get(room.pk) == {one.pk for one in members})

    with live_process(free_port()) as second, listening(live, sign_in(alice), path) as stream:
        with listening(second, sign_in(bob), path), listening(second, sign_in(shy), path):
            assert is_here(alice, bob)
            news = next_news(stream)
            assert news == {"kind": f"room-{room.pk}", "here": True}

            client = redis.Redis.from_url(settings.REDIS_URL)
            client.delete(*client.keys(f"here:{settings.LIVE_PREFIX}:*"))
            assert is_here(alice, bob)
        assert is_here(alice)
    assert is_here()


def wait_until(holds, within=14.0):
    begun = time.monotonic()
    while time.monotonic() - begun < within:
        if holds():
            return True
        time.sleep(0.2)
    return False


def test_leaving_a_room_by_invitation_ends_the_stream(live, make_member, sign_in):
    from community.messages.models import Conversation, Participation, Room

    alice = make_member("alice")
    room = Room.objects.create(conversation=Conversation.objects.create(title="Hut", is_room=True))
    place = Participation.objects.create(conversation=room.conversation, member=alice)

    with listening(live, sign_in(alice), f"/live/?topic=room-{room.pk}") as stream:
        place.left_at = timezone.now()
        place.save()

        assert ends(stream)


def test_pages_are_told_when_redis_is_away(make_member, sign_in):
    client = sign_in(make_member("alice"))

    with live_process(free_port(), REDIS_URL="redis://127.0.0.1:1/0") as port:
        response = _get(port, "/live/", Cookie=cookie_of(client), Origin=ORIGIN)
        assert next_line(response).startswith("retry:")
        assert next_news(response) == {"kind": "off"}
        response.close()
