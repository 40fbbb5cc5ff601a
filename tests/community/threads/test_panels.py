"""What a member wrote lately, on their profile."""

from typing import Any

import pytest

from community.threads.actions import reply_to_thread
from community.threads.models import Post


def read(client: Any, path: str) -> str:
    return str(client.get(path).content.decode())


@pytest.fixture
def written(alice: Any, bob: Any, space: Any, make_thread: Any) -> Any:
    thread = make_thread(bob, space, title="Is the fly worn out?", kind="question")
    return reply_to_thread(actor=alice, thread=thread, body="Wash it first, then spray it while it is damp.")


def test_a_profile_shows_what_its_member_wrote(sign_in: Any, bob: Any, written: Any) -> None:
    text = read(sign_in(bob), "/@alice/")

    assert "Latest posts" in text
    assert "Is the fly worn out?" in text and "Wash it first, then spray it" in text
    assert f'href="/p/{written.pk}/"' in text


def test_what_a_viewer_may_not_read_is_not_on_the_profile(
    sign_in: Any, manager: Any, bob: Any, mod: Any, private_space: Any, make_thread: Any, written: Any
) -> None:
    make_thread(manager, private_space, title="Pole sleeve after thirty pitches")
    assert "Pole sleeve" not in read(sign_in(bob), f"/@{manager.handle}/")
    assert "Pole sleeve" not in read(sign_in(None), f"/@{manager.handle}/")

    Post.objects.filter(pk=written.pk).update(state="hidden")
    assert "Wash it first" not in read(sign_in(mod), "/@alice/")


def test_an_empty_profile_says_so_and_shows_its_owner_the_way_on(sign_in: Any, alice: Any, bob: Any) -> None:
    assert "has not written here yet." in read(sign_in(bob), "/@alice/")
    assert "See open questions" in read(sign_in(alice), "/@alice/")
