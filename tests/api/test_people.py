"""Profile fields, banners, follows and ignoring by program; who reads what (P-03), and what nobody sets (P-21)."""

import pytest

from community.members.actions import follow_member
from community.members.fields.actions import answer_fields, save_field
from community.members.fields.queries import answers_of
from community.members.models import Ignore, Member, ProfileField

pytestmark = pytest.mark.django_db

TERRAIN = {"key": "terrain", "name": "Terrain", "kind": "choices", "choices": ["Forest", "Coast"]}
REF = {"handle", "name", "avatar_url", "team_title", "tier", "url"}
PUBLIC = REF | {
    "title", "bio_html", "location", "website", "joined_at", "thread_count", "post_count", "accepted_count", "helped_count",
    "badge_count", "points_earned",
}  # fmt: skip


@pytest.fixture
def answered(manager, alice):
    for key, seen_by in (("open", "public"), ("inside", "members"), ("secret", "staff")):
        filled_by = "staff" if seen_by == "staff" else "member"
        changes = {"key": key, "name": key.title(), "seen_by": seen_by, "filled_by": filled_by}
        save_field(actor=manager, changes=changes)
    answer_fields(actor=alice, member=alice, answers={"open": "o", "inside": "i"})
    answer_fields(actor=manager, member=alice, answers={"secret": "s"})


def test_a_manager_defines_changes_and_erases_a_field(program, manager, alice):
    caller = program(manager)

    made = caller.post("profile-fields", TERRAIN)
    assert made.status_code == 201
    assert made.json()["choices"] == ["Forest", "Coast"]
    program(alice).patch("me/answers", {"answers": {"terrain": ["Coast"]}})
    assert (
        caller.put("profile-fields/terrain/choices", {"before": "Coast", "after": "Shore"}).status_code == 204
    )
    assert program(alice).get("me/answers").json() == {"answers": {"terrain": ["Shore"]}}
    assert caller.delete("profile-fields/terrain").status_code == 409
    assert caller.patch("profile-fields/terrain", {"is_active": False}).json()["is_active"] is False
    assert caller.delete("profile-fields/terrain").status_code == 204
    assert not ProfileField.objects.exists()
    assert answers_of(alice) == {}


def test_members_define_nothing(program, alice, mod, manager):
    save_field(actor=manager, changes=TERRAIN)
    for person in (alice, mod):
        caller = program(person)
        assert caller.post("profile-fields", {**TERRAIN, "key": "other"}).status_code == 403
        assert caller.patch("profile-fields/terrain", {"name": "Mine"}).status_code == 403
        assert caller.delete("profile-fields/terrain").status_code == 403

    assert [field.name for field in ProfileField.objects.all()] == ["Terrain"]


def test_each_role_reads_exactly_the_answers_meant_for_it(program, answered, alice, bob, mod):
    def keys(person):
        return set(program(person).get("members/alice/answers").json()["answers"])

    assert keys(None) == {"open"}
    assert keys(bob) == keys(alice) == {"open", "inside"}
    assert keys(mod) == {"open", "inside", "secret"}
    assert {row["key"] for row in program(None).get("profile-fields").json()["results"]} == {"open"}
    assert {row["key"] for row in program(bob).get("profile-fields").json()["results"]} == {"open", "inside"}


def test_a_profile_has_the_same_names_for_everyone_and_none_beyond_the_list(
    program, answered, alice, bob, mod, admin
):
    for person in (None, bob, mod, admin):
        caller = program(person)
        assert set(caller.get("members/alice").json()) == PUBLIC
        assert {name for row in caller.get("members").json()["results"] for name in row} == PUBLIC


def test_a_hidden_profile_is_empty_for_others(program, alice, bob):
    Member.objects.filter(pk=alice.pk).update(
        hides_profile=True, bio_html="<p>x</p>", location="Oslo", points_earned=5, badge_count=2
    )

    told = program(bob).get("members/alice").json()
    assert (told["bio_html"], told["location"], told["points_earned"], told["badge_count"]) == (
        "",
        "",
        None,
        None,
    )
    assert program(alice).get("members/alice").json()["location"] == "Oslo"
    assert program(bob).get("members/alice/followers").status_code == 404
    assert program(bob).get("members/alice/points").json()["points_earned"] is None


def test_what_is_not_theirs_to_fill_in_stays(program, answered, alice, bob, manager):
    for answers in ({"secret": "mine"}, {"is_staff": "true"}, {"open": {"a": 1}}):
        assert program(alice).patch("me/answers", {"answers": answers}).status_code == 422
    assert program(bob).patch("members/alice/answers", {"answers": {"open": "b"}}).status_code == 403
    assert answers_of(alice) == {"open": "o", "inside": "i", "secret": "s"}

    assert program(manager).patch("members/alice/answers", {"answers": {"secret": "t"}}).status_code == 200
    assert answers_of(alice)["secret"] == "t"


def test_follows_and_ignores_are_listed(program, alice, bob):
    follow_member(actor=bob, member=alice)
    Member.objects.filter(pk=alice.pk).update(trust_level=2)
    alice.refresh_from_db()
    caller = program(alice)

    assert [
        row["member"]["handle"] for row in program(None).get("members/alice/followers").json()["results"]
    ] == ["bob"]
    assert [row["member"]["handle"] for row in caller.get("members/bob/following").json()["results"]] == [
        "alice"
    ]
    assert caller.put("members/bob/ignore", {"days": 7}).status_code == 204
    assert [row["member"]["handle"] for row in caller.get("me/ignores").json()["results"]] == ["bob"]
    assert caller.put("members/bob/ignore", {"days": 8}).status_code == 422
    assert caller.delete("members/bob/ignore").status_code == 204
    assert not Ignore.objects.exists()
    assert caller.get("me/banner").json() == {"banner_url": ""}
