"""Coming into a group and leaving it."""

import pytest

from community.activity.models import Activity
from community.errors import Conflict, Refused
from community.members.groups.actions import (
    add_to_group,
    join_group,
    leave_group,
    remove_from_group,
    set_owner,
)
from community.members.models import GroupMembership
from community.notifications.models import Notice
from tests.racing import all_at_once
from tests.standing import deliver_all


def inside(group):
    group.refresh_from_db()
    handles = sorted(GroupMembership.objects.filter(group=group).values_list("member__handle", flat=True))
    assert group.member_count == len(handles)
    return handles


def test_everyone_joins_an_open_group_once_and_leaves_it(alice, make_group):
    group = make_group("Hut crew", join_mode="open")

    assert join_group(actor=alice, group=group)
    assert not join_group(actor=alice, group=group)
    assert inside(group) == ["alice"]

    assert leave_group(actor=alice, group=group)
    assert not leave_group(actor=alice, group=group)
    assert inside(group) == []
    assert Activity.objects.filter(verb__in=("group.joined", "group.left")).count() == 2


@pytest.mark.parametrize("mode", ["request", "invitation"])
def test_nobody_joins_a_closed_group_by_themselves(alice, make_group, mode):
    group = make_group("Hut crew", join_mode=mode)

    with pytest.raises(Refused):
        join_group(actor=alice, group=group)

    assert inside(group) == []


def test_a_suspended_member_joins_nothing(mallory, make_group):
    group = make_group("Hut crew", join_mode="open")

    with pytest.raises(Refused):
        join_group(actor=mallory, group=group)

    assert inside(group) == []


def test_managers_put_people_in_who_are_told(alice, bob, manager, make_group):
    group = make_group("Hut crew")

    add_to_group(actor=manager, group=group, member=alice)
    with pytest.raises(Refused):
        add_to_group(actor=alice, group=group, member=bob)
    deliver_all()

    assert inside(group) == ["alice"]
    assert Notice.objects.get(member=alice).kind == "group.put_in"


def test_owners_take_members_out_but_not_each_other(alice, bob, carol, make_group, manager):
    group = make_group("Hut crew", owner=alice, people=[bob])
    add_to_group(actor=manager, group=group, member=carol)
    set_owner(actor=manager, group=group, member=carol, is_owner=True)

    with pytest.raises(Refused):
        remove_from_group(actor=bob, group=group, member=carol)
    with pytest.raises(Refused):
        remove_from_group(actor=alice, group=group, member=carol)
    assert remove_from_group(actor=alice, group=group, member=bob)

    assert inside(group) == ["alice", "carol"]


def test_managers_choose_owners_among_those_inside(alice, bob, mod, manager, make_group):
    group = make_group("Hut crew", people=[alice])

    with pytest.raises(Conflict):
        set_owner(actor=manager, group=group, member=bob, is_owner=True)
    for who in (alice, mod):
        with pytest.raises(Refused):
            set_owner(actor=who, group=group, member=alice, is_owner=True)
    assert set_owner(actor=manager, group=group, member=alice, is_owner=True).is_owner


@pytest.mark.django_db(transaction=True)
def test_joining_many_times_at_once_is_joining_once(alice, bob, make_group):
    group = make_group("Hut crew", join_mode="open")

    answers = all_at_once([lambda m=m: join_group(actor=m, group=group) for m in (alice, bob) * 4])

    assert sorted(answers) == [False] * 6 + [True] * 2
    assert inside(group) == ["alice", "bob"]
