"""Levels, what is new and unread, and rankings, by the API."""

from typing import Any

import pytest

from community.spaces.models import SpaceFollow, SpaceMembership, TagFollow
from community.threads.models import ThreadFollow
from community.threads.ranking import rank_threads


@pytest.fixture
def thread(carol: Any, alice: Any, space: Any, make_thread: Any) -> Any:
    """A question by Alice with a tag, begun after Carol had joined."""
    return make_thread(alice, space, tags=["tents"])


def test_levels_are_set_for_threads_spaces_and_tags(
    program: Any, carol: Any, thread: Any, space: Any
) -> None:
    caller = program(carol, "me:write")

    for path in (f"threads/{thread.pk}/level", f"spaces/{space.slug}/level", "tags/tents/level"):
        assert caller.put(path, {"level": "watching"}).status_code == 204
        assert caller.put(path, {"level": "loud"}).status_code == 422

    assert ThreadFollow.objects.get(member=carol).level == "watching"
    assert SpaceFollow.objects.get(member=carol).level == "watching"
    assert TagFollow.objects.get(member=carol).level == "watching"
    caller.put("tags/tents/level", {"level": "normal"})
    assert not TagFollow.objects.exists()


def test_what_cannot_be_read_cannot_be_attended_to(
    program: Any, bob: Any, carol: Any, private_space: Any, make_thread: Any
) -> None:
    SpaceMembership.objects.create(space=private_space, member=bob)
    inside = make_thread(bob, private_space, tags=["secret"])
    caller = program(carol)

    for path in (f"threads/{inside.pk}/level", f"spaces/{private_space.slug}/level", "tags/secret/level"):
        assert caller.put(path, {"level": "watching"}).status_code == 404
    assert not ThreadFollow.objects.filter(member=carol).exists()
    assert not TagFollow.objects.exists()


def test_another_scope_is_not_enough(program: Any, carol: Any, thread: Any) -> None:
    caller = program(carol, "threads:read")

    assert caller.put(f"threads/{thread.pk}/level", {"level": "watching"}).status_code == 403
    assert caller.get("me/waiting").status_code == 403
    assert caller.get("me/feed?view=new").status_code == 403


def test_new_and_unread_are_counted_listed_set_aside_and_brought_back(
    program: Any, carol: Any, bob: Any, thread: Any, make_reply: Any
) -> None:
    caller = program(carol, "me:read", "me:write")
    assert caller.get("me/waiting").json() == {"new": 1, "unread": 0}

    caller.put(f"threads/{thread.pk}/read", {"position": 1})
    caller.put(f"threads/{thread.pk}/level", {"level": "tracking"})
    make_reply(bob, thread)
    assert caller.get("me/waiting").json() == {"new": 0, "unread": 1}
    (row,) = caller.get("me/feed?view=unread").json()["results"]
    assert (row["id"], row["unread_count"]) == (thread.pk, 1)

    assert caller.put("me/waiting", {"what": "unread"}).json() == {"new": 0, "unread": 0}
    assert caller.delete("me/waiting?what=unread").json() == {"new": 0, "unread": 1}
    assert caller.put("me/waiting", {"what": "everything"}).status_code == 422


def test_lists_of_ones_own_go_on_by_cursor(
    program: Any, carol: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    for number in range(23):
        make_thread(alice, space, title=f"Thread number {number:02}", body=f"The text of number {number}.")
    caller = program(carol, "me:read")

    first = caller.get("me/feed?view=new").json()
    second = caller.get(first["next"]).json()

    seen = [row["title"] for row in first["results"] + second["results"]]
    assert len(set(seen)) == len(seen) == 23
    assert second["next"] is None
    assert caller.get("me/feed?view=new&after=nonsense").status_code == 400
    assert caller.get("me/feed?view=everything").status_code == 400


def test_a_ranking_is_open_to_guests_and_hides_what_they_may_not_read(
    program: Any,
    thread: Any,
    bob: Any,
    private_space: Any,
    make_thread: Any,
    make_reply: Any,
) -> None:
    SpaceMembership.objects.create(space=private_space, member=bob)
    inside = make_thread(bob, private_space)
    make_reply(bob, thread)
    rank_threads()

    answer = program(None).get("threads/ranked?by=week")

    assert [row["id"] for row in answer.json()["results"]] == [thread.pk]
    assert inside.title not in answer.content.decode() or inside.title == thread.title
    assert program(None).get("threads/ranked?by=ever").status_code == 400
