"""What is prepared is written in its order, beside whoever prepares it."""

import threading
from collections.abc import Iterator

import pytest

from community.importing.scribe import WAITING, Scribe


@pytest.fixture
def scribe(transactional_db: None) -> Iterator[Scribe]:
    """Outside a transaction, where there is a thread for it."""
    scribe = Scribe()
    yield scribe
    scribe.close()


def test_everything_is_written_in_its_order_by_another_thread(scribe: Scribe) -> None:
    written: list[tuple[int, int]] = []
    for number in range(WAITING * 3):
        scribe.write(lambda number=number: written.append((number, threading.get_ident())))
    scribe.finish()

    assert [number for number, _thread in written] == list(range(WAITING * 3))
    assert {thread for _number, thread in written} - {threading.get_ident()}


def test_nothing_is_written_after_what_failed(scribe: Scribe) -> None:
    written: list[str] = []
    begun = threading.Event()

    def fail() -> None:
        begun.wait(10)
        raise ValueError("the disk is full")

    scribe.write(fail)
    scribe.write(lambda: written.append("after"))
    begun.set()

    with pytest.raises(ValueError, match="the disk is full"):
        scribe.finish()
    scribe.finish()
    assert written == []


def test_within_a_transaction_everything_is_written_at_once(db: None) -> None:
    written: list[int] = []
    scribe = Scribe()

    scribe.write(lambda: written.append(threading.get_ident()))

    assert written == [threading.get_ident()]
