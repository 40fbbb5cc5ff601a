"""The rows of an inbox: the same as its queryset says, in every mixture of filters."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.notifications.models import Notice
from community.notifications.queries.rows import notice_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(alice: Any, bob: Any, make_kind: Any, tell: Any) -> list[Notice]:
    """Give alice six notices of two kinds, two at the same moment, some of them read, and bob one."""
    nod, now = make_kind("test.nod"), timezone.now()
    for number in range(6):
        tell([alice], actor=bob, **({} if number % 2 else {"kind": nod}))
    tell([bob], actor=alice)
    mine = list(Notice.objects.of(alice).order_by("pk"))
    for number, notice in enumerate(mine):
        notice.updated_at = now - dt.timedelta(minutes=number // 2)
        notice.read_at = now if number in (1, 4) else None
        notice.payload = {"number": number, "nested": {"yes": True}}
        notice.save()
    return list(Notice.objects.of(alice).order_by("-updated_at", "-pk"))


def test_rows_are_ones_own_newest_first_and_whole(alice: Any, told: list[Notice]) -> None:
    read = notice_rows(alice, limit=10)

    assert read == told
    for row, stored in zip(read, told, strict=True):
        for field in Notice._meta.concrete_fields:
            assert getattr(row, field.attname) == getattr(stored, field.attname), field.attname


@pytest.mark.parametrize("unread", [True, False])
@pytest.mark.parametrize("kinds", [None, ["test.wave"], []])
@pytest.mark.parametrize("place", [None, 0, 1, 5])
def test_filters_go_together(
    alice: Any, told: list[Notice], unread: bool, kinds: list[str] | None, place: int | None
) -> None:
    after = (told[place].updated_at, told[place].pk) if place is not None else None
    expected = [
        notice
        for notice in told[(place + 1 if place is not None else 0) :]
        if (not unread or notice.read_at is None) and (kinds is None or notice.kind in kinds)
    ]

    assert notice_rows(alice, limit=10, unread=unread, kinds=kinds, after=after) == expected
    assert notice_rows(alice, limit=1, unread=unread, kinds=kinds, after=after) == expected[:1]
