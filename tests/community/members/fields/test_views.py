"""The page of answers, profiles that show them, joining, the admin, and search."""

from typing import Any

import pytest

from community.members.fields.actions import answer_fields, save_field
from community.members.fields.queries import answers_of
from community.members.models import Member, ProfileField
from community.search.actions import index_members
from community.search.queries import search_members

pytestmark = pytest.mark.django_db


@pytest.fixture
def tent(manager: Any) -> ProfileField:
    values = {
        "key": "tent",
        "name": "My tent",
        "seen_by": "members",
        "is_searchable": True,
        "at_sign_up": True,
    }
    return save_field(actor=manager, changes=values)


def test_a_member_answers_and_the_profile_shows_it(sign_in: Any, alice: Any, bob: Any, tent: Any) -> None:
    client = sign_in(alice)
    assert "Members can read this." in client.get("/me/settings/about/").content.decode()

    answer = client.post("/me/settings/about/", {"field_tent": "Nordwand 3"})

    assert answer.status_code == 303
    assert "Nordwand 3" in sign_in(bob).get("/@alice/").content.decode()
    assert "Nordwand 3" not in sign_in(None).get("/@alice/").content.decode()


def test_what_cannot_be_used_stands_in_the_form_again(
    sign_in: Any, alice: Any, tent: Any, manager: Any
) -> None:
    save_field(actor=manager, changes={"key": "home", "name": "Home page", "kind": "link"})

    page = sign_in(alice).post("/me/settings/about/", {"field_tent": "X", "field_home": "javascript:1"})

    assert page.status_code == 422
    assert "Enter a whole address" in page.content.decode()
    assert answers_of(alice) == {}


def test_something_required_is_asked_on_every_page_until_it_is_answered(
    sign_in: Any, alice: Any, tent: Any, manager: Any
) -> None:
    save_field(actor=manager, field=tent, changes={"is_required": True})
    client = sign_in(alice)
    assert "A word about you is still missing." in client.get("/people/").content.decode()

    client.post("/me/settings/about/", {"field_tent": "Nordwand 3"})

    assert "still missing" not in client.get("/people/").content.decode()


def test_a_newcomer_is_asked_and_the_answer_is_kept(client: Any, tent: Any) -> None:
    assert "My tent" in client.get("/join/").content.decode()

    typed = {
        "name": "Nina New", "email": "nina@example.org", "password1": "a long enough password",
        "password2": "a long enough password", "field_tent": "Nordwand 3",
    }  # fmt: skip
    client.post("/join/", typed, REMOTE_ADDR="198.51.100.7")

    assert answers_of(Member.objects.get(name="Nina New")) == {"tent": "Nordwand 3"}


def test_members_find_each_other_by_answers_and_guests_do_not(
    alice: Any, bob: Any, tent: Any, manager: Any
) -> None:
    answer_fields(actor=alice, member=alice, answers={"tent": "Nordwand"})
    index_members([alice.pk])

    assert [m.handle for m in search_members("nordwand", viewer=bob)] == ["alice"]
    assert search_members("nordwand", viewer=None) == []
    save_field(actor=manager, field=tent, changes={"seen_by": "public"})
    index_members([alice.pk])
    assert [m.handle for m in search_members("nordwand", viewer=None)] == ["alice"]
    Member.objects.filter(pk=alice.pk).update(hides_profile=True)
    index_members([alice.pk])
    assert search_members("nordwand", viewer=bob) == []


def test_a_field_that_is_searched_no_longer_is_found_no_longer(
    alice: Any, bob: Any, tent: Any, manager: Any
) -> None:
    from community.activity import relay

    answer_fields(actor=alice, member=alice, answers={"tent": "Nordwand"})
    index_members([alice.pk])
    save_field(actor=manager, field=tent, changes={"seen_by": "staff"})
    while relay.deliver_due():
        pass

    assert search_members("nordwand", viewer=bob) == []


def test_a_manager_defines_a_field_in_the_admin(sign_in: Any, manager: Any, alice: Any) -> None:
    typed = {
        "key": "terrain", "name": "Terrain", "kind": "choices", "choices": "Forest\nCoast", "seen_by": "public",
        "filled_by": "member", "is_active": "on", "position": "5", "help_text": "",
    }  # fmt: skip
    client = sign_in(manager)
    assert client.post("/admin/members/profilefield/add/", typed).status_code == 302
    field = ProfileField.objects.get()
    assert field.choices == ["Forest", "Coast"]
    answer_fields(actor=alice, member=alice, answers={"terrain": ["Coast"]})
    page = client.post(f"/admin/members/profilefield/{field.pk}/change/", {**typed, "kind": "date"})
    assert page.status_code == 200
    assert "would be lost" in page.content.decode()
    client.post(
        f"/admin/members/profilefield/{field.pk}/change/", {**typed, "choices": "Forest\nCoast -> Shore"}
    )
    assert answers_of(alice) == {"terrain": ["Shore"]}
    assert sign_in(alice).get("/admin/members/profilefield/").status_code in (302, 404)


def test_a_choice_that_cannot_be_renamed_leaves_the_whole_field_as_it_was(sign_in: Any, manager: Any) -> None:
    changes = {"key": "shore", "name": "Shore", "kind": "choice", "choices": ["Forest", "Coast"]}
    field = save_field(actor=manager, changes=changes)
    typed = {
        "key": "shore", "name": "Another name", "kind": "choice", "choices": "Forest\nCoast -> Forest",
        "seen_by": "members", "filled_by": "member", "position": "10", "is_active": "on",
    }  # fmt: skip

    page = sign_in(manager).post(f"/admin/members/profilefield/{field.pk}/change/", typed)

    assert "Each choice needs a name of its own." in page.content.decode()
    field.refresh_from_db()
    assert (field.name, field.choices) == ("Shore", ["Forest", "Coast"])
