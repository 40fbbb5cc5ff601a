"""The limited process: reads texts, writes their HTML, holds no secrets and dies rather than take long.

Started by `workers.Worker` with an almost empty environment. It ends when its input closes, so it cannot outlive its
parent; a text that takes more than its share of CPU ends it by the kernel's timer, whatever code is running.
"""

import gc
import resource
import signal
import sys
from typing import Any

from community.writing.frames import pack, read_blocking
from community.writing.html_to_markdown import to_markdown
from community.writing.markdown import Rendered, render_marked
from community.writing.page_facts import page_facts

CPU_SECONDS = 2.0
MEMORY_BYTES = 512 * 1024 * 1024


def to_wire(rendered: Rendered) -> list[Any]:
    """Flatten what was rendered; `workers` builds it up again."""
    return [
        rendered.html,
        rendered.excerpt,
        rendered.mentions_found,
        rendered.links,
        rendered.images,
        rendered.lone,
        rendered.code,
    ]


def work(request: dict[str, Any], text: str) -> list[Any]:
    """Answer one text: its Markdown source (None when the caller has it) and its HTML."""
    kind = request["kind"]
    if kind == "page":
        return page_facts(text)
    if kind == "either":  # the first character says which
        kind, text = ("html" if text[0] == "H" else "told"), text[1:]
    if kind == "html":
        text = to_markdown(text, base_url=request["base_url"])
    if kind in ("html", "told"):
        return [text, *to_wire(render_marked(text, colours=True))]
    return [None, *to_wire(render_marked(text, colours=True))]


def main() -> None:
    """Serve requests until the input closes."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while (request := read_blocking(requests)) is not None:
        for text in request["texts"]:
            signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)  # its default action is to end the process
            answer = pack(work(request, text))
            signal.setitimer(signal.ITIMER_PROF, 0)
            answers.write(answer)
            answers.flush()


if __name__ == "__main__":
    main()
