"""Creating, changing and deleting groups."""

import pytest

from community.activity.models import Activity
from community.errors import Invalid, Refused
from community.members.groups.actions import change_group, create_group, delete_group
from community.members.models import Group
from community.moderation.models import AuditEntry
from tests.standing import deliver_all


def test_a_new_group_is_closed_in_every_way_until_somebody_opens_it(manager):
    group = create_group(actor=manager, values={"name": "Hut  Crew"})

    assert (group.name, group.slug) == ("Hut Crew", "hut-crew")
    assert (group.join_mode, group.visibility) == ("invitation", "group")
    assert (group.members_visibility, group.callers) == ("group", "nobody")


def test_changes_are_recorded_and_audited(manager, make_group):
    group = make_group("Hut crew")

    change_group(actor=manager, group=group, changes={"join_mode": "open", "name": "Hut crew"})
    deliver_all()

    changed = Activity.objects.get(verb="group.changed")
    assert changed.payload["fields"] == ["join_mode"]
    assert AuditEntry.objects.filter(act="group.changed").count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Crew", "slug": "alice"}, "slug"),
        ({"name": "Crew", "slug": "a b"}, "slug"),
        ({"name": "Crew", "email_domains": ["*.example.com"]}, "email_domains"),
        ({"name": "Crew", "email_domains": ["example"]}, "email_domains"),
        ({"name": "Crew", "join_mode": "anyhow"}, "join_mode"),
    ],
)
def test_what_cannot_be_a_group_names_its_field_and_leaves_nothing(manager, alice, values, field):
    with pytest.raises(Invalid) as refusal:
        create_group(actor=manager, values=values)

    assert field in refusal.value.fields
    assert not Group.objects.exists()


@pytest.mark.parametrize("who", ["alice", "mod", "mallory"])
def test_only_managers_create_change_and_delete(request, who, make_group):
    actor, group = request.getfixturevalue(who), make_group("Hut crew")

    with pytest.raises(Refused):
        create_group(actor=actor, values={"name": "Mine"})
    with pytest.raises(Refused):
        change_group(actor=actor, group=group, changes={"visibility": "everyone"})
    with pytest.raises(Refused):
        delete_group(actor=actor, group=group)

    assert list(Group.objects.values_list("name", flat=True)) == ["Hut crew"]


def test_an_owner_says_what_the_group_is_for_and_opens_it_to_nobody(alice, make_group):
    group = make_group("Hut crew", owner=alice)

    change_group(actor=alice, group=group, changes={"description": "We keep the hut warm."})
    with pytest.raises(Refused):
        change_group(actor=alice, group=group, changes={"description": "x", "join_mode": "open"})

    group.refresh_from_db()
    assert (group.description, group.join_mode) == ("We keep the hut warm.", "invitation")


@pytest.mark.parametrize("field", ["id", "member_count", "members", "memberships", "is_owner"])
def test_other_fields_are_never_set(manager, make_group, field):
    with pytest.raises(ValueError, match="not fields"):
        change_group(actor=manager, group=make_group("Hut crew"), changes={field: 7})


def test_a_deleted_group_is_gone_and_remembered_in_the_log(manager, make_group):
    delete_group(actor=manager, group=make_group("Hut crew"))

    assert not Group.objects.exists()
    assert Activity.objects.get(verb="group.deleted").payload == {"name": "Hut crew"}
