"""What brings mail in: a mailbox, and what a provider tells."""

import base64
import json

import pytest

from community.notifications.mail.answering import read_inbound
from community.notifications.models import InboundMail, Reach
from community.notifications.tasks import fetch_mail
from community.notifications.tasks import read_inbound as read_task
from community.threads.models import Post
from tests.community.notifications.letters import answer
from tests.community.notifications.mailroom import open_room


@pytest.fixture(autouse=True)
def open_to_mail(mailbox):
    """These tests need a mailbox of ours."""


def last_post():
    return Post.objects.order_by("-pk").first()


def test_it_is_fetched_from_a_real_mailbox_and_marked_as_read(asked, settings):
    room, server = open_room()
    settings.INBOUND_IMAP_URL = (
        f"imap://replies:a%20password%20with%20%2F%20and%20%40@127.0.0.1:{room.port}/INBOX"
    )
    room.put(answer(asked))
    room.put(b"Subject: something else\n\nhello")
    try:
        assert fetch_mail() == 2
        assert read_task() == 2
        assert fetch_mail() == 0
    finally:
        server.shutdown()
        server.server_close()

    assert room.seen == {1, 2}
    assert last_post().body_md == "Thank you, that helped a lot!"


@pytest.mark.parametrize("wrong", ["password", "folder", "port"])
def test_a_mailbox_that_cannot_be_read_breaks_nothing(db, settings, wrong):
    room, server = open_room()
    server_port = 1 if wrong == "port" else room.port
    password = "other" if wrong == "password" else "a%20password%20with%20%2F%20and%20%40"
    folder = "Absent" if wrong == "folder" else "INBOX"
    settings.INBOUND_IMAP_URL = f"imap://replies:{password}@127.0.0.1:{server_port}/{folder}"
    try:
        assert fetch_mail() == 0
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("url", ["ftp://somewhere", "imaps://", "nonsense"])
def test_an_address_that_is_no_mailbox_breaks_nothing(db, settings, url):
    settings.INBOUND_IMAP_URL = url

    assert fetch_mail() == 0


def test_without_a_mailbox_nothing_is_asked(db, settings):
    settings.INBOUND_IMAP_URL = ""

    assert fetch_mail() == 0


def hand_in(client, event, secret="s" * 32):
    body = event if isinstance(event, str) else json.dumps(event)
    return client.post(
        "/mail/inbound/", body, content_type="application/json", headers={"X-Porchlight-Secret": secret}
    )


def test_a_provider_brings_a_reply(asked, client):
    event = {"type": "message", "raw_base64": base64.b64encode(answer(asked)).decode()}

    assert (hand_in(client, event).status_code, hand_in(client, event).status_code) == (202, 200)
    read_inbound()
    assert last_post().body_md == "Thank you, that helped a lot!"


def test_a_provider_tells_of_a_bounce_once(asked, client):
    event = {
        "type": "bounce",
        "id": "e1",
        "message_id": asked["Message-ID"],
        "permanent": False,
        "reason": "full",
    }

    assert [hand_in(client, event).status_code for _again in range(3)] == [202, 200, 200]
    assert Reach.objects.get().bounce_score == 1


def test_a_provider_tells_of_a_complaint(client, alice):
    assert (
        hand_in(client, {"type": "complaint", "id": "c1", "recipient": "ALICE@example.org"}).status_code
        == 202
    )
    assert Reach.objects.get(member=alice).stopped_for == "complaint"


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ("no json", 400),
        ("[]", 422),
        ({"type": "party"}, 422),
        ({"type": "bounce", "recipient": "alice@example.org"}, 422),
        ({"type": "message", "raw_base64": "%%%"}, 422),
        ({"type": "bounce", "id": "e9", "recipient": "nobody@example.org", "permanent": True}, 202),
    ],
)
def test_what_is_not_understood_changes_nothing(client, alice, event, status):
    assert hand_in(client, event).status_code == status
    assert not Reach.objects.exists()


def test_another_secret_opens_nothing(client, settings, alice):
    event = {"type": "complaint", "id": "c1", "recipient": alice.email}

    assert hand_in(client, event, secret="wrong").status_code == 403
    assert hand_in(client, event, secret="").status_code == 403
    settings.INBOUND_WEBHOOK_SECRET = ""
    assert hand_in(client, event, secret="").status_code == 404
    assert not InboundMail.objects.exists()
