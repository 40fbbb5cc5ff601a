"""What staff see of conversations in the admin: shells without a word."""

from typing import Any

import pytest

from community.messages.models import Conversation

pytestmark = pytest.mark.django_db


def test_managers_see_who_when_and_how_much_and_never_what(
    group: Conversation, manager: Any, admin: Any, sign_in: Any
) -> None:
    for member in (manager, admin):
        client = sign_in(member)
        pages = [
            client.get(f"/admin/conversations/conversation/{path}").content.decode()
            for path in ("", f"{group.pk}/change/", "?q=alice")
        ]

        assert "Alice Arden" in pages[1] and "Carol Cove" in pages[1]
        for page in pages:
            assert "Hut weekend" not in page and "meet at the hut" not in page


def test_nothing_is_changed_there(group: Conversation, admin: Any, sign_in: Any) -> None:
    client = sign_in(admin)

    assert (
        client.post(f"/admin/conversations/conversation/{group.pk}/change/", {"title": "Ours"}).status_code
        == 403
    )
    assert client.get("/admin/conversations/conversation/add/").status_code == 403
    assert (
        client.post(f"/admin/conversations/conversation/{group.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    group.refresh_from_db()
    assert group.title == "Hut weekend"


def test_moderators_find_no_conversations(group: Conversation, mod: Any, sign_in: Any) -> None:
    assert sign_in(mod).get("/admin/conversations/conversation/").status_code in (302, 403, 404)
