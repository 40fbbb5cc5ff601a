"""The kinds of notices. Features above register theirs in `notices.py`; nothing here knows them (docs/notices.md)."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from community.members.models import Member
    from community.notifications.models import Notice

Text = str | Promise
AT_ONCE = dt.timedelta(0)


class Purpose(StrEnum):
    """Why we write. It decides which rules of the contact gate hold."""

    ESSENTIAL = "essential"
    SERVICE = "service"
    COMMUNITY = "community"
    MARKETING = "marketing"


class Mail(StrEnum):
    """What a kind does by e-mail until the member chooses: soon, in the digest, or never."""

    SOON = "soon"
    DIGEST = "digest"
    OFF = "off"


class Group(StrEnum):
    """Under which heading the settings page lists a kind."""

    CONVERSATIONS = "conversations"
    RECOGNITION = "recognition"
    COMMUNITY = "community"
    ACCOUNT = "account"


GROUP_LABELS: Mapping[Group, Text] = {
    Group.CONVERSATIONS: _("Conversations"),
    Group.RECOGNITION: _("Recognition"),
    Group.COMMUNITY: _("The community"),
    Group.ACCOUNT: _("Your account and what you reported"),
}


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """What a notice says now. `title` is a whole sentence; `text` the line under it; the rest is for e-mail."""

    title: str
    text: str = ""
    url: str = "/notifications/"
    icon: str = "bell"
    quote: Text = ""
    quote_by: str = ""
    button: str = ""
    hint: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


# Returns the subject of each notice the viewer may see now, by the notice's primary key. A missing one is shown to nobody.
Load = Callable[[Sequence["Notice"], "Member"], Mapping[int, Any]]
Words = Callable[["Notice", Any], NoticeWords]
# Mutes (True) or unmutes (False) the thread of a notice for a member.
Mute = Callable[["Member", int, bool], None]
# Posts what a member answered to a notice by e-mail, as they would in a browser. Returns the post's primary key.
Reply = Callable[["Member", "Notice", str], int]


def always(notices: Sequence["Notice"], viewer: "Member") -> Mapping[int, Any]:
    """Load for kinds that speak of the member alone: nothing to fetch, nothing that could be hidden."""
    return dict.fromkeys(notice.pk for notice in notices)


def through(rows: Callable[["Member"], QuerySet[Any]]) -> Load:
    """Load subjects by their primary key from what a viewer may see: `through(lambda v: Post.objects.visible_to(v))`."""

    def load(notices: Sequence["Notice"], viewer: "Member") -> Mapping[int, Any]:
        found = rows(viewer).in_bulk({notice.subject_pk for notice in notices})
        return {notice.pk: found[notice.subject_pk] for notice in notices if notice.subject_pk in found}

    return load


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of notice. `priority` decides when one Activity concerns a member twice: the highest is told.

    `mail_delay` is how long its mail waits; without one, as long as the e-mail rules say (ten minutes by default).
    `push` says whether browsers hear of it until the member chooses; `push_each` tells them also what joins a notice that
    still waits. `names_you` puts it under "Mentions" in the inbox; `for_role` offers the choice about it only from that role on.
    """

    key: str
    label: Text
    purpose: Purpose
    words: Words
    why: Text
    group: Group = Group.CONVERSATIONS
    mail: Mail = Mail.OFF
    mail_delay: dt.timedelta | None = None
    push: bool = False
    push_each: bool = False
    load: Load = always
    priority: int = 0
    merges: bool = False
    names_you: bool = False
    for_role: str = "member"
    template: str = "email/notice"
    mute: Mute | None = None
    reply: Reply | None = None
    # Also told to who has no open account: a newcomer whom the team did not let in.
    reaches_closed: bool = False

    @property
    def is_fixed(self) -> bool:
        """Whether the member cannot switch it off."""
        return self.purpose is Purpose.ESSENTIAL


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Add a kind. Called at import by a feature's `notices.py`; a key must never change once shipped."""
    if kind.key in _kinds:
        raise RuntimeError(f"kind {kind.key!r} is registered twice")
    if len(kind.key) > 40:
        raise RuntimeError(f"kind {kind.key!r} is longer than 40 characters")
    _kinds[kind.key] = kind
    return kind


def find_kind(key: str) -> Kind | None:
    """Return a kind by key, or None when the code that registered it is gone."""
    return _kinds.get(key)


def all_kinds() -> Iterable[Kind]:
    """Return every kind, by group and key."""
    order = list(Group)
    return sorted(_kinds.values(), key=lambda kind: (order.index(kind.group), -kind.priority, kind.key))
