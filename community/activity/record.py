"""`record()`: write down what happened, and who must hear it, in the transaction of the thing itself.

Who hears a verb stands in the code (`consumer`), or, for what hears only while somebody asks for it, in `Listening`.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from psycopg.errors import NotNullViolation

from community.activity.doorbell import ring_doorbell
from community.activity.history import promise_history
from community.activity.models import Activity
from community.activity.registry import Verb, consumers_of
from community.bulk import copy_rows, next_keys
from community.revision import change_mark
from community.sql import write

if TYPE_CHECKING:
    from community.members.models import Member


class NotInTransaction(RuntimeError):
    """Raised when `record()` is called outside a transaction, where a promise could outlive its cause."""


def record(
    verb: Verb,
    *,
    actor: "Member | None",
    target: models.Model,
    payload: Mapping[str, Any],
    space_id: int | None = None,
    occurred_at: dt.datetime | None = None,
    quiet: bool = False,
) -> Activity:
    """Append one Activity and one Delivery per consumer of its verb; ring the doorbell after commit.

    Raises `NotInTransaction` outside a transaction, and `ValueError` when the payload's keys are not the verb's.
    """
    _require_transaction()
    _check_payload(verb, payload)
    activity = Activity(
        verb=verb.name,
        actor=actor,
        space_id=space_id,
        target_type=target._meta.label_lower,
        target_pk=target.pk,
        payload=dict(payload),
        occurred_at=occurred_at or timezone.now(),
        quiet=quiet,
    )
    _append(activity)
    return activity


# Every write of the house ends here: the Activity and its promises are one prepared statement.
_APPEND = """
WITH said AS (
  INSERT INTO activity_activity (verb, actor_id, space_id, target_type, target_pk, payload, quiet, occurred_at)
  VALUES (%(verb)s, %(actor)s, %(space)s, %(type)s, %(target)s, %(payload)s::jsonb, %(quiet)s, %(at)s)
  RETURNING id, verb, quiet
), promised AS (
  INSERT INTO activity_delivery (activity_id, consumer, due_at, attempts, error)
  SELECT said.id, consumer, %(at)s, 0, '' FROM said, unnest(%(consumers)s::text[]) AS consumer
   UNION ALL
  SELECT said.id, asked.consumer, %(at)s, 0, '' FROM said JOIN activity_listening asked ON asked.verb = said.verb
   WHERE NOT said.quiet
)
SELECT id FROM said
"""


# The same with the change itself, whose last part `changed` says which row it made or took away.
_CHANGE_AND_APPEND = """
WITH {change}, said AS (
  INSERT INTO activity_activity (verb, actor_id, space_id, target_type, target_pk, payload, quiet, occurred_at)
  SELECT %(verb)s, %(actor)s, %(space)s, %(type)s, changed.id,
         %(payload)s::jsonb || jsonb_build_object(%(names)s::text, changed.id), false, %(at)s FROM changed
  RETURNING id, verb
), promised AS (
  INSERT INTO activity_delivery (activity_id, consumer, due_at, attempts, error)
  SELECT said.id, consumer, %(at)s, 0, '' FROM said, unnest(%(consumers)s::text[]) AS consumer
   UNION ALL
  SELECT said.id, asked.consumer, %(at)s, 0, '' FROM said JOIN activity_listening asked ON asked.verb = said.verb
)
SELECT changed.* FROM changed
"""


class ChangeLost(RuntimeError):
    """Raised by `change_and_record()` when a change that had begun could not be ended; then nothing of it is left."""


def change_and_record(
    verb: Verb,
    change: str,
    params: Mapping[str, Any],
    *,
    actor: "Member",
    target: type[models.Model],
    names: str,
    payload: Mapping[str, Any],
    space_id: int | None,
) -> Sequence[Any] | None:
    """Make a change and append its Activity in one statement. Returns the row of `changed`, or None when nothing changed.

    For the few writes that come by the hundred and are one statement anyway: what is one statement needs no transaction
    around it, and no two round trips to begin and end it. `change` is a list of named parts; the last is `changed`, at most
    one row beginning with `id`, the key of the target, which the payload tells as `names`. A change that finds too late that
    it may not be says NULL there: the log refuses that, and with it goes the whole statement. Raises `ChangeLost` then.
    """
    _check_payload(verb, {**payload, names: None})
    consumers = [consumer.name for consumer in consumers_of(verb.name)]
    values = {
        **params,
        "verb": verb.name,
        "actor": actor.pk,
        "space": space_id,
        "type": target._meta.label_lower,
        "payload": _json(payload),
        "names": names,
        "at": timezone.now(),
        "consumers": _array(consumers),
    }
    # Inside somebody else's transaction a statement that fails must not take theirs along.
    with transaction.atomic() if connection.in_atomic_block else nullcontext():
        try:
            rows = write(_with_log(change), values)
        except IntegrityError as error:
            if not isinstance(error.__cause__, NotNullViolation):
                raise
            raise ChangeLost(verb.name) from error
        if rows:
            _announce(heard=bool(consumers))
    return rows[0] if rows else None


@lru_cache(maxsize=64)
def _with_log(change: str) -> str:
    return _CHANGE_AND_APPEND.format(change=change)


def _append(activity: Activity) -> None:
    consumers = [consumer.name for consumer in consumers_of(activity.verb, quiet=activity.quiet)]
    values = {
        "verb": activity.verb,
        "actor": activity.actor_id,
        "space": activity.space_id,
        "type": activity.target_type,
        "target": activity.target_pk,
        "payload": _json(activity.payload),
        "quiet": activity.quiet,
        "at": activity.occurred_at,
        "consumers": _array(consumers),
    }
    ((activity.pk,),) = write(_APPEND, values)
    activity._state.adding = False
    _announce(heard=bool(consumers))


def _json(payload: Mapping[str, Any]) -> str:
    return json.dumps(payload)


def _array(items: Iterable[object]) -> str:
    """Return an array in Postgres's own words, which costs a tenth of sending a list. For keys and names of the code."""
    return f"{{{','.join(map(str, items))}}}"


@dataclass(slots=True)
class Happening:
    """One entry for `record_many`: what `record()` takes, with plain ids so that bulk writers need no rows."""

    verb: Verb
    actor_id: int | None
    target_type: str
    target_pk: int
    payload: Mapping[str, Any]
    occurred_at: dt.datetime
    space_id: int | None = None


_COLUMNS = (
    "id",
    "verb",
    "actor_id",
    "space_id",
    "target_type",
    "target_pk",
    "payload",
    "quiet",
    "occurred_at",
)

_PROMISE_MANY = """
INSERT INTO activity_delivery (activity_id, consumer, due_at, attempts, error)
SELECT a.id, hears.consumer, a.occurred_at, 0, '' FROM activity_activity a
  JOIN (SELECT verb, consumer FROM unnest(%s::text[], %s::text[]) AS always(verb, consumer)
         UNION ALL SELECT verb, consumer FROM activity_listening) AS hears ON hears.verb = a.verb
 WHERE a.id = ANY(%s::bigint[])
"""


def record_many(happenings: Iterable[Happening], *, quiet: bool) -> int:
    """Append many Activities with their Deliveries in bulk, for imports and back-fills. Returns how many.

    Nobody waits for history that is brought in quietly: it rings for no worker, is promised some hundred at a time, and is
    heard by the replay or the sweep.
    """
    _require_transaction()
    told = list(happenings)
    keys = list(next_keys(Activity, len(told)))
    copy_rows(Activity, _COLUMNS, (_row(key, h, quiet) for key, h in zip(keys, told, strict=True)))
    by_verb: dict[str, list[int]] = {}
    for key, h in zip(keys, told, strict=True):
        by_verb.setdefault(h.verb.name, []).append(key)
    if quiet:
        promise_history(by_verb)
    _announce(heard=not quiet and _promise_many(by_verb, keys))
    return len(told)


def _promise_many(verbs: Iterable[str], keys: list[int]) -> bool:
    hears = [(verb, consumer.name) for verb in verbs for consumer in consumers_of(verb)]
    write(
        _PROMISE_MANY,
        (_array(verb for verb, _name in hears), _array(name for _verb, name in hears), _array(keys)),
    )
    return bool(hears)


def _row(key: int, h: Happening, quiet: bool) -> tuple[Any, ...]:
    payload = _json(h.payload)
    return key, h.verb.name, h.actor_id, h.space_id, h.target_type, h.target_pk, payload, quiet, h.occurred_at


def _require_transaction() -> None:
    if not connection.in_atomic_block:
        raise NotInTransaction("record() must be called inside transaction.atomic()")


def _check_payload(verb: Verb, payload: Mapping[str, Any]) -> None:
    expected = set(verb.payload.__annotations__)
    if set(payload) != expected:
        raise ValueError(f"{verb.name} takes {sorted(expected)}, got {sorted(payload)}")


def _announce(*, heard: bool) -> None:
    # Named functions: `robust=True` reads __qualname__, which a partial lacks.
    transaction.on_commit(ring_doorbell if heard else change_mark, robust=True)
