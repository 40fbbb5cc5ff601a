"""Rows written by COPY are the rows the ORM would have written."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.forms.models import model_to_dict
from django.utils import timezone

from community.bulk import copy_objects, copy_rows, next_keys
from community.importing.models import ExternalReference
from community.threads.models import Post, Thread

AWKWARD = 'a\tb\nc\\N \\. "quoted", {braces} ü 中 \N{GRINNING FACE}'


def test_objects_arrive_with_every_column_as_they_had_it(alice: Any, space: Any) -> None:
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
        last_position=1,
    )
    (post_key,) = next_keys(Post, 1)
    post = Post(
        pk=post_key,
        thread=thread,
        author=None,
        position=1,
        body_md=AWKWARD,
        body_html=f"<p>{AWKWARD}</p>",
        reactions={"helpful": 3},
        imported={"author": AWKWARD},
        created_at=now,
    )

    copy_objects([thread])
    copy_objects([post])

    for written in (thread, post):
        assert model_to_dict(type(written).objects.get(pk=written.pk)) == model_to_dict(written)


def test_nothing_is_written_where_one_row_breaks_a_rule(db: None) -> None:
    columns = ("source", "kind", "external_id", "target_pk")
    twice = [("there", "post", "7", 1), ("there", "post", "7", 2)]

    with pytest.raises(IntegrityError), transaction.atomic():
        copy_rows(ExternalReference, columns, twice)

    assert not ExternalReference.objects.exists()


def test_no_objects_are_no_trouble(db: None) -> None:
    copy_objects([])
