"""One effect per key, whatever the network does."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from community.activity.models import Activity
from community.integrations.models import KeptAnswer
from community.privacy.keeping.running import apply_rules
from community.threads.models import SetAside

KEY = {"idempotency_key": "order-66"}


def changes():
    return Activity.objects.filter(verb="member.profile_changed").count()


def test_the_same_call_twice_has_one_effect_and_one_answer(program, alice):
    caller = program(alice)

    first = caller.patch("me", {"location": "Oslo"}, **KEY)
    alice.refresh_from_db()
    alice.location = "Bergen"
    alice.save()
    second = caller.patch("me", {"location": "Oslo"}, **KEY)

    assert first.status_code == second.status_code == 200
    assert first.content == second.content
    assert second["Idempotency-Replayed"] == "true"
    alice.refresh_from_db()
    assert alice.location == "Bergen"
    assert changes() == 1


def test_the_order_of_the_fields_does_not_matter(program, alice):
    caller = program(alice)

    caller.patch("me", {"location": "Oslo", "name": "Al"}, **KEY)

    assert caller.patch("me", {"name": "Al", "location": "Oslo"}, **KEY)["Idempotency-Replayed"] == "true"


def test_another_body_is_refused(program, alice):
    caller = program(alice)
    caller.patch("me", {"location": "Oslo"}, **KEY)

    answer = caller.patch("me", {"location": "Rome"}, **KEY)

    assert answer.status_code == 422
    assert answer.json()["code"] == "idempotency_key_reused"
    alice.refresh_from_db()
    assert alice.location == "Oslo"


def test_keys_belong_to_one_route_and_one_account(program, alice, bob, carol):
    caller = program(alice)

    assert caller.put("members/bob/follow", **KEY).status_code == 204
    assert caller.put("members/carol/follow", **KEY).status_code == 204
    assert program(bob).put("members/carol/follow", **KEY).status_code == 204
    assert alice.following.count() == 2
    assert bob.following.count() == 1


def test_a_refusal_is_not_kept(program, alice):
    caller = program(alice)

    assert caller.patch("me", {"website": "nowhere"}, **KEY).status_code == 422
    assert not KeptAnswer.objects.exists()


def test_a_day_later_the_key_is_forgotten(program, alice):
    caller = program(alice)
    caller.patch("me", {"location": "Oslo"}, **KEY)
    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(hours=23))
    assert caller.patch("me", {"location": "Oslo"}, **KEY)["Idempotency-Replayed"] == "true"
    assert apply_rules(only=["integrations.answers"]) == {"integrations.answers": 0}

    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))

    assert apply_rules(only=["integrations.answers"]) == {"integrations.answers": 1}
    assert "Idempotency-Replayed" not in caller.patch("me", {"location": "Oslo"}, **KEY)


@pytest.mark.parametrize("key", ["x" * 256, "a\tb"])
def test_a_key_is_short_and_printable(program, alice, key):
    assert program(alice).patch("me", {"location": "Oslo"}, idempotency_key=key).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_thirty_at_once_have_one_effect(program, alice):
    caller = program(alice)
    answers = []

    def call():
        try:
            answers.append(caller.__class__.patch(caller, "me", {"location": "Oslo"}, **KEY))
        finally:
            connection.close()

    threads = [threading.Thread(target=call) for _n in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    done = [answer for answer in answers if answer.status_code == 200]
    assert len(answers) == 30
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert len({answer.content for answer in done}) == 1
    assert len(done) >= 1
    assert changes() == 1


def test_what_stands_behind_the_question_mark_counts_too(program, alice):
    caller = program(alice)
    for what in ("new", "unread"):
        caller.put("me/waiting", {"what": what})

    assert caller.delete("me/waiting?what=new", **KEY).status_code == 200
    assert caller.delete("me/waiting?what=new", **KEY)["Idempotency-Replayed"] == "true"
    other = caller.delete("me/waiting?what=unread", **KEY)

    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert SetAside.objects.get(member=alice).unread_until is not None
