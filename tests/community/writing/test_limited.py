"""Texts made to cost much: those rendered here stay cheap, the others are ended in their own process."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.writing import limited
from community.writing.limited import (
    LONG,
    MAX_RISK,
    MEANINGFUL,
    SMALL,
    convert_many,
    is_risky,
    render_limited,
    render_many,
)
from community.writing.markdown import Mention, render, render_marked
from community.writing.workers import ROOT, Pool

BOUND = 0.150  # seconds of CPU for anything rendered in the process that serves pages

PIECES = [
    "[", "![", "[[]", "[](", "[a](", "[a]: b\n", "[a][", "*a ", "*a_ ", "_*a", "**a __b ", "`", "``a`", "<", "<a", "<http:",
    "&", "&#", "&#1", "\\", "~~a", "~", "> ", ">", "- ", "* a\n", "1. a\n", "- - ", "  - a\n", "\n", "a\n", "\t", "    a\n",
    "|", "|a", "a|b\n-|-\n", "#", "# a\n", "=\n", "---\n", "a\n-\n", "@", "@a ", "@a.", "a.b@", "http://", "https://a.b(",
    "www.", "www.a.b ", "!", "(", "]", '[a](b "', "[a](<", "<!--", "<?", "<![CDATA[", "[*a](", "![a](", "~~~\n", "```\n",
    "[\n", "[a]:\n", "[a]: <", '[a]: b "', "|\n", "> > a\n", ">\n> - a\n", "- a\n\n  ", "[![", "é*", "(a", "[(", "\\[",
    " ", "a", "a ", ")", "a-", "x@y.",
]  # fmt: skip


def cpu_of(work: Callable[[], object]) -> float:
    """Return the least of up to three measurements: other work on the machine only ever adds to one."""
    least = BOUND
    for _attempt in range(3):
        start = time.process_time()
        work()
        least = min(least, time.process_time() - start)
        if least < BOUND:
            break
    return least


def just_below_the_threshold(piece: str) -> list[str]:
    """The dearest texts that still count as safe: small ones full of a piece, longer ones as dense as allowed."""
    texts = [piece * (SMALL // len(piece))]
    weight = sum(map(piece.count, MEANINGFUL))
    for length in (6_000, 12_000, 24_000, LONG):
        times = min(MAX_RISK // length // weight if weight else length, length // len(piece))
        filling = length - times * len(piece)
        gap = "x" * (filling // max(1, times))
        texts += [
            piece * times + "x" * filling,
            piece * times + " " * filling,
            "x " * (filling // 2) + piece * times,
        ]
        texts.append((piece + gap) * times)
    return [text for text in texts if not is_risky(text)]


@pytest.mark.parametrize("piece", PIECES)
def test_no_text_rendered_here_takes_long(piece: str) -> None:
    for text in just_below_the_threshold(piece):
        assert cpu_of(lambda text=text: render_marked(text)) < BOUND, (piece, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "|".join("a" * 150) + "\n" + "|".join("-" * 150) + "\n" + "a\n" * 1_500,
        "".join("  " * depth + "- a\n" for depth in range(60)),
        ">" * 3_900 + "a",
        "[" * 1_900 + "]" * 1_900,
        "".join("`" * count + "a" for count in range(1, 85)),
        "".join(f"[a{number}]: b\n" for number in range(200))
        + "".join(f"[a{number}]" for number in range(200)),
        "> " * 15 + "- " * 1_900,
        "*" * 1_900 + "a" + "*" * 1_900,
    ],
)
def test_texts_known_to_hurt_parsers_take_a_bounded_time_and_give_bounded_html(text: str) -> None:
    text = text[:SMALL] if is_risky(text) else text

    assert cpu_of(lambda: render_marked(text)) < BOUND
    assert len(render_marked(text).html) < 200_000


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6),
    st.integers(200, LONG),
    st.sampled_from(["", "x", " ", "x y "]),
)
@settings(max_examples=120, deadline=None)
def test_no_mixture_of_such_pieces_takes_long_either(pieces: list[str], length: int, filling: str) -> None:
    unit = "".join(pieces)
    text = (unit + filling * 20) * (length // (len(unit) + 20 * len(filling)) + 1)
    text = text[:length] if not is_risky(text[:length]) else text[:SMALL]

    assert cpu_of(lambda: render_marked(text)) < BOUND


def test_a_text_that_takes_too_long_is_shown_as_plain_paragraphs() -> None:
    text = "![" * 300_000

    rendered = render_limited(text)

    assert rendered.code == "render_timeout"
    assert rendered.html == f"<p>{text}</p>"


def test_a_text_that_takes_too_much_memory_is_shown_as_plain_paragraphs() -> None:
    rendered = render_limited("*a* " * 2_000_000)

    assert rendered.code in {"render_timeout", "render_failed"}


def test_a_dense_text_gives_the_same_html_in_the_limited_process() -> None:
    text = "**bold** [link](https://example.org) @alice\n\n" * 400

    assert is_risky(text)
    assert render_limited(text) == render(text)


def test_an_ordinary_text_pays_nothing_for_the_protection() -> None:
    text = "A question about **tents** and `guy lines`.\n\n" * 20
    render_limited(text)

    plain = min(cpu_of(lambda: [render(text) for _ in range(20)]) for _ in range(5))
    guarded = min(cpu_of(lambda: [render_limited(text) for _ in range(20)]) for _ in range(5))

    assert (guarded - plain) / 20 < 0.001


def test_a_warm_limited_process_costs_little() -> None:
    text = "**bold** [link](https://example.org)\n\n" * 300
    render_limited(text)

    plain = min(timed(lambda: render(text)) for _ in range(5))
    guarded = min(timed(lambda: render_limited(text)) for _ in range(5))

    assert guarded < 2 * plain + 0.02


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def test_many_texts_come_back_in_order_with_their_mentions_resolved() -> None:
    texts = [f"Post *{number}* for @alice" for number in range(300)]
    asked: list[frozenset[str]] = []

    def resolve(handles: frozenset[str]) -> dict[str, Mention]:
        asked.append(handles)
        return {"alice": Mention("alice", "/@alice/", pk=7)}

    rendered = list(render_many(iter(texts), processes=2, resolve=resolve))

    assert rendered == [render(text, resolve=resolve) for text in texts]
    assert asked[0] == {"alice"}
    assert len(asked) < 10 + len(texts)


def test_one_dreadful_text_among_many_costs_only_itself() -> None:
    texts = ["fine"] * 60 + ["![" * 300_000] + ["also *fine*"] * 60

    rendered = list(render_many(texts, processes=2))

    assert [one.code for one in rendered] == [""] * 60 + ["render_timeout"] + [""] * 60
    assert rendered[-1].html == "<p>also <em>fine</em></p>\n"


def test_html_of_another_system_comes_back_as_markdown_and_our_html() -> None:
    pages = ['<p>Hello <strong>you</strong> <a href="/t/1">there</a></p>', ""]

    converted = list(convert_many(pages, base_url="https://forum.example"))

    assert converted[0][0] == "Hello **you** [there](https://forum.example/t/1)"
    assert converted[0][1] == render(converted[0][0])
    assert converted[1][0] == ""


def test_a_reader_who_stops_early_leaves_no_process_behind() -> None:
    stream = render_many(["text"] * 10_000, processes=2)
    next(stream)
    stream.close()

    assert children_named_limited_worker() <= limited.INTERACTIVE_WORKERS


def children_named_limited_worker() -> int:
    listing = subprocess.run(
        ["ps", "--ppid", str(os.getpid()), "-o", "args="], capture_output=True, text=True
    )
    return sum("limited_worker" in line for line in listing.stdout.splitlines())


def test_a_worker_killed_from_outside_is_replaced() -> None:
    pool = Pool(1)
    pool.answer_all({"kind": "markdown"}, ["a"])
    os.kill(pool._idle[0].pid, signal.SIGKILL)
    pool._idle[0]._process.wait()

    (answer,) = pool.answer_all({"kind": "markdown"}, ["b"])

    assert answer is not None and answer[1] == "<p>b</p>\n"
    pool.close()


def test_workers_end_when_their_parent_is_killed() -> None:
    script = (
        "import time\nfrom community.writing.limited import _pool\n"
        "_pool.answer_all({'kind': 'markdown'}, ['a'])\nprint(_pool._idle[0].pid, flush=True)\ntime.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    assert is_running(worker)

    parent.kill()
    parent.wait()

    deadline = time.monotonic() + 5
    while is_running(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(worker)


def is_running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_forked_child_uses_workers_of_its_own() -> None:
    limited._pool.answer_all({"kind": "markdown"}, ["a"])
    child = os.fork()
    if child == 0:
        fresh = not limited._pool._idle
        (answer,) = limited._pool.answer_all({"kind": "markdown"}, ["b"])
        limited._pool.close()
        os._exit(0 if fresh and answer is not None and answer[1] == "<p>b</p>\n" else 1)

    _pid, status = os.waitpid(child, 0)
    (answer,) = limited._pool.answer_all({"kind": "markdown"}, ["c"])

    assert status == 0
    assert answer is not None and answer[1] == "<p>c</p>\n"


def test_a_limited_process_holds_no_secrets() -> None:
    from community.writing.workers import bare_environment

    assert not {"SECRET_KEY", "DATABASE_URL", "REDIS_URL"} & set(bare_environment())
