"""Titles beside names."""

import pytest

from community.activity.models import Activity
from community.errors import Invalid, Refused
from community.members.groups import actions as groups
from community.members.models import Group, Member
from community.members.titles.actions import choose_title, settle_title
from community.members.titles.sources import group_key, titles_of
from community.members.trust.actions import set_trust
from tests.standing import deliver_all


@pytest.fixture
def menders(manager, bob):
    """A group with a title, and bob in it."""
    group = groups.create_group(actor=manager, values={"name": "Menders", "title": " Master  mender "})
    groups.add_to_group(actor=manager, group=group, member=bob)
    return group


def shown(member: Member) -> str:
    member.refresh_from_db()
    return member.title


def test_who_is_in_the_group_may_show_its_title_or_none(bob, menders):
    assert [title.words for title in titles_of(bob)] == ["Master mender"]
    assert shown(bob) == ""

    choose_title(actor=bob, member=bob, key=group_key(menders.pk))
    assert shown(bob) == "Master mender"
    choose_title(actor=bob, member=bob, key="")

    assert shown(bob) == ""
    changed = Activity.objects.filter(verb="member.profile_changed", target_pk=bob.pk)
    assert [one.payload["fields"] for one in changed] == [["title"], ["title"]]


@pytest.mark.parametrize("key", ["group:999999", "group:", "badge:1", "team", "group:1 or 1=1"])
def test_a_title_one_does_not_hold_is_refused(alice, menders, key):
    with pytest.raises(Invalid):
        choose_title(actor=alice, member=alice, key=key)
    with pytest.raises(Invalid):
        choose_title(actor=alice, member=alice, key=group_key(menders.pk))

    assert shown(alice) == ""


def test_nobody_chooses_for_others(alice, bob, menders):
    with pytest.raises(Refused):
        choose_title(actor=alice, member=bob, key=group_key(menders.pk))

    assert shown(bob) == ""


@pytest.mark.parametrize("way", ["leaves", "taken out", "deleted", "title emptied"])
def test_the_title_goes_when_what_gave_it_is_gone(manager, bob, menders, way):
    choose_title(actor=bob, member=bob, key=group_key(menders.pk))

    if way == "leaves":
        groups.leave_group(actor=bob, group=menders)
    elif way == "taken out":
        groups.remove_from_group(actor=manager, group=menders, member=bob)
    elif way == "deleted":
        groups.delete_group(actor=manager, group=menders)
    else:
        groups.change_group(actor=manager, group=menders, changes={"title": ""})
    deliver_all()

    assert shown(bob) == ""
    assert bob.title_from == ""


def test_a_reworded_title_is_shown_as_it_reads_now(manager, alice, bob, menders):
    choose_title(actor=bob, member=bob, key=group_key(menders.pk))

    groups.change_group(actor=manager, group=menders, changes={"title": "Senior mender"})
    deliver_all()

    assert (shown(bob), shown(alice)) == ("Senior mender", "")


def test_the_title_of_a_level_goes_with_the_level(manager, bob):
    groups.open_automatic_groups()
    group = Group.objects.get(rule="trust_3")
    groups.change_group(actor=manager, group=group, changes={"title": "Regular"})
    set_trust(actor=manager, member=bob, level=3, locked=True, reason="Here every week.")
    bob.refresh_from_db()
    choose_title(actor=bob, member=bob, key=group_key(group.pk))

    set_trust(actor=manager, member=bob, level=1, locked=True, reason="A mistake.")
    deliver_all()

    assert shown(bob) == ""


def test_settling_twice_changes_nothing(bob, menders):
    choose_title(actor=bob, member=bob, key=group_key(menders.pk))

    assert settle_title(member_id=bob.pk) is False
    assert shown(bob) == "Master mender"


def test_the_title_stands_on_profile_and_card_and_is_chosen_in_the_settings(client, bob, menders):
    client.force_login(bob)
    assert "Master mender" in client.get("/me/settings/profile/").text

    answer = client.post("/me/settings/title/", {"title": group_key(menders.pk)})

    assert answer.status_code == 303
    assert "Master mender" in client.get("/@bob/").text
    assert "Master mender" in client.get("/@bob/card/").text
    assert client.post("/me/settings/title/", {"title": "group:0"}).status_code == 422
