"""The manager's way to spaces and tags."""

from community.activity.models import Activity
from community.spaces.models import Space, SpaceMembership, Tag

SPACES = "/admin/spaces/space/"


def typed(space=None, people=(), **changes):
    """Return the fields of the form, with one row per (membership, member, moderator, delete)."""
    fields = {
        name: getattr(space, name, default)
        for name, default in (
            ("name", "Help"),
            ("slug", "help"),
            ("description", ""),
            ("access", "public"),
            ("posting", "everyone"),
            ("kind", "discussion"),
            ("icon", "chat"),
            ("position", 0),
        )
    }
    fields |= {
        "memberships-TOTAL_FORMS": len(people),
        "memberships-INITIAL_FORMS": sum(bool(row[0]) for row in people),
    }
    for number, (membership, member, moderates, remove) in enumerate(people):
        prefix = f"memberships-{number}-"
        fields |= {f"{prefix}member": member.pk, f"{prefix}space": space.pk if space else ""}
        fields |= {f"{prefix}id": membership.pk} if membership else {}
        fields |= {f"{prefix}is_moderator": "on"} if moderates else {}
        fields |= {f"{prefix}DELETE": "on"} if remove else {}
    return fields | changes


def test_a_space_is_opened_with_people_in_it(manager, bob, sign_in):
    answer = sign_in(manager).post(
        f"{SPACES}add/", typed(people=[(None, bob, True, False)], access="private")
    )

    assert answer.status_code == 302, answer.context["errors"]
    space = Space.objects.get(slug="help")
    assert space.access == "private"
    assert SpaceMembership.objects.values_list("member__handle", "is_moderator").get() == ("bob", True)
    verbs = Activity.objects.filter(actor=manager).values_list("verb", flat=True)
    assert sorted(verbs) == ["space.created", "space.member_added"]


def test_a_space_is_changed_and_people_come_and_go(manager, alice, bob, carol, space, sign_in):
    stays = SpaceMembership.objects.create(space=space, member=alice)
    goes = SpaceMembership.objects.create(space=space, member=bob)
    people = [(stays, alice, True, False), (goes, bob, False, True), (None, carol, False, False)]

    answer = sign_in(manager).post(f"{SPACES}{space.pk}/change/", typed(space, people, name="Questions"))

    assert answer.status_code == 302, answer.context["errors"]
    assert Space.objects.get().name == "Questions"
    assert dict(SpaceMembership.objects.values_list("member__handle", "is_moderator")) == {
        "alice": True,
        "carol": False,
    }
    verbs = list(Activity.objects.filter(actor=manager).values_list("verb", flat=True))
    assert sorted(verbs) == [
        "space.changed",
        "space.member_added",
        "space.member_added",
        "space.member_removed",
    ]


def test_whoever_is_replaced_in_a_line_is_not_in_the_space_any_more(
    manager, alice, bob, private_space, sign_in
):
    line = SpaceMembership.objects.create(space=private_space, member=alice)

    sign_in(manager).post(
        f"{SPACES}{private_space.pk}/change/",
        typed(private_space, [(line, bob, False, False)], access="private", slug=private_space.slug),
    )

    assert list(SpaceMembership.objects.values_list("member__handle", flat=True)) == ["bob"]
    assert not Space.objects.visible_to(alice).filter(pk=private_space.pk).exists()
    verbs = Activity.objects.filter(verb__startswith="space.member").values_list("verb", flat=True)
    assert sorted(verbs) == ["space.member_added", "space.member_removed"]


def test_an_address_that_is_taken_or_unusable_is_said_beside_its_field(manager, space, sign_in):
    for changes in ({"slug": space.slug}, {"name": "x", "slug": "other"}):
        answer = sign_in(manager).post(f"{SPACES}add/", typed(**changes))
        assert answer.status_code == 200
        assert answer.context["adminform"].form.errors

    assert Space.objects.count() == 1


def test_moderators_look_and_do_not_touch(mod, space, private_space, sign_in):
    page = sign_in(mod).get(SPACES).content.decode()

    assert space.name in page
    assert private_space.name not in page
    assert sign_in(mod).post(f"{SPACES}{space.pk}/change/", typed(space, name="Mine")).status_code == 403
    assert Space.objects.get(pk=space.pk).name == space.name


def test_spaces_are_archived_and_not_deleted(admin, space, sign_in):
    assert sign_in(admin).post(f"{SPACES}{space.pk}/delete/", {"post": "yes"}).status_code == 403

    sign_in(admin).post(f"{SPACES}{space.pk}/change/", typed(space, is_archived="on"))
    assert Space.objects.get().is_archived


def test_a_tag_is_written_better(manager, db, sign_in):
    tag = Tag.objects.create(slug="ultra-light", name="ultra light")

    sign_in(manager).post(f"/admin/spaces/tag/{tag.pk}/change/", {"name": "Ultralight"})

    tag.refresh_from_db()
    assert (tag.slug, tag.name) == ("ultra-light", "Ultralight")
    assert Activity.objects.get(verb="tag.renamed").payload["before"] == "ultra light"
