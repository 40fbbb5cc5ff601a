"""The short cut for prepared statements answers, fails and heals as psycopg does."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from community import prepared, sql
from community.sql import PlannedAnew, fetch, write


@pytest.fixture
def short_cuts(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Let this thread take the short cut, as those that serve pages do. Tells of each statement whether it was taken."""
    taken: list[bool] = []
    run = prepared.run_known

    def told(*arguments: Any) -> Any:
        taken.append(True)
        rows = run(*arguments)
        taken[-1] = rows is not None
        return rows

    monkeypatch.setattr(prepared._Patience, "main", None)
    monkeypatch.setattr(sql, "run_known", told)
    connection.close()
    return taken


VALUES: list[Any] = [
    1,
    2**40,
    -5,
    None,
    True,
    "words with ü and 'quotes'",
    "",
    1.5,
    dt.date(2026, 2, 3),
    dt.datetime(2026, 2, 3, 4, 5, tzinfo=dt.UTC),
    [1, 2, 3],
    ["one", "two"],
    b"bytes",
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_every_value_comes_back_as_it_does_from_psycopg(short_cuts: list[bool], value: Any) -> None:
    text = (
        "SELECT %s, %s::text AS said, 7, now() > '2020-01-01'::timestamptz"
        if value is not None
        else "SELECT %s::int"
    )
    given = (value, str(value)) if value is not None else (value,)

    first = fetch(text, given, tuple)
    again = fetch(text, given, tuple)

    assert short_cuts == [False, True]
    assert again == first
    assert [type(one) for one in again[0]] == [type(one) for one in first[0]]


@pytest.mark.django_db(transaction=True)
def test_names_in_place_of_order_and_no_rows_are_understood(short_cuts: list[bool]) -> None:
    text = "SELECT %(one)s + %(two)s WHERE %(one)s > 0"

    assert fetch(text, {"one": 1, "two": 2}, tuple) == [(3,)]
    assert fetch(text, {"two": 5, "one": 4}, tuple) == [(9,)]
    assert fetch(text, {"two": 5, "one": -4}, tuple) == []
    assert short_cuts == [False, True, True]


@pytest.mark.django_db(transaction=True)
def test_another_mixture_of_types_is_prepared_by_psycopg_first(short_cuts: list[bool]) -> None:
    text = "SELECT COALESCE(%s::text, 'nothing')"

    said = [fetch(text, (value,), tuple)[0][0] for value in ("a", 1, "b", 2, None)]

    assert said == ["a", "1", "b", "2", "nothing"]
    # Nothing is sent as text is.
    assert short_cuts == [False, False, True, True, True]


@pytest.mark.django_db(transaction=True)
def test_what_is_planned_anew_is_never_prepared(short_cuts: list[bool]) -> None:
    for number in range(3):
        assert fetch(PlannedAnew("SELECT %s::int"), (number,), tuple) == [(number,)]

    assert short_cuts == []


@pytest.mark.django_db(transaction=True)
def test_faults_are_the_same_and_leave_the_connection_usable(short_cuts: list[bool], alice: Any) -> None:
    divide = "SELECT 1 / %s"
    rename = "UPDATE members_member SET handle = %s WHERE id = %s"
    other = type(alice).objects.create(handle="other", name="Other", email="other@example.org")
    assert fetch(divide, (1,), tuple) == [(1,)]
    write(rename, ("alice", alice.pk))

    with pytest.raises(DataError):
        fetch(divide, (0,), tuple)
    with pytest.raises(IntegrityError) as fault, transaction.atomic():
        write(rename, ("alice", other.pk))

    assert isinstance(fault.value.__cause__, psycopg.errors.UniqueViolation)
    assert fault.value.__cause__.diag.constraint_name
    assert fetch(divide, (1,), tuple) == [(1,)]
    assert fetch(divide, (1,), tuple) == [(1,)]
    # The first statement of a transaction is psycopg's, which begins it; taking one back forgets what was prepared.
    assert short_cuts == [False, False, True, False, False, True]


@pytest.mark.django_db(transaction=True)
def test_transactions_begin_where_they_should_and_are_undone_whole(
    short_cuts: list[bool], alice: Any
) -> None:
    rename = "UPDATE members_member SET name = %s WHERE id = %s"
    write(rename, ("One", alice.pk))

    with pytest.raises(RuntimeError), transaction.atomic():
        write(rename, ("Two", alice.pk))
        write(rename, ("Three", alice.pk))
        raise RuntimeError

    alice.refresh_from_db()
    assert alice.name == "One"


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_was_cut_is_made_anew_for_a_read_and_told_for_a_write(
    short_cuts: list[bool], cut: Callable[[], None]
) -> None:
    assert fetch("SELECT %s::int", (1,), tuple) == fetch("SELECT %s::int", (1,), tuple)
    cut()
    assert fetch("SELECT %s::int", (1,), tuple) == [(1,)]
    assert short_cuts[:2] == [False, True]

    write("SELECT set_config('application_name', %s, false)", ("a",))
    write("SELECT set_config('application_name', %s, false)", ("b",))
    cut()
    with pytest.raises(OperationalError):
        write("SELECT set_config('application_name', %s, false)", ("c",))


@pytest.fixture
def cut() -> Callable[[], None]:
    """End this thread's connection from outside, as a restart of Postgres does, between two requests."""

    def end() -> None:
        held: Any = connection.connection
        pid = held.info.backend_pid
        with psycopg.connect(
            **connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}
        ) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
        connection.health_check_done = False  # type: ignore[attr-defined]

    return end


@pytest.mark.django_db(transaction=True)
def test_where_a_key_or_a_time_limit_may_interrupt_psycopg_waits() -> None:
    connection.close()
    for _ in range(3):
        assert fetch("SELECT %s::timestamptz", (timezone.now(),), tuple)

    assert not hasattr(connection.connection, "porchlight_known")
