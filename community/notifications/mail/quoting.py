"""What somebody wrote themselves in a reply, without the quoted mail, the signature and the lines of their mail program.

Line by line and in linear time: the text is a stranger's. The libraries for this search with expressions whose time grows
with the third power of the text.
"""

import re
from html.parser import HTMLParser

LONGEST = 60_000
MOST_LINES = 3_000

# "On Tue, 3 March 2026, Anna wrote:" in the languages we speak and their neighbours; mail programs break it over lines.
_BEGINS = re.compile(r"^(On|Am|Le|El|Em|Il|Op|Den|W dniu|Dnia|在|في|بتاريخ)\s?\S")
_ENDS = re.compile(
    r"(wrote|schrieb[^:]{0,80}|a écrit|escribió|escreveu|ha scritto|schreef[^:]{0,80}|skrev[^:]{0,80}|napisał\(a\)|写道|كتب)\s?[:：]$"
)
_SEPARATOR = re.compile(
    r"^-{3,} ?(Original Message|Ursprüngliche Nachricht|Message d'origine|Mensaje original) ?-{3,}$"
)
_FIELD = re.compile(r"^\*?(From|Von|De|Da|Van|发件人|من)\*?: ?\S")
_SECOND_FIELD = re.compile(
    r"^\*?(Sent|Date|To|Subject|Gesendet|Datum|An|Betreff|Envoyé|À|Enviado|Para|Asunto|Fecha)\*?: ?\S"
)
_DEVICE = re.compile(
    r"^(Sent from|Sent with|Get Outlook for|Gesendet (von|mit)|Von meinem .{0,40}gesendet|Diese Nachricht wurde von mein"
    r"|Enviado desde|Envoyé de|Inviato da|Verzonden vanaf)\b"
)
_RULE = re.compile(r"^_{20,}$")
_ATTRIBUTION_LINES = 3


def own_words(text: str) -> str:
    """Return what was written in reply, or an empty text when nothing was."""
    lines = [line.rstrip() for line in text[:LONGEST].replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    lines = lines[:MOST_LINES]
    cut, after = _quote_begins(lines)
    above = _without_signature(_trimmed(lines[:cut]))
    if any(line and not line.startswith(">") for line in above):
        return "\n".join(above).strip()
    # Answered below the quote.
    below = _without_signature(_trimmed([line for line in lines[after:] if not line.startswith(">")]))
    return "\n".join(below).strip()


def _quote_begins(lines: list[str]) -> tuple[int, int]:
    """Return the line with which the quoted mail begins, and the one after its heading."""
    for index, line in enumerate(lines):
        if _SEPARATOR.match(line) or (_FIELD.match(line) and _is_heading(lines[index + 1 : index + 4])):
            return index, len(lines)
        if _RULE.match(line) and any(_FIELD.match(follower) for follower in lines[index + 1 : index + 3]):
            return index, len(lines)
        if _BEGINS.match(line):
            for length in range(1, _ATTRIBUTION_LINES + 1):
                if _ENDS.search(" ".join(lines[index : index + length])[-200:]):
                    return index, index + length
    return len(lines), len(lines)


def _is_heading(lines: list[str]) -> bool:
    return any(_SECOND_FIELD.match(line) for line in lines)


def _trimmed(lines: list[str]) -> list[str]:
    """Leave out what is quoted at the end; a quote between one's own words stays."""
    while lines and (not lines[-1] or lines[-1].startswith(">")):
        lines = lines[:-1]
    return lines


def _without_signature(lines: list[str]) -> list[str]:
    for index, line in enumerate(lines):
        if line in ("--", "—") or _DEVICE.match(line):
            return lines[:index]
    return lines


class _Words(HTMLParser):
    """Gathers the text of an HTML mail, without what is quoted or not shown."""

    BREAKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3"})
    UNSEEN = frozenset({"blockquote", "style", "script", "head", "title"})
    QUOTES = ("gmail_quote", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote")
    VOID = frozenset({"br", "img", "hr", "meta", "link", "input", "wbr", "col", "area", "base", "source"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._open = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BREAKS:
            self.parts.append("\n\n" if tag == "p" else "\n")
        if tag in self.VOID:
            return
        given = dict(attrs)
        marks = f"{given.get('class') or ''} {given.get('id') or ''}"
        quoted = any(name in marks for name in self.QUOTES) or "divRplyFwdMsg" in marks
        if self._open or tag in self.UNSEEN or quoted:
            self._open += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.parts.append("\n\n")
        if self._open and tag not in self.VOID:
            self._open -= 1

    def handle_data(self, data: str) -> None:
        if not self._open:
            self.parts.append(" ".join(data.split("\n")))


def words_of_html(page: str) -> str:
    """Return the words of an HTML mail as plain text, without what it quotes."""
    reader = _Words()
    reader.feed(page[: LONGEST * 4])
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.parts)).strip()
