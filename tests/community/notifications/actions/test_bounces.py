"""Mail that comes back: when an address is left alone, and how its owner mends it."""

import datetime as dt
from decimal import Decimal

import pytest

from community.activity.models import Activity
from community.errors import RateLimited
from community.notifications.actions import resume_address
from community.notifications.mail.bounces import Bounce, forgive, note_bounce
from community.notifications.mail.sending import send_due
from community.notifications.models import ContactDecision, Notice, Reach


def came_back(member, how, times=1, address=""):
    for _time in range(times):
        note_bounce(member_id=member.pk, address=address or member.email, bounce=how, detail="550 5.1.1 who?")


def is_written_to(member, post, tell, minutes, sender):
    before = len(post.letters)
    tell([member], actor=sender)
    minutes(10)
    send_due()
    return len(post.letters) > before


def test_an_address_that_does_not_exist_is_left_alone_at_once(post, minutes, tell, alice, bob):
    came_back(bob, Bounce.HARD)

    assert not is_written_to(bob, post, tell, minutes, alice)
    assert ContactDecision.objects.get().code == "refused_address"
    assert Reach.objects.get().detail == "550 5.1.1 who?"
    assert Activity.objects.get(verb="member.address_stopped").payload == {"reason": "hard"}


def test_a_complaint_is_heard_at_once(post, minutes, tell, alice, bob):
    came_back(bob, Bounce.COMPLAINT)

    assert not is_written_to(bob, post, tell, minutes, alice)
    assert Reach.objects.get().stopped_for == "complaint"


def test_what_comes_back_for_now_stops_it_only_when_it_is_often(post, minutes, tell, alice, bob):
    came_back(bob, Bounce.SOFT, times=3)
    assert is_written_to(bob, post, tell, minutes, alice)

    came_back(bob, Bounce.SOFT, times=2)
    assert not is_written_to(bob, post, tell, minutes, alice)
    assert Activity.objects.filter(verb="member.address_stopped").count() == 1


def test_every_mail_that_leaves_takes_a_little_off(db, bob):
    came_back(bob, Bounce.SOFT)
    for _mail in range(20):
        forgive(bob.pk)

    assert Reach.objects.get().bounce_score == Decimal(0)


def test_after_a_month_it_is_forgotten(post, minutes, at_noon, tell, alice, bob):
    came_back(bob, Bounce.SOFT, times=4)
    at_noon.shift(dt.timedelta(days=31))
    assert is_written_to(bob, post, tell, minutes, alice)

    came_back(bob, Bounce.SOFT)
    assert Reach.objects.get().bounce_score == Decimal(1)


def test_an_address_that_does_not_exist_is_not_forgotten(post, minutes, at_noon, tell, alice, bob):
    came_back(bob, Bounce.HARD)
    at_noon.shift(dt.timedelta(days=31))

    assert not is_written_to(bob, post, tell, minutes, alice)


def test_a_new_address_starts_without_blame(post, minutes, tell, alice, bob):
    came_back(bob, Bounce.HARD, address="old@example.org")

    assert is_written_to(bob, post, tell, minutes, alice)


def test_its_owner_says_that_it_works_again(post, minutes, tell, alice, bob):
    came_back(bob, Bounce.HARD)

    assert resume_address(actor=bob)
    assert is_written_to(bob, post, tell, minutes, alice)
    assert Activity.objects.filter(verb="member.address_resumed").count() == 1


def test_without_a_stop_there_is_nothing_to_resume(bob):
    assert not resume_address(actor=bob)
    assert not Activity.objects.filter(verb="member.address_resumed").exists()


def test_nobody_has_us_write_to_a_dead_address_all_day(bob, settings):
    settings.LIMITS_ENABLED = True
    for _time in range(3):
        resume_address(actor=bob)
    came_back(bob, Bounce.HARD)

    with pytest.raises(RateLimited):
        resume_address(actor=bob)
    assert Reach.objects.get().stopped_at is not None


def test_the_member_is_told_on_the_site_and_how_to_mend_it(bob, sign_in, deliver_all):
    came_back(bob, Bounce.HARD)
    deliver_all()

    assert Notice.objects.get().kind == "mail.stopped"
    page = sign_in(bob).get("/notifications/").content.decode()
    assert "No e-mail reaches you any more" in page
    assert "The mail server says that this address does not exist" in page
