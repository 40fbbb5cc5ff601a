"""Digests: when they are due, for whom, and never twice."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from community.errors import Invalid
from community.members.models import Member
from community.notifications.actions import choose_digest, mark_all_read, pause, stop_digest
from community.notifications.mail.planning import plan_digests
from community.notifications.mail.sending import send_due
from community.notifications.models import ContactDecision, Digest, DigestPlan, OutboundMail
from community.notifications.registry import Mail
from community.notifications.tasks import plan as plan_task

# The clock of these tests stands at noon of Wednesday, 10 June 2026. Digests are due on Mondays at nine.
NOON = dt.datetime(2026, 6, 10, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def gathered(make_kind):
    """A kind that waits for the digest."""
    return make_kind("test.gathered", mail=Mail.DIGEST)


@pytest.fixture
def go(at_noon):
    """Go to a moment of June 2026: `go(15, 9, 30)` is the Monday on which the digest is due."""

    def run(day, hour=12, minute=0):
        at_noon.move_to(dt.datetime(2026, 6, day, hour, minute, tzinfo=dt.UTC))

    return run


@pytest.fixture
def reader(go, bob):
    """Bob, who was last here on Sunday the 7th, and whose digest is planned."""
    seen(bob, 7)
    plan_digests()
    bob.refresh_from_db()
    return bob


def seen(member, day):
    moment = dt.datetime(2026, 6, day, 12, 0, tzinfo=dt.UTC)
    Member.objects.filter(pk=member.pk).update(last_login=moment, last_seen_at=moment)


def codes():
    return list(Digest.objects.order_by("window").values_list("code", flat=True))


def send():
    plan_digests()
    return send_due()


def body(letter, kind="plain"):
    return letter.get_body((kind,)).get_content()


def test_it_comes_with_what_waits_and_says_why(post, reader, go, tell, gathered, alice):
    go(12)
    tell([reader], actor=alice, kind=gathered)
    go(15, 9, 30)

    assert plan_task() == 1
    assert send_due() == 1

    (letter,) = post.letters
    assert letter["Subject"] == "Porchlight, since you were last here: Alice Arden waved"
    assert "Alice Arden waved" in body(letter) and "Alice Arden waved" in body(letter, "html")
    assert "WAITING FOR YOU" in body(letter)
    assert "You get this once a week" in body(letter)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert len(body(letter, "html")) < 30_000 and "<script" not in body(letter, "html")
    assert ContactDecision.objects.get().code == "ok"


def test_it_waits_for_its_day_and_hour(post, reader, go, tell, gathered, alice):
    tell([reader], actor=alice, kind=gathered)
    for day, hour in ((13, 12), (14, 12), (15, 8)):
        go(day, hour, 59)
        assert send() == 0
    go(15, 9)

    assert send() == 1


def test_it_is_due_on_the_readers_own_clock(post, go, tell, gathered, alice, bob):
    Member.objects.filter(pk=bob.pk).update(time_zone="America/New_York")
    seen(bob, 7)
    plan_digests()
    tell([bob], actor=alice, kind=gathered)

    go(15, 12, 59)
    assert send() == 0
    go(15, 13, 0)
    assert send() == 1


def test_who_was_here_since_gets_none(post, reader, go, tell, gathered, alice):
    tell([reader], actor=alice, kind=gathered)
    seen(reader, 12)
    go(15, 9, 30)

    assert send() == 0
    assert codes() == ["seen_lately"]


def test_who_comes_between_planning_and_sending_gets_none(post, reader, go, tell, gathered, alice):
    tell([reader], actor=alice, kind=gathered)
    go(15, 9, 30)
    plan_digests()
    seen(reader, 15)

    assert send_due() == 0
    assert codes() == ["seen_lately"]


def test_without_news_none_goes_out(post, reader, go, tell, gathered, alice):
    tell([reader], actor=alice, kind=gathered)
    mark_all_read(actor=reader)
    go(15, 9, 30)

    assert send() == 0
    assert codes() == ["nothing_new"]
    assert OutboundMail.objects.get(digest__isnull=False).html == ""


def test_it_never_comes_twice_for_the_same_window(post, reader, go, tell, gathered, alice):
    tell([reader], actor=alice, kind=gathered)
    go(15, 9, 30)
    for _again in range(3):
        send()
        DigestPlan.objects.update(next_at=timezone.now())

    assert len(post.letters) == 1
    assert Digest.objects.count() == 1


def test_what_was_in_one_is_not_in_the_next(post, reader, go, tell, gathered, alice, carol):
    tell([reader], actor=alice, kind=gathered)
    go(15, 9, 30)
    send()
    go(18)
    tell([reader], actor=carol, kind=gathered)
    go(22, 9, 30)
    send()

    first, second = post.letters
    assert "Alice Arden" in body(first)
    assert "Carol Cove" in body(second) and "Alice Arden" not in body(second)


def test_what_was_mailed_is_not_in_it(post, reader, go, minutes, tell, gathered, wave, alice, carol):
    tell([reader], actor=alice, kind=wave)
    minutes(10)
    send_due()
    tell([reader], actor=carol, kind=gathered)
    go(15, 9, 30)
    send()

    assert "Carol Cove" in body(post.letters[-1]) and "Alice Arden" not in body(post.letters[-1])


def test_what_the_cap_kept_back_is_in_it(post, reader, go, minutes, tell, wave, alice, carol, manager):
    for actor in (alice, carol, manager):
        tell([reader], actor=actor, kind=wave)
        minutes(10)
        send_due()
    late = Member.objects.create_user("lena", name="Lena Late")
    tell([reader], actor=late, kind=wave)
    minutes(10)
    send_due()
    go(17)
    choose_digest(actor=reader, rhythm="daily", weekday=0, hour=9)
    go(18, 9)
    send()

    assert [mail.error for mail in OutboundMail.objects.filter(state="dropped")] == ["cap"]
    assert "Lena Late" in body(post.letters[-1])
    assert "Alice Arden" not in body(post.letters[-1])


def test_what_became_hidden_is_not_in_it(post, reader, go, tell, gathered, fence, alice):
    tell([reader], actor=alice, kind=gathered)
    go(15, 9, 30)
    plan_digests()
    fence.hidden_from.add(reader.pk)

    assert send_due() == 0
    assert codes() == ["nothing_new"]


def test_kinds_that_are_for_the_site_only_are_not_in_it(post, reader, go, tell, make_kind, alice):
    tell([reader], actor=alice, kind=make_kind("test.quiet", mail=Mail.OFF))
    go(15, 9, 30)

    assert send() == 0


def test_a_pause_holds_for_it_too(post, reader, go, tell, gathered, alice):
    tell([reader], actor=alice, kind=gathered)
    go(14)
    pause(actor=reader)
    go(15, 9, 30)

    assert send() == 0
    assert codes() == ["paused"]


def test_until_chosen_it_takes_a_place_of_the_week(
    post, reader, go, tell, gathered, wave, minutes, alice, carol
):
    go(14, 12)
    for _letter in range(3):
        tell([reader], actor=alice, kind=wave)
        minutes(10)
        send_due()
    tell([reader], actor=carol, kind=gathered)
    go(15, 9, 30)
    send()

    assert len(post.letters) == 3
    assert codes() == ["cap"]


def test_a_chosen_rhythm_is_kept_beside_the_mail_of_the_week(
    post, reader, go, tell, gathered, wave, minutes, alice, carol
):
    choose_digest(actor=reader, rhythm="weekly", weekday=0, hour=9)
    go(14, 12)
    for _letter in range(3):
        tell([reader], actor=alice, kind=wave)
        minutes(10)
        send_due()
    tell([reader], actor=carol, kind=gathered)
    go(15, 9, 30)
    send()

    assert len(post.letters) == 4


def test_who_was_never_here_is_not_written_to(post, go, tell, gathered, alice, bob):
    tell([bob], actor=alice, kind=gathered)
    go(15, 9, 30)

    assert send() == 0
    assert not DigestPlan.objects.exists()


def test_who_stays_away_is_left_in_peace(post, reader, at_noon, tell, gathered, alice):
    tell([reader], actor=alice, kind=gathered)
    at_noon.shift(dt.timedelta(days=200))

    assert send() == 0
    assert codes() == ["long_away"]


def test_a_new_time_zone_is_planned_anew(reader, deliver_all):
    from community.members.actions import edit_profile

    edit_profile(actor=reader, member=reader, changes={"time_zone": "Asia/Tokyo"})
    deliver_all()
    assert DigestPlan.objects.get().next_at is None

    plan_digests()
    assert DigestPlan.objects.get().next_at == dt.datetime(2026, 6, 15, 0, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "wrong", [{"rhythm": "hourly"}, {"weekday": 7}, {"hour": 21}, {"hour": 7}, {"hour": -1}]
)
def test_what_cannot_be_chosen_changes_nothing(reader, wrong):
    with pytest.raises(Invalid):
        choose_digest(actor=reader, **{"rhythm": "daily", "weekday": 0, "hour": 9, **wrong})

    assert DigestPlan.objects.get().rhythm == ""


def test_stopping_can_be_taken_back(reader):
    choose_digest(actor=reader, rhythm="daily", weekday=0, hour=9)
    stop_digest(actor=reader)
    stop_digest(actor=reader)
    assert DigestPlan.objects.get().rhythm == "never"

    stop_digest(actor=reader, stopped=False)
    assert DigestPlan.objects.get().rhythm == "daily"


def test_a_lost_answer_of_the_mail_server_sends_it_once_more_at_most(
    post, reader, go, minutes, tell, gathered, alice
):
    tell([reader], actor=alice, kind=gathered)
    go(15, 9, 30)
    post.answers = ["451 later"]

    assert send() == 0
    minutes(1)
    assert send() == 1
    assert len(post.letters) == 1


def test_four_workers_write_one_digest_each(transactional_db, make_member, make_kind, tell):
    gathered = make_kind("test.gathered", mail=Mail.DIGEST)
    long_ago = timezone.now() - dt.timedelta(days=30)
    people = [make_member(f"m{n}", last_login=long_ago, last_seen_at=long_ago) for n in range(6)]
    tell(people, kind=gathered)
    plan_digests()
    DigestPlan.objects.update(next_at=timezone.now() - dt.timedelta(minutes=1))
    barrier = Barrier(4)

    def work(_n):
        barrier.wait()
        try:
            return plan_digests()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        planned = list(pool.map(work, range(4)))

    assert sum(planned) == 6
    assert Digest.objects.count() == OutboundMail.objects.filter(digest__isnull=False).count() == 6
