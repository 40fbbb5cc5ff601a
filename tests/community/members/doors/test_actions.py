"""Changing the doors, and what members do about the ways into their account."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.test import Client

from community.activity.models import Activity
from community.errors import Invalid, NotFound, Refused
from community.members.doors.actions import (
    end_other_sessions,
    end_session,
    note_second_factor,
    save_door_rules,
)
from community.members.doors.queries import sessions_of
from community.members.models import DoorRules

pytestmark = pytest.mark.django_db


def test_a_manager_changes_who_may_join(manager: Any) -> None:
    rules = save_door_rules(actor=manager, changes={"joining": "closed", "blocked_domains": "@Mail.test\n"})

    assert (rules.joining, rules.blocked_domains) == ("closed", "mail.test")
    said = Activity.objects.get(verb="doors.changed")
    assert said.payload["fields"] == ["blocked_domains", "joining"]


def test_a_moderator_does_not(mod: Any) -> None:
    with pytest.raises(Refused):
        save_door_rules(actor=mod, changes={"joining": "closed"})

    assert not DoorRules.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"allowed_domains": "not a domain"}, "allowed_domains"), ({"joining": "whoever"}, "joining")],
)
def test_what_cannot_be_used_is_named_and_changes_nothing(manager: Any, changes: Any, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        save_door_rules(actor=manager, changes=changes)

    assert field in refusal.value.fields
    assert not Activity.objects.filter(verb="doors.changed").exists()


def test_who_asks_others_for_a_second_step_must_have_one(manager: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        save_door_rules(actor=manager, changes={"second_factor": "staff"})

    assert refusal.value.code == "second_factor_missing"

    manager.has_second_factor = True
    assert save_door_rules(actor=manager, changes={"second_factor": "staff"}).second_factor == "staff"


def test_a_second_step_is_noted_when_it_comes_and_when_the_last_one_goes(alice: Any) -> None:
    recovery = Authenticator.objects.create(user=alice, type="recovery_codes", data={})
    assert note_second_factor(actor=alice) is False

    app = Authenticator.objects.create(user=alice, type="totp", data={})
    assert note_second_factor(actor=alice) is True
    alice.refresh_from_db()
    assert alice.has_second_factor

    app.delete()
    assert note_second_factor(actor=alice) is False
    assert recovery.pk
    assert Activity.objects.filter(verb="member.second_factor").count() == 2


def browser(member: Any) -> Client:
    client, known = Client(), {"verified": True, "primary": True}
    EmailAddress.objects.get_or_create(user=member, email=member.email, defaults=known)
    client.post("/sign-in/", {"login": member.handle, "password": "a long enough password"})
    return client


def test_one_browser_is_signed_out_and_the_others_stay(alice: Any, bob: Any) -> None:
    phone, laptop, other = browser(alice), browser(alice), browser(bob)
    listed = sessions_of(alice, current=phone.session.session_key)
    assert [session.is_current for session in listed] == [True, False]

    end_session(actor=alice, pk=listed[1].pk)

    assert laptop.get("/me/settings/account/").status_code == 302
    assert phone.get("/me/settings/account/").status_code == 200
    with pytest.raises(NotFound):
        end_session(actor=alice, pk=sessions_of(bob)[0].pk)
    assert other.get("/me/settings/account/").status_code == 200


def test_everywhere_else_is_signed_out_at_once(alice: Any) -> None:
    here, *others = [browser(alice) for _turn in range(3)]

    assert end_other_sessions(actor=alice, but=here.session.session_key) == 2

    assert here.get("/me/settings/account/").status_code == 200
    assert [client.get("/me/settings/account/").status_code for client in others] == [302, 302]


def test_a_second_step_that_comes_or_goes_signs_out_every_other_browser(alice: Any, rf: Any) -> None:
    """Whoever was in the account before it is out of it now."""
    for signal in (authenticator_added, authenticator_removed):
        here, *others = [browser(alice) for _turn in range(3)]
        request = rf.post("/account/2fa/totp/activate/")
        request.session = here.session

        signal.send(sender=Authenticator, request=request, user=alice, authenticator=None)

        assert here.get("/me/settings/account/").status_code == 200
        assert [client.get("/me/settings/account/").status_code for client in others] == [302, 302]


def test_the_page_of_devices_signs_out_one_and_everywhere(alice: Any) -> None:
    here, other = browser(alice), browser(alice)
    page = here.get("/account/sessions/").content.decode()
    stranger = sessions_of(alice, current=here.session.session_key)[1]
    assert f"/me/settings/devices/{stranger.pk}/end/" in page

    assert here.post(f"/me/settings/devices/{stranger.pk}/end/").status_code == 303
    assert other.get("/me/settings/account/").status_code == 302

    assert here.post("/me/settings/devices/end/").status_code == 303
    assert here.get("/me/settings/account/").status_code == 302
