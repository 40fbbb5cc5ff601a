"""What could be meant by the letters typed after @, # or : in a text."""

from typing import NamedTuple

from community.members.groups.queries import groups_called
from community.members.models import Member
from community.members.queries import blocked_ids, members_called
from community.spaces.queries import space_names
from community.threads.queries.tags import tags_for
from community.writing.emoji import emoji_like

MOST = 6
LONGEST = 40


class Named(NamedTuple):
    """One offer: what is put into the text, and how it is shown."""

    value: str
    name: str
    note: str


def named_like(viewer: Member, sign: str, typed: str) -> list[Named]:
    """Return what `viewer` may mean by a sign and some letters: members, spaces and tags, or emoji."""
    word = typed.strip()[:LONGEST]
    if not word:
        return []
    if sign == "@":
        return _people(viewer, word)
    if sign == "#":
        return _places(viewer, word.casefold())
    return (
        [Named(emoji, emoji, name.replace("_", " ")) for emoji, name in emoji_like(word, MOST)]
        if sign == ":"
        else []
    )


def _people(viewer: Member, word: str) -> list[Named]:
    found = members_called(word, but=(viewer.pk, *blocked_ids(viewer)), most=MOST)
    people = [Named(f"@{member.handle}", member.name, f"@{member.handle}") for member in found]
    groups = [
        Named(f"@{group.slug}", group.name, f"@{group.slug}") for group in groups_called(viewer, word, 2)
    ]
    return people[: MOST - len(groups)] + groups


def _places(viewer: Member, word: str) -> list[Named]:
    spaces = [
        Named(f"[#{slug}](/s/{slug}/)", name, f"#{slug}")
        for slug, name in space_names(viewer)
        if slug.startswith(word) or any(part.startswith(word) for part in name.casefold().split())
    ]
    tags = tags_for(viewer).filter(slug__startswith=word).order_by("-thread_count", "slug")[:MOST]
    named = [Named(f"[#{tag.slug}](/tags/{tag.slug}/)", tag.name, f"#{tag.slug}") for tag in tags]
    return (spaces[: MOST // 2] + named)[:MOST]
