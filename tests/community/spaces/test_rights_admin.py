"""The page of rights in the admin."""

from typing import Any

from community.activity.models import Activity


def address(space: Any) -> str:
    return f"/admin/spaces/space/{space.pk}/rights/"


RIGHTS = {
    "access": "private",
    "see_for": ["trust:2"],
    "replying": "chosen",
    "reply_for": ["trust:3"],
    "posting": "staff",
}


def test_a_manager_reads_and_changes_rights(manager: Any, bob: Any, space: Any, sign_in: Any) -> None:
    caller = sign_in(manager)

    before = caller.get(f"{address(space)}?as=@bob").content.decode()
    answer = caller.post(address(space), RIGHTS)

    assert "Everyone reads it, guests too." in before
    assert "@bob" in before
    assert answer.status_code == 302
    space.refresh_from_db()
    assert (space.access, space.see_for, space.reply_for, space.posting) == (
        "private",
        ["trust:2"],
        ["trust:3"],
        "staff",
    )
    assert Activity.objects.get(verb="space.changed").payload["fields"] == [
        "access",
        "posting",
        "reply_for",
        "replying",
        "see_for",
    ]
    assert "Nobody has the handle" in caller.get(f"{address(space)}?as=zzz").content.decode()


def test_what_cannot_be_a_right_changes_nothing(manager: Any, space: Any, sign_in: Any) -> None:
    for typed in ({**RIGHTS, "see_for": ["group:99"]}, {**RIGHTS, "access": "friends"}, {}):
        assert sign_in(manager).post(address(space), typed).status_code == 422

    space.refresh_from_db()
    assert (space.access, space.see_for) == ("public", [])


def test_others_do_not_see_the_page(
    mod: Any, alice: Any, space: Any, private_space: Any, sign_in: Any
) -> None:
    assert sign_in(mod).get(address(space)).status_code == 403
    assert sign_in(mod).post(address(space), RIGHTS).status_code == 403
    assert sign_in(mod).get(address(private_space)).status_code == 404
    assert sign_in(alice).get(address(space)).status_code == 302
    space.refresh_from_db()
    assert space.access == "public"
