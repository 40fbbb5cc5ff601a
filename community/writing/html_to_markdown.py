"""HTML of other systems to Markdown, for imports: Discourse's "cooked", Stack Exchange, and plain article HTML.

One pass over the tags with a stack of open elements; several times faster than building a tree, which matters for tens
of thousands of posts. The result is only ever shown through our own renderer, so this module decides what a text means,
never what is safe.
"""

import re

from community.digits import number_in
from community.writing import markdown_source as source
from community.writing.html_walk import Element, Handler, Walk, note_language


def to_markdown(page: str, *, base_url: str = "") -> str:
    """Return the Markdown for an HTML fragment. Relative addresses are resolved against `base_url` when it is given."""
    return Walk(base_url, _HANDLERS, _block).run(page)


def _block(walk: Walk, element: Element, parent: Element) -> None:
    if "math" in element.classes:
        formula = element.words().strip()
        parent.add(f"$${formula}$$" if formula else "")
        return
    if "lazyYT" in element.classes and "data-youtube-id" in element.attrs:
        title = source.escape_text(element.attrs.get("data-youtube-title", "")) or "YouTube"
        parent.add(source.link(title, f"https://www.youtube.com/watch?v={element.attrs['data-youtube-id']}"))
        return
    element.flush()
    parent.flush()
    if element.tag == "p" and parent.tag == "li" and element.blocks:
        parent.loose = True
    parent.rows.extend(element.rows)
    if element.blocks:
        parent.blocks.extend(element.blocks)
        parent.last_list = element.last_list


def _aside(walk: Walk, element: Element, parent: Element) -> None:
    if "onebox" in element.classes:
        url = element.attrs.get("data-onebox-src") or element.attrs.get("first-link", "")
        title = element.attrs.get("title-words") or source.escape_text(url)
        parent.add(source.link(title, walk.address(url)) if url else element.body())
    elif "quote" in element.classes:
        parent.add(source.quote(element.body()))
    else:
        _block(walk, element, parent)


def _division(walk: Walk, element: Element, parent: Element) -> None:
    if "title" in element.classes and parent.tag == "aside" and "quote" in parent.classes:
        name = parent.attrs.get("data-username") or element.words().strip().rstrip(":")
        parent.add(f"**{source.escape_text(name)}:**" if name else "")
    else:
        _block(walk, element, parent)


def _blockquote(walk: Walk, element: Element, parent: Element) -> None:
    if parent.tag == "aside" and "quote" in parent.classes:
        _block(walk, element, parent)
    else:
        body = element.body()
        parent.add(source.quote(body) if body else "")


def _heading(walk: Walk, element: Element, parent: Element) -> None:
    words = " ".join(element.words().split())
    if _inside_card(walk):
        return
    parent.add(f"{'#' * int(element.tag[1])} {words}" if words else "")


def _inside_card(walk: Walk) -> bool:
    """Tell whether an open element is a link card, of which only address and title are kept."""
    return any(element.tag == "aside" and "onebox" in element.classes for element in walk.stack)


def _anchor(walk: Walk, element: Element, parent: Element) -> None:
    href = element.attrs.get("href", "")
    words = element.words()
    card = next((open_ for open_ in walk.stack if open_.tag == "aside" and "onebox" in open_.classes), None)
    if card is not None:
        card.attrs.setdefault("first-link", href)
        if any(open_.tag in {"h1", "h2", "h3", "h4"} for open_ in walk.stack):
            card.attrs.setdefault("title-words", words.strip())
    if {"mention", "mention-group"} & set(element.classes):
        parent.inline.append(words.replace("\\_", "_"))
    elif "lightbox" in element.classes:
        alt = re.match(r"!\[(.*?)\]\(", words.strip())
        parent.inline.append(f"![{alt[1] if alt else ''}]({source.target(walk.address(href))})")
    elif href.startswith("#") or not href:
        parent.inline.append(words)
    else:
        if parent.inline and parent.inline[-1].endswith("!"):
            parent.inline[-1] = parent.inline[-1][:-1] + "\\!"
        parent.inline.append(source.link(words, walk.address(href)))


def _span(walk: Walk, element: Element, parent: Element) -> None:
    words = element.words()
    if "bbcode-b" in element.classes:
        words = source.wrapped("**", words)
    elif "bbcode-i" in element.classes:
        words = source.wrapped("*", words)
    elif "math" in element.classes:
        words = f"${words}$"
    elif "mention" in element.classes:
        words = words.replace("\\_", "_")
    parent.inline.append(words)


def _pre(walk: Walk, element: Element, parent: Element) -> None:
    note_language(element, element)
    code = "".join(element.inline)
    code = code.removeprefix("\n").rstrip("\n")
    parent.add(source.fence(code, element.language) if code.strip() else "")


def _code(walk: Walk, element: Element, parent: Element) -> None:
    text = "".join(element.inline)
    if "\n" in text.strip():
        parent.add(source.fence(text.strip("\n"), ""))
    else:
        source.joined(parent.inline, "`", source.code_span(text))


def _item(walk: Walk, element: Element, parent: Element) -> None:
    element.flush()
    joiner = "\n\n" if element.loose or any(not _interrupts(block) for block in element.blocks[1:]) else "\n"
    parent.blocks.append(joiner.join(element.blocks))
    parent.loose = parent.loose or joiner == "\n\n"


def _interrupts(block: str) -> bool:
    """Tell whether a block may follow a line of text without a blank line between."""
    return block.startswith(("- ", "* ", "1. ", "1) ", "```", "> "))


def _list(walk: Walk, element: Element, parent: Element) -> None:
    element.flush()
    parent.flush()
    if not element.blocks:
        return
    again = parent.last_list == element.tag  # two lists in a row need different markers to stay two
    if element.tag == "ul":
        markers = ["*" if again else "-"] * len(element.blocks)
    else:
        wanted = number_in(element.attrs.get("start"))
        start = 1 if wanted is None else wanted
        markers = [f"{number}{')' if again else '.'}" for number in range(start, start + len(element.blocks))]
    joiner = "\n\n" if element.loose else "\n"
    parent.add(joiner.join(map(source.item, markers, element.blocks)))
    parent.last_list = "" if again else element.tag


def _cell(walk: Walk, element: Element, parent: Element) -> None:
    if parent.tag != "tr":
        _block(walk, element, parent)
        return
    if not parent.rows:
        parent.rows.append([])
    parent.rows[0].append(source.cell(element.words() if not element.blocks else element.body()))


def _table(walk: Walk, element: Element, parent: Element) -> None:
    rows = [row for row in element.rows if row]
    parent.add(element.body())
    parent.add(source.table(rows))


def _summary(walk: Walk, element: Element, parent: Element) -> None:
    parent.add(source.wrapped("**", " ".join(element.words().split())))


def _media(walk: Walk, element: Element, parent: Element) -> None:
    url = walk.address(element.attrs.get("src", ""))
    title = source.escape_text(element.attrs.get("title", "")) or source.escape_text(url)
    parent.inline.append(source.link(title, url) if url else element.words())


def _wrap_in(mark: str) -> Handler:
    def wrap(walk: Walk, element: Element, parent: Element) -> None:
        source.joined(parent.inline, mark, source.wrapped(mark, element.words()))

    return wrap


def _raise_by(*, above: bool) -> Handler:
    def raise_(walk: Walk, element: Element, parent: Element) -> None:
        parent.inline.append(source.raised(element.words(), above=above))

    return raise_


_HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(["strong", "b"], _wrap_in("**")),
    **dict.fromkeys(["em", "i", "cite"], _wrap_in("*")),
    **dict.fromkeys(["s", "del", "strike"], _wrap_in("~~")),
    **dict.fromkeys(["h1", "h2", "h3", "h4", "h5", "h6"], _heading),
    **dict.fromkeys(["ul", "ol"], _list),
    **dict.fromkeys(["td", "th"], _cell),
    **dict.fromkeys(["code", "kbd", "samp", "tt"], _code),
    **dict.fromkeys(["iframe", "video", "audio"], _media),
    "a": _anchor,
    "aside": _aside,
    "blockquote": _blockquote,
    "div": _division,
    "li": _item,
    "pre": _pre,
    "span": _span,
    "sub": _raise_by(above=False),
    "summary": _summary,
    "sup": _raise_by(above=True),
    "table": _table,
}
