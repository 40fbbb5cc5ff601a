"""The two registries of the spine: verbs that may be recorded, and consumers that hear them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from community.activity.models import Activity

Handler = Callable[[Activity], None]
BatchHandler = Callable[[list[Activity]], None]


@dataclass(frozen=True, slots=True)
class Verb:
    """A thing that can happen, named `noun.past`, with the TypedDict of its payload and one sentence on when."""

    name: str
    payload: type
    meaning: str


@dataclass(slots=True)
class Consumer:
    """A function that hears verbs. `batch` may hear many at once, in one transaction, with the same effect."""

    name: str
    verbs: tuple[str, ...]
    handle: Handler
    batch: BatchHandler | None = None
    hears_replays: bool = True


_verbs: dict[str, Verb] = {}
_consumers: dict[str, Consumer] = {}
_by_verb: dict[str, list[Consumer]] = {}


def verb(name: str, payload: type, meaning: str) -> Verb:
    """Register a verb. Called at import by each feature's `verbs.py`."""
    if name in _verbs:
        raise RuntimeError(f"verb {name!r} is registered twice")
    _verbs[name] = Verb(name, payload, meaning)
    return _verbs[name]


def consumer(*verbs: Verb, hears_replays: bool = True) -> Callable[[Handler], Handler]:
    """Let a function hear verbs. Its name in the log is `<feature>.<function>` and must never change once shipped.

    A consumer writes rows and never calls the network; it must not depend on order; whatever it creates
    carries a unique key naming its Activity. `hears_replays=False` is for what must not happen when history is imported.
    """

    def register(handle: Handler) -> Handler:
        name = f"{handle.__module__.split('.')[1]}.{handle.__name__}"
        if name in _consumers:
            raise RuntimeError(f"consumer {name!r} is registered twice")
        entry = Consumer(name, tuple(v.name for v in verbs), handle, hears_replays=hears_replays)
        _consumers[name] = entry
        for v in verbs:
            _by_verb.setdefault(v.name, []).append(entry)
        return handle

    return register


def on_demand(handle: Handler) -> Handler:
    """Let a function hear whatever verbs it asks for at the time (`listening.listen_for`), never replayed history.

    For what most communities do without: while it asks for nothing, no write pays for it.
    """
    return consumer(hears_replays=False)(handle)


def batch_for(handle: Handler) -> Callable[[BatchHandler], BatchHandler]:
    """Give an already registered consumer a way to hear many Activities at once."""

    def register(batch: BatchHandler) -> BatchHandler:
        entry = next(entry for entry in _consumers.values() if entry.handle is handle)
        entry.batch = batch
        return batch

    return register


def consumers_of(verb_name: str, *, quiet: bool = False) -> list[Consumer]:
    """Return who hears a verb; for replayed history only those that hear replays."""
    return [entry for entry in _by_verb.get(verb_name, ()) if entry.hears_replays or not quiet]


def find_consumer(name: str) -> Consumer | None:
    """Return a consumer by name, or None when the code that promised it is gone."""
    return _consumers.get(name)


def all_verbs() -> Iterable[Verb]:
    """Return every registered verb, sorted by name."""
    return sorted(_verbs.values(), key=lambda v: v.name)


def all_consumers() -> Iterable[Consumer]:
    """Return every registered consumer, sorted by name."""
    return sorted(_consumers.values(), key=lambda c: c.name)


def payload_fields(entry: Verb) -> dict[str, Any]:
    """Return the names and types of a verb's payload, for the generated documentation."""
    return dict(entry.payload.__annotations__)
