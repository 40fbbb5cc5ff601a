"""Templates: nothing inline that the policy would refuse, nothing a translator could not see."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.code import ROOT

TEMPLATES = ROOT / "templates"
FEED = {".xml"}

COMMENT = re.compile(r"\{#.*?#\}|\{%-?\s*comment.*?endcomment\s*-?%\}|<!--.*?-->", re.S)
PROGRAM = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
# What stands between these is code, or is shown exactly as it is.
RAW = re.compile(r"<(script|style|svg|title-icon)\b.*?</\1>", re.S | re.I)
TAG = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^<>"'])*>""", re.S)
TRANSLATED = re.compile(
    r"\{%-?\s*(?:blocktrans|blocktranslate|trans)\b.*?endtrans(?:late)?\s*-?%\}|\{%-?\s*blocktrans.*?endblocktrans\w*\s*-?%\}",
    re.S,
)
SHOWN = re.compile(r"""\b(?:title|alt|placeholder|aria-label|aria-description|label)="([^"]*)\"""")
ENTITY = re.compile(r"&#?\w+;")
# Words that are the same in every language.
NAMES = {
    "plk",
    "openapi",
    "json",
    "API",
    "RSS",
    "Atom",
    "URL",
    "JSON",
    "Markdown",
    "Porchlight",
    "OpenAPI",
    "en",
    "x",
    "ok",
}
# Included inside a tag: they hold attributes only.
ATTRIBUTES_ONLY = {"templates/layouts/_body.html", "templates/layouts/_html.html"}
WORD = re.compile(r"[^\W\d_]{2,}")


def templates(*suffixes: str) -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.rglob("*")):
        if path.suffix in suffixes and path.is_file():
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def at(name: str, text: str, position: int) -> str:
    return f"{name}:{text.count(chr(10), 0, position) + 1}"


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with what matches replaced by spaces, so that positions stay where they were."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)


def is_a_letter(name: str) -> bool:
    """Mail programs have no stylesheet of ours and no policy: letters carry their style with them."""
    return name.startswith("templates/email/")


def test_no_template_carries_style_in_an_attribute() -> None:
    found = [
        at(name, text, match.start())
        for name, text in templates(".html")
        if not is_a_letter(name)
        for match in re.finditer(r"<[a-z][^<>]*\sstyle\s*=", blanked(COMMENT, text), re.I)
    ]

    assert found == []


def test_no_template_carries_script_in_an_attribute() -> None:
    found = [
        f"{at(name, text, match.start())} {match.group()[-20:]}"
        for name, text in templates(".html")
        for match in re.finditer(r"<[a-z][^<>]*\son[a-z]+\s*=", blanked(COMMENT, text), re.I)
    ]

    assert found == []


def test_scripts_in_a_page_are_named_or_carry_its_nonce() -> None:
    found = [
        at(name, text, match.start())
        for name, text in templates(".html")
        for match in re.finditer(r"<script\b([^>]*)>", blanked(COMMENT, text), re.I)
        if "src=" not in match[1]
        and "nonce=" not in match[1]
        and "application/ld+json" not in match[1]
        and "application/json" not in match[1]
    ]

    assert found == []


def test_no_page_but_a_letter_carries_a_style_element() -> None:
    found = [
        at(name, text, match.start())
        for name, text in templates(".html")
        if not is_a_letter(name)
        for match in re.finditer(r"<style\b", blanked(COMMENT, text), re.I)
    ]

    assert found == []


def test_nothing_is_marked_safe_but_html_we_rendered_ourselves() -> None:
    # Rendered and sanitised texts, tokens, Django's own help for a password, and pieces written in the template itself.
    ours = re.compile(
        r"(?:html|\bsvg|\bicon|csrf|preview|help_text|marked|structured|['\"])\w*(?:\([^)]*\))?\s*\|\s*safe"
    )
    found = [
        f"{at(name, text, match.start())} {match.group()}"
        for name, text in templates(".html", ".xml")
        for match in re.finditer(r"[^{}|]*\|\s*safe\b", text)
        if not ours.search(match.group())
    ]

    assert found == []


def untranslated(text: str) -> Iterator[tuple[int, str]]:
    """Where words stand that no translator can see: in the text, or in an attribute that is read out."""
    bare = blanked(RAW, blanked(COMMENT, text))
    bare = blanked(TRANSLATED, bare)
    values = blanked(PROGRAM, bare)
    for match in SHOWN.finditer(values):
        yield from _words(match.start(1), match[1])
    without_tags = blanked(TAG, values)
    yield from _words(0, without_tags)


def _words(start: int, text: str) -> Iterator[tuple[int, str]]:
    for match in WORD.finditer(blanked(ENTITY, text)):
        if match.group() not in NAMES:
            yield start + match.start(), match.group()


def test_every_word_that_is_shown_can_be_translated() -> None:
    found = [
        f"{at(name, text, position)} {word}"
        for name, text in templates(".html")
        if name not in ATTRIBUTES_ONLY
        for position, word in untranslated(text)
    ]

    assert found == []


def test_the_search_for_untranslated_words_finds_some() -> None:
    assert [word for _at, word in untranslated('<p title="Hello">{{ _("Seen") }} world</p>')] == [
        "Hello",
        "world",
    ]


def test_member_pages_are_jinja_and_only_allauth_and_the_admin_are_not() -> None:
    django = ROOT / "templates" / "django"
    found = [
        path.relative_to(ROOT).as_posix()
        for path in Path(TEMPLATES).rglob("*.html")
        if django not in path.parents and re.search(r"\{%\s*load\b", path.read_text("utf-8"))
    ]

    assert found == []
