"""Changing members."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Refused
from community.members import actions
from community.members.models import Follow, Member

pytestmark = pytest.mark.django_db


def test_a_member_changes_their_own_profile_and_it_is_recorded(alice: Any) -> None:
    actions.edit_profile(actor=alice, member=alice, changes={"name": "Alice Ash", "location": "Bergen"})

    assert Member.objects.get(pk=alice.pk).name == "Alice Ash"
    assert Activity.objects.get().payload == {"fields": ["location", "name"]}


def test_saving_without_a_change_records_nothing(alice: Any) -> None:
    actions.edit_profile(actor=alice, member=alice, changes={"name": alice.name})

    assert not Activity.objects.exists()


def test_another_member_may_not_change_a_profile(alice: Any, bob: Any) -> None:
    with pytest.raises(Refused) as refusal:
        actions.edit_profile(actor=bob, member=alice, changes={"name": "Not Alice"})

    assert refusal.value.code == "not_yours"
    assert Member.objects.get(pk=alice.pk).name == "Alice Arden"


def test_fields_that_are_not_a_profile_cannot_be_slipped_in(alice: Any) -> None:
    with pytest.raises(ValueError, match="not profile fields"):
        actions.edit_profile(actor=alice, member=alice, changes={"role": "admin", "trust_level": 4})

    assert Member.objects.get(pk=alice.pk).role == "member"


def test_a_manager_corrects_a_member_but_not_an_administrator(manager: Any, alice: Any, admin: Any) -> None:
    actions.edit_profile(actor=manager, member=alice, changes={"bio_md": "Tidied."})

    with pytest.raises(Refused):
        actions.edit_profile(actor=manager, member=admin, changes={"bio_md": "Tidied."})


def test_roles_are_changed_by_another_administrator_only(admin: Any, manager: Any, alice: Any) -> None:
    actions.change_role(actor=admin, member=alice, role="moderator")
    assert Member.objects.get(pk=alice.pk).is_staff

    for actor, member in ((manager, alice), (admin, admin), (alice, alice)):
        with pytest.raises(Refused):
            actions.change_role(actor=actor, member=member, role="admin")
    assert Activity.objects.filter(verb="member.role_changed").count() == 1


def test_following_twice_is_following_once(alice: Any, bob: Any) -> None:
    actions.follow_member(actor=alice, member=bob)
    actions.follow_member(actor=alice, member=bob)

    assert Follow.objects.count() == 1
    assert Activity.objects.filter(verb="member.followed").count() == 1


def test_nobody_follows_themselves_and_suspended_people_follow_nobody(alice: Any, mallory: Any) -> None:
    for actor in (alice, mallory):
        with pytest.raises(Refused):
            actions.follow_member(actor=actor, member=alice)

    assert not Follow.objects.exists()


def test_counters_take_known_names_only(alice: Any) -> None:
    actions.add_to_counters(actor=None, member_id=alice.pk, post_count=2)
    actions.set_standing(actor=None, member_id=alice.pk, tier="Guide", points_earned=1250)

    alice.refresh_from_db()
    assert (alice.post_count, alice.tier, alice.points_earned) == (2, "Guide", 1250)
    with pytest.raises(ValueError):
        actions.add_to_counters(actor=None, member_id=alice.pk, is_active=-1)
