from collections.abc import Callable

import pytest

from tests.config.stack.conftest import Copy


def test_an_unknown_word_gets_the_usage(make_copy: Callable[..., Copy]) -> None:
    copy = make_copy()

    for words in ((), ("fly",), ("up", "now")):
        found = copy.python("-m", "config.stack", *words)
        assert found.returncode == 2
        assert found.stderr.startswith("usage:")


def test_env_speaks_shell_and_starts_nothing(make_copy: Callable[..., Copy]) -> None:
    copy = make_copy()

    said = copy.python("-m", "config.stack", "env").stdout

    assert "export DATABASE_URL=" in said and "export SECRET_KEY=" in said
    assert not copy.processes()


def test_a_key_for_notices_is_printed_and_not_kept(make_copy: Callable[..., Copy]) -> None:
    copy = make_copy()

    one, other = (copy.python("-m", "config.stack", "vapid-key").stdout.strip() for _again in range(2))

    assert len(one) == 43 and one != other
    assert not copy.folder.exists() or one not in "".join(p.read_text() for p in copy.folder.glob("*.env"))


@pytest.mark.stack
def test_postgres_own_programs_work_on_this_copys_database(make_copy: Callable[..., Copy]) -> None:
    copy = make_copy()
    dump = copy.folder.parent / "dump"

    made = copy.python("-m", "config.stack", "pg", "psql", "-c", "CREATE TABLE kept AS SELECT 42 AS answer")
    copy.python("-m", "config.stack", "pg", "pg_dump", "--format=custom", f"--file={dump}")
    copy.python("-m", "config.stack", "pg", "psql", "-c", "DROP TABLE kept")
    copy.python("-m", "config.stack", "pg", "pg_restore", "--dbname=porchlight", str(dump))
    found = copy.python("-m", "config.stack", "pg", "psql", "-A", "-t", "-c", "SELECT answer FROM kept")

    assert made.returncode == 0, made.stderr
    assert found.stdout.strip() == "42"


@pytest.mark.parametrize("word", ["rm", "../../../../bin/sh", "/bin/sh"])
def test_nothing_but_postgres_own_programs_is_run(make_copy: Callable[..., Copy], word: str) -> None:
    found = make_copy().python("-m", "config.stack", "pg", word)

    assert found.returncode == 1
    assert "PostgreSQL has no program" in found.stderr
