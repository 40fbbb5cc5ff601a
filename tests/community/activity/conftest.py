"""A verb and consumers of its own for each test of the spine."""

from collections.abc import Callable
from typing import Any, TypedDict

import pytest

from community.activity import registry
from community.activity.models import Activity
from community.activity.record import record
from community.spaces.models import Tag


class Knocked(TypedDict):
    """Who is at the door."""

    who: str


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the test a registry that nobody else sees."""
    for name in ("_verbs", "_consumers", "_by_verb"):
        monkeypatch.setattr(registry, name, {})


@pytest.fixture
def knocked(own_registry: None) -> registry.Verb:
    """Someone knocked at the door."""
    return registry.verb("door.knocked", Knocked, "Someone knocked at the door.")


@pytest.fixture
def knock(knocked: registry.Verb, db: None) -> Callable[..., Activity]:
    """Record a knock: `knock()` inside a transaction."""

    def do(**fields: Any) -> Activity:
        tag, _created = Tag.objects.get_or_create(slug="door", name="Door")
        return record(knocked, actor=None, target=tag, payload={"who": "postman"}, **fields)

    return do


@pytest.fixture
def listen(knocked: registry.Verb) -> Callable[..., registry.Handler]:
    """Let a function hear knocks under a name of its own: `listen(handle, "bell")`."""

    def do(handle: registry.Handler, name: str, **options: Any) -> registry.Handler:
        handle.__module__, handle.__name__ = "community.door.consumers", name
        return registry.consumer(knocked, **options)(handle)

    return do


@pytest.fixture
def bell(listen: Callable[..., registry.Handler]) -> registry.Handler:
    """A consumer with an effect that would show if it happened twice: a tag counts the knocks it heard."""

    def ring(activity: Activity) -> None:
        Tag.objects.create(slug=f"heard-{activity.pk}", name="Heard")

    return listen(ring, "bell")
