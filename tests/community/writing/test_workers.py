import io

import pytest

from community.writing.frames import Closed, pack, read_blocking
from community.writing.workers import Pool, Worker, bare_environment

MARKDOWN = {"kind": "markdown"}


def test_frames_come_out_as_they_went_in() -> None:
    stream = io.BytesIO(pack({"a": "ü\n"}) + pack([1, 2]))

    assert read_blocking(stream) == {"a": "ü\n"}
    assert read_blocking(stream) == [1, 2]
    assert read_blocking(stream) is None


def test_a_worker_answers_texts_in_order() -> None:
    worker = Worker()

    answers = list(worker.ask(MARKDOWN, ["*a*", "b"]))

    assert [answer[1] for answer in answers] == ["<p><em>a</em></p>\n", "<p>b</p>\n"]
    worker.end()
    assert not worker.is_alive()


def test_a_worker_that_is_gone_says_so() -> None:
    worker = Worker()
    worker._process.kill()
    worker._process.wait()

    with pytest.raises(Closed):
        list(worker.ask(MARKDOWN, ["a"]))
    worker.end()


def test_a_pool_keeps_a_warm_worker_and_replaces_one_that_was_ended() -> None:
    pool = Pool(1)
    pool.answer_all(MARKDOWN, ["a"])
    first = pool._idle[0].pid
    pool.answer_all(MARKDOWN, ["b"])
    assert pool._idle[0].pid == first

    assert pool.answer_all(MARKDOWN, ["![" * 300_000, "c"])[0] is None

    assert pool._idle[0].pid != first
    pool.close()
    assert pool._idle == []


def test_the_environment_of_a_worker_is_bare(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "x")
    monkeypatch.setenv("DATABASE_URL", "x")

    assert set(bare_environment()) <= {
        "PATH",
        "LANG",
        "LC_ALL",
        "LD_LIBRARY_PATH",
        "PYTHONPATH",
        "PYTHONUTF8",
    }
