"""Replies by e-mail: those that are posted, and those that are not."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from django.db import connection

from community.members.models import Member
from community.notifications.mail.answering import read_inbound
from community.notifications.mail.intake import take_in
from community.notifications.mail.sending import send_due
from community.notifications.models import InboundMail, InboundSource, Notice, OutboundMail
from community.notifications.tasks import read_inbound as read_task
from community.threads.actions import lock_thread
from community.threads.models import Post, State, Thread
from tests.community.notifications.letters import answer, arrive


@pytest.fixture(autouse=True)
def open_to_mail(mailbox):
    """These tests need a mailbox of ours."""


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


RECEIVER = "mx.example.org"
PASSED = f"{RECEIVER}; dmarc=pass header.from=example.org"


@pytest.mark.parametrize(
    "found",
    [
        PASSED,
        f"{RECEIVER}; dkim=pass (2048 bit) header.d=example.org header.s=one; spf=fail smtp.mailfrom=x.test",
        f"{RECEIVER} 1; spf=pass smtp.mailfrom=alice@mail.example.org; dkim=none",
        "MX.Example.org;\n dkim=fail header.d=list.test;\n dkim=pass header.i=@example.org",
    ],
)
def test_with_a_trusted_receiver_a_proven_sender_is_believed(asked, settings, found):
    settings.INBOUND_TRUSTED_RECEIVER = RECEIVER

    assert arrive(answer(asked, Authentication_Results=found.replace("\n", ""))).state == "done"


@pytest.mark.parametrize(
    "found",
    [
        f"{RECEIVER}; dmarc=fail header.from=example.org; dkim=pass header.d=example.org",
        f"{RECEIVER}; dkim=fail header.d=example.org; spf=softfail smtp.mailfrom=alice@example.org",
        f"{RECEIVER}; dkim=pass header.d=evil.test; spf=pass smtp.mailfrom=evil.test",
        f"{RECEIVER}; dkim=pass header.d=notexample.org",
        f"{RECEIVER}; dkim=pass header.d=org",
        f"{RECEIVER}; dkim=fail (dkim=pass header.d=example.org) header.d=example.org",
        f"{RECEIVER}; none",
        "mx.evil.test; dmarc=pass header.from=example.org",
        "",
    ],
)
def test_a_sender_who_is_not_proven_is_refused_with_the_reason(asked, settings, post, deliver_all, found):
    settings.INBOUND_TRUSTED_RECEIVER = RECEIVER
    before = Post.objects.count()
    headers = {"Authentication_Results": found} if found else {}

    row = arrive(answer(asked, **headers))

    assert row.state == "refused" and "could not be proven" in row.reason
    assert Post.objects.count() == before
    assert "could not be proven" in refused(post, deliver_all).get_body(("plain",)).get_content()


def test_only_the_first_line_of_the_trusted_receiver_counts(asked, settings):
    """It stands above what came with the mail, and a forger cannot write above it."""
    settings.INBOUND_TRUSTED_RECEIVER = RECEIVER
    failed = f"Authentication-Results: {RECEIVER}; dmarc=fail header.from=example.org\n"
    raw = failed.encode() + answer(asked, Authentication_Results=PASSED)

    assert arrive(raw).state == "refused"


@pytest.mark.parametrize("second", ["eve@example.com", "Alice <alice@example.org>"])
def test_a_mail_from_several_is_from_nobody(asked, second):
    before = Post.objects.count()

    assert arrive(answer(asked, sender=f"Alice <alice@example.org>, {second}")).state == "ignored"
    assert arrive(f"From: {second}\n".encode() + answer(asked, message_id="<two@x.test>")).state == "ignored"
    assert Post.objects.count() == before


def test_an_address_that_is_not_confirmed_speaks_for_nobody(asked, alice):
    EmailAddress.objects.create(user=alice, email="Alice@example.org", verified=False, primary=True)
    before = Post.objects.count()

    row = arrive(answer(asked))

    assert row.state == "refused" and "not confirmed" in row.reason
    assert Post.objects.count() == before


@pytest.mark.parametrize(
    "head",
    [
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000)),
        b"Content-Type: message/rfc822\n\n" * 3_000,
        b"Message-ID: " + b"(" * 5_000 + b"\n\nhello",
        b"To: " + b", ".join(b"a%d@b.c" % n for n in range(100_000)) + b"\n\nhello",
        b"To: " + b"(" * 20_000 + b"\n\nhello",
        b"Content-Type: text/plain" + b"; a*0=b" * 20_000 + b"\n\nhello",
        b"X: y\rContent-Type: text/plain" + b";\r a*0=b" * 20_000 + b"\r\rhello",
    ],
    ids=["deep", "nested", "id", "many", "comments", "parameters", "returns"],
)
def test_a_hostile_mail_is_put_aside_and_delays_nobody(db, head):
    """One that could not be taken in would be fetched from the mailbox for ever, and everything behind it never."""
    begun = time.process_time()

    assert arrive(b"From: eve@example.com\n" + head).state == "ignored"
    assert time.process_time() - begun < 3
