"""Opening, changing and closing spaces, and who is in them."""

import pytest

from community.activity.models import Activity
from community.errors import Conflict, Invalid, RateLimited, Refused
from community.spaces.actions import (
    add_space_member,
    archive_space,
    change_space,
    create_space,
    remove_space_member,
    reopen_space,
)
from community.spaces.attention import follow_space, unfollow_space
from community.spaces.models import Space, SpaceFollow, SpaceMembership, Tag
from tests.racing import all_at_once


def told(verb):
    return list(Activity.objects.filter(verb=verb).order_by("id").values_list("payload", flat=True))


def test_a_manager_opens_a_space(manager):
    space = create_space(
        actor=manager, name=" Ideas  & Wünsche ", access="members", kind="discussion", position=3
    )

    stored = Space.objects.get(pk=space.pk)
    assert (stored.slug, stored.name, stored.access, stored.position) == (
        "ideas-wunsche",
        "Ideas & Wünsche",
        "members",
        3,
    )
    assert told("space.created") == [
        {"slug": "ideas-wunsche", "name": "Ideas & Wünsche", "access": "members"}
    ]


def test_two_spaces_do_not_share_an_address(manager, space):
    with pytest.raises(Conflict) as refusal:
        create_space(actor=manager, name="Help again", slug=space.slug)

    assert (refusal.value.code, list(refusal.value.fields)) == ("slug_taken", ["slug"])
    assert Space.objects.count() == 1
    assert told("space.created") == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "x"}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"slug": "Not an address"}, "slug"),
        ({"name": "テント"}, "slug"),
        ({"description": "x" * 241}, "description"),
        ({"access": "friends"}, "access"),
        ({"posting": "nobody"}, "posting"),
        ({"kind": "sermon"}, "kind"),
    ],
)
def test_what_cannot_be_used_is_said_beside_its_field(manager, fields, field):
    with pytest.raises(Invalid) as refusal:
        create_space(actor=manager, **{"name": "Help", **fields})

    assert list(refusal.value.fields) == [field]
    assert not Space.objects.exists()


def test_only_managers_change_spaces(alice, mod, mallory, space):
    for actor in (alice, mod, mallory):
        with pytest.raises(Refused):
            create_space(actor=actor, name="My own place")
        with pytest.raises(Refused):
            change_space(actor=actor, space=space, changes={"access": "private"})
        with pytest.raises(Refused):
            archive_space(actor=actor, space=space)

    assert list(Space.objects.values_list("access", "is_archived")) == [("public", False)]


def test_a_change_is_told_by_its_fields_and_none_is_none(manager, space):
    change_space(actor=manager, space=space, changes={"name": "Questions", "access": "public"})
    change_space(actor=manager, space=space, changes={"name": "Questions"})

    assert Space.objects.get().name == "Questions"
    assert [one["fields"] for one in told("space.changed")] == [["name"]]


def test_a_setting_that_does_not_exist_is_a_fault_of_the_caller(manager, space):
    with pytest.raises(ValueError, match="thread_count"):
        change_space(actor=manager, space=space, changes={"thread_count": 10**6})


def test_an_archive_can_be_opened_again(manager, space):
    assert archive_space(actor=manager, space=space).is_archived
    assert not reopen_space(actor=manager, space=space).is_archived
    assert [(one["before"], one["after"]) for one in told("space.changed")] == [
        ({"is_archived": False}, {"is_archived": True}),
        ({"is_archived": True}, {"is_archived": False}),
    ]


def test_people_are_added_and_taken_out_once(alice, bob, manager, private_space):
    add_space_member(actor=manager, space=private_space, member=bob)
    add_space_member(actor=manager, space=private_space, member=bob)
    follow_space(actor=bob, space=private_space)
    assert Space.objects.visible_to(bob).filter(pk=private_space.pk).exists()

    remove_space_member(actor=manager, space=private_space, member=bob)
    remove_space_member(actor=manager, space=private_space, member=bob)

    assert not Space.objects.visible_to(bob).filter(pk=private_space.pk).exists()
    assert not SpaceFollow.objects.exists()
    assert told("space.member_added") == [{"member_id": bob.pk, "is_moderator": False}]
    assert told("space.member_removed") == [{"member_id": bob.pk, "is_moderator": False}]


def test_care_is_given_and_taken_by_managers(bob, manager, space):
    assert add_space_member(actor=manager, space=space, member=bob, is_moderator=True).is_moderator
    assert add_space_member(actor=manager, space=space, member=bob).is_moderator
    assert not add_space_member(actor=manager, space=space, member=bob, is_moderator=False).is_moderator

    assert [payload["is_moderator"] for payload in told("space.member_added")] == [True, False]


def test_a_moderator_of_the_space_adds_people_but_chooses_no_moderators(
    alice, bob, carol, manager, private_space
):
    add_space_member(actor=manager, space=private_space, member=alice, is_moderator=True)
    add_space_member(actor=manager, space=private_space, member=carol, is_moderator=True)

    add_space_member(actor=alice, space=private_space, member=bob)
    with pytest.raises(Refused):
        add_space_member(actor=alice, space=private_space, member=bob, is_moderator=True)
    with pytest.raises(Refused):
        remove_space_member(actor=alice, space=private_space, member=carol)
    remove_space_member(actor=alice, space=private_space, member=bob)

    assert set(SpaceMembership.objects.values_list("member__handle", flat=True)) == {"alice", "carol"}


def test_nobody_lets_themselves_in(bob, mod, private_space):
    SpaceMembership.objects.create(space=private_space, member=bob)

    for actor in (bob, mod):
        with pytest.raises(Refused):
            add_space_member(actor=actor, space=private_space, member=mod)

    assert SpaceMembership.objects.count() == 1


def test_following_a_space_is_once_and_only_where_one_may_read(alice, mallory, space, private_space):
    follow_space(actor=alice, space=space)
    follow_space(actor=alice, space=space)
    with pytest.raises(Refused):
        follow_space(actor=alice, space=private_space)
    with pytest.raises(Refused):
        follow_space(actor=mallory, space=space)
    assert SpaceFollow.objects.get().member == alice

    unfollow_space(actor=alice, space=space)
    unfollow_space(actor=alice, space=space)
    assert not SpaceFollow.objects.exists()


def test_a_loop_is_stopped(alice, space, settings):
    settings.LIMITS_ENABLED = True
    settings.LIMITS_PREFIX = f"{settings.LIMITS_PREFIX}-follow-loop"
    settings.LIMITS = {"spaces.follow": "2/min"}

    follow_space(actor=alice, space=space)
    follow_space(actor=alice, space=space)
    with pytest.raises(RateLimited):
        follow_space(actor=alice, space=space)


def test_opening_and_closing_a_space_lists_and_hides_its_words(
    alice, manager, space, make_thread, deliver_all
):
    make_thread(alice, space, tags=["heron"])

    change_space(actor=manager, space=space, changes={"access": "private"})
    deliver_all()
    assert Tag.objects.get().thread_count == 0

    change_space(actor=manager, space=space, changes={"access": "members"})
    deliver_all()
    assert Tag.objects.get().thread_count == 1


@pytest.mark.django_db(transaction=True)
def test_many_requests_to_add_one_person_add_one(bob, manager, private_space):
    answers = all_at_once([lambda: add_space_member(actor=manager, space=private_space, member=bob)] * 12)

    assert not [answer for answer in answers if isinstance(answer, Exception)]
    assert SpaceMembership.objects.count() == 1
    assert len(told("space.member_added")) == 1
