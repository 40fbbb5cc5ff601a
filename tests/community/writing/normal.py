"""HTML reduced to what a reader could tell apart, so that two renderings can be compared."""

import re
from html.parser import HTMLParser

_SHIFT = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6"}
_BLOCKS = frozenset(
    "blockquote div h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td th thead tr ul".split()  # noqa: SIM905
)


class _Normal(HTMLParser):
    def __init__(self, *, shift: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.shift = shift
        self.out: list[str] = []
        self.code = 0

    def name(self, tag: str) -> str:
        return _SHIFT.get(tag, tag) if self.shift else tag

    def trim(self, tag: str) -> None:
        if tag in _BLOCKS | {"br"} and self.out and not self.code:
            self.out[-1] = self.out[-1].rstrip(" ") if self.out[-1] != " " else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.trim(tag)
        kept = sorted((key, value or "") for key, value in attrs if key not in {"rel", "class"})
        self.out.append(f"<{self.name(tag)}{''.join(f' {key}={value!r}' for key, value in kept)}>")
        self.code += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"br", "hr", "img"}:
            self.trim(tag)
            self.out.append(f"</{self.name(tag)}>")
        self.code -= tag == "pre"

    def handle_data(self, data: str) -> None:
        if not self.code:
            data = re.sub(r"\s+", " ", data)
            before = self.out[-1] if self.out else "<p>"
            tag = re.match(r"</?(\w+)", before)
            if tag and tag[1] in _BLOCKS | {"br"}:
                data = data.lstrip(" ")
        if data:
            self.out.append(data.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def normal(page: str, *, shift: bool = False) -> str:
    """Return HTML with blanks, attribute order, entities and (if asked) heading levels brought to one form."""
    reader = _Normal(shift=shift)
    reader.feed(page)
    reader.close()
    return "".join(reader.out).strip()
