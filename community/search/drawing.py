"""The results of a page, drawn from their template (`community.shapes` says why not twenty times)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import get_language
from markupsafe import Markup, escape

from community.search.queries import Hit
from community.shapes import draw, jinja
from community.threads.drawing import portrait, replies_said

_HIT = "community/search/_hit.html"
_HELP = "community/search/_help.html"
# What ends a sentence, in the scripts people write here; anything else is followed by dots.
_ENDS = ".?!…。？！؟"


def search_help() -> Markup:
    """How to search better: the same for everybody who reads one language."""
    return draw(_HELP, (), {})


class HitFlags(NamedTuple):
    """What decides how a result looks."""

    reply: bool
    answer: bool
    solved: bool
    question: bool
    excerpt: bool
    cut: bool
    author: bool
    replies: bool
    within: bool


@dataclass(slots=True)
class HitDrawing:
    """Draws results for whoever reads; `within` a thread, its title need not be said again."""

    within: bool = False
    language: str | None = field(default_factory=get_language)
    ago: Callable[[datetime], str] = field(default_factory=lambda: jinja().globals["teller"]())

    def hit(self, hit: Hit) -> Markup:
        """One thread that was found."""
        flags = HitFlags(
            reply=bool(hit.post_id),
            answer=hit.is_answer,
            solved=hit.is_solved,
            question=hit.kind == "question",
            excerpt=bool(hit.excerpt),
            cut=bool(hit.excerpt) and hit.excerpt[-1] not in _ENDS,
            author=hit.author is not None,
            replies=bool(hit.reply_count) and not self.within,
            within=self.within,
        )
        return draw(_HIT, flags, self._gaps(hit), self.language)

    def _gaps(self, hit: Hit) -> dict[str, str]:
        author = hit.author
        return {
            "space_slug": hit.space_slug,
            "space_name": str(escape(hit.space_name)),
            "url": hit.url,
            "title": str(escape(hit.title)),
            "position": str(hit.position or 1),
            "excerpt": hit.marked,
            "avatar": portrait(author, 24),
            "handle": author.handle if author else "",
            "name": str(escape(author.name)) if author else "",
            "when": self.ago(hit.created_at),
            "replies": replies_said(hit.reply_count, self.language),
        }
