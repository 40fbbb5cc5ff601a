"""Mail that comes in: replies that are posted, replies that are not, and mail of ours that came back."""

import base64
import json
import re
from concurrent.futures import ThreadPoolExecutor
from email.message import EmailMessage
from threading import Barrier

import pytest
from django.db import connection

from community.members.models import Member
from community.notifications.mail.answering import read_inbound
from community.notifications.mail.intake import take_in
from community.notifications.mail.sending import send_due
from community.notifications.models import InboundMail, InboundSource, Notice, OutboundMail, Reach
from community.notifications.tasks import fetch_mail
from community.notifications.tasks import read_inbound as read_task
from community.threads.actions import lock_thread
from community.threads.models import Post, State, Thread
from tests.community.notifications.mailroom import open_room

DSN = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: {to}
Subject: Undelivered Mail
Message-ID: <{id}@mx.example.org>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=x

--x
Content-Type: text/plain

It did not work.
--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; alice@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--x
Content-Type: message/rfc822

From: Porchlight <community@localhost>
Message-ID: {ours}
Subject: Whatever

--x--
"""


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.INBOUND_ADDRESS = "replies@community.example.org"
    settings.INBOUND_WEBHOOK_SECRET = "s" * 32


@pytest.fixture
def asked(post, minutes, make_thread, make_reply, space, alice, bob, deliver_all):
    """Alice asked, Bob answered, and the e-mail about it lies in Alice's mailbox."""
    thread = make_thread(alice, space, title="Which poles hold?")
    make_reply(bob, thread, body="Aluminium ones do, in my experience.")
    deliver_all()
    minutes(10)
    send_due()
    return post.letters[-1]


def answer(letter, text="Thank you, that helped a lot!", *, sender="Alice <alice@example.org>", **headers):
    reply = EmailMessage()
    reply["From"], reply["To"] = sender, letter["Reply-To"]
    reply["Subject"] = f"Re: {letter['Subject']}"
    reply["Message-ID"] = headers.pop("message_id", "<one@mail.example.org>")
    for name, value in headers.items():
        reply[name.replace("_", "-")] = value
    reply.set_content(
        f"{text}\n\nOn Tue, 3 Mar 2026, Porchlight wrote:\n> Bob Birch answered your question\n"
    )
    return reply.as_bytes()


def arrive(raw):
    take_in(raw, InboundSource.IMAP)
    read_inbound()
    return InboundMail.objects.order_by("-pk").first()


def last_post():
    return Post.objects.order_by("-pk").first()


def test_a_letter_says_that_it_can_be_answered_and_where_it_comes_back_to(asked, post):
    mail = OutboundMail.objects.get(state="sent")

    assert re.fullmatch(rf"replies\+r{mail.pk}-[a-z2-7]{{16}}@community\.example\.org", asked["Reply-To"])
    assert re.fullmatch(rf"replies\+b{mail.pk}-[a-z2-7]{{16}}@community\.example\.org", post.senders[-1])
    assert "community@localhost" in asked["From"]
    assert "You can answer by replying" in asked.get_body(("plain",)).get_content()


def test_without_an_address_of_ours_nothing_of_this_is_said(
    settings, post, minutes, make_thread, make_reply, space, alice, bob, deliver_all
):
    settings.INBOUND_ADDRESS = ""
    make_reply(bob, make_thread(alice, space))
    deliver_all()
    minutes(10)
    send_due()

    assert post.letters[-1]["Reply-To"] is None
    assert "replying" not in post.letters[-1].get_body(("plain",)).get_content()


def test_a_reply_is_posted_under_its_writers_name(asked, alice, bob):
    row = arrive(answer(asked))

    assert (row.state, row.kind, row.member, row.raw) == ("done", "reply", alice, None)
    post = last_post()
    assert (post.pk, post.author, post.body_md) == (row.post_pk, alice, "Thank you, that helped a lot!")
    assert post.reply_to.author == bob


def test_what_it_says_is_cleaned_like_anything_else(asked):
    arrive(answer(asked, "Look <script>alert(1)</script> **here** [x](javascript:alert(1))"))

    html = last_post().body_html
    assert "<script" not in html and "href=" not in html and "<strong>here</strong>" in html


def test_the_same_mail_is_posted_once_whatever_brings_it(asked):
    raw = answer(asked)
    for source in (InboundSource.IMAP, InboundSource.WEBHOOK, InboundSource.IMAP):
        take_in(raw, source)
        read_task()

    assert Post.objects.filter(body_md__startswith="Thank you").count() == 1
    assert InboundMail.objects.count() == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda address: address.replace("+r", "+r9"),
        lambda address: address.replace("+r", "+b"),
        lambda address: re.sub(r"-.{4}", "-aaaa", address),
        lambda address: address.replace("community.", "elsewhere."),
        lambda address: "replies@community.example.org",
    ],
)
def test_an_address_that_we_did_not_make_opens_nothing(asked, spoil):
    before = Post.objects.count()
    row = arrive(answer({"Reply-To": spoil(asked["Reply-To"]), "Subject": "x"}))

    assert row.state == "ignored"
    assert Post.objects.count() == before


def test_case_does_not_matter(asked):
    row = arrive(answer({"Reply-To": asked["Reply-To"].upper(), "Subject": "x"}))

    assert row.state == "done"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"Return_Path": "<>"},
        {"List_Id": "<list.example.org>"},
        {"X_Autoreply": "yes"},
        {"sender": "MAILER-DAEMON@mx.example.org"},
        {"sender": "Porchlight <community@localhost>"},
        {"sender": "replies+r1-aaaaaaaaaaaaaaaa@community.example.org"},
    ],
)
def test_machines_are_not_answered(asked, post, headers, deliver_all):
    before, letters = Post.objects.count(), len(post.letters)
    row = arrive(answer(asked, **headers))
    deliver_all()
    send_due()

    assert row.state == "ignored"
    assert (Post.objects.count(), len(post.letters)) == (before, letters)


def refused(post, deliver_all):
    deliver_all()
    send_due()
    letter = post.letters[-1]
    assert letter["Subject"] == "Your reply by e-mail was not posted"
    assert letter["Auto-Submitted"] == "auto-generated" and letter["Reply-To"] is None
    return letter


def test_another_sender_is_refused_and_the_member_is_told(asked, post, deliver_all):
    before = Post.objects.count()
    row = arrive(answer(asked, sender="eve@example.com"))

    assert row.state == "refused"
    assert Post.objects.count() == before
    letter = refused(post, deliver_all)
    assert letter["To"].addresses[0].addr_spec == "alice@example.org"
    assert "Write from alice@example.org" in letter.get_body(("plain",)).get_content()


def test_a_closed_thread_says_why_in_one_mail(asked, mod, post, deliver_all):
    lock_thread(actor=mod, thread=Thread.objects.get())
    letters = len(post.letters)
    row = arrive(answer(asked))

    assert row.state == "refused" and "closed" in row.reason
    assert "This thread is closed." in refused(post, deliver_all).get_body(("plain",)).get_content()
    send_due()
    assert len(post.letters) == letters + 1


def test_what_can_no_longer_be_seen_is_not_answered_and_not_named(asked, post, deliver_all):
    Thread.objects.update(state=State.HIDDEN)
    row = arrive(answer(asked))

    assert row.reason == "What you answered can no longer be seen."
    assert "Which poles hold?" not in str(refused(post, deliver_all))


def test_an_old_mail_opens_nothing(asked, minutes, post, deliver_all):
    minutes(31 * 24 * 60)
    row = arrive(answer(asked))

    assert row.state == "refused"
    assert "older than 30 days" in row.reason


def test_after_a_change_of_address_the_old_mailbox_speaks_for_nobody(asked, post, alice, deliver_all):
    Member.objects.filter(pk=alice.pk).update(email="new@example.org")
    letters = len(post.letters)
    row = arrive(answer(asked))
    deliver_all()
    send_due()

    assert row.state == "ignored"
    assert len(post.letters) == letters


def test_a_suspended_member_posts_nothing(asked, alice, at_noon):
    from django.utils import timezone

    Member.objects.filter(pk=alice.pk).update(suspended_until=timezone.now() + timezone.timedelta(days=3))
    before = Post.objects.count()

    assert arrive(answer(asked)).state == "refused"
    assert Post.objects.count() == before


def test_without_words_of_their_own_nothing_is_posted(asked):
    assert "no words of your own" in arrive(answer(asked, "")).reason


def test_refusals_end_so_that_no_loop_can_go_on(asked, post, deliver_all):
    for number in range(8):
        arrive(answer(asked, "", message_id=f"<{number}@mail.example.org>"))
    deliver_all()
    send_due()

    told = [letter for letter in post.letters if "not posted" in letter["Subject"]]
    assert 0 < Notice.objects.filter(kind="mail.reply_refused").count() <= 5
    assert len(told) <= 5


def test_a_report_that_there_is_no_such_address_ends_mail_to_it(asked, post):
    row = arrive(
        DSN.format(to=post.senders[-1], id=1, action="failed", status="5.1.1", ours="<x@y>").encode()
    )

    assert (row.state, row.kind) == ("done", "bounce")
    assert Reach.objects.get().stopped_for == "hard"
    assert "no such user" in Reach.objects.get().detail


@pytest.mark.parametrize(
    ("action", "status"), [("failed", "4.2.0"), ("failed", "5.2.2"), ("failed", "5.7.1")]
)
def test_a_report_about_a_trouble_of_today_is_scored(asked, post, action, status):
    arrive(DSN.format(to=post.senders[-1], id=1, action=action, status=status, ours="<x@y>").encode())

    assert (Reach.objects.get().bounce_score, Reach.objects.get().stopped_at) == (1, None)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_report_that_is_none_of_both_changes_nothing(asked, post, action):
    row = arrive(DSN.format(to=post.senders[-1], id=1, action=action, status="4.0.0", ours="<x@y>").encode())

    assert row.state == "ignored"
    assert not Reach.objects.exists()


def test_a_report_to_another_address_is_known_by_the_mail_in_it(asked):
    raw = DSN.format(
        to="community@localhost", id=1, action="failed", status="5.1.1", ours=asked["Message-ID"]
    ).encode()

    assert arrive(raw).state == "done"
    assert Reach.objects.get().stopped_for == "hard"


def test_a_forged_report_stops_nobody(asked):
    mail = OutboundMail.objects.get(state="sent")
    to = f"replies+b{mail.pk}-{'a' * 16}@community.example.org"
    ours = f"<mail-{mail.pk}.{'0' * 16}@localhost>"

    assert (
        arrive(DSN.format(to=to, id=1, action="failed", status="5.1.1", ours=ours).encode()).state
        == "ignored"
    )
    assert not Reach.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [b"\x00\xff" * 50, b"Subject: x\n\n", b"Content-Type: multipart/mixed\n\nx", b"From: \xff\xfe\n\nhello"],
)
def test_rubbish_is_left_aside(db, raw):
    assert arrive(raw).state == "ignored"


def test_eight_workers_post_it_once(
    transactional_db, settings, make_member, make_thread, make_reply, space, deliver_all
):
    from community.notifications.mail.addresses import reply_address

    alice, bob = make_member("alice"), make_member("bob")
    make_reply(bob, make_thread(alice, space))
    deliver_all()
    mail = OutboundMail.objects.get(member=alice)
    mail.to, mail.can_reply = alice.email, True
    mail.save()
    take_in(answer({"Reply-To": reply_address(mail), "Subject": "x"}), InboundSource.IMAP)
    barrier = Barrier(8)

    def work(_n):
        barrier.wait()
        try:
            return read_inbound()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(8))) == 1
    assert Post.objects.filter(body_md__startswith="Thank you").count() == 1


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
