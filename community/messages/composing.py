"""From what was typed to what is stored, by the same pipeline as posts. Actions call this before they open a transaction."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.errors import Invalid
from community.members.models import Member
from community.messages import limits
from community.messages.models import ABOUT_LENGTH, TITLE_LENGTH
from community.threads.composing import resolve_names
from community.threads.limits import links_allowed, mentions_allowed
from community.writing.limited import render_limited
from community.writing.lines import ink, one_line
from community.writing.markdown import tidy


@dataclass(frozen=True, slots=True)
class Composed:
    """A text ready to be stored; `images` are keys of uploads it shows, `named_ids` members it names, its writer left out."""

    body_md: str
    body_html: str
    render_version: int
    excerpt: str
    images: tuple[str, ...]
    named_ids: tuple[int, ...] = ()


def check_body(body: str, *, most: int = limits.BODY_MAX) -> str:
    """Return the text as it is stored. Raises `Invalid` when it is empty or too long."""
    tidied = tidy(body).strip()
    if not ink(tidied):
        raise _unusable("body_empty", "body", _("Write what you want to say."))
    if len(tidied) > most:
        raise _unusable(
            "body_long",
            "body",
            _("One message has room for %(most)s characters; this has %(length)s. You can send it in two.")
            % {"most": f"{most:,}", "length": f"{len(tidied):,}"},
        )
    return tidied


def check_name(name: str) -> str:
    """Return the name of a room as it is stored. Raises `Invalid` when it is empty or too long."""
    line = check_title(name)
    if not ink(line):
        raise _unusable("name_empty", "name", _("Give the room a name."))
    return line


def check_about(about: str) -> str:
    """Return what a room is about as it is stored; it may be empty. Raises `Invalid` when it is too long."""
    line = one_line(about)
    if len(line) > ABOUT_LENGTH:
        raise _unusable("about_long", "about", _("This has room for %(n)d characters.") % {"n": ABOUT_LENGTH})
    return line


def check_title(title: str) -> str:
    """Return the title as it is stored; it may be empty. Raises `Invalid` when it is too long."""
    line = one_line(title)
    if len(line) > TITLE_LENGTH:
        raise _unusable(
            "title_long", "title", _("A title has room for %(n)d characters.") % {"n": TITLE_LENGTH}
        )
    return line


def compose(actor: Member, body: str) -> Composed:
    """Render a checked text. Raises `Invalid` when it links more than `actor` may."""
    rendered = render_limited(body, resolve=resolve_names)
    most = links_allowed(actor)
    if len(rendered.links) > most:
        text = ngettext(
            "One message can hold %(n)s link for now; this has %(found)s.",
            "One message can hold %(n)s links for now; this has %(found)s.",
            most,
        )
        raise _unusable("too_many_links", "body", text % {"n": most, "found": len(rendered.links)})
    return Composed(
        body_md=body,
        body_html=rendered.html,
        render_version=rendered.version,
        excerpt=rendered.excerpt[:300],
        images=rendered.images,
        named_ids=tuple(sorted({one.pk for one in rendered.mentioned if one.pk is not None} - {actor.pk})),
    )


def check_names(actor: Member, composed: Composed) -> None:
    """Raise `Invalid` when a text names more people than `actor` may call at once."""
    most, found = mentions_allowed(actor), len(composed.named_ids)
    if found > most:
        text = ngettext(
            "One message can name %(n)s person for now; this names %(found)s.",
            "One message can name %(n)s people for now; this names %(found)s.",
            most,
        )
        raise _unusable("too_many_mentions", "body", text % {"n": most, "found": found})


def _unusable(code: str, field: str, message: str) -> Invalid:
    return Invalid(code, message, fields={field: message})
