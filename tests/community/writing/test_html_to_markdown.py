import html
import json
import re
import tarfile
from collections.abc import Iterator

import pytest

from community.writing.html_to_markdown import to_markdown
from community.writing.markdown import render
from tests.community.writing.corpora import Reading, data, stack_exchange_bodies


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<p>a <b>b</b> <em>c</em> <s>d</s> <code>e`f</code></p>", "a **b** *c* ~~d~~ ``e`f``"),
        ("<p>one<br>two</p>\n\n<p>three</p>", "one\ntwo\n\nthree"),
        ("<p>one<br><br>two</p>", "one\n\ntwo"),
        ("<h2>Head</h2><hr>text", "## Head\n\n***\n\ntext"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ('<ol start="3"><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>', "3. a\n\n   b\n\n4. c"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>", "> a\n>\n> > b"),
        ('<pre><code class="lang-python">x &lt; 1\n\n  y\n</code></pre>', "```python\nx < 1\n\n  y\n```"),
        ("<pre><code>a\n```\nb</code></pre>", "````\na\n```\nb\n````"),
        ('<pre class="lang-cpp prettyprint"><code>int a;</code></pre>', "```cpp\nint a;\n```"),
        ('<a href="https://e.org/a b(c)">t[x]</a>', "[t\\[x\\]](https://e.org/a%20b%28c%29)"),
        ('<a href="https://e.org">https://e.org</a>', "<https://e.org>"),
        ('<a href="javascript:x">t</a><a href="#a">u</a>', "tu"),
        ('<p>Hi!<a href="https://e.org">t</a></p>', "Hi\\![t](https://e.org)"),
        ('<img src="https://e.org/a.png" alt="x]y">', "![x\\]y](https://e.org/a.png)"),
        ('<img src="/e/smile.png" class="emoji" alt=":smile:">', ":smile:"),
        ('<a class="mention" href="/u/a_b">@a_b</a>', "@a_b"),
        ("x<sup>2</sup> y<sub>1</sub> z<sup>ab</sup>", "x² y₁ z^(ab)"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td></tr></table>", "| a | b |\n| --- | --- |\n| 1\\|2 |  |"),
        ('<span class="math">a_1</span> <div class="math">b\\\\c</div>', "$a_1$\n\n$$b\\\\\\c$$"),
        ("<script>alert(1)</script><style>a{}</style>ok<!-- no -->", "ok"),
        ('<span class="bbcode-b">a</span>', "**a**"),
        ("<details><summary>More</summary><p>text</p></details>", "**More**\n\ntext"),
        ('<iframe src="https://e.org/v"></iframe>', "<https://e.org/v>"),
        ('<div class="lazyYT" data-youtube-id="abc" data-youtube-title="Film"></div>', "[Film](https://www.youtube.com/watch?v=abc)"),
        ("<p>unclosed <b>bold<p>next", "unclosed **bold**\n\nnext"),
        ("", ""),
    ],
)  # fmt: skip
def test_an_element_becomes_its_markdown(page: str, wanted: str) -> None:
    assert to_markdown(page) == wanted


@pytest.mark.parametrize(
    "text",
    [*["1. not a list", "# not a head", "- no", "+ no", "> no", "a *b* _c_ `d`", "[a](b)", "[a]: b", "<b>x</b>", "&amp;", "\\*"],
    *["a\\", "===", "---", "~~a~~", "~~~", "snake_case and _this_", "a|b", "|a|", "1) a", "$\\{a_1\\\\ b^*\\}$", "!", "https://e.org/a_b_"]],
)  # fmt: skip
def test_plain_text_reads_as_itself_again(text: str) -> None:
    rendered = render(to_markdown(f"<p>{html.escape(text)}</p><p>second</p>"))

    assert Reading(rendered.html).words == "".join(text.split()) + "second"
    assert not re.search(r"<(em|strong|code|s|h\d|li|blockquote|pre|table|hr)\b", rendered.html)


QUOTE = """<aside class="quote no-group" data-username="ann" data-post="1">
<div class="title"><div class="quote-controls"></div>
<img alt="" width="20" src="https://e.org/a.png" class="avatar"> ann:</div>
<blockquote><p>said</p></blockquote></aside><p>reply</p>"""
LIGHTBOX = """<p><div class="lightbox-wrapper"><a class="lightbox" href="https://e.org/full.png" title="shot">
<img src="https://e.org/small.png" alt="shot" width="690"><div class="meta"><svg><use href="#x"></use></svg>
<span class="filename">shot</span><span class="informations">1920x1040</span></div></a></div></p>"""
ONEBOX = """<aside class="onebox allowlistedgeneric" data-onebox-src="https://e.org/page"><header class="source">
<img src="https://e.org/i.png" class="site-icon"><a href="https://e.org/page">E</a></header>
<article class="onebox-body"><h3><a href="https://e.org/page">The page</a></h3><p>About it</p></article></aside>"""


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (QUOTE, "> **ann:**\n>\n> said\n\nreply"),
        (LIGHTBOX, "![shot](https://e.org/full.png)"),
        (ONEBOX, "[The page](https://e.org/page)"),
    ],
)
def test_the_furniture_of_discourse_becomes_what_it_stands_for(page: str, wanted: str) -> None:
    assert to_markdown(page) == wanted


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000,
        "<" * 50_000,
        "<a " * 20_000,
        "<!--" * 20_000,
        "<b><i>" * 10_000 + "x",
        '<a href="' * 9_000,
    ],
)
def test_hostile_html_is_read_in_bounded_time(page: str) -> None:
    assert isinstance(to_markdown(page), str)


def without_furniture(page: str) -> bool:
    return not re.search(r"<img|<aside|<su[bp]>|lazyYT|lightbox|<video|<iframe|class=\"math|%", page)


@pytest.mark.parametrize("site", ["conlang-meta", "quantumcomputing"])
def test_every_stack_exchange_post_keeps_every_word(site: str) -> None:
    lost = [
        page
        for page in stack_exchange_bodies(site)
        if without_furniture(page) and Reading(render(to_markdown(page)).html).words != Reading(page).words
    ]

    assert lost == []


def discourse_topics() -> Iterator[str]:
    with tarfile.open(data("discourse/urho3d-topics.tar.xz")) as archive:
        for number, member in enumerate(archive):
            file = archive.extractfile(member) if member.isfile() and number % 10 == 0 else None
            if file is not None and member.name.endswith(".json"):
                for post in json.load(file)["post_stream"]["posts"]:
                    yield post["cooked"]


def test_discourse_posts_keep_their_words_links_and_code() -> None:
    pages = list(discourse_topics())
    plain = [page for page in pages if without_furniture(page)]
    changed = 0
    for page in plain:
        before, after = Reading(page), Reading(render(to_markdown(page)).html)
        changed += before.words != after.words

    assert len(pages) > 1_500
    assert changed <= len(plain) // 500

    for page in (page for page in pages if "onebox" not in page):
        markdown = to_markdown(page)
        fences = len(re.findall(r"<pre[^>]*>(?:<code[^>]*>)?\s*[^<\s]", page))
        assert len(re.findall(r"^[>\s\-*\d.)]*`{3,}[\w+#.-]*$", markdown, re.MULTILINE)) >= fences
        assert "<svg" not in markdown and "quote-controls" not in markdown
