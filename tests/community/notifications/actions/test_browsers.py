"""Turning notices on and off in browsers."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from community.activity.models import Activity
from community.errors import Invalid, NotFound, Refused
from community.notifications.actions import (
    add_browser,
    forget_browsers,
    remove_browser,
    remove_dead_browsers,
    remove_this_browser,
    save_push_rules,
    send_test,
)
from community.notifications.models import OutboundPush, PushRules, PushSubscription
from community.notifications.push.settling import remove_left_behind
from community.notifications.queries.browsers import browsers_of
from community.privacy.keeping.running import apply_rules
from tests.community.notifications.push.conftest import turn_on as turn_on
from tests.community.notifications.pushservice import code
from tests.community.notifications.pushservice import service as service

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_a_browser_is_kept_under_a_name_its_owner_knows(service, bob):
    browser = service.browser("a")

    kept = add_browser(actor=bob, endpoint=browser.endpoint, **browser.keys, user_agent=FIREFOX)

    assert (kept.member, kept.label) == (bob, "Firefox on Windows")
    said = Activity.objects.get(verb="push.browser_added")
    assert said.payload == {"label": "Firefox on Windows"}


def test_turning_it_on_again_renews_it(service, turn_on, bob):
    browser = turn_on(bob, "a")
    PushSubscription.objects.update(failures=9, retired_at="2026-01-01T00:00Z", detail="410")

    turn_on(bob, "a")

    again = PushSubscription.objects.get(endpoint=browser.endpoint)
    assert (again.failures, again.retired_at, again.detail) == (0, None, "")
    assert Activity.objects.filter(verb="push.browser_added").count() == 1


def test_a_browser_that_somebody_else_signs_in_to_changes_hands(turn_on, alice, bob):
    turn_on(alice, "shared")
    turn_on(bob, "shared")

    assert PushSubscription.objects.get().member == bob


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.net/a",
        "https://127.0.0.1/a",
        "https://10.0.0.1/a",
        "https://localhost/a",
        "https://push.example.net:8443/a",
        "https://me@push.example.net/a",
        "ftp://push.example.net/a",
        "",
        "https://push.example.net/" + "a" * 1000,
    ],
)
def test_an_address_that_may_not_be_called_is_refused(service, bob, endpoint):
    with pytest.raises(Invalid):
        add_browser(actor=bob, endpoint=endpoint, **service.browser("a").keys)

    assert not PushSubscription.objects.exists() and not Activity.objects.exists()


@pytest.mark.parametrize("length", [0, 1, 15, 17, 32])
def test_a_secret_of_another_length_is_refused(service, bob, length):
    browser = service.browser("a")

    with pytest.raises(Invalid):
        add_browser(
            actor=bob, endpoint=browser.endpoint, p256dh=browser.keys["p256dh"], auth=code(b"x" * length)
        )

    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "point", [b"", b"\x04", b"\x04" + b"\x01" * 64, b"\x04" * 66, b"\x00" * 65, b"\x02" * 32]
)
def test_a_point_that_is_not_on_the_curve_is_refused(service, bob, point):
    browser = service.browser("a")

    with pytest.raises(Invalid):
        add_browser(actor=bob, endpoint=browser.endpoint, p256dh=code(point), auth=browser.keys["auth"])

    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("keys", [{"p256dh": "x"}, {"auth": "x"}, {"p256dh": "A" * 200}, {"auth": "é"}])
def test_keys_that_are_none_are_refused(service, bob, keys):
    browser = service.browser("a")

    with pytest.raises(Invalid):
        add_browser(actor=bob, endpoint=browser.endpoint, **{**browser.keys, **keys})

    assert not PushSubscription.objects.exists()


def test_a_suspended_member_turns_nothing_on(service, mallory):
    browser = service.browser("a")

    with pytest.raises(Refused):
        add_browser(actor=mallory, endpoint=browser.endpoint, **browser.keys)

    assert not PushSubscription.objects.exists()


def test_a_community_without_a_key_says_so(service, settings, bob):
    settings.VAPID_PRIVATE_KEY = ""
    browser = service.browser("a")

    with pytest.raises(Invalid) as refusal:
        add_browser(actor=bob, endpoint=browser.endpoint, **browser.keys)

    assert refusal.value.code == "push_off"


def test_a_member_has_as_many_as_the_rules_say(turn_on, manager, bob):
    save_push_rules(actor=manager, changes={"most_browsers": 2})
    turn_on(bob, "a")
    turn_on(bob, "b")

    with pytest.raises(Invalid) as refusal:
        turn_on(bob, "c")

    assert refusal.value.code == "too_many_browsers"
    turn_on(bob, "a")
    assert PushSubscription.objects.count() == 2


def test_tabs_that_turn_on_at_once_do_not_pass_the_number_together(
    transactional_db, turn_on, service, make_member
):
    PushRules.objects.create(pk=1, most_browsers=3)
    bob, gate = make_member("bob"), Barrier(6)

    def run(number):
        browser = service.browser(f"tab-{number}")
        gate.wait()
        try:
            add_browser(actor=bob, endpoint=browser.endpoint, **browser.keys)
        except Invalid:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(run, range(6))) == 3
    assert PushSubscription.objects.count() == 3


def test_a_member_removes_their_own_and_nobody_elses(turn_on, alice, bob):
    turn_on(alice, "a")
    mine = turn_on(bob, "b")
    hers = PushSubscription.objects.get(member=alice)

    with pytest.raises(NotFound):
        remove_browser(actor=bob, pk=hers.pk)
    assert not remove_this_browser(actor=bob, endpoint=hers.endpoint)
    assert remove_this_browser(actor=bob, endpoint=mine.endpoint)

    assert list(PushSubscription.objects.all()) == [hers]
    remove_browser(actor=alice, pk=hers.pk)
    assert not PushSubscription.objects.exists()
    assert Activity.objects.filter(verb="push.browser_removed").count() == 2


def test_staff_remove_only_what_was_given_up(turn_on, manager, mod, bob):
    turn_on(bob, "a")
    turn_on(bob, "b")
    PushSubscription.objects.filter(endpoint__endswith="/a").update(retired_at="2026-01-01T00:00Z")
    everything = list(PushSubscription.objects.values_list("pk", flat=True))

    with pytest.raises(Refused):
        remove_dead_browsers(actor=mod, pks=everything)
    assert remove_dead_browsers(actor=manager, pks=everything) == 1

    assert PushSubscription.objects.get().endpoint.endswith("/b")


def test_forgetting_a_member_leaves_the_others(turn_on, alice, bob):
    turn_on(alice, "a")
    turn_on(bob, "b")

    assert forget_browsers(actor=None, member=bob) == 1
    assert PushSubscription.objects.get().member == alice


def test_where_a_member_signed_out_nobody_is_told_any_more(turn_on, sign_in, alice, bob):
    client = sign_in(bob)
    turn_on(bob, "here", session_key=client.session.session_key)
    turn_on(bob, "by-key")
    turn_on(alice, "a")
    assert remove_left_behind() == 0

    client.logout()

    assert [row.endpoint.rsplit("/", 1)[1] for row in browsers_of(bob)] == ["by-key"]
    assert remove_left_behind() == 1
    assert PushSubscription.objects.count() == 2


def test_where_a_session_begins_anew_notices_go_on(turn_on, bob, alice):
    from django.test import Client, RequestFactory

    from community.members.doors.renewal import begin_anew

    client = Client()
    client.force_login(bob)
    request = RequestFactory().post("/account/2fa/totp/activate/")
    request.session, request.user = client.session, bob
    before = request.session.session_key
    turn_on(bob, "here", session_key=before)
    turn_on(alice, "a", session_key=before)

    begin_anew(request, bob)
    request.session.save()

    assert request.session.session_key != before
    assert PushSubscription.objects.get(member=bob).session_key == request.session.session_key
    assert len(browsers_of(bob)) == 1


def test_a_session_that_only_grew_old_was_not_signed_out(turn_on, sign_in, bob):
    from django.contrib.sessions.models import Session

    turn_on(bob, "here", session_key=sign_in(bob).session.session_key)
    Session.objects.update(expire_date="2020-01-01T00:00Z")

    assert len(browsers_of(bob)) == 1 and remove_left_behind() == 0


def test_closed_accounts_and_browsers_long_given_up_are_tidied_away(turn_on, alice, bob, carol):
    for member in (alice, bob, carol):
        turn_on(member, member.handle)
    type(bob).objects.filter(pk=bob.pk).update(is_active=False)
    PushSubscription.objects.filter(member=carol).update(retired_at="2026-01-01T00:00Z")

    remove_left_behind()
    apply_rules(only=["notifications.browsers"])

    assert PushSubscription.objects.get().member == alice


def test_a_test_needs_a_browser(service, bob):
    with pytest.raises(Invalid):
        send_test(actor=bob)

    assert not OutboundPush.objects.exists()


def test_only_managers_change_the_rules_and_within_reason(manager, mod):
    with pytest.raises(Refused):
        save_push_rules(actor=mod, changes={"community_per_day": 3})
    with pytest.raises(Invalid):
        save_push_rules(actor=manager, changes={"community_per_day": 0})
    assert not PushRules.objects.exists()

    assert save_push_rules(actor=manager, changes={"community_per_day": 3}).community_per_day == 3
    assert Activity.objects.get(verb="push.rules_changed").payload["fields"] == ["community_per_day"]


def test_turning_on_all_day_is_slowed_down(settings, service, turn_on, bob):
    from community.errors import RateLimited

    settings.LIMITS_ENABLED = True
    settings.LIMITS = {"notifications.change_browsers": "2/h"}
    turn_on(bob, "a")
    turn_on(bob, "a")

    with pytest.raises(RateLimited):
        turn_on(bob, "a")
