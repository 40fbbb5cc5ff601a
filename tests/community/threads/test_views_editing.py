"""Editing in a browser when others edit too."""

from typing import Any

import pytest

from community.threads import actions
from community.threads.models import Post, Thread


@pytest.fixture
def answer(bob: Any, thread: Thread, make_reply: Any) -> Post:
    return make_reply(bob, thread)


def test_a_text_changed_meanwhile_is_shown_beside_the_one_typed_and_saved_when_sent_again(
    sign_in: Any, bob: Any, mod: Any, answer: Post
) -> None:
    client = sign_in(bob)
    actions.edit_post(actor=mod, post=answer, body="Aluminium bends.")
    typed = {"body": "Steel bends.", "expected_edit_count": "0"}

    clash = client.post(f"/p/{answer.pk}/edit/", typed)

    page = clash.content.decode()
    assert clash.status_code == 409
    assert "<del>Aluminium</del> bends." in page
    assert "<ins>Steel</ins> bends." in page
    assert 'name="expected_edit_count" value="1"' in page
    assert Post.objects.get(pk=answer.pk).body_md == "Aluminium bends."
    assert client.post(f"/p/{answer.pk}/edit/", typed | {"expected_edit_count": "1"}).status_code == 303
    assert Post.objects.get(pk=answer.pk).body_md == "Steel bends."


def test_a_wiki_post_is_opened_in_its_menu_and_edited_by_members(
    sign_in: Any, bob: Any, carol: Any, answer: Post
) -> None:
    assert sign_in(carol).post(f"/p/{answer.pk}/wiki/", {"on": "1"}).status_code == 403
    assert "Let members edit this" in sign_in(bob).get(f"/p/{answer.pk}/menu/").content.decode()

    assert sign_in(bob).post(f"/p/{answer.pk}/wiki/", {"on": "1"}).status_code == 303

    type(carol).objects.filter(pk=carol.pk).update(trust_level=1)
    page = sign_in(carol).get(f"/p/{answer.pk}/edit/").content.decode()
    assert "Many people keep this text true together" in page
    assert sign_in(carol).post(f"/p/{answer.pk}/edit/", {"body": "Better now."}).status_code == 303
    assert ">Wiki<" in sign_in(carol).get(answer.thread.get_absolute_url()).content.decode()
    assert carol.name in sign_in(bob).get(f"/p/{answer.pk}/history/").content.decode()
