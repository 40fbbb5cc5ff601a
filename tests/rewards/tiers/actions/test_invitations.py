"""Tiers by invitation: given with a reason, ended with one, read by who is in them and nobody else."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Conflict, Invalid, Refused
from community.members.models import GroupMembership
from community.notifications.models import Notice
from community.spaces.models import Space
from rewards.tiers.actions import end_invitation, invite_to_tier, save_invited_tier, save_perk
from rewards.tiers.models import Invitation, InvitedTier, Perk, TierMove
from rewards.tiers.perks import has_perk

REASON = "Tested every tent of the spring"


@pytest.fixture
def circle(manager: Any) -> InvitedTier:
    return save_invited_tier(
        actor=manager, tier=InvitedTier(), changes={"name": "Inner circle", "about": "Sees the plans."}
    )


def test_an_invitation_opens_what_the_tier_opens_until_it_ends(
    manager: Any, alice: Any, circle: InvitedTier, private_space: Any
) -> None:
    save_perk(actor=manager, perk=Perk(), changes={"invited": circle, "space": private_space})
    right = {"invited": circle, "kind": "reward", "key": "plans", "words": "Reads the plans"}
    save_perk(actor=manager, perk=Perk(), changes=right)
    invitation = invite_to_tier(actor=manager, tier=circle, member=alice, reason=REASON)
    assert private_space in Space.objects.visible_to(alice) and has_perk(alice, "plans")
    assert alice.tier == ""

    end_invitation(actor=manager, invitation=invitation, reason="The spring is over now")
    assert private_space not in Space.objects.visible_to(alice)
    assert not has_perk(alice, "plans") and not GroupMembership.objects.filter(member=alice).exists()
    moves = TierMove.objects.filter(member=alice).order_by("pk").values_list("why", "reason", "actor")
    assert list(moves) == [("given", REASON, manager.pk), ("taken", "The spring is over now", manager.pk)]


def test_both_are_told_with_the_reason(
    manager: Any, alice: Any, circle: InvitedTier, deliver_all: Any, sign_in: Any
) -> None:
    invitation = invite_to_tier(actor=manager, tier=circle, member=alice, reason=REASON)
    end_invitation(actor=manager, invitation=invitation, reason="The spring is over now")
    deliver_all()

    assert Activity.objects.filter(verb__in=("tier.invited", "tier.uninvited")).count() == 2
    told = Notice.objects.filter(member=alice, kind="tier.invited").order_by("pk")
    assert [notice.payload["begins"] for notice in told] == [True, False]
    page = sign_in(alice).get("/notifications/").content.decode()
    assert REASON in page and "The spring is over now" in page


def test_only_who_is_in_it_reads_of_it(
    manager: Any, alice: Any, bob: Any, circle: InvitedTier, sign_in: Any
) -> None:
    invite_to_tier(actor=manager, tier=circle, member=alice, reason=REASON)
    mine = sign_in(alice)
    for address in ("/me/points/", alice.get_absolute_url()):
        assert "Inner circle" in mine.get(address).content.decode()
    assert "Inner circle" not in mine.get("/points/").content.decode()

    others = sign_in(bob)
    for address in ("/points/", "/me/points/", alice.get_absolute_url(), "/groups/"):
        assert "Inner circle" not in others.get(address, follow=True).content.decode()


def test_what_makes_no_sense_is_refused_and_changes_nothing(
    manager: Any, alice: Any, bob: Any, mod: Any, circle: InvitedTier
) -> None:
    for actor, member in ((alice, bob), (mod, bob), (manager, manager), (manager, mod)):
        with pytest.raises(Refused):
            invite_to_tier(actor=actor, tier=circle, member=member, reason=REASON)
    with pytest.raises(Invalid):
        invite_to_tier(actor=manager, tier=circle, member=bob, reason="short")
    assert not Invitation.objects.exists()

    invitation = invite_to_tier(actor=manager, tier=circle, member=bob, reason=REASON)
    with pytest.raises(Conflict):
        invite_to_tier(actor=manager, tier=circle, member=bob, reason=REASON)
    end_invitation(actor=manager, invitation=invitation, reason=REASON)
    with pytest.raises(Conflict):
        end_invitation(actor=manager, invitation=invitation, reason=REASON)
    assert Invitation.objects.count() == 1


def test_a_tier_by_invitation_is_made_by_managers_and_has_a_name(manager: Any, mod: Any) -> None:
    with pytest.raises(Refused):
        save_invited_tier(actor=mod, tier=InvitedTier(), changes={"name": "Ours"})
    with pytest.raises(Invalid):
        save_invited_tier(actor=manager, tier=InvitedTier(), changes={"name": ""})

    assert not InvitedTier.objects.exists()


def test_the_admin_makes_invites_and_ends(manager: Any, alice: Any, sign_in: Any) -> None:
    client = sign_in(manager)
    assert client.post("/admin/tiers/invitedtier/add/", {"name": "Circle", "about": ""}).status_code == 302
    tier = InvitedTier.objects.get()
    form = {"tier": tier.pk, "member": alice.pk, "reason": REASON}
    assert client.post("/admin/tiers/invitation/add/", form).status_code == 302
    invitation = Invitation.objects.get()
    address = f"/admin/tiers/invitation/{invitation.pk}/take-back/"
    assert client.post(address, {"reason": "The spring is over now"}).status_code == 303
    invitation.refresh_from_db()

    assert invitation.ended_by == manager


def test_the_admin_adds_and_deletes_a_perk(manager: Any, sign_in: Any, private_space: Any) -> None:
    client = sign_in(manager)
    from rewards.tiers.models import Tier

    form = {
        "tier": Tier.objects.get(key="guide").pk,
        "kind": "space",
        "space": private_space.pk,
        "position": 1,
    }
    answer = client.post("/admin/tiers/perk/add/", form)
    assert answer.status_code == 302, answer.context["errors"]
    assert Space.objects.get(pk=private_space.pk).see_for
    perk = Perk.objects.get()
    assert client.post(f"/admin/tiers/perk/{perk.pk}/delete/", {"post": "yes"}).status_code == 302

    assert Space.objects.get(pk=private_space.pk).see_for == [] and not Perk.objects.exists()
