"""Rows written by COPY are the rows the ORM would have written."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from community.bulk import copy_new, copy_rows, next_keys
from community.importing.models import ExternalReference
from community.threads.models import Post, Thread

AWKWARD = 'a\tb\nc\\N \\. "quoted", {braces} ü 中 \N{GRINNING FACE}'


def test_rows_arrive_as_given_and_the_rest_as_in_a_new_object(alice: Any, space: Any) -> None:
    now = timezone.now()
    (key,) = next_keys(Thread, 1)
    thread = Thread(
        pk=key,
        space=space,
        author=alice,
        title=AWKWARD,
        tags=["zelt", 'od"d,'],
        last_post_at=now,
        created_at=now,
    )
    (post_key,) = next_keys(Post, 1)
    post = Post(
        pk=post_key,
        thread=thread,
        position=1,
        body_md=AWKWARD,
        body_html=f"<p>{AWKWARD}</p>",
        imported={"author": AWKWARD},
        created_at=now,
    )

    columns = ("id", "space_id", "author_id", "title", "tags", "last_post_at", "created_at")
    copy_new(Thread, columns, [[getattr(thread, column) for column in columns]])
    columns = ("id", "thread_id", "position", "body_md", "body_html", "created_at")
    row = [getattr(post, column) for column in columns]
    copy_new(Post, (*columns, "imported"), [[*row, json.dumps(post.imported)]])

    for written in (thread, post):
        assert model_to_dict(type(written).objects.get(pk=written.pk)) == model_to_dict(written)
    assert Post.objects.get(pk=post_key).imported == post.imported


def test_nothing_is_written_where_one_row_breaks_a_rule(db: None) -> None:
    columns = ("source", "kind", "external_id", "target_pk")
    twice = [("there", "post", "7", 1), ("there", "post", "7", 2)]

    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows(ExternalReference, columns, twice)

    assert not ExternalReference.objects.exists()


def test_no_rows_are_no_trouble(db: None) -> None:
    copy_new(Post, ("id", "position"), [])
