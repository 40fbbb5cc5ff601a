"""The index follows what happens."""

import pytest
from django.core.management import call_command

from community.search.models import SearchDocument
from community.threads import actions as threads


@pytest.fixture
def thread(alice, space, make_thread):
    return make_thread(alice, space)


def snapshot():
    return sorted(
        SearchDocument.objects.values_list(
            "kind", "target_pk", "space_id", "is_answer", "title", "body", "words"
        )
    )


def test_renaming_and_editing_change_what_is_found(thread, alice, find, guest):
    threads.rename_thread(actor=alice, thread=thread, title="Which pegs hold in sand?")

    assert find(guest, "pegs") == ["Which pegs hold in sand?"]
    assert find(guest, "gale") == []


def test_deleting_and_restoring(thread, alice, bob, make_reply, find, guest):
    post = make_reply(bob, thread, body="Titanium, always.")
    assert find(guest, "titanium") == [thread.title]

    threads.delete_post(actor=bob, post=post)
    assert find(guest, "titanium") == []

    post.refresh_from_db()
    threads.restore_post(actor=bob, post=post)
    assert find(guest, "titanium") == [thread.title]


def test_a_hidden_thread_takes_its_replies_along(thread, mod, bob, make_reply, find, guest, deliver_all):
    make_reply(bob, thread, body="Titanium, always.")
    first = thread.posts.get(position=1)
    find(guest, "titanium")

    threads.set_post_state(actor=mod, post=first, state="hidden", reason="A look first.")
    assert find(guest, "titanium") == []
    assert not SearchDocument.objects.filter(thread_id=thread.pk).exists()

    first.refresh_from_db()
    threads.set_post_state(actor=mod, post=first, state="visible", reason="Fine.")
    assert find(guest, "titanium") == [thread.title]


def test_moving_moves_every_document(thread, mod, bob, make_reply, find, guest):
    from community.spaces.models import Space

    make_reply(bob, thread, body="Titanium, always.")
    closed = Space.objects.create(slug="crew", name="Crew", access="members")
    find(guest, "titanium")

    threads.move_thread(actor=mod, thread=thread, space=closed)

    assert find(guest, "titanium") == []
    assert set(SearchDocument.objects.filter(thread_id=thread.pk).values_list("space_id", flat=True)) == {
        closed.pk
    }


def test_the_index_can_be_built_anew_and_is_the_same(
    thread, alice, bob, mod, make_reply, make_thread, space, find, guest
):
    reply = make_reply(bob, thread, body="Titanium, always.")
    gone = make_thread(bob, space, title="Soon to be gone", body="This will not stay here.")
    threads.accept_answer(actor=alice, post=reply)
    threads.set_post_state(actor=mod, post=gone.posts.get(), state="removed", reason="x")
    find(guest, "titanium")
    call_command("reindex_search", verbosity=0)
    before = snapshot()

    SearchDocument.objects.all().delete()
    SearchDocument.objects.create(kind="reply", target_pk=999999, words="", created_at=thread.created_at)
    call_command("reindex_search", batch=2, verbosity=0)

    assert snapshot() == before


def test_hearing_twice_changes_nothing(thread, find, guest):
    from community.activity.models import Activity
    from community.search.consumers import index_many, index_what_is_said

    find(guest, "poles")
    before = snapshot()
    activities = list(Activity.objects.filter(verb="thread.created"))

    index_what_is_said(activities[0])
    index_many(activities * 2)

    assert snapshot() == before


def test_what_a_spoiler_keeps_is_neither_found_nor_shown(thread, bob, make_reply, find, guest):
    make_reply(
        bob,
        thread,
        body="It was the ||gardener|| all along.\n\n>! And the butler\n>! helped.\n\nSo much for that.",
    )

    assert find(guest, "along") == find(guest, "much") == [thread.title]
    assert find(guest, "gardener") == find(guest, "butler") == []
    assert not any(
        "gardener" in body or "butler" in body
        for body in SearchDocument.objects.values_list("body", flat=True)
    )
