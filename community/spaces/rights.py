"""Who can do what in a space, for those who decide it: how many members, what kind of reader, and one certain member."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.members.models import Member
from community.spaces.audiences import HIGHEST_TRUST, audience_choices, words_for
from community.spaces.models import Access, Posting, Space
from community.spaces.permissions import (
    can_manage_spaces,
    can_reply_in_space,
    can_see_space,
    can_start_thread,
    can_write_in_space,
)
from community.sql import fetch_one
from community.verdict import Verdict

Condition = tuple[str, tuple[Any, ...]]
_EVERYONE: Condition = ("true", ())


class Counts(NamedTuple):
    """How many members there are, and how many of them may do what now."""

    members: int
    see: int
    reply: int
    create: int


class May(NamedTuple):
    """What a kind of reader may do."""

    words: str
    see: bool
    reply: bool
    create: bool


class Standing(NamedTuple):
    """What one member may do, with the reasons why not."""

    see: Verdict
    reply: Verdict
    create: Verdict


def count_rights(actor: Member, space: Space) -> Counts:
    """Count who may do what in `space`, in one pass over the members. Raises `Refused` for all but managers."""
    can_manage_spaces(actor).require()
    see, seen = _seeing(space)
    reply, replied = _writing(space, space.replying, space.reply_for)
    create, created = _writing(space, space.posting, space.create_for)
    sql = f"""SELECT count(*), count(*) FILTER (WHERE see), count(*) FILTER (WHERE see AND reply AND speaks),
        count(*) FILTER (WHERE see AND "create" AND speaks)
      FROM (SELECT {see} AS see, {reply} AS reply, {create} AS "create",
              COALESCE(v.silenced_until <= now(), true) AS speaks
        FROM members_member v WHERE v.is_active AND COALESCE(v.suspended_until <= now(), true)) x"""  # noqa: S608 - fixed conditions
    found = fetch_one(sql, (*seen, *replied, *created), Counts._make)
    if found is None:
        raise AssertionError("a count has one row")
    if space.is_archived:
        return found._replace(reply=0, create=0)
    return found


def standing_in(actor: Member, space: Space, member: Member) -> Standing:
    """Return what `member` may do in `space` now. Raises `Refused` for all but managers."""
    can_manage_spaces(actor).require()
    see = can_see_space(member, space)
    writes = see and can_write_in_space(member, space)
    return Standing(
        see, writes and can_reply_in_space(member, space), writes and can_start_thread(member, space)
    )


def kinds_of_readers(space: Space) -> list[May]:
    """Return what guests, new members and holders of each group, tier and level may do in `space`."""
    rules = {*space.see_for, *space.reply_for, *space.create_for}
    rows = [
        _may(space, _("A guest"), None),
        _may(space, _("A new member"), frozenset({"trust:0"})),
    ]
    for choice in audience_choices():
        if choice.key in rules or not choice.key.startswith("group:"):
            rows.append(_may(space, choice.words, _with_lower(choice.key)))
    return rows


def _with_lower(key: str) -> frozenset[str]:
    """Return the keys that come with one: a trust level holds those below it."""
    level = int(key[6:]) if key.startswith("trust:") else 0
    return frozenset({key, *(f"trust:{n}" for n in range(level + 1))})


def _may(space: Space, words: str, keys: frozenset[str] | None) -> May:
    """Judge a kind of reader by the keys it holds, without being added to the space by hand; None is a guest."""
    if keys is None:
        return May(words, space.access == Access.PUBLIC, False, False)
    see = space.access != Access.PRIVATE or not keys.isdisjoint(space.see_for)
    writes = see and not space.is_archived
    return May(
        words,
        see,
        writes and _holds(keys, space.replying, space.reply_for),
        writes and _holds(keys, space.posting, space.create_for),
    )


def _holds(keys: frozenset[str], who: str, chosen: Iterable[str]) -> bool:
    if who == Posting.EVERYONE or "team" in keys:
        return True
    return who == Posting.CHOSEN and not keys.isdisjoint(chosen)


def sentences(space: Space, counts: Counts) -> list[str]:
    """Say in plain words who may do what, and how many that are now."""
    read = {
        Access.PUBLIC: _("Everyone reads it, guests too."),
        Access.MEMBERS: _("Every signed-in member reads it."),
        Access.PRIVATE: _("It is read by the people added to it, by managers, and by: %(who)s.")
        % {"who": _named(space.see_for)},
    }[Access(space.access)]
    said = [
        read,
        _writes(space.posting, space.create_for, _("Threads are begun by")),
        _writes(space.replying, space.reply_for, _("Replies come from")),
    ]
    text = ngettext(
        "Right now %(see)s of %(n)d member can read here, %(reply)s can reply and %(create)s can begin threads.",
        "Right now %(see)s of %(n)d members can read here, %(reply)s can reply and %(create)s can begin threads.",
        counts.members,
    )
    said.append(
        text % {"n": counts.members, "see": counts.see, "reply": counts.reply, "create": counts.create}
    )
    if space.access == Access.PRIVATE:
        said.append(
            _("Other members see its name and what it is for, and nothing that is in it.")
            if space.is_listed
            else _("It is secret: to everyone else it does not exist.")
        )
    return said


def _writes(who: str, keys: Sequence[str], begin: str) -> str:
    if who == Posting.EVERYONE:
        return _("%(what)s everyone who can read it.") % {"what": begin}
    if who == Posting.STAFF:
        return _("%(what)s the team and the moderators of this space.") % {"what": begin}
    return _("%(what)s the team, the moderators of this space, and: %(who)s.") % {
        "what": begin,
        "who": _named(keys),
    }


def _named(keys: Iterable[str]) -> str:
    return ", ".join(words_for(keys)) or _("nobody else yet")


def _seeing(space: Space) -> Condition:
    if space.access != Access.PRIVATE:
        return _EVERYONE
    keys, params = _holding(space.see_for)
    inside = "v.id IN (SELECT i.member_id FROM spaces_spacemembership i WHERE i.space_id = %s)"
    return f"(v.role IN ('manager', 'admin') OR {inside} OR {keys})", (space.pk, *params)


def _writing(space: Space, who: str, chosen: Sequence[str]) -> Condition:
    if who == Posting.EVERYONE:
        return _EVERYONE
    keys, params = _holding(chosen if who == Posting.CHOSEN else ())
    order = (
        "v.id IN (SELECT i.member_id FROM spaces_spacemembership i WHERE i.space_id = %s AND i.is_moderator)"
    )
    return f"(v.role IN ('moderator', 'manager', 'admin') OR {order} OR {keys})", (space.pk, *params)


def _holding(keys: Sequence[str]) -> Condition:
    """Return the condition that a member who is not suspended holds one of the keys, so that it counts fast."""
    groups = [int(key[6:]) for key in keys if key.startswith("group:")]
    tiers = [key[5:] for key in keys if key.startswith("tier:")]
    least = min((int(key[6:]) for key in keys if key.startswith("trust:")), default=HIGHEST_TRUST + 1)
    sql = """(v.trust_level >= %s OR v.tier = ANY(%s) OR v.audience_keys && %s::varchar[] OR (%s AND v.role IN ('moderator', 'manager', 'admin'))
      OR v.id IN (SELECT g.member_id FROM members_groupmembership g WHERE g.group_id = ANY(%s)))"""
    return sql, (least, tiers, list(keys), "team" in keys, groups)
