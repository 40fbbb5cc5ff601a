"""From a notice to a browser: what arrives, what the gate keeps back, and what becomes of browsers that are gone."""

import datetime as dt

import pytest
from django.utils import timezone

from community.members.models import ConsentRecord
from community.notifications.actions import (
    mark_all_read,
    pause,
    save_choices,
    save_push_rules,
    send_test,
)
from community.notifications.models import (
    Channel,
    Choice,
    ContactDecision,
    OutboundPush,
    PushState,
    PushSubscription,
)
from community.notifications.push.sending import prepare, send_due_push
from community.notifications.push.settling import release_lost
from community.notifications.queries.choices import Chosen
from community.notifications.registry import Purpose
from community.notifications.tasks import send_push


def states():
    return list(OutboundPush.objects.order_by("pk").values_list("state", flat=True))


def reasons():
    rows = ContactDecision.objects.filter(channel=Channel.PUSH).order_by("pk")
    return list(rows.values_list("code", flat=True))


def test_a_notice_arrives_sealed_and_signed_and_says_no_more_than_the_bell(
    service, minutes, tell, turn_on, knock, alice, bob
):
    browser = turn_on(bob)
    tell([bob], actor=alice, kind=knock)
    minutes(1)

    assert send_due_push() == 1

    (said,) = service.read(browser)
    assert {name: said[name] for name in ("title", "body", "url", "lang", "dir")} == {
        "title": "Alice Arden waved",
        "body": "A wave over the fence",
        "url": "/people/",
        "lang": "en",
        "dir": "ltr",
    }
    ((_path, headers, body),) = service.calls
    assert (headers["content-encoding"], headers["urgency"]) == ("aes128gcm", "normal")
    assert headers["topic"] == said["tag"] and len(headers["topic"]) <= 32
    # Nothing comes after nine in the evening: at noon there are nine hours left.
    assert int(headers["ttl"]) == 9 * 3600 - 60
    assert b"Alice" not in body and "Good morning" not in str(said)
    (claims,) = service.claims
    assert 0 < claims["exp"] - timezone.now().timestamp() <= 24 * 3600 and claims["sub"]
    assert states() == ["sent"] and reasons() == ["ok"]
    assert PushSubscription.objects.get().last_success_at is not None


def test_the_words_are_in_the_language_of_the_reader(service, minutes, tell, turn_on, alice, bob):
    from community.notifications.registry import find_kind

    bob.language = "de"
    bob.save()
    browser = turn_on(bob)
    tell([bob], actor=None, kind=find_kind("mail.stopped"))
    send_test(actor=bob)

    send_due_push()

    assert [said["lang"] for said in service.read(browser)] == ["de"]


def test_nothing_leaves_before_it_is_due_and_nothing_leaves_twice(
    service, minutes, tell, happen, turn_on, knock, alice, bob
):
    turn_on(bob)
    activity = happen(alice)
    for _again in range(3):
        tell([bob], actor=alice, kind=knock, activity=activity)

    assert send_due_push() == 0
    minutes(1)
    assert [send_push() for _again in range(3)] == [1, 0, 0]
    assert len(service.calls) == 1


def test_nobody_without_a_browser_costs_a_row(service, tell, knock, alice, bob):
    tell([bob], actor=alice, kind=knock)

    assert not OutboundPush.objects.exists()


def test_without_a_key_nothing_is_queued_or_sent(settings, minutes, tell, turn_on, knock, alice, bob):
    turn_on(bob)
    settings.VAPID_PRIVATE_KEY = ""

    tell([bob], actor=alice, kind=knock)
    minutes(1)

    assert send_due_push() == 0 and not OutboundPush.objects.exists()


def test_every_browser_of_a_member_is_told_and_none_of_anybody_else(
    service, minutes, tell, turn_on, knock, alice, bob, carol
):
    mine, others = [turn_on(bob), turn_on(bob)], turn_on(carol)
    tell([bob], actor=alice, kind=knock)
    minutes(1)

    assert send_due_push() == 1

    assert [len(service.read(browser)) for browser in (*mine, others)] == [1, 1, 0]
    assert OutboundPush.objects.get().browsers == 2


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (lambda bob, _knock: mark_all_read(actor=bob), "read"),
        (lambda bob, _knock: pause(actor=bob), "paused"),
        (lambda bob, knock: save_choices(actor=bob, chosen={knock.key: Chosen(push=Choice.OFF)}), "off"),
        (lambda bob, _knock: PushSubscription.objects.all().delete(), "no_browser"),
        (lambda bob, _knock: type(bob).objects.filter(pk=bob.pk).update(is_active=False), "closed"),
        (
            lambda bob, _knock: (
                type(bob)
                .objects.filter(pk=bob.pk)
                .update(suspended_until=timezone.now() + dt.timedelta(days=1))
            ),
            "suspended",
        ),
    ],
)
def test_what_happened_meanwhile_is_asked_when_it_leaves(
    service, minutes, tell, turn_on, knock, alice, bob, happens, reason
):
    turn_on(bob)
    tell([bob], actor=alice, kind=knock)
    happens(bob, knock)
    minutes(1)

    send_due_push()

    assert service.calls == []
    assert (states(), reasons()) == (["dropped"], [reason])


def test_what_became_hidden_is_told_to_nobody(service, minutes, tell, fence, turn_on, knock, alice, bob):
    turn_on(bob)
    tell([bob], actor=alice, kind=knock)
    fence.hidden_from.add(bob.pk)
    minutes(1)

    send_due_push()

    assert service.calls == [] and reasons() == ["gone"]


def test_a_kind_that_is_off_until_chosen_is_told_once_chosen(
    service, minutes, tell, turn_on, wave, alice, bob
):
    browser = turn_on(bob)
    tell([bob], actor=alice)
    assert states() == []

    save_choices(actor=bob, chosen={wave.key: Chosen(push=Choice.ON)})
    tell([bob], actor=alice)
    minutes(1)
    send_due_push()

    assert len(service.read(browser)) == 1


def test_at_night_it_waits_for_the_morning_and_comes_as_one(
    service, at_noon, tell, turn_on, knock, alice, bob
):
    browser = turn_on(bob)
    at_noon.move_to(dt.datetime(2026, 6, 10, 22, 0, tzinfo=dt.UTC))
    for _again in range(4):
        tell([bob], actor=alice, kind=knock, subject=("threads.thread", _again + 1))
    at_noon.shift(dt.timedelta(minutes=1))
    assert send_due_push() == 0
    assert set(reasons()) == {"quiet"} and service.calls == []

    at_noon.move_to(dt.datetime(2026, 6, 11, 8, 0, tzinfo=dt.UTC))
    assert send_due_push() == 1

    (said,) = service.read(browser)
    assert (said["title"], said["url"]) == ("4 new notices", "/notifications/")
    assert sorted(states()) == ["joined", "joined", "joined", "sent"]


def test_several_about_one_thread_are_one_and_the_next_takes_its_place(
    service, minutes, tell, turn_on, knock, alice, bob, carol
):
    browser = turn_on(bob)
    for actor in (alice, carol):
        tell([bob], actor=actor, kind=knock, thread_id=7)
    minutes(1)
    assert send_due_push() == 1
    tell([bob], actor=alice, kind=knock, thread_id=7)
    tell([bob], actor=alice, kind=knock, thread_id=8)
    minutes(1)
    assert send_due_push() == 2

    first, *later = service.read(browser)
    assert first["title"] == "Carol Cove waved"
    assert sorted(said["tag"] == first["tag"] for said in later) == [False, True]
    assert sorted(states()) == ["joined", "sent", "sent", "sent"]


def test_what_joins_a_notice_is_told_again_only_where_each_one_counts(
    service, minutes, tell, turn_on, make_kind, alice, bob, carol
):
    each = make_kind("test.each", push=True, push_each=True, merges=True, purpose=Purpose.SERVICE)
    calm = make_kind("test.calm", push=True, merges=True, purpose=Purpose.SERVICE)
    browser = turn_on(bob)
    for actor in (alice, carol):
        tell([bob], actor=actor, kind=each, merge_key="each")
        tell([bob], actor=actor, kind=calm, merge_key="calm")
        minutes(1)
        send_due_push()

    assert len(service.read(browser)) == 3


def test_the_number_of_a_day_is_the_managers(
    service, minutes, tell, turn_on, knock, order, manager, alice, bob
):
    turn_on(bob)
    save_push_rules(actor=manager, changes={"community_per_day": 2})
    for number in range(4):
        tell([bob], actor=alice, kind=knock, thread_id=number + 1)
        minutes(1)
        send_due_push()
    tell([bob], actor=alice, kind=order)
    minutes(1)
    send_due_push()

    # A place for the third would be free tomorrow, which is too late for it.
    assert reasons() == ["ok", "ok", "cap", "cap", "ok"]
    assert len(service.calls) == 3


def test_offers_need_consent_and_come_seldom(service, minutes, tell, turn_on, make_kind, alice, bob):
    offer = make_kind("test.offer", push=True, purpose=Purpose.MARKETING)
    turn_on(bob)
    tell([bob], kind=offer)
    minutes(1)
    send_due_push()
    ConsentRecord.objects.create(member=bob, purpose="marketing", given=True)
    for _again in range(2):
        tell([bob], kind=offer)
        minutes(1)
        send_due_push()

    assert reasons() == ["no_consent", "ok", "cap"]


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_removed_at_once(
    service, minutes, tell, turn_on, knock, alice, bob, status
):
    gone, there = turn_on(bob), turn_on(bob)
    service.by_path[gone.endpoint.removeprefix(service.address)] = status
    tell([bob], actor=alice, kind=knock)
    minutes(1)

    assert send_due_push() == 1

    assert PushSubscription.objects.get().endpoint == there.endpoint
    assert states() == ["sent"]


def test_the_last_browser_gone_leaves_nothing_to_send(service, minutes, tell, turn_on, knock, alice, bob):
    turn_on(bob)
    service.answers = [410]
    tell([bob], actor=alice, kind=knock)
    minutes(1)

    assert send_due_push() == 0
    assert states() == ["dropped"] and not PushSubscription.objects.exists()


def test_a_service_that_is_away_is_asked_again_and_one_success_forgives(
    service, minutes, tell, turn_on, knock, alice, bob
):
    browser = turn_on(bob)
    service.answers = [503, 429]
    tell([bob], actor=alice, kind=knock)
    minutes(1)
    assert send_due_push() == 0
    assert states() == ["queued"]
    minutes(0.5)
    send_due_push()
    assert len(service.calls) == 1
    minutes(1)
    send_due_push()
    assert PushSubscription.objects.get().failures == 2
    minutes(5)

    assert send_due_push() == 1

    assert PushSubscription.objects.get().failures == 0
    assert len(service.read(browser)) == 3 and states() == ["sent"]


def test_a_browser_that_fails_and_fails_is_given_up(
    service, minutes, tell, turn_on, knock, manager, alice, bob
):
    browser = turn_on(bob)
    save_push_rules(actor=manager, changes={"most_failures": 3})
    service.by_path[browser.endpoint.removeprefix(service.address)] = 403
    tell([bob], actor=alice, kind=knock)
    for wait in (1, 2, 5, 20, 80):
        minutes(wait)
        send_due_push()

    given_up = PushSubscription.objects.get()
    assert given_up.retired_at is not None and given_up.detail == "403 said"
    assert states() == ["dropped"] and reasons()[-1] == "no_browser"
    tell([bob], actor=alice, kind=knock)
    assert len(states()) == 1


def test_an_address_that_is_no_longer_trusted_is_given_up_without_a_call(
    settings, service, minutes, tell, turn_on, knock, alice, bob
):
    turn_on(bob)
    settings.EGRESS_TRUSTED = []
    tell([bob], actor=alice, kind=knock)
    minutes(1)

    send_due_push()

    assert service.calls == [] and not PushSubscription.objects.exists()


def test_what_a_dead_worker_was_sending_is_sent_again(service, minutes, tell, turn_on, knock, alice, bob):
    turn_on(bob)
    tell([bob], actor=alice, kind=knock)
    minutes(1)
    prepare(bob.pk)
    assert states() == ["sending"]
    assert release_lost() == 0
    minutes(4)

    assert release_lost() == 1
    minutes(1)
    assert send_due_push() == 1


def test_a_notice_older_than_the_rules_say_is_not_sent(
    service, minutes, tell, turn_on, knock, manager, alice, bob
):
    turn_on(bob)
    save_push_rules(actor=manager, changes={"hours_kept": 1})
    tell([bob], actor=alice, kind=knock)
    minutes(61)

    send_due_push()

    assert reasons() == ["expired"] and service.calls == []


def test_a_test_goes_out_at_night_too_and_says_so(service, at_noon, turn_on, bob):
    browser = turn_on(bob)
    at_noon.move_to(dt.datetime(2026, 6, 10, 23, 0, tzinfo=dt.UTC))
    send_test(actor=bob)

    assert send_due_push() == 1

    (said,) = service.read(browser)
    assert said["title"] == "Notices arrive in this browser"
    assert service.calls[0][1]["urgency"] == "high"
    assert reasons() == ["essential"]
    assert OutboundPush.objects.get().state == PushState.SENT


def test_the_same_signature_serves_for_an_hour(service, minutes, turn_on, bob, at_noon):
    turn_on(bob)
    for _again in range(2):
        send_test(actor=bob)
        send_due_push()
    minutes(61)
    send_test(actor=bob)
    send_due_push()

    one, two, three = (headers["authorization"] for _path, headers, _body in service.calls)
    assert one == two != three
