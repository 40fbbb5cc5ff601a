"""What a reader looks up by the API: histories, similar threads, feeds, follows and tags."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from community.spaces.models import Space, SpaceMembership, Tag
from community.threads.actions import edit_post, follow_thread, mark_read, mute_thread, set_post_state
from community.threads.models import ThreadFollow


@pytest.fixture
def edited(alice, bob, space, make_thread, make_reply):
    post = make_reply(bob, make_thread(alice, space), body="It bends.")
    for number in range(3):
        with time_machine.travel(timezone.now() + dt.timedelta(hours=number + 1)):
            edit_post(actor=bob, post=post, body=f"It bends, {number} times.", reason=f"Reason {number}")
        post.refresh_from_db()
    return post


def test_a_history_tells_how_a_post_read_before(program, edited):
    guest = program()

    first = guest.get(f"posts/{edited.pk}/history?limit=2").json()
    rest = guest.get(first["next"]).json()

    rows = first["results"] + rest["results"]
    assert [row["number"] for row in rows] == [3, 2, 1] and rest["next"] is None
    assert [row["body_md"] for row in rows] == ["It bends, 1 times.", "It bends, 0 times.", "It bends."]
    assert {row["editor"]["handle"] for row in rows} == {"bob"}
    assert rows[0]["reason"] == "Reason 2"


def test_the_history_of_what_one_may_not_see_is_not_there(program, alice, mod, edited):
    set_post_state(actor=mod, post=edited, state="removed", reason="Sells fakes.")

    for who in (None, alice):
        hidden = program(who).get(f"posts/{edited.pk}/history")
        absent = program(who).get("posts/987654/history")
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content
    assert len(program(mod).get(f"posts/{edited.pk}/history").json()["results"]) == 3


def test_similar_threads_are_found_by_the_words_of_a_title(
    program, alice, bob, space, private_space, make_thread
):
    found = make_thread(alice, space, title="Which poles hold in a gale?")
    SpaceMembership.objects.create(space=private_space, member=alice)
    make_thread(alice, private_space, title="Which secret poles hold?", kind="discussion")
    caller = program(bob, "threads:read")

    rows = caller.get("threads/similar?title=Poles that hold").json()

    assert [row["id"] for row in rows["results"]] == [found.pk]
    assert rows["next"] is None
    assert caller.get("threads/similar?title=Kettles").json()["results"] == []
    assert "title" in caller.get("threads/similar").json()["errors"]
    assert program().get("threads/similar?title=poles").status_code == 401


def test_a_member_reads_how_they_stand_to_a_thread(program, alice, bob, space, make_thread, make_reply):
    thread = make_thread(alice, space)
    make_reply(alice, thread)
    thread.refresh_from_db()
    caller = program(bob, "me:read", "me:write")
    path = f"threads/{thread.pk}/follow"

    assert caller.get(path).json() == {"level": "", "last_read_position": 0, "last_position": 2}
    caller.put(path)
    mark_read(actor=bob, thread=thread, position=1)
    assert caller.get(path).json() == {"level": "watching", "last_read_position": 1, "last_position": 2}
    caller.put(f"threads/{thread.pk}/mute")
    assert caller.get(path).json()["level"] == "muted"
    caller.delete(path)
    assert caller.get(path).json()["level"] == ""
    assert program().get(path).status_code == 401


def test_a_member_lists_what_they_follow_and_what_they_muted(
    program, alice, bob, space, private_space, make_thread
):
    followed, muted, hidden = (
        make_thread(alice, space, title=f"Question number {n}", body=f"And number {n}?") for n in range(3)
    )
    follow_thread(actor=bob, thread=followed)
    follow_thread(actor=bob, thread=hidden)
    mute_thread(actor=bob, thread=muted)
    hidden.space = private_space
    hidden.save()
    caller = program(bob, "me:read")

    rows = caller.get("me/follows").json()["results"]

    assert [(row["thread"]["id"], row["level"]) for row in rows] == [(followed.pk, "watching")]
    assert [row["thread"]["id"] for row in caller.get("me/follows?level=muted").json()["results"]] == [
        muted.pk
    ]
    assert caller.get("me/follows?level=loud").status_code == 400
    assert ThreadFollow.objects.filter(member=bob).count() == 3


def test_the_feed_is_what_concerns_a_member(program, alice, bob, carol, space, make_thread, make_reply):
    other = Space.objects.create(slug="talk", name="Talk")
    pks = [
        make_thread(alice, space, title=f"Question number {n}", body=f"And number {n}?").pk for n in range(22)
    ]
    unseen = make_thread(carol, other, title="About something else")
    caller = program(bob, "me:read", "me:write")
    caller.put("spaces/help/follow")

    first = caller.get("me/feed").json()
    rest = caller.get(first["next"]).json()

    rows = first["results"] + rest["results"]
    assert [row["id"] for row in rows] == pks[::-1] and rest["next"] is None
    assert {row["why"] for row in rows} == {"space"}
    assert rows[0]["space"] == {"slug": "help", "name": "Help and how-to"}
    assert caller.get("me/feed?view=following").json() == {"results": [], "next": None}
    follow_thread(actor=bob, thread=unseen)
    assert [row["id"] for row in caller.get("me/feed?view=following").json()["results"]] == [unseen.pk]


@pytest.mark.parametrize(
    "query",
    ["view=all", "after=x", "after=WyJmZWVkLWZvcnlvdSIsLTEsMV0", "after=WyJmZWVkLWZvcnlvdSIsIjFlOSIsMV0"],
)
def test_a_feed_that_cannot_be_read_is_refused(program, alice, query):
    answer = program(alice).get(f"me/feed?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"]


def test_a_cursor_belongs_to_its_feed(program, alice, bob, space, make_thread):
    for number in range(21):
        make_thread(alice, space, title=f"Question number {number}", body=f"And number {number}?")
    caller = program(bob)
    following = caller.get("me/feed").json()["next"]

    assert caller.get(f"{following}&view=following").status_code == 400


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "posts/{p}/history", "threads:read"),
        ("GET", "threads/similar?title=poles", "threads:read"),
        ("GET", "threads/{t}/follow", "me:read"),
        ("GET", "me/follows", "me:read"),
        ("GET", "me/feed", "me:read"),
        ("GET", "tags/poles", "spaces:read"),
        ("PATCH", "tags/poles", "spaces:write"),
        ("GET", "spaces/help/tags", "spaces:read"),
    ],
)
def test_a_key_needs_the_scope(program, manager, space, make_thread, method, path, scope):
    thread = make_thread(manager, space, tags=["poles"])
    path = path.format(t=thread.pk, p=thread.posts.get().pk)

    answer = program(manager, "search:read").call(
        method, path, {"name": "Sticks"} if method == "PATCH" else None
    )

    assert (answer.status_code, answer.json()["code"]) == (403, "scope_missing")
    assert scope in answer.json()["detail"]
    assert Tag.objects.get().name == "poles"


def test_tags_of_a_space_are_those_of_its_latest_threads(program, alice, space, private_space, make_thread):
    SpaceMembership.objects.create(space=private_space, member=alice)
    make_thread(alice, space, tags=["tents", "poles"], title="About both of them")
    make_thread(alice, space, tags=["Poles"], title="About one of them", body="Only about one of them?")
    make_thread(alice, private_space, tags=["secret"], title="Quietly", kind="discussion")

    rows = program().get("spaces/help/tags").json()["results"]

    assert [row["slug"] for row in rows] == ["poles", "tents"]
    assert rows[0]["thread_count"] == 2
    assert program().get("spaces/testers/tags").content == program().get("spaces/nowhere/tags").content
    assert program().get("spaces/testers/tags").status_code == 404


def test_tags_come_by_name_or_most_used_first(program, alice, space, make_thread):
    make_thread(alice, space, tags=["anchors", "tents"])
    make_thread(alice, space, tags=["tents"], title="Another one of these", body="Once again, about tents?")
    guest = program()

    def slugs(path):
        page = guest.get(path).json()
        return [row["slug"] for row in page["results"]], page["next"]

    assert slugs("tags")[0] == ["anchors", "tents"]
    first, following = slugs("tags?sort=used&limit=1")
    assert first == ["tents"] and slugs(following) == (["anchors"], None)
    assert guest.get("tags?sort=best").status_code == 400


def test_a_manager_writes_a_tag_better(program, manager, mod, alice, space, make_thread):
    make_thread(alice, space, tags=["gps"])
    caller = program(manager, "spaces:read", "spaces:write")

    answer = caller.patch("tags/gps", {"name": "GPS"})

    assert answer.status_code == 200, answer.content
    assert answer.json() == {
        "slug": "gps",
        "name": "GPS",
        "thread_count": 1,
        "group_id": None,
        "is_restricted": False,
    }
    assert program().get("tags/gps").json()["name"] == "GPS"
    assert caller.patch("tags/gps", {"name": "x" * 41}).status_code == 422
    assert caller.patch("tags/gps", {}).status_code == 422
    assert caller.patch("tags/nothing", {"name": "Nothing"}).status_code == 404
    for who in (alice, mod):
        assert program(who).patch("tags/gps", {"name": "Mine"}).status_code == 403
    assert Tag.objects.get().name == "GPS"


def test_a_tag_of_a_closed_room_is_not_there(program, alice, bob, private_space, make_thread):
    SpaceMembership.objects.create(space=private_space, member=alice)
    make_thread(alice, private_space, tags=["prototype"], kind="discussion")

    assert program(alice).get("tags/prototype").status_code == 200
    hidden, absent = program(bob).get("tags/prototype"), program(bob).get("tags/nothing")
    assert hidden.status_code == 404 and hidden.content == absent.content
