"""A group whose last owner goes, whichever way, comes before the managers, who say what becomes of it."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from community.belongings import Leaving, all_belongings
from community.errors import Conflict, Refused
from community.members.groups.actions import (
    add_to_group,
    create_group,
    delete_group,
    leave_group,
    remove_from_group,
    set_owner,
)
from community.members.groups.queries import is_looked_after
from community.members.models import Group, GroupMembership
from community.moderation.actions import decide_case, lift_penalty, penalise_member, undo_decision
from community.moderation.models import AuditEntry, Case, Penalty
from community.notifications.models import Notice
from community.privacy.actions.merging import merge_members
from tests.standing import deliver_all

pytestmark = pytest.mark.django_db


def waiting() -> list[Case]:
    return list(Case.objects.filter(kind="group_without_owner", state="open"))


@pytest.fixture
def crew(manager: Any, alice: Any, bob: Any, carol: Any) -> Any:
    """Alice looks after it; Bob came before Carol."""
    group = create_group(actor=manager, values={"name": "Hut crew", "join_mode": "request"})
    for member in (alice, bob, carol):
        add_to_group(actor=manager, group=group, member=member)
    set_owner(actor=manager, group=group, member=alice, is_owner=True)
    deliver_all()
    return group


def left_alone(crew: Any, alice: Any) -> Case:
    leave_group(actor=alice, group=crew)
    deliver_all()
    (case,) = waiting()
    return case


WAYS = ("leaves", "taken out", "steps down", "no longer owner", "suspended", "erased")


@pytest.mark.parametrize("way", WAYS)
def test_every_way_in_which_the_last_owner_goes_brings_one_case(
    crew: Any, alice: Any, bob: Any, manager: Any, way: str
) -> None:
    if way == "leaves":
        leave_group(actor=alice, group=crew)
    elif way == "taken out":
        remove_from_group(actor=manager, group=crew, member=alice)
    elif way == "steps down":
        set_owner(actor=alice, group=crew, member=alice, is_owner=False)
    elif way == "no longer owner":
        set_owner(actor=manager, group=crew, member=alice, is_owner=False)
    elif way == "suspended":
        penalise_member(actor=manager, member=alice, kind="suspend", days=7, reason="Harsh words.")
    else:
        (groups,) = (one for one in all_belongings() if one.key == "members.groups")
        assert groups.erase is not None
        groups.erase(Leaving(alice.pk, alice.handle, alice.name, (), deletes_posts=False))
    deliver_all()

    (case,) = waiting()
    assert (case.subject_id, case.facts, case.author_id) == (crew.pk, {"heir_id": bob.pk}, None)
    assert not is_looked_after(crew.pk)


def test_merged_accounts_keep_looking_after_what_one_of_them_did(
    crew: Any, alice: Any, bob: Any, make_member: Any, admin: Any
) -> None:
    stranger = make_member("alice-again")

    merge_members(actor=admin, source=alice, target=bob, reason="One person.")
    deliver_all()
    assert GroupMembership.objects.get(group=crew, member=bob).is_owner
    merge_members(actor=admin, source=bob, target=stranger, reason="One person.")
    deliver_all()

    assert GroupMembership.objects.get(group=crew, is_owner=True).member == stranger
    assert waiting() == []


def test_while_another_owner_is_there_nobody_is_asked(
    crew: Any, alice: Any, bob: Any, carol: Any, manager: Any
) -> None:
    set_owner(actor=manager, group=crew, member=bob, is_owner=True)

    leave_group(actor=alice, group=crew)
    leave_group(actor=carol, group=crew)
    deliver_all()

    assert waiting() == []


def test_a_group_that_never_had_an_owner_is_no_case(manager: Any, bob: Any) -> None:
    group = create_group(actor=manager, values={"name": "Hut crew"})
    add_to_group(actor=manager, group=group, member=bob)

    leave_group(actor=bob, group=group)
    deliver_all()

    assert waiting() == []


def test_a_manager_names_whoever_is_in_it_longest_who_is_told(
    crew: Any, alice: Any, bob: Any, manager: Any, sign_in: Any
) -> None:
    case = left_alone(crew, alice)
    page = sign_in(manager).get(reverse("admin:moderation_case_change", args=[case.pk])).content.decode()
    assert "Nobody looks after the group Hut crew any more" in page
    assert "Bob Birch (@bob)" in page

    decide_case(actor=manager, case=case, decision="name")
    deliver_all()

    assert GroupMembership.objects.get(group=crew, is_owner=True).member == bob
    assert Notice.objects.filter(member=bob, kind="group.owner").count() == 1
    assert AuditEntry.objects.filter(act="group.owner_changed", actor=manager).exists()
    assert waiting() == []

    undo_decision(actor=manager, case=case)
    deliver_all()
    assert not is_looked_after(crew.pk)
    assert len(waiting()) == 1


def test_the_team_may_look_after_it_itself(crew: Any, alice: Any, manager: Any) -> None:
    decide_case(actor=manager, case=left_alone(crew, alice), decision="team")
    deliver_all()

    assert waiting() == []
    assert Group.objects.filter(pk=crew.pk).exists()


def test_or_close_it(crew: Any, alice: Any, manager: Any) -> None:
    case = left_alone(crew, alice)

    decide_case(actor=manager, case=case, decision="close", reason="Nobody met for a year.")
    deliver_all()

    assert not Group.objects.filter(pk=crew.pk).exists()
    case.refresh_from_db()
    assert (case.state, case.decision) == ("decided", "close")


def test_only_managers_decide(crew: Any, alice: Any, mod: Any) -> None:
    case = left_alone(crew, alice)

    with pytest.raises(Refused):
        decide_case(actor=mod, case=case, decision="name")

    assert len(waiting()) == 1
    assert not is_looked_after(crew.pk)


def test_whom_the_case_proposed_and_nobody_else_is_named(
    crew: Any, alice: Any, bob: Any, manager: Any
) -> None:
    case = left_alone(crew, alice)
    leave_group(actor=bob, group=crew)

    with pytest.raises(Conflict) as refusal:
        decide_case(actor=manager, case=case, decision="name")

    assert refusal.value.code == "heir_gone"
    assert not is_looked_after(crew.pk)


def test_nobody_suspended_is_proposed(crew: Any, alice: Any, bob: Any, carol: Any) -> None:
    type(bob).objects.filter(pk=bob.pk).update(suspended_until=timezone.now() + dt.timedelta(days=3))

    assert left_alone(crew, alice).facts == {"heir_id": carol.pk}


@pytest.mark.parametrize("way", ["named elsewhere", "deleted"])
def test_the_case_ends_by_itself(crew: Any, alice: Any, carol: Any, manager: Any, way: str) -> None:
    case = left_alone(crew, alice)

    if way == "deleted":
        delete_group(actor=manager, group=crew)
    else:
        set_owner(actor=manager, group=crew, member=carol, is_owner=True)
    deliver_all()

    case.refresh_from_db()
    assert case.state == "closed"


def test_an_owner_who_may_come_in_again_looks_after_it(crew: Any, alice: Any, manager: Any) -> None:
    penalise_member(actor=manager, member=alice, kind="suspend", days=7, reason="Harsh words.")
    deliver_all()
    assert len(waiting()) == 1

    lift_penalty(actor=manager, penalty=Penalty.objects.get(member=alice))
    deliver_all()

    assert waiting() == []
    with pytest.raises(Refused):
        set_owner(actor=alice, group=crew, member=alice, is_owner=True)
