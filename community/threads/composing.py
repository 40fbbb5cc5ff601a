"""From what was typed to what is stored: title, tags and body checked, the body rendered once, its mentions resolved.

Actions call this before they open their transaction: rendering costs time and may wait for another process.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.errors import Conflict, Invalid, RateLimited
from community.members.models import Member
from community.members.queries import resolve_handles
from community.spaces.models import Kind, Space
from community.spaces.queries import ids_who_see
from community.sql import fetch_one
from community.threads import limits
from community.threads.calling import GROUP, with_groups
from community.writing.cards import cards_shown
from community.writing.limited import render_limited
from community.writing.limits import CARD
from community.writing.lines import ink, one_line
from community.writing.markdown import Mention as NamedMember
from community.writing.markdown import Rendered, tidy

_SAID_JUST_NOW = """EXISTS (
  SELECT FROM (SELECT body_md, created_at, state FROM threads_post WHERE author_id = %s ORDER BY id DESC LIMIT 20) latest
   WHERE created_at > %s AND body_md = %s AND state <> 'deleted')"""


@dataclass(frozen=True, slots=True)
class Composed:
    """A body ready to be stored. `mentioned_ids` are members who may read it there, without its writer; `images`
    are keys of uploads it shows.
    """

    body_md: str
    body_html: str
    render_version: int
    excerpt: str
    mentioned_ids: tuple[int, ...]
    images: tuple[str, ...] = ()
    # Addresses alone on a line, which may get cards.
    lone: tuple[str, ...] = ()
    # Groups that are called by their name.
    group_ids: tuple[int, ...] = ()
    # The writer let many pages be asked lately: these wait.
    asks_later: bool = False
    # Addresses of other sites it leads to.
    links: tuple[str, ...] = ()


def check_title(title: str) -> str:
    """Return the title as it is stored. Raises `Invalid` when it is too short or too long."""
    tidied = one_line(title)
    length = len(tidied)
    least, most = limits.TITLE_MIN(), limits.TITLE_MAX()
    if ink(tidied) < least:
        sentence = ngettext(
            "Say in a few words what it is about: %(n)d character or more.",
            "Say in a few words what it is about: %(n)d characters or more.",
            least,
        )
        raise _unusable("title_short", "title", sentence % {"n": least})
    if length > most:
        raise _unusable(
            "title_long",
            "title",
            _("A title has room for %(most)s characters; this has %(length)s. The rest can go into the text.")
            % {"most": most, "length": length},
        )
    return tidied


def check_body(body: str, *, least: int = limits.BODY_MIN) -> str:
    """Return the body as it is stored. Raises `Invalid` when it is too short or too long."""
    tidied = tidy(body).strip()
    length = len(tidied)
    if ink(tidied) < least:
        raise _unusable(
            "body_short",
            "body",
            _("Write a little more, so that others can answer.")
            if least > limits.BODY_MIN
            else _("Write what you want to say."),
        )
    if length > limits.BODY_MAX:
        raise _unusable(
            "body_long",
            "body",
            _("One post has room for %(most)s characters; this has %(length)s. You can go on in a reply.")
            % {"most": f"{limits.BODY_MAX:,}", "length": f"{length:,}"},
        )
    return tidied


def least_body(kind: str, position: int) -> int:
    """Return how many characters a body needs: a question needs more than a reply."""
    return limits.QUESTION_MIN() if position == 1 and kind == Kind.QUESTION else limits.BODY_MIN


def check_tags(tags: Iterable[str]) -> dict[str, str]:
    """Return tag slugs with the words as typed, in order, without repeats. Raises `Invalid` for too many or too long."""
    found: dict[str, str] = {}
    for typed in tags:
        name = one_line(typed).lstrip("#")
        slug = slugify(name, allow_unicode=True)
        if not slug:
            continue
        if len(slug) > limits.TAG_LENGTH or len(name) > limits.TAG_LENGTH:
            raise _unusable("tag_long", "tags", _("A tag has room for 40 characters."))
        found.setdefault(slug, name)
    most = limits.TAGS_MAX()
    if len(found) > most:
        sentence = ngettext(
            "%(n)d tag is enough to be found. Keep the best one.",
            "%(n)d tags are enough to be found. Keep the best ones.",
            most,
        )
        raise _unusable("too_many_tags", "tags", sentence % {"n": most})
    return found


def compose(actor: Member, space: Space, body: str) -> Composed:
    """Render a checked body for `space`. Raises `Invalid` when it names or links more than `actor` may."""
    rendered = render_limited(body, resolve=with_groups(actor, resolve_names), cards=cards_shown)
    _check_amounts(actor, rendered)
    named = {
        mention.pk
        for mention in rendered.mentioned
        if mention.pk is not None and mention.pk != actor.pk and mention.kind != GROUP
    }
    return Composed(
        body_md=body,
        body_html=rendered.html,
        render_version=rendered.version,
        excerpt=rendered.excerpt,
        mentioned_ids=tuple(ids_who_see(space, sorted(named))),
        images=rendered.images,
        lone=rendered.lone,
        group_ids=tuple(one.pk for one in rendered.mentioned if one.kind == GROUP and one.pk is not None),
        asks_later=bool(rendered.lone) and _asked_enough(actor, len(rendered.lone)),
        links=tuple(rendered.links),
    )


def _asked_enough(actor: Member, times: int) -> bool:
    """Whether `actor` has let enough pages be asked for now. It refuses nothing: their cards come later."""
    try:
        for _time in range(times):
            CARD.spend(actor)
    except RateLimited:
        return True
    return False


def refuse_same_text(actor: Member, body: str) -> None:
    """Raise `Conflict` when `actor` wrote the very same a few minutes ago: most often a form sent twice."""
    again, spoken = said_just_now(actor, body)
    if fetch_one(f"SELECT {again}", spoken, lambda row: bool(row[0])):
        raise said_already()


def said_just_now(actor: Member, body: str) -> tuple[str, tuple[Any, ...]]:
    """Return the condition, with its parameters, that `actor` wrote the very same a few minutes ago."""
    return _SAID_JUST_NOW, (actor.pk, timezone.now() - limits.SAME_TEXT.span(), body)


def said_already() -> Conflict:
    """Return the refusal of a text that is there already."""
    return Conflict("said_already", _("You wrote exactly this a moment ago. It is there already."))


@contextmanager
def same_text_before_limits(actor: Member, body: str) -> Iterator[None]:
    """Tell who sends a form twice that it is there already, rather than to slow down."""
    try:
        yield
    except RateLimited:
        refuse_same_text(actor, body)
        raise


def resolve_names(handles: frozenset[str]) -> dict[str, NamedMember]:
    """Return whom lower-cased handles mean, for rendering."""
    return {
        key: NamedMember(handle=member.handle, url=member.get_absolute_url(), pk=member.pk)
        for key, member in resolve_handles(set(handles)).items()
    }


def _check_amounts(actor: Member, rendered: Rendered) -> None:
    people = len({(mention.kind, mention.pk) for mention in rendered.mentioned})
    most_people, most_links = limits.mentions_allowed(actor), limits.links_allowed(actor)
    if people > most_people:
        text = ngettext(
            "One post can name %(n)s person for now; this names %(found)s. It grows as people get to know you.",
            "One post can name %(n)s people for now; this names %(found)s. It grows as people get to know you.",
            most_people,
        )
        raise _unusable("too_many_mentions", "body", text % {"n": most_people, "found": people})
    if len(rendered.links) > most_links:
        text = ngettext(
            "One post can hold %(n)s link for now; this has %(found)s. It grows as people get to know you.",
            "One post can hold %(n)s links for now; this has %(found)s. It grows as people get to know you.",
            most_links,
        )
        raise _unusable("too_many_links", "body", text % {"n": most_links, "found": len(rendered.links)})
    _check_pictures(actor, len(rendered.images))


def _check_pictures(actor: Member, found: int) -> None:
    most = limits.pictures_allowed(actor)
    if found <= most:
        return
    if most == 0:
        text = _("Posts of those who are new here show no pictures yet. It grows as people get to know you.")
        raise _unusable("too_many_pictures", "body", text)
    text = ngettext(
        "One post can show %(n)s picture for now; this has %(found)s. It grows as people get to know you.",
        "One post can show %(n)s pictures for now; this has %(found)s. It grows as people get to know you.",
        most,
    )
    raise _unusable("too_many_pictures", "body", text % {"n": most, "found": found})


def _unusable(code: str, field: str, message: str) -> Invalid:
    return Invalid(code, message, fields={field: message})
