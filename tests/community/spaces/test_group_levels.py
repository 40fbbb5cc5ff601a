"""Levels of attention that a group brings."""

import pytest

from community.errors import Invalid, Refused
from community.members.groups.actions import (
    add_to_group,
    create_group,
    delete_group,
    open_automatic_groups,
    remove_from_group,
)
from community.members.models import Group
from community.members.trust.actions import set_trust
from community.moderation.models import AuditEntry
from community.spaces.attention import attend_to_space
from community.spaces.group_levels import set_group_levels
from community.spaces.models import GroupLevel, SpaceFollow, Tag, TagFollow
from tests.standing import deliver_all


@pytest.fixture
def crew(manager):
    return create_group(actor=manager, values={"name": "Hut crew"})


def test_who_comes_in_attends_as_the_group_says(manager, alice, space, crew):
    Tag.objects.create(slug="tents", name="Tents")
    set_group_levels(actor=manager, group=crew, spaces={"help": "watching"}, tags={"tents": "tracking"})

    add_to_group(actor=manager, group=crew, member=alice)
    deliver_all()

    assert SpaceFollow.objects.get(member=alice).level == "watching"
    assert TagFollow.objects.get(member=alice).level == "tracking"
    assert AuditEntry.objects.filter(act="group.levels_changed").count() == 1


def test_what_somebody_chose_stays(manager, alice, space, crew):
    set_group_levels(actor=manager, group=crew, spaces={"help": "watching"}, tags={})
    attend_to_space(actor=alice, space=space, level="muted")

    add_to_group(actor=manager, group=crew, member=alice)
    deliver_all()

    assert SpaceFollow.objects.get(member=alice).level == "muted"


def test_a_space_that_stays_closed_to_them_is_not_attended_to(manager, alice, private_space, crew):
    set_group_levels(actor=manager, group=crew, spaces={"testers": "watching"}, tags={})

    add_to_group(actor=manager, group=crew, member=alice)
    deliver_all()

    assert not SpaceFollow.objects.filter(member=alice).exists()


@pytest.mark.parametrize(
    ("spaces", "tags"), [({"nowhere": "watching"}, {}), ({"help": "loud"}, {}), ({}, {"nothing": "watching"})]
)
def test_what_cannot_be_a_level_changes_nothing(manager, space, crew, spaces, tags):
    set_group_levels(actor=manager, group=crew, spaces={"help": "tracking"}, tags={})

    with pytest.raises(Invalid):
        set_group_levels(actor=manager, group=crew, spaces=spaces, tags=tags)

    assert GroupLevel.objects.get().level == "tracking"


def test_only_managers_say_it(alice, mod, space, crew):
    for actor in (alice, mod):
        with pytest.raises(Refused):
            set_group_levels(actor=actor, group=crew, spaces={"help": "watching"}, tags={})

    assert not GroupLevel.objects.exists()


def test_the_admin_adds_and_takes_out_one_level(sign_in, manager, space, crew):
    client = sign_in(manager)

    client.post(
        "/admin/spaces/grouplevel/add/", {"group": crew.pk, "space": space.pk, "tag": "", "level": "watching"}
    )
    row = GroupLevel.objects.get()
    assert (row.space, row.level) == (space, "watching")

    client.post(f"/admin/spaces/grouplevel/{row.pk}/delete/", {"post": "yes"})
    assert not GroupLevel.objects.exists()


def test_what_a_group_brought_goes_when_it_is_left(manager, alice, space, crew):
    set_group_levels(actor=manager, group=crew, spaces={"help": "watching"}, tags={})
    add_to_group(actor=manager, group=crew, member=alice)
    deliver_all()

    remove_from_group(actor=manager, group=crew, member=alice)
    deliver_all()

    assert not SpaceFollow.objects.filter(member=alice).exists()


def test_what_they_chose_since_is_theirs(manager, alice, space, crew):
    set_group_levels(actor=manager, group=crew, spaces={"help": "watching"}, tags={})
    add_to_group(actor=manager, group=crew, member=alice)
    deliver_all()
    attend_to_space(actor=alice, space=space, level="tracking")

    remove_from_group(actor=manager, group=crew, member=alice)
    deliver_all()

    assert SpaceFollow.objects.get(member=alice).level == "tracking"


def test_another_group_of_theirs_brings_its_own_then(manager, alice, space, crew):
    other = create_group(actor=manager, values={"name": "Night shift"})
    set_group_levels(actor=manager, group=crew, spaces={"help": "watching"}, tags={})
    set_group_levels(actor=manager, group=other, spaces={"help": "tracking"}, tags={})
    for group in (crew, other):
        add_to_group(actor=manager, group=group, member=alice)
        deliver_all()

    delete_group(actor=manager, group=other)
    deliver_all()
    assert SpaceFollow.objects.get(member=alice).level == "watching"
    set_group_levels(
        actor=manager,
        group=create_group(actor=manager, values={"name": "Third"}),
        spaces={"help": "muted"},
        tags={},
    )
    remove_from_group(actor=manager, group=crew, member=alice)
    deliver_all()

    assert not SpaceFollow.objects.filter(member=alice).exists()


def test_an_automatic_group_brings_with_the_level_and_takes_with_it(manager, alice, space):
    open_automatic_groups()
    regulars = Group.objects.get(rule="trust_3")
    set_group_levels(actor=manager, group=regulars, spaces={"help": "watching"}, tags={})

    set_trust(actor=manager, member=alice, level=3, locked=True, reason="Here every week.")
    deliver_all()
    assert SpaceFollow.objects.get(member=alice).level == "watching"
    set_trust(actor=manager, member=alice, level=2, locked=True, reason="Our mistake.")
    deliver_all()

    assert not SpaceFollow.objects.filter(member=alice).exists()


def test_levels_heard_together_bring_and_take_for_each_member(manager, alice, bob, carol, space):
    open_automatic_groups()
    regulars = Group.objects.get(rule="trust_3")
    set_group_levels(actor=manager, group=regulars, spaces={"help": "watching"}, tags={})
    for member, levels in ((alice, (3,)), (bob, (3, 2)), (carol, (2,))):
        for level in levels:
            set_trust(actor=manager, member=member, level=level, locked=True, reason="Asked for.")

    deliver_all()

    assert list(SpaceFollow.objects.values_list("member", "level")) == [(alice.pk, "watching")]
