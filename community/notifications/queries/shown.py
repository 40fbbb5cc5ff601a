"""What notices say, and to whom they may say it: asked of their kinds, a query per kind however many notices."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from community.members.models import Member
from community.notifications.models import Actor, Notice
from community.notifications.registry import Load, NoticeWords, find_kind
from community.sql import fetch

# People whose names or portraits a notice may need.
PREVIEW = 3
_NAMED = "SELECT id, handle, name FROM members_member WHERE id = ANY(%s) AND is_active"


def make_words(notices: Sequence[Notice], viewer: Member) -> dict[int, NoticeWords]:
    """Return the words of those notices that `viewer` may see now, by primary key."""
    subjects = load_subjects(notices, viewer)
    visible = [notice for notice in notices if notice.pk in subjects]
    attach_actors(visible)
    words = {}
    for notice in visible:
        kind = find_kind(notice.kind)
        if kind is not None:
            words[notice.pk] = kind.words(notice, subjects[notice.pk])
    return words


def visible_pks(notices: Sequence[Notice], viewer: Member) -> set[int]:
    """Return which of the notices `viewer` may see now."""
    return set(load_subjects(notices, viewer))


def load_subjects(notices: Sequence[Notice], viewer: Member) -> Mapping[int, Any]:
    """Fetch the subjects that `viewer` may see. Kinds that load alike are asked together."""
    by_load: dict[Load, list[Notice]] = defaultdict(list)
    for notice in notices:
        kind = find_kind(notice.kind)
        if kind is not None:
            by_load[kind.load].append(notice)
    subjects: dict[int, Any] = {}
    for load, group in by_load.items():
        subjects.update(load(group, viewer))
    return subjects


def attach_actors(notices: Sequence[Notice]) -> None:
    """Give every notice the first few people in it, by one query for all."""
    wanted = {pk for notice in notices for pk in notice.actor_ids[:PREVIEW]}
    found = fetch(_NAMED, [sorted(wanted)], Actor._make) if wanted else []
    people = {person.pk: person for person in found}
    for notice in notices:
        notice.actors = [people[pk] for pk in notice.actor_ids[:PREVIEW] if pk in people]
