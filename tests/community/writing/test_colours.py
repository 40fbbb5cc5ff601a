"""Code in colours, in the limited process and nowhere else."""

import html
import re

from community.writing.colours import MOST, coloured
from community.writing.limited import has_coloured_code, render_limited
from community.writing.markdown import render
from community.writing.sanitise import LANGUAGES, clean

CODE = "```python\ndef f(x):\n    return '<b>'  # why\n```"


def test_code_in_a_named_language_is_coloured_by_classes_alone() -> None:
    markup = render_limited(CODE).html

    assert '<span class="k">def</span> <span class="f">f</span>' in markup
    assert "<span class=\"s\">'&lt;b&gt;'</span>" in markup
    assert '<span class="c"># why</span>' in markup
    assert "style=" not in markup


def test_rendered_here_and_now_it_stays_plain() -> None:
    assert "<span" not in render(CODE).html
    assert has_coloured_code(CODE)
    assert not has_coloured_code("```\nplain\n```")


def test_no_language_changes_the_code() -> None:
    code = "if a < b && c:\n\treturn \"x\" + '<script>' # 1.5\n\n"

    for language in LANGUAGES:
        markup = coloured(code, language)
        assert re.sub(r"</?span[^>]*>", "", markup) in ("", html.escape(code)), language
        assert "<script" not in clean(markup)


def test_unknown_languages_and_long_files_stay_plain() -> None:
    assert coloured("x = 1", "brainfudge") == ""
    assert coloured("x = 1\n" * MOST, "python") == ""
