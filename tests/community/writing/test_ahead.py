"""Texts rendered ahead of whoever wants them."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from community.writing.ahead import RenderingAhead
from community.writing.limited import CHUNK
from community.writing.workers import Pool


@pytest.fixture
def ahead() -> Iterator[RenderingAhead]:
    with closing(Pool(1)) as pool, closing(RenderingAhead(pool)) as ahead:
        yield ahead


def test_every_text_gets_its_own_result_in_whatever_order_they_are_asked_for(ahead: RenderingAhead) -> None:
    handed = [ahead.hand(f"<p>text <b>{n}</b></p>", is_html=True) for n in range(CHUNK + 5)]

    found = {n: handed[n].result() for n in reversed(range(len(handed)))}

    assert all(found[n][0] == f"text **{n}**" for n in found)
    assert found[3][1].html == "<p>text <strong>3</strong></p>\n"


def test_markdown_is_not_taken_for_html(ahead: RenderingAhead) -> None:
    assert ahead.hand("*a* <b>", is_html=False).result()[1].html == "<p><em>a</em> &lt;b&gt;</p>\n"


def test_a_text_that_is_rendered_cannot_be_taken_back(ahead: RenderingAhead) -> None:
    first = ahead.hand("first", is_html=False)
    first.result()

    assert not first.give_up()
    assert first.result()[0] == "first"


def test_texts_that_wait_are_taken_back(ahead: RenderingAhead) -> None:
    handed = [ahead.hand("some *words* " * 50, is_html=False) for _n in range(CHUNK * 20)]

    taken_back = [text.give_up() for text in handed]

    assert not taken_back[0] or taken_back[-1]
    assert any(taken_back)
    assert all(text.result() for text, back in zip(handed, taken_back, strict=True) if not back)
