import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.utils import timezone

from community.notifications.actions import mark_all_read, pause, save_choices, stop_mail
from community.notifications.mail.sending import send_due
from community.notifications.mail.settling import release_lost, retry
from community.notifications.models import Choice, ContactDecision, Digest, OutboundMail, Reach
from community.notifications.queries.choices import Chosen
from community.notifications.registry import AT_ONCE, Purpose
from community.notifications.tasks import send_due as send_due_task


def states():
    return list(OutboundMail.objects.order_by("pk").values_list("state", flat=True))


def reasons():
    return list(ContactDecision.objects.order_by("pk").values_list("code", flat=True))


def test_a_letter_arrives_with_two_written_parts_and_a_way_to_stop(post, minutes, tell, alice, bob):
    tell([bob], actor=alice)
    minutes(10)

    assert send_due() == 1

    (letter,) = post.letters
    assert letter["To"] == "Bob Birch <bob@example.org>"
    assert letter["Subject"] == "Alice Arden waved"
    assert letter["From"].startswith("Porchlight <")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/stop/" in letter["List-Unsubscribe"]
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_body(("plain",)).get_content()
    page = letter.get_body(("html",)).get_content()
    assert "Good morning & welcome" in text
    assert "Good morning &amp; welcome" in page
    assert "You get this because someone waved." in text and "You get this because someone waved." in page
    assert "<script" not in page and len(page) < 30_000
    assert states() == ["sent"]
    assert reasons() == ["ok"]


def test_the_same_ring_three_times_sends_one_letter(post, minutes, tell, happen, alice, bob):
    activity = happen(alice)
    for _again in range(3):
        tell([bob], actor=alice, activity=activity)
    minutes(10)

    assert [send_due_task() for _again in range(3)] == [1, 0, 0]

    assert len(post.letters) == 1


def test_nothing_leaves_before_it_is_due(post, minutes, tell, alice, bob):
    tell([bob], actor=alice)
    minutes(9)

    assert send_due() == 0
    assert not post.letters


def test_what_was_read_meanwhile_is_not_mailed(post, minutes, tell, alice, bob):
    tell([bob], actor=alice)
    minutes(5)
    mark_all_read(actor=bob)
    minutes(5)

    send_due()

    assert not post.letters
    assert (states(), reasons()) == (["dropped"], ["read"])


def test_several_things_travel_in_one_letter(post, minutes, tell, alice, bob, carol):
    tell([bob], actor=alice)
    minutes(6)
    tell([bob], actor=carol)
    minutes(4)

    assert send_due() == 1

    (letter,) = post.letters
    assert letter["Subject"] == "Alice Arden waved, and 1 more"
    assert "Carol Cove waved" in letter.get_body(("plain",)).get_content()
    assert states() == ["sent", "joined"]
    assert OutboundMail.objects.last().carrier == OutboundMail.objects.first()


def test_what_became_hidden_is_not_mailed_and_leaves_no_trace_of_its_words(
    post, minutes, tell, fence, alice, bob
):
    tell([bob], actor=alice)
    fence.hidden_from.add(bob.pk)
    minutes(10)

    send_due()

    assert not post.letters
    assert reasons() == ["gone"]
    assert OutboundMail.objects.get().html == OutboundMail.objects.get().subject == ""


def test_the_third_letter_of_the_week_is_the_last(post, minutes, tell, alice, bob):
    for _letter in range(5):
        tell([bob], actor=alice)
        minutes(10)
        send_due()

    assert len(post.letters) == 3
    assert reasons() == ["ok", "ok", "ok", "cap", "cap"]


def test_service_letters_do_not_use_up_the_week(post, minutes, tell, make_kind, alice, bob):
    order = make_kind("test.order", purpose=Purpose.SERVICE, mail_delay=AT_ONCE)
    for _letter in range(5):
        tell([bob], actor=alice, kind=order)
        send_due()
    tell([bob], actor=alice)
    minutes(10)
    send_due()

    assert len(post.letters) == 6


def test_two_workers_cannot_both_take_the_last_place(transactional_db, post, tell, make_kind, make_member):
    alone = make_kind("test.alone", template="email/account", mail_delay=AT_ONCE)
    bob = make_member("bob", time_zone=_zone_at_noon())
    for _letter in range(8):
        tell([bob], kind=alone)
    gate = Barrier(4)

    def run(_number):
        gate.wait()
        sent = sum(send_due() for _again in range(3))
        connection.close()
        return sent

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(run, range(4)))

    assert len(post.letters) == 3
    assert sorted(states()) == ["dropped"] * 5 + ["sent"] * 3


def _zone_at_noon():
    """A zone where it is about noon now, so that real time may pass in a test."""
    offset = (timezone.now().hour - 12) % 24
    return f"Etc/GMT{'+' if offset <= 12 else '-'}{offset if offset <= 12 else 24 - offset}"


def test_at_night_it_waits_for_the_morning(post, minutes, at_noon, tell, alice, bob):
    bob.time_zone = "Asia/Tokyo"  # 21:00 there
    bob.save()
    tell([bob], actor=alice)
    minutes(10)
    send_due()

    assert not post.letters
    assert reasons() == ["quiet"]
    assert OutboundMail.objects.get().due_at == dt.datetime(2026, 6, 10, 23, 0, tzinfo=dt.UTC)

    at_noon.move_to(dt.datetime(2026, 6, 10, 23, 0, tzinfo=dt.UTC))
    send_due()
    assert len(post.letters) == 1


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda bob, wave: stop_mail(actor=bob, kind=wave), "off"),
        (lambda bob, wave: pause(actor=bob), "paused"),
        (lambda bob, wave: save_choices(actor=bob, chosen={wave.key: Chosen(Choice.ON, Choice.OFF)}), "off"),
        (lambda bob, wave: type(bob).objects.filter(pk=bob.pk).update(email=""), "no_address"),
        (lambda bob, wave: type(bob).objects.filter(pk=bob.pk).update(is_active=False), "closed"),
        (
            lambda bob, wave: (
                type(bob)
                .objects.filter(pk=bob.pk)
                .update(suspended_until=dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
            ),
            "suspended",
        ),
    ],
)
def test_what_changed_before_it_was_due_counts(post, minutes, tell, wave, alice, bob, prepare, code):
    tell([bob], actor=alice)
    prepare(bob, wave)
    minutes(10)

    send_due()

    assert not post.letters
    assert (states(), reasons()) == (["dropped"], [code])


def test_an_unconfirmed_address_waits_for_its_confirmation(post, minutes, tell, alice, bob):
    address = EmailAddress.objects.create(user=bob, email=bob.email, primary=True, verified=False)
    tell([bob], actor=alice)
    minutes(10)
    send_due()
    assert reasons() == ["unconfirmed"]

    address.verified = True
    address.save()
    OutboundMail.objects.update(due_at=timezone.now())
    send_due()

    assert len(post.letters) == 1


def test_a_server_that_does_not_answer_is_asked_again_later_and_later(minutes, settings, tell, alice, bob):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 2
    tell([bob], actor=alice)
    minutes(10)
    waits = []
    for _attempt in range(5):
        send_due()
        mail = OutboundMail.objects.get()
        waits.append((mail.due_at - timezone.now()).total_seconds() / 60)
        minutes(max(waits[-1], 0))

    assert waits[:4] == [1, 4, 16, 64]
    assert mail.state == "failed"
    assert "did not answer" in mail.error
    assert retry([mail.pk]) == 1


def test_a_letter_the_server_puts_off_arrives_at_the_second_try(post, minutes, tell, alice, bob):
    post.answers = ["451 later"]
    tell([bob], actor=alice)
    minutes(10)
    send_due()
    assert states() == ["queued"]

    minutes(1)
    send_due()

    assert len(post.letters) == 1
    assert states() == ["sent"]


def test_an_address_that_is_refused_twice_is_left_alone(post, minutes, tell, alice, bob):
    post.refuse = {bob.email: "550 no such person"}
    for _letter in range(3):
        tell([bob], actor=alice)
        minutes(10)
        send_due()

    assert states() == ["failed", "failed", "dropped"]
    assert reasons()[-1] == "refused_address"

    bob.email = "bob@new.example"
    bob.save()
    tell([bob], actor=alice)
    minutes(10)
    send_due()
    assert len(post.letters) == 1


def test_when_nobody_knows_whether_it_left_it_is_sent_once_more_with_the_same_id(
    post, minutes, tell, alice, bob
):
    post.hang_up_after_data = 2
    tell([bob], actor=alice)
    minutes(10)
    for _again in range(4):
        send_due()
        minutes(5)

    assert len(post.letters) == 2
    assert post.letters[0]["Message-ID"] == post.letters[1]["Message-ID"]
    assert states() == ["failed"]
    assert "outcome unknown" in OutboundMail.objects.get().error


def test_a_worker_that_died_while_sending_costs_at_most_one_more_letter(post, minutes, tell, alice, bob):
    tell([bob], actor=alice)
    OutboundMail.objects.update(
        state="sending", attempts=1, lease_until=timezone.now() - timezone.timedelta(minutes=1)
    )

    assert release_lost() == 1
    minutes(10)
    send_due()

    assert len(post.letters) == 1
    assert states() == ["sent"]
    assert OutboundMail.objects.get().unknown_outcomes == 1


def test_a_lease_that_still_runs_is_not_taken(post, minutes, tell, alice, bob):
    tell([bob], actor=alice)
    OutboundMail.objects.update(
        state="sending", attempts=1, lease_until=timezone.now() + timezone.timedelta(minutes=20)
    )
    minutes(10)

    assert send_due() == 0
    assert not post.letters


def test_many_workers_send_each_letter_once(transactional_db, post, tell, make_kind, make_member):
    order = make_kind("test.order", purpose=Purpose.SERVICE, mail_delay=AT_ONCE)
    crowd = [make_member(f"m{n}", time_zone=_zone_at_noon()) for n in range(24)]
    tell(crowd, kind=order)
    gate = Barrier(6)

    def run(_number):
        gate.wait()
        send_due()
        connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(run, range(6)))
    send_due()

    assert sorted(letter["To"].addresses[0].username for letter in post.letters) == sorted(
        member.handle for member in crowd
    )
    assert set(states()) == {"sent"}


def test_no_transaction_is_open_while_the_mail_server_is_asked(
    transactional_db, tell, make_kind, make_member
):
    from community.notifications.channels.email import MailServer
    from community.notifications.mail.sending import deliver, prepare

    order = make_kind("test.order", purpose=Purpose.SERVICE, mail_delay=AT_ONCE)
    bob = make_member("bob", time_zone=_zone_at_noon())
    tell([bob], kind=order)
    seen = []

    class Watching(MailServer):
        def send(self, letter):
            seen.append((connection.in_atomic_block, OutboundMail.objects.get().state))

    for mail in prepare(bob.pk):
        deliver(Watching(), mail)

    assert seen == [(False, "sending")]


def test_every_letter_that_left_has_an_answer_of_the_gate(post, minutes, tell, alice, bob, carol):
    tell([bob, carol], actor=alice)
    minutes(10)
    send_due()

    for mail in OutboundMail.objects.filter(state__in=["sent", "joined"]):
        assert mail.decisions.filter(answer="allow").exists()


def test_letters_speak_the_language_of_their_reader(post, minutes, tell, alice, bob):
    bob.language = "ar"
    bob.save()
    tell([bob], actor=alice)
    minutes(10)
    send_due()

    page = post.letters[0].get_body(("html",)).get_content()
    assert '<html lang="ar" dir="rtl"' in page
    assert "Or nod. (ar)" in page


def test_a_refusal_is_forgotten_little_by_little_when_letters_arrive(post, minutes, tell, alice, bob):
    Reach.objects.create(member=bob, bounce_score=2, refused_address=bob.email)
    tell([bob], actor=alice)
    minutes(10)
    send_due()

    assert Reach.objects.get().bounce_score == Decimal("1.9")


def test_a_wave_of_digests_does_not_stand_before_other_letters(post, minutes, tell, alice, bob, carol):
    digest = Digest.objects.create(
        member=carol, window=timezone.localdate(), rhythm="weekly", began_at=timezone.now()
    )
    OutboundMail.objects.create(
        member=carol, digest=digest, kind="digest", purpose="community", due_at=timezone.now()
    )
    minutes(5)
    tell([alice], actor=bob)
    minutes(10)

    send_due(at_most=1)

    assert [letter["To"].addresses[0].addr_spec for letter in post.letters] == ["alice@example.org"]
    assert OutboundMail.objects.get(digest=digest).state == "queued"
    send_due(at_most=1)
    assert OutboundMail.objects.get(digest=digest).state != "queued"
