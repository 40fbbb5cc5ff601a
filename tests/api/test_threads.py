"""Threads and posts by the API do what the pages do."""

import pytest

from community.threads.models import Bookmark, Post, Reaction, Thread, ThreadFollow

NEW = {
    "space": "help",
    "title": "Which poles hold in a winter gale?",
    "body": "Two friends snapped carbon sections last year. What do **you** use?",
    "kind": "question",
    "tags": ["Poles", "winter"],
}


def test_a_program_begins_a_thread(program, alice, space):
    answer = program(alice, "threads:write").post("threads", NEW)

    assert answer.status_code == 201, answer.content
    said = answer.json()
    thread = Thread.objects.get()
    assert answer["Location"] == f"/api/v1/threads/{thread.pk}"
    assert said["author"]["handle"] == "alice"
    assert said["space"] == {"slug": "help", "name": "Help and how-to"}
    assert said["tags"] == ["poles", "winter"]
    assert said["first_post_id"] == thread.posts.get().pk


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 2000),
        ("body", ""),
        ("body", "x" * 40_000),
        ("kind", "party"),
        ("space", None),
        ("tags", ["x"] * 50),
        ("tags", "x"),
    ],
)
def test_what_cannot_be_used_is_named_and_changes_nothing(program, alice, space, field, value):
    answer = program(alice).post("threads", {**NEW, field: value})

    assert answer.status_code == 422
    assert field in answer.json()["errors"]
    assert not Thread.objects.exists()


def test_fields_a_program_may_not_set_are_ignored(program, alice, bob, space):
    extra = {
        "author": "bob",
        "author_id": bob.pk,
        "is_pinned": True,
        "pinned_at": "2020-01-01",
        "is_locked": True,
        "state": "removed",
        "created_at": "2001-01-01T00:00:00Z",
        "occurred_at": "2001-01-01T00:00:00Z",
        "reply_count": 99,
        "is_staff": True,
        "points": 5,
        "trust_level": 4,
        "role": "admin",
        "accepted_post": 1,
        "view_count": 7,
        "actor": "admin",
        "id": 77,
    }

    assert program(alice).post("threads", {**NEW, **extra}).status_code == 201

    thread = Thread.objects.get()
    assert thread.author == alice
    assert (thread.pinned_at, thread.is_locked, thread.state, thread.reply_count) == (
        None,
        False,
        "visible",
        0,
    )
    assert thread.created_at.year > 2020
    alice.refresh_from_db()
    assert (alice.role, alice.trust_level) == ("member", 1)


def test_me_cannot_be_raised(program, alice):
    answer = program(alice).patch(
        "me",
        {
            "role": "admin",
            "is_staff": True,
            "points_earned": 9,
            "trust_level": 4,
            "email": "x@example.org",
            "name": "Al",
        },
    )

    assert answer.status_code == 200
    before = alice.email
    alice.refresh_from_db()
    assert (alice.name, alice.role, alice.points_earned, alice.trust_level, alice.email) == (
        "Al",
        "member",
        0,
        1,
        before,
    )


def test_guests_read_public_threads_and_nothing_else(
    program, alice, manager, space, private_space, make_thread
):
    shown = make_thread(alice, space)
    hidden = make_thread(
        manager, private_space, title="The next prototype", body="Canary-7731 is secret for now."
    )
    guest = program()

    listing = guest.get("threads")

    assert [row["id"] for row in listing.json()["results"]] == [shown.pk]
    assert b"anary" not in listing.content
    assert guest.get(f"threads/{shown.pk}").status_code == 200
    absent = guest.get("threads/999999")
    for path in (
        f"threads/{hidden.pk}",
        f"threads/{hidden.pk}/posts",
        f"posts/{hidden.posts.get().pk}",
        "spaces/testers",
        "threads?space=testers",
    ):
        answer = guest.get(path)
        assert answer.status_code == 404, path
        assert answer.content == absent.content
        assert answer["Content-Type"] == absent["Content-Type"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PATCH", "threads/{t}", {"title": "Another title"}),
        ("POST", "threads/{t}/posts", {"body": "A reply of some length"}),
        ("PUT", "threads/{t}/accepted", {"post": 1}),
        ("DELETE", "threads/{t}/accepted", None),
        ("PUT", "threads/{t}/follow", None),
        ("DELETE", "threads/{t}/follow", None),
        ("PUT", "threads/{t}/mute", None),
        ("PUT", "threads/{t}/read", {"position": 1}),
        ("PATCH", "posts/{p}", {"body": "Changed by a stranger"}),
        ("DELETE", "posts/{p}", None),
        ("POST", "posts/{p}/restore", None),
        ("PUT", "posts/{p}/state", {"state": "removed", "reason": "x"}),
        ("PUT", "posts/{p}/reactions/helpful", None),
        ("DELETE", "posts/{p}/reactions/helpful", None),
        ("PUT", "posts/{p}/bookmark", None),
        ("DELETE", "posts/{p}/bookmark", None),
    ],
)
def test_what_one_may_not_see_one_cannot_touch(
    program, alice, manager, private_space, make_thread, method, path, body
):
    thread = make_thread(manager, private_space)
    post = thread.posts.get()
    caller = program(alice)

    answer = caller.call(method, path.format(t=thread.pk, p=post.pk), body)

    assert answer.status_code == 404
    assert answer.content == caller.call(method, path.format(t=987654, p=987654), body).content
    assert not Reaction.objects.exists() and not Bookmark.objects.exists()
    assert not ThreadFollow.objects.filter(member=alice).exists()
    assert Post.objects.get().body_md == post.body_md
    assert program(None).call(method, path.format(t=thread.pk, p=post.pk), body).status_code == 401


def test_a_reply_and_its_life(program, alice, bob, space, make_thread):
    thread = make_thread(alice, space)
    caller = program(bob)

    said = caller.post(
        f"threads/{thread.pk}/posts", {"body": "Aluminium *bends*.", "reply_to": thread.posts.get().pk}
    )
    assert said.status_code == 201
    pk = said.json()["id"]
    assert said.json()["position"] == 2
    assert "<em>bends</em>" in said.json()["body_html"]

    edited = caller.patch(f"posts/{pk}", {"body": "Aluminium bends, and can be splinted.", "edit_count": 0})
    assert edited.json()["edit_count"] == 1
    assert caller.patch(f"posts/{pk}", {"body": "Too late.", "edit_count": 0}).status_code == 409

    assert caller.delete(f"posts/{pk}").status_code == 204
    assert program(alice).get(f"posts/{pk}").status_code == 404
    assert caller.post(f"posts/{pk}/restore").json()["state"] == "visible"
    assert program(alice).get(f"posts/{pk}").status_code == 200


def test_only_the_author_edits(program, alice, bob, space, make_thread, make_reply):
    post = make_reply(bob, make_thread(alice, space))

    answer = program(alice).patch(f"posts/{post.pk}", {"body": "Words in the mouth of Bob."})

    assert answer.status_code == 403
    assert answer.json()["code"] == "not_yours"
    post.refresh_from_db()
    assert "splinted" in post.body_md


def test_reactions_answers_bookmarks_and_follows(program, alice, bob, space, make_thread, make_reply):
    thread = make_thread(alice, space)
    post = make_reply(bob, thread)
    caller = program(alice)

    assert caller.put(f"posts/{post.pk}/reactions/helpful").json()["reactions"] == {"helpful": 1}
    assert caller.put(f"posts/{post.pk}/reactions/helpful").json()["my_reactions"] == ["helpful"]
    assert caller.put(f"posts/{post.pk}/reactions/adore").status_code == 422
    assert caller.delete(f"posts/{post.pk}/reactions/helpful").json()["my_reactions"] == []

    assert (
        caller.put(f"threads/{thread.pk}/accepted", {"post": post.pk}).json()["accepted_post_id"] == post.pk
    )
    assert caller.delete(f"threads/{thread.pk}/accepted").json()["is_solved"] is False

    assert caller.put(f"posts/{post.pk}/bookmark").status_code == 204
    assert caller.get("me/bookmarks").json()["results"][0]["post"]["is_bookmarked"] is True
    assert caller.delete(f"posts/{post.pk}/bookmark").status_code == 204
    assert caller.get("me/bookmarks").json() == {"results": [], "next": None}

    assert caller.put(f"threads/{thread.pk}/mute").status_code == 204
    assert ThreadFollow.objects.get(member=alice).level == "muted"
    assert caller.delete(f"threads/{thread.pk}/follow").status_code == 204
    assert caller.put(f"threads/{thread.pk}/read", {"position": 2}).status_code == 204


def test_a_post_of_another_thread_is_not_its_answer(program, alice, bob, space, make_thread, make_reply):
    one, other = (
        make_thread(alice, space),
        make_thread(alice, space, title="Another question here", body="Something else entirely?"),
    )
    post = make_reply(bob, other)

    assert program(alice).put(f"threads/{one.pk}/accepted", {"post": post.pk}).status_code == 404


def test_moderators_close_pin_rename_and_move(program, alice, mod, space, make_thread):
    from community.spaces.models import Space

    Space.objects.create(slug="talk", name="Talk")
    thread = make_thread(alice, space)
    wanted = {
        "title": "Which poles hold in a gale?",
        "is_locked": True,
        "is_pinned": True,
        "space": "talk",
        "tags": ["poles"],
    }

    answer = program(mod).patch(f"threads/{thread.pk}", wanted)

    assert answer.status_code == 200, answer.content
    said = answer.json()
    assert {name: said[name] for name in ("title", "is_locked", "is_pinned", "tags")} == {
        k: wanted[k] for k in ("title", "is_locked", "is_pinned", "tags")
    }
    assert said["space"]["slug"] == "talk"


def test_a_change_is_whole_or_not_at_all(program, alice, space, make_thread):
    thread = make_thread(alice, space)

    answer = program(alice).patch(f"threads/{thread.pk}", {"title": "A title of my own", "is_pinned": True})

    assert answer.status_code == 403
    thread.refresh_from_db()
    assert thread.title == "Which poles hold in a winter gale?"


def test_moderators_decide_and_members_do_not(program, alice, bob, mod, space, make_thread, make_reply):
    post = make_reply(bob, make_thread(alice, space))
    decision = {"state": "removed", "reason": "Sells fakes."}

    assert program(alice).put(f"posts/{post.pk}/state", decision).status_code == 403
    assert program(mod).put(f"posts/{post.pk}/state", decision).json()["state"] == "removed"
    assert program(alice).get(f"posts/{post.pk}").status_code == 404
    assert program(mod).get(f"posts/{post.pk}").json()["state"] == "removed"


def test_a_suspended_member_writes_nothing(sign_in, mallory, space):
    answer = sign_in(mallory).post("/api/v1/threads", NEW, content_type="application/json")

    assert answer.status_code == 403
    assert not Thread.objects.exists()


def test_filters_and_orders(program, alice, bob, space, make_thread, make_reply):
    from community.spaces.models import Space
    from community.threads.actions import accept_answer

    talk = Space.objects.create(slug="talk", name="Talk")
    first = make_thread(alice, space, tags=["poles"])
    second = make_thread(
        bob, talk, title="What a weekend that was", body="The fog lifted at nine.", kind="discussion"
    )
    accept_answer(actor=alice, post=make_reply(bob, first))
    ask = program().get

    def ids(query):
        return [row["id"] for row in ask(f"threads?{query}").json()["results"]]

    assert ids("space=talk") == [second.pk]
    assert ids("tag=poles") == [first.pk]
    assert ids("kind=discussion") == [second.pk]
    assert ids("status=solved") == [first.pk]
    assert ids("status=unanswered") == []
    assert ids("author=bob") == [second.pk]
    assert ids("sort=newest") == [second.pk, first.pk]
    assert ids("sort=latest") == [first.pk, second.pk]
    assert ids("unknown=1") == [first.pk, second.pk]


@pytest.mark.parametrize(
    "query",
    [
        "limit=1000000000",
        "limit=0",
        "limit=x",
        "after=x",
        "after=W10",
        "after=" + "A" * 600,
        "kind=party",
        "sort=secret",
        "space=-%00",
        "status=all",
    ],
)
def test_a_parameter_that_cannot_be_used_is_refused(program, db, query):
    answer = program().get(f"threads?{query}")

    assert answer.status_code == 400
    assert answer.json()["errors"]
