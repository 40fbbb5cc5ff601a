"""The account itself by the API: profile, settings, portrait, blocks."""

import pytest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from community.activity.models import Activity
from community.members.actions import block_member
from community.members.models import Member
from community.writing.models import Upload
from tests.community.writing.pictures import encoded, photo, upload

CHANGED = {
    "name": "Al",
    "bio_md": "I *camp* in winter.",
    "location": "Bergen",
    "website": "https://example.org/al",
    "show_points": False,
    "show_tier": False,
    "show_badges": False,
    "show_thanks": False,
    "on_leaderboards": True,
    "quiet_mode": True,
    "hides_profile": True,
    "shows_follows": False,
    "theme": "dark",
    "shortcuts_on": False,
    "language": "de",
    "time_zone": "Europe/Oslo",
    "messages_from": "nobody",
    "read_receipts": False,
    "shows_presence": False,
    "mail_shows_messages": False,
}


def recorded():
    return Activity.objects.filter(verb="member.profile_changed").count()


def test_everything_the_settings_pages_change_a_program_changes(program, alice):
    from community.members import forms

    caller = program(alice, "me:read", "me:write")

    answer = caller.patch("me", CHANGED)

    assert answer.status_code == 200, answer.content
    assert {name: answer.json()[name] for name in CHANGED} == CHANGED
    assert caller.get("me").json() == answer.json()
    alice.refresh_from_db()
    assert {name: getattr(alice, name) for name in CHANGED} == CHANGED
    assert "<em>camp</em>" in alice.bio_html and recorded() == 1
    pages = (forms.ProfileForm, forms.PrivacyForm, forms.AppearanceForm)
    assert {name for page in pages for name in page._meta.fields} == set(CHANGED)


def test_what_is_not_sent_stays(program, alice):
    program(alice).patch("me", {"theme": "dark"})

    alice.refresh_from_db()
    assert (alice.theme, alice.name, alice.time_zone) == ("dark", "Alice Arden", "UTC")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "\u200b"),
        ("name", "x" * 81),
        ("bio_md", "x" * 3001),
        ("location", "x" * 61),
        ("website", "javascript:alert(1)"),
        ("theme", "neon"),
        ("language", "tlh"),
        ("time_zone", "../../etc/passwd"),
        ("time_zone", "Etc/GMT+5"),
        ("time_zone", ""),
        ("quiet_mode", "perhaps"),
        ("messages_from", "strangers"),
    ],
)
def test_what_cannot_be_a_setting_is_named_and_changes_nothing(program, alice, field, value):
    answer = program(alice).patch("me", {"location": "Oslo", **{field: value}})

    assert answer.status_code == 422, answer.content
    assert field in answer.json()["errors"]
    alice.refresh_from_db()
    assert (alice.location, alice.name, recorded()) == ("", "Alice Arden", 0)


def send_picture(token, data):
    client = Client(headers={"Authorization": f"Bearer {token}"})
    body = encode_multipart(BOUNDARY, data)
    return client.put("/api/v1/me/picture", body, content_type=MULTIPART_CONTENT)


def test_a_portrait_is_drawn_anew_and_shown(key_for, alice):
    answer = send_picture(key_for(alice, "me:write"), {"file": upload(encoded(photo(500, 400)))})

    assert answer.status_code == 200, answer.content
    portrait = Upload.objects.get()
    assert answer.json()["avatar_url"] == f"/files/{portrait.key}/240.webp"
    assert Member.objects.get(pk=alice.pk).avatar_url == answer.json()["avatar_url"]
    assert Client().get(answer.json()["avatar_url"]).status_code == 200


@pytest.mark.parametrize("data", [{}, {"file": "text"}, {"file": upload(b"<svg/>", "a.png")}])
def test_what_is_no_picture_leaves_the_portrait(key_for, alice, data):
    answer = send_picture(key_for(alice), data)

    assert answer.status_code == 422 and "file" in answer.json()["errors"]
    assert answer["Content-Type"] == "application/problem+json"
    assert Member.objects.get(pk=alice.pk).avatar_url == ""
    assert not Upload.objects.exists()


def test_whom_one_blocks_is_ones_own_business(program, alice, bob, carol, django_assert_max_num_queries):
    block_member(actor=alice, member=bob)
    block_member(actor=alice, member=carol)
    caller = program(alice, "me:read")

    with django_assert_max_num_queries(5):
        first = caller.get("me/blocks?limit=1").json()
    rest = caller.get(first["next"]).json()

    assert [row["member"]["handle"] for row in first["results"] + rest["results"]] == ["carol", "bob"]
    assert program(bob).get("me/blocks").json() == {"results": [], "next": None}


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("PATCH", "me", "me:write"),
        ("PUT", "me/picture", "me:write"),
        ("GET", "me/blocks", "me:read"),
    ],
)
def test_a_key_needs_the_scope(program, alice, method, path, scope):
    other = "me:read" if scope == "me:write" else "me:write"

    answer = program(alice, other).call(method, path, {"name": "Al"} if method == "PATCH" else None)

    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    assert program().call(method, path).status_code == 401
    assert Member.objects.get(pk=alice.pk).name == "Alice Arden"


def test_members_come_newest_or_most_helpful_first(program, alice, bob, carol):
    Member.objects.filter(pk=alice.pk).update(accepted_count=2)
    Member.objects.filter(pk=carol.pk).update(accepted_count=5)
    guest = program()

    page = guest.get("members?sort=helpful&limit=2").json()

    assert [row["handle"] for row in page["results"]] == ["carol", "alice"]
    assert guest.get(page["next"]).json()["results"][0]["handle"] == "bob"
    assert [row["handle"] for row in guest.get("members").json()["results"]][:3] == ["carol", "bob", "alice"]
    assert guest.get("members?sort=loudest").status_code == 400
