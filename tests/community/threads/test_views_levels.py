"""Choosing how closely to attend to a thread, a space or a tag."""

from typing import Any

import pytest

from community.spaces.models import Level, SpaceFollow, SpaceMembership, TagFollow
from community.threads.models import Thread, ThreadFollow

HTMX = {"HX-Request": "true"}


def do(thread: Thread, what: str) -> str:
    return f"/t/{thread.pk}/-/{what}/"


@pytest.mark.parametrize("level", ["watching", "tracking", "muted"])
def test_a_level_is_chosen_and_changed(sign_in: Any, carol: Any, thread: Thread, level: str) -> None:
    client = sign_in(carol)

    chosen = client.post(do(thread, "level"), {"level": level}, headers=HTMX)
    stored = ThreadFollow.objects.get(member=carol).level
    menu = client.get(do(thread, "level"), headers=HTMX).content.decode()
    page = client.get(do(thread, "level")).content.decode()
    undone = client.post(do(thread, "level"), {"level": "normal"})

    assert 'id="follow"' in chosen.content.decode()
    assert str(Level(level).label) in chosen.content.decode()
    assert f'value="{level}" aria-current="true"' in menu
    assert f'value="{level}" aria-current="true"' in page
    assert "<h1" in page
    assert "<h1" not in menu
    assert stored == level
    assert undone.status_code == 303
    assert ThreadFollow.objects.get(member=carol).level == "normal"


@pytest.mark.parametrize("level", ["", "first_posts", "loud", "watching\x00"])
def test_an_unknown_level_changes_nothing(sign_in: Any, carol: Any, thread: Thread, level: str) -> None:
    refused = sign_in(carol).post(do(thread, "level"), {"level": level})

    assert refused.status_code == 422
    assert not ThreadFollow.objects.filter(member=carol).exists()


@pytest.mark.parametrize("path", ["/s/help/level/", "/tags/tents/level/"])
def test_levels_of_spaces_and_tags_work_both_ways(
    sign_in: Any, carol: Any, alice: Any, space: Any, make_thread: Any, path: str
) -> None:
    make_thread(alice, space, tags=["tents"])
    client = sign_in(carol)
    place = path.removesuffix("level/")

    fragment = client.post(path, {"level": "watching"}, headers=HTMX)
    page = client.get(place).content.decode()
    plain = client.post(path, {"level": "muted"}, follow=True)

    assert 'value="watching" aria-current="true"' in fragment.content.decode()
    assert 'value="watching" aria-current="true"' in page
    assert "stay out of your lists" in plain.content.decode()
    model = SpaceFollow if path.startswith("/s/") else TagFollow
    assert model.objects.get(member=carol).level == "muted"
    client.post(path, {"level": "normal"})
    assert not model.objects.exists()
    assert client.post(path, {"level": "loud"}).status_code == 422


def test_a_tag_of_private_threads_is_as_good_as_absent(
    sign_in: Any, carol: Any, bob: Any, private_space: Any, make_thread: Any
) -> None:
    SpaceMembership.objects.create(space=private_space, member=bob)
    make_thread(bob, private_space, tags=["secret"])

    assert sign_in(carol).post("/tags/secret/level/", {"level": "watching"}).status_code == 404
    assert sign_in(carol).post("/tags/nothing/level/", {"level": "watching"}).status_code == 404
    assert not TagFollow.objects.exists()


def test_the_page_of_a_muted_tag_can_still_be_read(
    sign_in: Any, carol: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    thread = make_thread(alice, space, tags=["tents"])
    client = sign_in(carol)
    client.post("/tags/tents/level/", {"level": "muted"})

    page = client.get("/tags/tents/")

    assert page.status_code == 200
    assert thread.title in page.content.decode()
    assert 'value="muted" aria-current="true"' in page.content.decode()
    assert thread.title not in client.get("/?view=latest").content.decode()
