"""Model objects out of statements of our own are what the ORM would have made."""

from typing import Any

from django.forms.models import model_to_dict

from community import rows
from community.sql import fetch, write
from community.threads.models import Post, Thread


def test_a_built_object_equals_the_one_of_the_orm(
    alice: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    post = make_reply(alice, make_thread(alice, space))
    Post.objects.filter(pk=post.pk).update(reactions={"helpful": 3}, imported={"author": "Zoë"})

    sql = f"SELECT {rows.columns(Post, 'p')} FROM threads_post p WHERE p.id = %s"
    (built,) = fetch(sql, [post.pk], lambda values: rows.build(Post, values))

    stored = Post.objects.get(pk=post.pk)
    assert built == stored
    assert model_to_dict(built) == model_to_dict(stored)
    assert built.imported == {"author": "Zoë"}
    assert (built.created_at, built._state.adding) == (stored.created_at, False)


def test_columns_left_out_load_when_asked_for(
    alice: Any, space: Any, make_thread: Any, django_assert_num_queries: Any
) -> None:
    thread = make_thread(alice, space)
    without = ("body_md", "body_html")

    sql = f"SELECT {rows.columns(Post, 'p', without=without)} FROM threads_post p WHERE p.thread_id = %s"
    (built,) = fetch(sql, [thread.pk], lambda values: rows.build(Post, values, without=without))

    assert built.get_deferred_fields() == {"body_md", "body_html"}
    assert rows.width(Post, without=without) == rows.width(Post) - 2
    with django_assert_num_queries(1):
        assert built.body_md


def test_an_inserted_object_is_the_stored_one(alice: Any, space: Any) -> None:
    thread = rows.insert(
        Thread(space=space, author=alice, title="Poles “that” bend", tags=["poles", "tents"])
    )

    stored = Thread.objects.get(pk=thread.pk)
    assert model_to_dict(stored) == model_to_dict(thread)
    assert (stored.tags, stored.created_at) == (["poles", "tents"], thread.created_at)


def test_numbers_of_every_size_find_their_rows_and_their_functions(db: None) -> None:
    sizes = [1, 40_000, 2**31 - 1, 2**31, 2**62]

    rows_of = [
        write("SELECT %s::bigint, %s = ANY(%s), left('porch', %s)", (size, size, [1, size], 3))[0]
        for size in sizes
    ]

    assert rows_of == [(size, True, "por") for size in sizes]
