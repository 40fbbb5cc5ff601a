"""Writing Markdown source: plain text escaped so that it reads as itself, links, fences, lists and tables."""

import re
from collections.abc import Sequence

from community.writing.links import is_safe_link

BREAK = "\n"

_SPECIAL = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|\s*$)"  # a backslash that would escape something
    r"|[`*]"
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore inside a word is harmless
    r"|\](?=[(\[:])"
    r"|<(?=[A-Za-z/!?])|&(?=#?\w+;)|~(?=~)|(?<=~)~"
    r"|\|(?=\|)|(?<=\|)\|"  # two bars hide what stands between them
)
_BRACKET = re.compile(r"(?<!\\)[\[\]]")
_LINE_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+[ \t]*$|[-:|][-:|\s]*$|~~~|\|)", re.MULTILINE)
_LINE_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
_BREAKS = re.compile(r"[ \t]*\n\s*")
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_EDGES = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
_TICKS = re.compile(r"`+")
_IN_TARGET = {
    " ": "%20",
    "(": "%28",
    ")": "%29",
    "<": "%3C",
    ">": "%3E",
    "\\": "%5C",
    "`": "%60",
    '"': "%22",
    "\n": "",
}
_SUPERSCRIPT = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPT = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")


def escape_text(text: str) -> str:
    """Return text with blanks collapsed and every character escaped that Markdown would act on."""
    return _SPECIAL.sub(r"\\\g<0>", _BLANKS.sub(" ", text))


def paragraphs(inline: str) -> list[str]:
    """Split inline source into paragraphs at double breaks, and keep lines from starting a list, quote or heading."""
    parts = []
    for part in re.split(r"(?:[ \t]*\n){2,}", inline):
        lines = _BREAKS.sub(BREAK, part.strip())
        if lines:
            lines = _LINE_NUMBER.sub(r"\1\\\2", _LINE_START.sub(r"\\\1", lines))
            parts.append(lines)
    return parts


def wrapped(mark: str, inline: str) -> str:
    """Put emphasis around words, with surrounding blanks left outside where Markdown wants them."""
    before, words, after = _EDGES.match(inline).groups()  # type: ignore[union-attr]
    if not words:
        return before or after
    return f"{before}{mark}{_BREAKS.sub(BREAK, words)}{mark}{after}"


def joined(before: list[str], mark: str, marked: str) -> None:
    """Append a marked run to inline source; directly after one with the same mark the two become one run."""
    last = before[-1] if before else ""
    if (
        len(last) > 2 * len(mark)
        and last.endswith(mark)
        and marked.startswith(mark)
        and not last.endswith("\\" + mark)
    ):
        before[-1] = last[: -len(mark)]
        marked = marked[len(mark) :]
    before.append(marked)


def code_span(text: str) -> str:
    """Return an inline code span, with as many backticks as it takes."""
    words = _BLANKS.sub(" ", text)
    if not words.strip():
        return words
    ticks = "`" * (1 + max(map(len, _TICKS.findall(words)), default=0))
    pad = " " if words[0] == "`" or words[-1] == "`" or (words[0] == words[-1] == " ") else ""
    return f"{ticks}{pad}{words}{pad}{ticks}"


def fence(code: str, language: str) -> str:
    """Return a fenced code block, with a fence longer than any inside."""
    ticks = "`" * max(3, 1 + max(map(len, re.findall(r"^\s*(`{3,})", code, re.MULTILINE)), default=0))
    return f"{ticks}{language}\n{code}\n{ticks}"


def target(url: str) -> str:
    """Return an address as a link target, or an empty text when members may not link there."""
    address = re.sub(r'[ ()<>\\`"\n]', lambda match: _IN_TARGET[match[0]], url.strip())
    return address if is_safe_link(address) else ""


def link(text: str, url: str) -> str:
    """Return a link, an autolink when its text is the address, or just the text when the address is not allowed."""
    address = target(url)
    words = _BREAKS.sub(" ", text).strip()
    if not address or not words:
        return text
    if re.sub(r"\\(.)", r"\1", words) in {address, url} and re.match(r"https?://[^\s<>]+$", address):
        return f"<{address}>"
    if not words.startswith("!["):
        words = _BRACKET.sub(r"\\\g<0>", words)
    return f"[{words}]({address})"


def image(alt: str, url: str) -> str:
    """Return an image, or its words when the address is not allowed."""
    address = target(url)
    words = _BRACKET.sub(r"\\\g<0>", escape_text(alt)).strip()
    return f"![{words}]({address})" if address else words


def raised(text: str, *, above: bool) -> str:
    """Write a superscript or subscript with the characters Unicode has, or spell it out."""
    words = text.strip()
    table = _SUPERSCRIPT if above else _SUBSCRIPT
    if words and all(ord(character) in table for character in words):
        return words.translate(table)
    return f"{'^' if above else chr(92) + '_'}({words})" if words else ""


def quote(block: str) -> str:
    """Return a block as a quotation."""
    return "\n".join(f"> {line}" if line else ">" for line in block.split("\n"))


def item(marker: str, block: str) -> str:
    """Return a list item, its further lines aligned below the first."""
    indent = " " * (len(marker) + 1)
    return f"{marker} " + "\n".join(
        indent + line if number and line else line for number, line in enumerate(block.split("\n"))
    )


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table; its first row is the header, as Markdown has no table without one."""
    width = max(map(len, rows), default=0)
    if width == 0:
        return ""
    lines = ["| " + " | ".join([*row, *[""] * (width - len(row))]) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * width, *lines[1:]])


def cell(block: str) -> str:
    """Return a block as the text of a table cell."""
    return re.sub(r"(?<!\\)\|", r"\|", _BLANKS.sub(" ", block)).strip()
