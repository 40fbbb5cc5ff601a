"""A kind of notice of our own, so that these tests need no feature above."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.utils.translation import get_language

from community.activity.models import Activity
from community.notifications import registry
from community.notifications.models import Notice
from community.notifications.registry import Kind, Mail, NoticeWords, Purpose
from tests.community.notifications.postbox import at_noon as at_noon
from tests.community.notifications.postbox import minutes as minutes
from tests.community.notifications.postbox import post as post


def _words(notice: Notice, subject: Any) -> NoticeWords:
    return NoticeWords(
        title=f"{notice.names} waved",
        text="A wave over the fence",
        url="/people/",
        icon="smile",
        quote="Good morning & welcome",
        quote_by=notice.names,
        button="Wave back",
        hint=f"Or nod. ({get_language()})",
    )


class Fence:
    """Whom the subject is hidden from; tests move it."""

    hidden_from: set[int] = set()

    @classmethod
    def load(cls, notices: Any, viewer: Any) -> dict[int, Any]:
        """Show everything except to those behind the fence."""
        return {notice.pk: None for notice in notices if viewer.pk not in cls.hidden_from}


@pytest.fixture
def fence() -> Iterator[type[Fence]]:
    """Hide subjects from members: `fence.hidden_from.add(bob.pk)`."""
    Fence.hidden_from = set()
    yield Fence
    Fence.hidden_from = set()


@pytest.fixture
def make_kind(fence: Any) -> Iterator[Callable[..., Kind]]:
    """Register kinds for one test."""
    made: list[str] = []

    def make(key: str = "test.wave", **fields: Any) -> Kind:
        fields.setdefault("purpose", Purpose.COMMUNITY)
        fields.setdefault("mail", Mail.SOON)
        fields.setdefault("load", Fence.load)
        made.append(key)
        return registry.register(
            Kind(
                key=key,
                label="Someone waves",
                why="You get this because someone waved.",
                words=_words,
                **fields,
            )
        )

    yield make
    for key in made:
        registry._kinds.pop(key)


@pytest.fixture
def wave(make_kind: Callable[..., Kind]) -> Kind:
    """A plain community kind that is mailed soon."""
    return make_kind()


@pytest.fixture
def happen(db: None) -> Callable[..., Activity]:
    """Write down that something happened, without a consumer."""

    def make(actor: Any = None, **fields: Any) -> Activity:
        return Activity.objects.create(
            verb="test.happened",
            actor=actor,
            target_type="members.member",
            target_pk=fields.pop("pk", 1),
            **fields,
        )

    return make


@pytest.fixture
def tell(happen: Callable[..., Activity], wave: Kind) -> Callable[..., int]:
    """Tell members of something new: `tell([bob], actor=alice)`."""
    from community.notifications.actions import notify

    def run(members: Any, *, actor: Any = None, kind: Kind = wave, activity: Any = None, **more: Any) -> int:
        with transaction.atomic():
            return notify(
                actor=actor,
                member_ids=[member.pk for member in members],
                kind=kind,
                activity=activity or happen(actor),
                **more,
            )

    return run
