"""What stands in a reply when a post is quoted: who said it, a link to where, and their words as a Markdown quote.

The name inside the link calls nobody, and the names inside the words are told not to: quoting is not naming.
"""

import re

from community.threads.models import Post
from community.writing.markdown_source import escape_text, quote

# The beginning is enough to know what is meant; the link leads to the rest.
MOST = 1_200

_CODE_OR_NAME = re.compile(r"(```.*?(?:```|\Z)|`[^`\n]*`)|(?<![\w@/.+\\-])@(?=\w)", re.DOTALL)


def quote_of(post: Post) -> str:
    """Return `post` quoted, ready for an answer to be written under it. What it quoted itself is left out."""
    lines = [line for line in post.body_md.split("\n") if not line.startswith(">")]
    words = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    if len(words) > MOST:
        words = _without_open_spoiler(words[:MOST].rpartition(" ")[0]).rstrip() + " …"
    told = _CODE_OR_NAME.sub(lambda match: match[1] or r"\@", words)
    handle = f"[@{escape_text(post.author.handle)}]({post.get_absolute_url()}):" if post.author else ""
    return (
        "\n".join(
            line for line in (f"> {handle}" if handle else "", ">" if handle else "", quote(told)) if line
        )
        + "\n\n"
    )


def _without_open_spoiler(words: str) -> str:
    """Leave out a spoiler that was cut in its middle: without its end it would hide nothing."""
    return words.rpartition("||")[0] if words.count("||") % 2 else words
