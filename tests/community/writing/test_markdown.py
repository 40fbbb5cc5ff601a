import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.writing import markdown
from community.writing.markdown import RENDER_VERSION, Mention, Rendered, render, tidy
from tests.community.writing.corpora import Reading

KEY = "0123456789abcdef0123456789abcdef"


def known(handles: frozenset[str]) -> dict[str, Mention]:
    people = {
        "alice": Mention("alice", "/@alice/", pk=1),
        "bob.b": Mention("Bob.B", "/@bob.b/?a=1&b=2", pk=2),
    }
    return {name: person for name, person in people.items() if name in handles}


def test_a_text_is_rendered_with_its_version() -> None:
    rendered = render("Hello *world*\n\n| a | b |\n|:--|--:|\n| 1 | ~~2~~ |")

    assert rendered.version == RENDER_VERSION
    assert rendered.code == ""
    assert rendered.html.startswith("<p>Hello <em>world</em></p>")
    assert '<td class="align-right"><s>2</s></td>' in rendered.html


def test_headings_sit_below_those_of_the_page() -> None:
    html = render("# a\n## b\n### c\n#### d\n##### e\n###### f").html

    assert [tag for tag, _attrs in Reading(html).tags] == ["h3", "h4", "h5", "h6", "h6", "h6"]


def test_known_names_are_linked_and_unknown_ones_stay_text() -> None:
    rendered = render("Thanks @Alice and @bob.b, not @nobody", resolve=known)

    assert '<a class="mention" href="/@alice/">@alice</a>' in rendered.html
    assert '<a class="mention" href="/@bob.b/?a=1&amp;b=2">@Bob.B</a>,' in rendered.html
    assert "not @nobody" in rendered.html
    assert rendered.mentions_found == ("alice", "bob.b", "nobody")
    assert [person.pk for person in rendered.mentioned] == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "`@alice`",
        "```\n@alice\n```",
        "    @alice",
        "[@alice](https://example.org)",
        "<https://example.org/@alice>",
        "https://example.org/@alice",
        "mail alice@alice.example",
        "\\@alice",
        "a@@alice",
        "x/@alice",
        "![@alice](https://example.org/a.png)",
    ],
)
def test_a_name_in_code_in_a_link_or_in_an_address_is_not_a_mention(text: str) -> None:
    rendered = render(text, resolve=known)

    assert rendered.mentions_found == ()
    assert 'class="mention"' not in rendered.html


def test_a_typed_mark_is_not_a_mention() -> None:
    rendered = render(
        '<span class="mention">@alice</span> `<span class="mention">@alice</span>`', resolve=known
    )

    assert rendered.html.count("<a ") == 1  # the name itself, once; the tags around it are text
    assert "&lt;span" in rendered.html


def test_only_the_first_fifty_names_are_mentions() -> None:
    rendered = render(" ".join(f"@name{number}" for number in range(10_000)), resolve=known)

    assert len(rendered.mentions_found) == 50


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("see https://example.org/a_b_(c).", "https://example.org/a_b_(c)"),
        ("(https://example.org/x)", "https://example.org/x"),
        ("www.example.org!", "http://www.example.org"),
        ("https://example.org/?a=1&b=2&amp;c=3", "https://example.org/?a=1&b=2&c=3"),
        ("https://例え.jp/道。", "https://例え.jp/道"),
        ("*https://example.org*", "https://example.org"),
    ],
)
def test_bare_addresses_are_linked_without_the_punctuation_of_the_sentence(typed: str, address: str) -> None:
    rendered = render(typed)

    assert rendered.links == (address,)
    assert rendered.html.count("<a ") == 1
    assert 'rel="nofollow ugc noopener"' in rendered.html


@pytest.mark.parametrize(
    "typed", ["https://", "www.", "www.a", "http://)", "xhttps://example.org", "file.www"]
)
def test_what_only_looks_like_an_address_stays_text(typed: str) -> None:
    assert "<a " not in render(typed).html


def test_own_uploads_are_shown_and_remote_images_become_links() -> None:
    rendered = render(f"![A tent](/files/{KEY}/1280.webp#1280x960) ![cat](https://example.org/cat.png)")

    assert (
        f'<img src="/files/{KEY}/1280.webp" alt="A tent" loading="lazy" width="1280" height="960">'
        in rendered.html
    )
    assert '<a href="https://example.org/cat.png" rel="nofollow ugc noopener">cat</a>' in rendered.html
    assert rendered.images == (KEY,)
    assert rendered.links == ("https://example.org/cat.png",)


@pytest.mark.parametrize(
    "source",
    [
        "//evil.example/a.png",
        f"https://evil.example/files/{KEY}/1280.webp",
        f"/files/{KEY}/../x.webp",
        "/a.png",
    ],
)
def test_no_other_image_is_loaded(source: str) -> None:
    assert "<img" not in render(f"![a]({source})").html


def test_a_linked_remote_image_keeps_its_link_and_its_words() -> None:
    html = render("[![diagram](https://example.org/a.png)](https://example.org/page)").html

    assert html == '<p><a href="https://example.org/page" rel="nofollow ugc noopener">diagram</a></p>\n'


def test_the_excerpt_is_words_only_and_ends_at_a_word() -> None:
    rendered = render(
        "# Title\n\n**Bold** and `code` and [link](https://example.org) by @alice\n\n" + "word " * 100
    )

    assert rendered.excerpt.startswith("Title Bold and code and link by @alice word word")
    assert rendered.excerpt.endswith("word…")
    assert len(rendered.excerpt) <= 241


def test_the_excerpt_of_nothing_but_code_is_the_code() -> None:
    assert render("```\nprint(1)\n```").excerpt == "print(1)"
    assert render("").excerpt == ""


def test_a_failure_shows_escaped_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_markup: str) -> str:
        raise RuntimeError("the sanitiser is broken")

    monkeypatch.setattr(markdown, "clean", fail)

    rendered = render("One <b>\ntwo\n\nthree @alice", resolve=known)

    assert rendered.html == "<p>One &lt;b&gt;<br>two</p><p>three @alice</p>"
    assert rendered.code == "render_failed"


def test_tidying_keeps_what_postgres_can_store() -> None:
    assert tidy("a\r\nb\rc\x00\ud800") == "a\nb\nc\ufffd\ufffd"


def test_tidying_drops_control_characters_that_would_break_a_feed() -> None:
    assert tidy("a\x01b\x02c\x08\x0b\x0c\x1b\x1f\x7f\ufffe\uffffd\te\n") == "abcd\te\n"
    assert render("a\x02mark\x03").html == "<p>amark</p>\n"


@given(st.text(alphabet=st.characters(), max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_text_at_all_is_rendered(text: str) -> None:
    rendered = render(text)

    assert isinstance(rendered, Rendered)
    assert rendered.code == ""


@given(st.text(alphabet="[]()!*_`~<>&|#-+=:@/\\\"' \n\tahtpsw.1", max_size=300))
@settings(max_examples=500, deadline=None)
def test_any_markup_at_all_is_rendered_into_balanced_html(text: str) -> None:
    rendered = render(text)

    assert rendered.code == ""
    assert rendered.html.count("<a ") == rendered.html.count("</a>")
    assert rendered.html.count("<p>") == rendered.html.count("</p>")
