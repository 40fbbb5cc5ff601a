"""A real process, a real browser's requests, real Redis."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import redis
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from community.notifications.live import channel, publish, publish_topic, publish_unread

pytestmark = pytest.mark.django_db(transaction=True)
ORIGIN = "http://127.0.0.1:8000"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def live(django_db_setup):
    port = free_port()
    environment = {
        **os.environ,
        "DATABASE_URL": _database_url(),
        "PORCHLIGHT_LIVE_PREFIX": settings.LIVE_PREFIX,
        "SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "asginl"),
            *("--host", "127.0.0.1", "--port", str(port)),
            *("--workers", "1", "--no-ws", "--workers-kill-timeout", "1", "config.live:application"),
        ],
        cwd=Path(settings.BASE_DIR),
        env=environment,
        start_new_session=True,
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _database_url():
    parts = urlsplit(os.environ["DATABASE_URL"])
    return parts._replace(path="/" + connection.settings_dict["NAME"]).geturl()


def _wait_for(port):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if _get(port, "/healthz/live").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the live process did not start")


def _get(port, path, **headers):
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=15)
    client.request("GET", path, headers=headers)
    return client.getresponse()


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
