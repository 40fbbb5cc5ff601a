"""Changing members."""

from typing import Any

import pytest

from community.activity.models import Activity
from community.errors import Invalid, Refused
from community.members import actions
from community.members.models import Block, Follow, Member
from community.notifications.queries import members_to_tell
from community.notifications.registry import find_kind

pytestmark = pytest.mark.django_db


def test_a_member_changes_their_own_profile_and_it_is_recorded(alice: Any) -> None:
    actions.edit_profile(actor=alice, member=alice, changes={"name": "Alice Ash", "location": "Bergen"})

    assert Member.objects.get(pk=alice.pk).name == "Alice Ash"
    assert Activity.objects.get().payload["fields"] == ["location", "name"]


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


def test_what_a_manager_corrects_is_what_everyone_then_reads(manager: Any, alice: Any) -> None:
    actions.edit_profile(actor=alice, member=alice, changes={"bio_md": "Buy **pills** here"})

    actions.edit_profile(actor=manager, member=alice, changes={"bio_md": ""})

    assert Member.objects.get(pk=alice.pk).bio_html == ""


def test_a_name_stays_on_its_line_and_turns_nothing_around_it(alice: Any) -> None:
    actions.edit_profile(
        actor=alice, member=alice, changes={"name": "Alice\nBcc: all\u202e", "location": "A\tB"}
    )

    stored = Member.objects.get(pk=alice.pk)
    assert (stored.name, stored.location) == ("Alice Bcc: all", "A B")


def test_a_name_that_takes_no_ink_is_none(alice: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.edit_profile(actor=alice, member=alice, changes={"name": "\u200b\u3164"})

    assert "name" in refusal.value.fields
    assert Member.objects.get(pk=alice.pk).name == "Alice Arden"


def test_roles_are_changed_by_another_administrator_only(admin: Any, manager: Any, alice: Any) -> None:
    actions.change_role(actor=admin, member=alice, role="moderator")
    assert Member.objects.get(pk=alice.pk).is_staff

    for actor, member in ((manager, alice), (admin, admin), (alice, alice)):
        with pytest.raises(Refused):
            actions.change_role(actor=actor, member=member, role="admin")
    assert Activity.objects.filter(verb="member.role_changed").count() == 1


def test_of_two_administrators_who_take_the_role_from_each_other_one_keeps_it(
    admin: Any, make_member: Any
) -> None:
    second = make_member("second", role="admin")
    first_seen, second_seen = Member.objects.get(pk=admin.pk), Member.objects.get(pk=second.pk)

    actions.change_role(actor=admin, member=second, role="member")
    with pytest.raises(Refused):
        actions.change_role(actor=second_seen, member=first_seen, role="member")

    assert Member.objects.filter(role="admin").count() == 1


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


def test_blocking_ends_following_says_nothing_and_can_be_taken_back(alice: Any, bob: Any) -> None:
    actions.follow_member(actor=alice, member=bob)
    before = Activity.objects.count()

    actions.block_member(actor=alice, member=bob)
    actions.block_member(actor=alice, member=bob)

    assert list(Block.objects.values_list("blocker", "blocked")) == [(alice.pk, bob.pk)]
    assert not Follow.objects.exists()
    assert Activity.objects.count() == before
    actions.unblock_member(actor=alice, member=bob)
    assert not Block.objects.exists()


def test_nobody_blocks_themselves_or_the_team(alice: Any, mod: Any) -> None:
    for member, code in ((alice, "block_self"), (mod, "block_team")):
        with pytest.raises(Refused) as refusal:
            actions.block_member(actor=alice, member=member)
        assert refusal.value.code == code

    assert not Block.objects.exists()


def test_who_blocks_someone_is_told_nothing_about_what_they_do(alice: Any, bob: Any, carol: Any) -> None:
    kind = find_kind("thread.reply_to_you")
    assert kind is not None
    actions.block_member(actor=alice, member=bob)

    assert members_to_tell(kind, bob.pk, [alice.pk, carol.pk]) == [carol.pk]
    assert members_to_tell(kind, carol.pk, [alice.pk, bob.pk]) == [alice.pk, bob.pk]


def test_how_many_one_blocks_is_counted_once_each(alice: Any, bob: Any, carol: Any) -> None:
    for member in (bob, bob, carol):
        actions.block_member(actor=alice, member=member)
    assert Member.objects.get(pk=alice.pk).block_count == 2

    for _again in range(2):
        actions.unblock_member(actor=alice, member=bob)

    assert Member.objects.get(pk=alice.pk).block_count == alice.block_count == 1
