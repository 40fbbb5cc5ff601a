"""From the tags that were typed to those a thread carries: synonyms resolved, and the rules of tags and spaces kept."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db.models import Case, Q, When
from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.models import Member
from community.spaces.models import Space, Tag
from community.sql import fetch

# One statement for all that was typed. A word that is a synonym is answered with its tag.
_KNOWN = """
SELECT typed, g.slug, g.name, g.is_restricted OR COALESCE(o.is_restricted, false), COALESCE(o.id, 0),
       COALESCE(o.name, ''), COALESCE(o.one_only, false)
  FROM unnest(%s::text[]) AS typed
  LEFT JOIN spaces_tagsynonym y ON y.slug = typed
  JOIN spaces_tag g ON g.id = y.tag_id OR (y.id IS NULL AND g.slug = typed)
  LEFT JOIN spaces_taggroup o ON o.id = g.group_id
"""
_OFFERED = 12


class Known(NamedTuple):
    """A typed word that is a tag already."""

    typed: str
    slug: str
    name: str
    restricted: bool
    group_id: int
    group: str
    one_only: bool


def settled_tags(
    actor: Member, space: Space, typed: Mapping[str, str], carried: Sequence[str] = ()
) -> dict[str, str]:
    """Return the tags (slug and words) that a thread in `space` carries for what was typed; `carried` it has already.

    Raises `Invalid` for a tag only the team uses, for two tags of a group that allows one, and when the space asks for one.
    """
    known = {row.typed: row for row in fetch(_KNOWN, (list(typed),), Known._make)} if typed else {}
    settled: dict[str, str] = {}
    for slug, name in typed.items():
        row = known.get(slug)
        settled.setdefault(row.slug if row else slug, row.name if row else name)
    used = list({row.slug: row for row in known.values()}.values())
    _check_restricted(actor, [row for row in used if row.slug not in carried])
    _check_one_only(used)
    if space.required_group_id is not None and space.required_group_id not in {row.group_id for row in used}:
        raise _missing(actor, space)
    return settled


def _check_restricted(actor: Member, added: Sequence[Known]) -> None:
    if actor.is_at_least("moderator"):
        return
    for row in added:
        if row.restricted:
            raise _unusable(
                "tag_restricted", _("Only the team uses “%(tag)s”. Take it off.") % {"tag": row.name}
            )


def _check_one_only(used: Sequence[Known]) -> None:
    first: dict[int, Known] = {}
    for row in used:
        if not row.one_only:
            continue
        other = first.setdefault(row.group_id, row)
        if other is not row:
            text = _("“%(first)s” and “%(second)s” exclude each other. Keep one of them.")
            raise _unusable("tag_one_only", text % {"first": other.name, "second": row.name})


def asked_for(actor: Member, spaces: Sequence[Space]) -> list[tuple[Space, str]]:
    """Return those of the spaces that ask for a tag, with the words to choose among: no statement when none does."""
    groups = {space.required_group_id for space in spaces if space.required_group_id is not None}
    if not groups:
        return []
    tags = Tag.objects.filter(group__in=groups).order_by("-thread_count", "slug")
    if not actor.is_at_least("moderator"):
        tags = tags.filter(is_restricted=False, group__is_restricted=False)
    words: dict[int | None, list[str]] = {}
    for group, name in tags.values_list("group_id", "name"):
        words.setdefault(group, []).append(name)
    asking = ((space, words.get(space.required_group_id, [])) for space in spaces)
    return [(space, ", ".join(names[:_OFFERED])) for space, names in asking if names]


class TopicRules(NamedTuple):
    """What somebody should know about the topics of a space before they send: which it asks for, and which only the team uses."""

    asked: str
    team_only: str


def topic_rules(actor: Member, space: Space) -> TopicRules:
    """Return what `actor` should know about topics in `space`; the team may use all of them."""
    asked = next((words for _space, words in asked_for(actor, [space])), "")
    if actor.is_at_least("moderator"):
        return TopicRules(asked, "")
    kept = Tag.objects.filter(Q(is_restricted=True) | Q(group__is_restricted=True))
    if space.required_group_id is not None:
        # Those of the group it asks for come first: they are the ones that would be tried.
        kept = kept.order_by(
            Case(When(group=space.required_group_id, then=0), default=1), "-thread_count", "slug"
        )
    else:
        kept = kept.order_by("-thread_count", "slug")
    return TopicRules(asked, ", ".join(kept.values_list("name", flat=True)[:_OFFERED]))


def _missing(actor: Member, space: Space) -> Invalid:
    names = Tag.objects.filter(group=space.required_group_id).order_by("-thread_count", "slug")
    if not actor.is_at_least("moderator"):
        names = names.filter(is_restricted=False, group__is_restricted=False)
    offered = ", ".join(names.values_list("name", flat=True)[:_OFFERED])
    text = _("This space asks for one of these topics: %(tags)s.") % {"tags": offered}
    return _unusable("tag_required", text)


def _unusable(code: str, message: str) -> Invalid:
    return Invalid(code, message, fields={"tags": message})
