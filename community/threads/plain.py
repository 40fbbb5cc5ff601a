"""Words without markup, for lists and summaries of posts that are stored as HTML."""

import re

from django.utils.html import strip_tags
from markupsafe import Markup

# Where a block ends, words must not run together; where emphasis ends, no space may come.
_BREAK = re.compile(r"</(?:p|li|h\d|div|t[dhr]|blockquote|pre|[uo]l|figcaption)>|<br")

# A spoiler that holds no other, up to where it ends or was cut.
_SPOILER = re.compile(r'<details class="spoiler[^>]*>(?:(?!<details).)*?(?:</details>|\Z)', re.DOTALL)


def plain(html: str) -> str:
    """Return the words of rendered HTML; it may have been cut anywhere. Not safe as HTML: escape it where it is shown."""
    if html.rfind("<") > html.rfind(">"):
        html = html[: html.rfind("<")]
    while 'class="spoiler' in html:
        html, found = _SPOILER.subn("… ", html)
        if not found:
            break
    text = strip_tags(_BREAK.sub(lambda tag: f" {tag[0]}", html))
    return " ".join(Markup(text).unescape().split())  # noqa: S704 - unescaped only
