"""The posts and rows of a page, drawn from their templates (`community.shapes` says why not twenty times)."""

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language, gettext, ngettext
from markupsafe import Markup, escape

from community.shapes import draw, jinja
from community.threads.poll_drawing import draw_poll, scene_of
from community.threads.queries.concern import said_of
from community.threads.queries.rows import Author, PostRow, ThreadHead, ThreadRow, page_start
from community.threads.queries.unread import MOST_COUNTED
from community.threads.standing import Standing
from community.threads.steering import KEPT_STATES

_POST, _ANSWER = "community/threads/_post.html", "community/threads/_answer.html"
_ACTS, _ROW = "community/threads/_post_acts.html", "community/threads/_thread_row.html"
_NOTHING = Markup("")


class PostFlags(NamedTuple):
    """What decides how a post looks. `presses`: (kind, pressed by the viewer, has a count), in their order."""

    first: bool
    question: bool
    nested: bool
    led: bool
    last: bool
    author: bool
    team: bool
    tier: bool
    asker: bool
    new: bool
    edited: bool
    wiki: bool
    fresh: bool
    answers: bool
    to_whom: str
    state: str
    reason: bool
    member: bool
    # Nobody presses anything: it is the viewer's own, or in an archive.
    still: bool
    replies: bool
    accepts: bool
    presses: tuple[tuple[str, bool, bool], ...]


@dataclass(slots=True)
class Drawing:
    """Draws the posts of one thread for one viewer. `csrf` is the hidden field, empty for guests."""

    thread: ThreadHead
    can: Standing
    csrf: str = ""
    # Authors whom the viewer blocks: their words open when asked.
    blocked: Container[int] = frozenset()
    language: str | None = field(default_factory=get_language)
    ago: Callable[[datetime], str] = field(default_factory=lambda: jinja().globals["teller"]())

    def post(
        self,
        row: PostRow,
        *,
        nested: bool = False,
        led: bool = False,
        last: bool = False,
        fresh: bool = False,
    ) -> Markup:
        """One post with its actions and the replies under it; `led` draws the line on to the answer."""
        answers = _NOTHING.join(
            self.post(answer, nested=True, last=answer is row.answers[-1]) for answer in row.answers
        )
        flags = self._flags(row, nested, led, last, fresh)
        return draw(_POST, flags, self._gaps(row, 32 if nested else 44, answers=answers), self.language)

    def answer(self, row: PostRow, note: str) -> Markup:
        """The accepted answer, in its own frame."""
        return draw(_ANSWER, self._flags(row), self._gaps(row, 36, note=str(escape(note))), self.language)

    def acts(self, row: PostRow) -> Markup:
        """The line of actions under a post."""
        return draw(_ACTS, self._flags(row), self._line_gaps(row), self.language)

    def _flags(
        self, row: PostRow, nested: bool = False, led: bool = False, last: bool = False, fresh: bool = False
    ) -> PostFlags:
        thread, can, author = self.thread, self.can, row.author
        first = row.position == 1
        by_asker = author is not None and author.pk == thread.author_id and thread.is_question
        return PostFlags(
            first=first,
            question=thread.is_question,
            nested=nested,
            led=led,
            last=last,
            author=author is not None,
            team=author is not None and bool(author.team_title),
            tier=author is not None and bool(author.tier) and author.show_tier,
            asker=by_asker and not first,
            new=row.is_new,
            edited=row.edited_at is not None,
            wiki=row.is_wiki,
            fresh=fresh,
            answers=bool(row.answers),
            to_whom=("other" if (row.reply_to_position or 1) > 1 and row.reply_to_name else ""),
            state=row.state,
            reason=bool(row.state_reason),
            member=can.viewer is not None,
            still=thread.space.is_archived
            or thread.state in KEPT_STATES
            or (author is not None and author.pk == can.pk),
            replies=bool(can.reply) and row.is_shown,
            accepts=can.chooses and not first and not thread.is_solved and row.is_shown,
            presses=self._presses(row, first),
        )

    def _presses(self, row: PostRow, first: bool) -> tuple[tuple[str, bool, bool], ...]:
        main = "same" if first and self.thread.is_question else "helpful"
        thanks = first or row.pk == self.thread.accepted_post_id or bool(row.counts.get("thanks"))
        kinds = (main, "thanks") if thanks else (main,)
        return tuple((kind, kind in row.mine, bool(row.counts.get(kind))) for kind in kinds)

    def _gaps(self, row: PostRow, size: int, answers: str = "", note: str = "") -> dict[str, str]:
        return self._line_gaps(row) | {
            "position": str(row.position),
            "html": self._words(row),
            "when": self.ago(row.created_at),
            "avatar": portrait(row.author, size),
            "handle": row.author.handle if row.author else "",
            "team": _safe(row.author.team_title) if row.author else "",
            "tier": _tier(row.author.tier, self.language) if row.author else "",
            "reason": _safe(row.state_reason),
            "other": _safe(row.reply_to_name),
            "other_pk": str(row.reply_to_id or ""),
            "thread": str(self.thread.pk),
            "answers": answers,
            "note": note,
            "poll": "" if row.poll is None or self._is_folded(row) else self._poll(row),
        }

    def _poll(self, row: PostRow) -> str:
        return draw_poll(scene_of(row, self.thread, self.can), self.csrf)

    def _is_folded(self, row: PostRow) -> bool:
        return row.author is not None and row.author.pk in self.blocked

    def _words(self, row: PostRow) -> str:
        if not self._is_folded(row):
            return row.html
        anyway = gettext("You block %(name)s. Show this post anyway") % {"name": row.name}
        return f'<details class="folded"><summary>{escape(anyway)}</summary>{row.html}</details>'

    def _line_gaps(self, row: PostRow) -> dict[str, str]:
        """What differs in the line of actions, which is also drawn alone, after each press."""
        start, counts = page_start(row.position), row.counts
        return {
            "pk": str(row.pk),
            "name": _safe(row.name),
            # The short address: it leads on to the one with the words, and stands on the page twenty times.
            "page": f"/t/{self.thread.pk}/?after={start}&amp;" if start else f"/t/{self.thread.pk}/?",
            "csrf": self.csrf,
            "same": str(counts.get("same", 0)),
            "helpful": str(counts.get("helpful", 0)),
            "thanks": str(counts.get("thanks", 0)),
        }


class RowFlags(NamedTuple):
    """What decides how a thread looks in a list."""

    kind: str
    question: bool
    solved: bool
    waiting: bool
    locked: bool
    pinned: bool
    unread: bool
    why: str
    here: str
    excerpt: bool
    author: bool
    replies: bool
    reactions: bool
    tags: bool


@dataclass(slots=True)
class ListDrawing:
    """Draws the threads of a list."""

    language: str | None = field(default_factory=get_language)
    ago: Callable[[datetime], str] = field(default_factory=lambda: jinja().globals["teller"]())

    def row(self, row: ThreadRow, here: str = "") -> Markup:
        """One thread; `here` is "space" where its space needs no saying."""
        flags = RowFlags(
            kind=row.kind,
            question=row.is_question,
            solved=row.is_solved,
            waiting=row.is_question and not row.reply_count and not row.is_solved,
            locked=row.is_locked,
            pinned=row.is_pinned,
            unread=row.unread > 0,
            why="rank" if row.why[:1].isdigit() else "reason" if said_of(row.why, self.language) else "",
            here=here,
            excerpt=bool(row.excerpt),
            author=row.author is not None,
            replies=row.reply_count > 0,
            reactions=row.reaction_count > 0,
            tags=bool(row.tags),
        )
        return draw(_ROW, flags, self._gaps(row), self.language)

    def _gaps(self, row: ThreadRow) -> dict[str, str]:
        author = row.author
        return {
            "path": row.get_absolute_url(),
            "title": str(escape(row.title)),
            "excerpt": str(escape(row.excerpt)),
            "space_slug": row.space_slug,
            "space_name": str(escape(row.space_name)),
            "handle": author.handle if author else "",
            "name": str(escape(author.name)) if author else "",
            "avatar": portrait(author, 24),
            "when": self.ago(row.created_at),
            "unread": _new(row.unread, self.language),
            "rank": _ranked_by(row.why, self.language),
            "reason": str(escape(said_of(row.why, self.language))),
            "replies": replies_said(row.reply_count, self.language),
            "newest": self.ago(row.last_post_at) if row.reply_count else "",
            "reactions": _thanks(row.reaction_count, self.language),
            "tags": _NOTHING.join(_tag_link(tag) for tag in row.tags[:3]),
        }


@lru_cache(maxsize=4096)
def _safe(words: str) -> str:
    """Escape a name or a few words: the same stand on page after page, and most are empty."""
    return str(escape(words))


@lru_cache(maxsize=256)
def _tier(name: str, _language: str | None) -> str:
    return str(escape(gettext(name))) if name else ""


@lru_cache(maxsize=1024)
def _new(count: int, _language: str | None) -> str:
    if count >= MOST_COUNTED:
        return gettext("%(num)d+ new") % {"num": MOST_COUNTED - 1}
    return ngettext("%(num)d new", "%(num)d new", count) % {"num": count}


@lru_cache(maxsize=1024)
def _ranked_by(why: str, _language: str | None) -> str:
    """Say what gave a thread its place: `why` is "place.thanks.people"."""
    if not why[:1].isdigit():
        return ""
    _place, thanks, people = (int(number) for number in why.split("."))
    said = []
    if thanks:
        said.append(ngettext("%(num)d thank-you", "%(num)d thank-yous", thanks) % {"num": thanks})
    if people:
        said.append(ngettext("%(num)d person replied", "%(num)d people replied", people) % {"num": people})
    return ", ".join(said)


@lru_cache(maxsize=1024)
def replies_said(count: int, _language: str | None) -> str:
    """Say how many replies, in the language of now."""
    return ngettext("%(num)d reply", "%(num)d replies", count) % {"num": count}


@lru_cache(maxsize=1024)
def _thanks(count: int, _language: str | None) -> str:
    return ngettext("%(num)d thank-you", "%(num)d thank-yous", count) % {"num": count}


@lru_cache(maxsize=2048)
def _tag_link(slug: str) -> Markup:
    gaps = {"slug": str(escape(slug)), "words": str(escape(slug.replace("-", " ")))}
    return draw("community/threads/_tag_link.html", (), gaps)


@lru_cache(maxsize=4096)
def portrait(author: Author | None, size: int) -> str:
    """Draw a portrait, as every template does; the same people are drawn again and again."""
    return str(jinja().globals["avatar"](author, size))
