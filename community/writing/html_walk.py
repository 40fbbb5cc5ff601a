"""One pass over the tags of an HTML fragment, with a stack of open elements in which Markdown source gathers."""

import html
import re
from collections.abc import Callable, Mapping
from urllib.parse import urljoin

from community.writing import markdown_source as source
from community.writing.sanitise import words as names

MAX_DEPTH = 100

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<close>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9-]*)(?P<attrs>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+)>"
    r"|<![^>]*>"
    r"|(?P<text>[^<]+|<)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")

_VOID = names("area base br col embed hr img input link meta path source track use wbr")
BLOCKS = names(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header html li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_SELF_CLOSING = frozenset({"dd", "dt", "li", "option", "p", "td", "th", "tr"})
_SILENT_TAGS = names("head math noscript script select style svg template textarea title")
_SILENT_CLASSES = names(
    "quote-controls meta show-more informations hashtag-icon-placeholder site-icon footnote-backref"
)
_NO_LANGUAGE = frozenset({"", "auto", "nohighlight", "none", "plaintext", "prettyprint"})


class Element:
    """An open element, with the inline source and the finished blocks gathered in it so far."""

    __slots__ = (
        "attrs",
        "blocks",
        "classes",
        "inline",
        "language",
        "last_list",
        "loose",
        "rows",
        "silent",
        "tag",
    )

    def __init__(self, tag: str, attrs: dict[str, str]) -> None:
        self.tag = tag
        self.attrs = attrs
        self.classes = attrs["class"].split() if "class" in attrs else []
        self.inline: list[str] = []
        self.blocks: list[str] = []
        self.rows: list[list[str]] = []
        self.language = ""
        self.last_list = ""
        self.loose = False
        self.silent = tag in _SILENT_TAGS or not _SILENT_CLASSES.isdisjoint(self.classes)

    def flush(self) -> None:
        """Finish the inline source gathered so far as paragraphs."""
        if self.inline:
            found = source.paragraphs("".join(self.inline))
            if found:
                self.blocks.extend(found)
                self.last_list = ""
            self.inline.clear()

    def add(self, block: str) -> None:
        """Finish the paragraph before it and add a block."""
        self.flush()
        if block:
            self.blocks.append(block)
            self.last_list = ""

    def body(self) -> str:
        """Return everything gathered as blocks."""
        self.flush()
        return "\n\n".join(self.blocks)

    def words(self) -> str:
        """Return everything gathered as one run of inline source."""
        if self.blocks:
            self.flush()
            return " ".join(self.blocks)
        return "".join(self.inline)


def note_language(element: Element, parent: Element) -> None:
    for name in element.classes:
        language = name.removeprefix("lang-").removeprefix("language-")
        if element.tag in {"pre", "code"} and language.lower() not in _NO_LANGUAGE and not parent.language:
            parent.language = language if re.fullmatch(r"[\w+#.-]{1,20}", language) else ""
    parent.language = parent.language or element.language


class Walk:
    """One pass over one fragment."""

    def __init__(self, base_url: str, handlers: Mapping[str, "Handler"], block: "Handler") -> None:
        self.base_url = base_url
        self.handlers = handlers
        self.block = block
        self.stack = [Element("", {})]
        self.raw = 0  # depth of pre and code, where text is taken as it stands

    def run(self, page: str) -> str:
        """Read the fragment and return its Markdown."""
        for match in _TOKEN.finditer(page):
            text = match["text"]
            if text is not None:
                self.text(html.unescape(text) if "&" in text else text)
            elif match["tag"]:
                tag = match["tag"].lower()
                if match["close"]:
                    self.end(tag)
                else:
                    self.start(tag, match["attrs"])
        while len(self.stack) > 1:
            self.close_top()
        return self.stack[0].body()

    def text(self, text: str) -> None:
        """Take text: as it stands inside code, escaped elsewhere."""
        top = self.stack[-1]
        if self.raw:
            top.inline.append(text)
        elif top.tag not in {"ul", "ol", "table", "tr", "tbody", "thead"} or not text.isspace():
            top.inline.append(source.escape_text(text))

    def start(self, tag: str, raw_attrs: str) -> None:
        """Open an element."""
        attrs = {}
        if "=" in raw_attrs:
            for name, double, single, bare in _ATTRIBUTE.findall(raw_attrs):
                attrs[name.lower()] = html.unescape(double or single or bare)
        if tag in _VOID:
            self.void(tag, attrs)
            return
        if tag in _SELF_CLOSING:
            self.close_forgotten(tag)
        if len(self.stack) >= MAX_DEPTH:
            return
        if tag in {"pre", "code"}:
            self.raw += 1
        self.stack.append(Element(tag, attrs))

    def close_forgotten(self, tag: str) -> None:
        """Close an element of the same name that was left open, as browsers do, with what is open inside it."""
        for depth in range(len(self.stack) - 1, 0, -1):
            open_tag = self.stack[depth].tag
            if open_tag == tag:
                while len(self.stack) > depth:
                    self.close_top()
            if open_tag in BLOCKS:
                return

    def end(self, tag: str) -> None:
        """Close the nearest open element of this name, and what was left open inside it."""
        for depth in range(len(self.stack) - 1, 0, -1):
            if self.stack[depth].tag == tag:
                while len(self.stack) > depth:
                    self.close_top()
                return

    def void(self, tag: str, attrs: dict[str, str]) -> None:
        """Take an element that has no content."""
        top = self.stack[-1]
        if tag == "br":
            top.inline.append("\n" if self.raw else source.BREAK)
        elif tag == "hr":
            top.add("***")
        elif tag == "img":
            if "emoji" in attrs.get("class", "").split():
                top.inline.append(attrs.get("alt", ""))
            elif not self.raw and not {"avatar", "site-icon", "onebox-avatar-inline"} & set(
                attrs.get("class", "").split()
            ):
                top.inline.append(source.image(attrs.get("alt", ""), self.address(attrs.get("src", ""))))
        elif tag == "source" and attrs.get("src") and top.tag in {"video", "audio"}:
            top.attrs.setdefault("src", attrs["src"])

    def address(self, url: str) -> str:
        """Resolve an address as the page meant it; an unreadable one becomes empty."""
        try:
            return urljoin(self.base_url, url) if self.base_url else url
        except ValueError:
            return ""

    def close_top(self) -> None:
        """Close the innermost element and hand what it gathered to its parent."""
        element = self.stack.pop()
        parent = self.stack[-1]
        if element.tag in {"pre", "code"}:
            self.raw -= 1
        if element.silent:
            return
        if self.raw:
            parent.inline.extend(element.inline)
            note_language(element, parent)
            return
        handler = self.handlers.get(element.tag)
        if handler is not None:
            handler(self, element, parent)
        elif element.tag in BLOCKS:
            self.block(self, element, parent)
        else:
            parent.inline.append(element.words())


Handler = Callable[[Walk, Element, Element], None]
