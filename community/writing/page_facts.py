"""What a page says about itself, for the card of a link to it. Runs in the limited process: the page is a stranger's."""

import re
from html.parser import HTMLParser

TITLE, DESCRIPTION, SITE = 200, 300, 80
_OPT_OUT = re.compile(r"\b(?:none|noindex|nosnippet)\b", re.IGNORECASE)


class _Head(HTMLParser):
    """Reads the head and stops where the page begins."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: dict[str, str] = {}
        self.title = ""
        self.over = False
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title" and not self.title:
            self._in_title = True
        elif tag == "meta":
            values = {name: value or "" for name, value in attrs}
            name = (values.get("property") or values.get("name") or "").strip().lower()
            if name:
                self.said.setdefault(name, values.get("content", ""))
        elif tag == "body":
            self.over = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag == "head":
            self.over = True

    def handle_data(self, data: str) -> None:
        if self._in_title and len(self.title) < 2 * TITLE:
            self.title += data


def page_facts(page: str) -> list[str]:
    """Return title, description, name of the site, address of a picture, and "no" when the page wants no card."""
    head = _Head()
    for start in range(0, len(page), 8_192):
        head.feed(page[start : start + 8_192])
        if head.over:
            break
    said = head.said
    if _OPT_OUT.search(said.get("robots", "")):
        return ["", "", "", "", "no"]
    picture = said.get("og:image") or said.get("twitter:image") or ""
    if "noimageindex" in said.get("robots", "").lower():
        picture = ""
    return [
        _line(said.get("og:title") or said.get("twitter:title") or head.title, TITLE),
        _line(said.get("og:description") or said.get("description") or "", DESCRIPTION),
        _line(said.get("og:site_name", ""), SITE),
        picture.strip()[:2_000],
        "",
    ]


def _line(text: str, most: int) -> str:
    """One line of visible characters, cut at a word."""
    line = " ".join("".join(mark if mark.isprintable() else " " for mark in text[: 4 * most]).split())
    return line if len(line) <= most else line[: most - 1].rpartition(" ")[0].rstrip(" .,;:") + "…"
