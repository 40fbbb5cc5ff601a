"""Groups that follow from a confirmed address or a signed sign-on."""

import pytest
from allauth.account.models import EmailAddress

from community.errors import Invalid, Refused
from community.members.actions import confirm_address
from community.members.groups.actions import (
    change_group,
    settle_domains,
    settle_group_domains,
    sync_groups_from_claims,
)
from community.members.models import GroupMembership
from tests.standing import deliver_all


def places():
    rows = GroupMembership.objects.values_list("member__handle", "group__name", "source")
    return sorted(rows)


def address(member, email, verified=True):
    return EmailAddress.objects.create(user=member, email=email, verified=verified)


def test_a_confirmed_address_at_exactly_the_domain_opens_the_group(
    alice, bob, carol, make_member, make_group
):
    make_group("Staff of Acme", email_domains=["acme.example"])
    dave = make_member("dave")
    address(alice, "alice@ACME.example")
    address(bob, "bob@mail.acme.example")
    address(carol, "carol@acme.example", verified=False)
    address(dave, "dave@notacme.example")

    for member in (alice, bob, carol, dave):
        confirm_address(actor=member)
    deliver_all()

    assert places() == [("alice", "Staff of Acme", "domain")]


def test_it_closes_with_the_address_but_not_for_who_came_otherwise(alice, bob, make_group, manager):
    group = make_group("Staff of Acme", people=[bob], email_domains=["acme.example"])
    mine = address(alice, "alice@acme.example")
    address(bob, "bob@acme.example")
    settle_domains(member=alice)

    mine.delete()
    for member in (alice, bob):
        settle_domains(member=member)

    assert places() == [("bob", "Staff of Acme", "hand")]
    group.refresh_from_db()
    assert group.member_count == 1


def test_a_domain_set_later_brings_in_who_is_there_already(alice, bob, make_group, manager):
    group = make_group("Staff of Acme")
    address(alice, "alice@acme.example")
    address(bob, "bob@acme.example.org")

    change_group(actor=manager, group=group, changes={"email_domains": ["acme.example"]})
    deliver_all()
    assert places() == [("alice", "Staff of Acme", "domain")]

    change_group(actor=manager, group=group, changes={"email_domains": []})
    deliver_all()
    assert places() == []
    group.refresh_from_db()
    assert settle_group_domains(group=group) == 0


def test_a_sign_on_puts_into_exactly_the_groups_it_names(alice, make_group):
    make_group("Beta", claim="beta")
    make_group("Gold", claim="gold")
    make_group("Hut crew", people=[alice])

    assert sync_groups_from_claims(actor=None, member=alice, claims=["beta", "gold", "", "hut-crew"]) == (
        2,
        0,
    )
    assert sync_groups_from_claims(actor=None, member=alice, claims=["beta"]) == (0, 1)
    assert sync_groups_from_claims(actor=None, member=alice, claims=["beta"]) == (0, 0)

    assert places() == [("alice", "Beta", "claim"), ("alice", "Hut crew", "hand")]


def test_nobody_claims_groups_for_themselves(alice, make_group):
    make_group("Beta", claim="beta")

    with pytest.raises(Refused):
        sync_groups_from_claims(actor=alice, member=alice, claims=["beta"])

    assert places() == []


@pytest.mark.parametrize(
    "email",
    [
        "mallory@acme.example.evil.example",
        "mallory@evil-acme.example",
        "mallory@xacme.example",
        "mallory@mail.acme.example",
        "mallory@acme.example@evil.example",
        "mallory+acme.example@evil.example",
        "mallory@acme。example",
        "mallory@acme.example.",
        "mallory@аcme.example",
        "mallory@acmı.example",
        "mallory@xn--cme-5cd.example",
        "mallory@acme.exampl",
        "acme.example@evil.example",
    ],
)
def test_no_trick_with_names_opens_a_group(mallory, make_member, make_group, email):
    """Sub-domains, suffixes, second signs and letters that look alike: only the very domain counts, both ways round."""
    group = make_group("Staff of Acme", email_domains=["acme.example", "acmi.example"])
    member = make_member("trickster")
    address(member, email)

    confirm_address(actor=member)
    deliver_all()
    settle_group_domains(group=group)

    assert places() == []


@pytest.mark.parametrize(
    "domain", ["*.acme.example", "acme", "acme.example/", "аcme.example", "acme..example"]
)
def test_a_domain_that_is_none_is_refused(manager, make_group, domain):
    group = make_group("Staff of Acme")

    with pytest.raises(Invalid):
        change_group(actor=manager, group=group, changes={"email_domains": [domain]})

    group.refresh_from_db()
    assert group.email_domains == []
