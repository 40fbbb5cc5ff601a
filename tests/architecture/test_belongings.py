"""Every column that names a member is spoken for: what is handed out of it, and what becomes of it when they are erased."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from community.belongings import Belonging, Fate, add_belonging, all_belongings, columns_by_place
from community.members.models import Member

# Plain numbers that name a member, as our own features call them.
NUMBERS = re.compile(r"(^|_)(member|author|actor|owner|giver|user|sender|reporter|editor)_(id|pk)$")


def columns_that_name_members() -> Iterator[tuple[str, str]]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            named = field.is_relation and field.related_model is Member
            if named or (isinstance(field, models.BigIntegerField) and NUMBERS.search(field.name)):
                yield model._meta.label_lower, field.name


def test_every_column_that_names_a_member_is_spoken_for() -> None:
    known = columns_by_place()

    assert sorted(place for place in columns_that_name_members() if place not in known) == []


def test_every_column_spoken_for_is_there() -> None:
    there = set(columns_that_name_members())

    assert sorted(place for place in columns_by_place() if place not in there) == []


def test_what_is_kept_says_why() -> None:
    silent = [c for c in columns_by_place().values() if c.fate is Fate.KEEP and not c.why]

    assert silent == []


def test_only_what_may_be_empty_is_detached() -> None:
    def field(column: Any) -> Any:
        return column.of._meta.get_field(column.name)

    stuck = [c for c in columns_by_place().values() if c.fate is Fate.DETACH and not field(c).null]

    assert stuck == []


def test_everything_is_handed_out_or_says_why_not() -> None:
    silent = [it.key for it in all_belongings() if it.rows is None and not it.unsaid]

    assert silent == []


def test_columns_of_our_own_words_are_there() -> None:
    for name in (name for it in all_belongings() for name in it.named_in):
        app, model, column = name.split(".")
        assert apps.get_model(app, model)._meta.get_field(column)


def test_nothing_is_spoken_for_twice_because_the_first_word_would_be_lost() -> None:
    there = all_belongings()

    with pytest.raises(RuntimeError):
        add_belonging(Belonging(there[0].key, "The same again"))

    assert all_belongings() == there
    words = {it.key: set(it.words) for it in there}
    assert {"words", "answer"} <= words["moderation.appeals"] and "uid" in words["members.links"]
