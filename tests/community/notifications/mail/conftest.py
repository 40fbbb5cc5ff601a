"""A mailbox of ours that is open, and an e-mail that can be answered."""

import pytest

from community.notifications.mail.sending import send_due


@pytest.fixture
def mailbox(settings):
    settings.INBOUND_ADDRESS = "replies@community.example.org"
    settings.INBOUND_WEBHOOK_SECRET = "s" * 32


@pytest.fixture
def asked(mailbox, post, minutes, make_thread, make_reply, space, alice, bob, deliver_all):
    """Alice asked, Bob answered, and the e-mail about it lies in Alice's mailbox."""
    thread = make_thread(alice, space, title="Which poles hold?")
    make_reply(bob, thread, body="Aluminium ones do, in my experience.")
    deliver_all()
    minutes(10)
    send_due()
    return post.letters[-1]
