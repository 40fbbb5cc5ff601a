"""Tags by the API."""

from community.spaces.models import SpaceMembership
from community.threads.actions import set_post_state
from community.threads.models import Post


def told(caller):
    return [row["slug"] for row in caller.get("tags").json()["results"]]


def test_a_tag_of_a_closed_room_is_told_inside_only(program, make_thread, alice, bob, space, private_space):
    SpaceMembership.objects.create(space=private_space, member=alice)
    make_thread(alice, space, tags=["tents"])
    make_thread(alice, private_space, tags=["prototype"], kind="discussion")

    assert told(program()) == ["tents"]
    assert told(program(bob)) == ["tents"]
    assert told(program(alice)) == ["prototype", "tents"]


def test_a_tag_goes_with_the_thread_that_was_removed(program, make_thread, alice, mod, space):
    thread = make_thread(alice, space, tags=["cheap"])
    set_post_state(
        actor=mod, post=Post.objects.get(thread=thread, position=1), state="removed", reason="Advertisement."
    )

    assert told(program()) == []
