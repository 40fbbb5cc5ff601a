"""The contact gate: may this e-mail, or this notice to a browser, go out now? A pure function of facts; the caller stores
the answer and obeys it.

Every message of a feature passes here. Only the account mails a person has just asked for (confirm, reset) do not.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.notifications import limits
from community.notifications.models import Answer, Channel
from community.notifications.registry import Purpose
from community.numbers.number import Number

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EXPIRES_AFTER = dt.timedelta(hours=24)
CAP_WINDOW = dt.timedelta(days=7)
CAPS: Mapping[Purpose, Number] = {
    Purpose.COMMUNITY: limits.COMMUNITY_MAILS,
    Purpose.MARKETING: limits.MARKETING_MAILS,
}

REASONS: Mapping[str, Promise] = {
    "ok": _("Nothing spoke against it."),
    "essential": _("It is about the account itself, so it always goes out."),
    "closed": _("The account is closed."),
    "no_address": _("There is no e-mail address."),
    "no_browser": _("Notices are turned on in no browser."),
    "refused_address": _("The address refused our mail before."),
    "unconfirmed": _("The address is not confirmed yet. It goes out as soon as it is."),
    "suspended": _("The account is paused."),
    "gone": _("What it was about can no longer be seen."),
    "read": _("It was read on the site before the e-mail was due."),
    "off": _("E-mail of this kind is switched off."),
    "paused": _("You asked for a pause."),
    "seen_lately": _("You were here in the meantime, so there was nothing to tell."),
    "nothing_new": _("There was nothing new worth an e-mail."),
    "long_away": _("The last visit is too long ago for digests."),
    "no_consent": _("There is no consent to mail of this kind."),
    "expired": _("It was older than a day."),
    "quiet": _("It is night where the member lives, so it waits until the morning."),
    "cap": _("The number of e-mails for this week is used up."),
    "cap_wait": _("The number of e-mails for this week is used up, but a place becomes free soon."),
}

# What is said differently of a notice to a browser.
PUSH_REASONS: Mapping[str, Promise] = {
    "read": _("It was read on the site before it was due."),
    "off": _("Notices of this kind to browsers are switched off."),
    "no_consent": _("There is no consent to notices of this kind."),
    "expired": _("It had become too old."),
    "cap": _("The number of notices to browsers for now is used up."),
    "cap_wait": _("The number of notices to browsers for now is used up, but a place becomes free soon."),
}


def reason_of(channel: str, code: str) -> str:
    """Return the reason of a decision as a sentence."""
    own = PUSH_REASONS.get(code) if channel == Channel.PUSH else None
    return str(own or REASONS.get(code) or code)


class Address(StrEnum):
    """What is known about an e-mail address, or about a member's browsers."""

    GOOD = "good"
    MISSING = "missing"
    UNCONFIRMED = "unconfirmed"
    REFUSED = "refused"
    NO_BROWSER = "no_browser"


class Cap(NamedTuple):
    """At most so many in any such time. With `patience`, what would wait longer for its place is left out."""

    most: int
    window: dt.timedelta
    patience: dt.timedelta | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the gate looks at. `sent_at` are the mails of the same purpose that left in the last seven days
    and count; a mail that does not count needs no place among them. `is_seen` and `has_something` are about digests.
    `cap` is the channel's own in place of that of e-mail, `expires_after` how long the thing is worth telling.
    """

    now: dt.datetime
    purpose: Purpose
    created_at: dt.datetime
    zone: "ZoneInfo"
    address: Address = Address.GOOD
    is_active: bool = True
    is_suspended: bool = False
    is_visible: bool = True
    is_read: bool = False
    is_wanted: bool = True
    has_consent: bool = False
    paused_until: dt.datetime | None = None
    is_seen: bool = False
    has_something: bool = True
    counts: bool = True
    sent_at: tuple[dt.datetime, ...] = ()
    cap: Cap | None = None
    expires_after: dt.timedelta = EXPIRES_AFTER


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer and its reason; `due_at` says when to ask again."""

    answer: Answer
    code: str
    due_at: dt.datetime | None = None


def decide(facts: Facts) -> Decision:
    """Decide about one e-mail or notice. The first rule that speaks is the reason."""
    return _can_be_reached(facts) or _is_wanted(facts) or _is_the_time(facts) or Decision(Answer.ALLOW, "ok")


def _can_be_reached(facts: Facts) -> Decision | None:
    if not facts.is_active:
        return _drop("closed")
    if facts.address is Address.MISSING:
        return _drop("no_address")
    if facts.address is Address.NO_BROWSER:
        return _drop("no_browser")
    if facts.address is Address.REFUSED:
        return _drop("refused_address")
    if not facts.is_visible:
        return _drop("gone")
    if facts.purpose is Purpose.ESSENTIAL:
        return Decision(Answer.ALLOW, "essential")
    if facts.is_suspended:
        return _drop("suspended")
    return None


def _is_wanted(facts: Facts) -> Decision | None:
    if facts.is_read:
        return _drop("read")
    if not facts.is_wanted:
        return _drop("off")
    if facts.purpose is Purpose.MARKETING and not facts.has_consent:
        return _drop("no_consent")
    if (
        facts.purpose is not Purpose.SERVICE
        and facts.paused_until is not None
        and facts.paused_until > facts.now
    ):
        return _drop("paused")
    if facts.is_seen:
        return _drop("seen_lately")
    return None if facts.has_something else _drop("nothing_new")


def _is_the_time(facts: Facts) -> Decision | None:
    expires = facts.created_at + facts.expires_after
    if facts.now >= expires:
        return _drop("expired")
    if facts.address is Address.UNCONFIRMED:
        return Decision(Answer.DELAY, "unconfirmed", expires)
    if is_quiet(facts.now, facts.zone):
        return _wait("quiet", waking_time(facts.now, facts.zone), expires)
    free = next_free_place(facts) if facts.counts else None
    if free is None:
        return None
    patience = facts.cap.patience if facts.cap is not None else None
    latest = expires if patience is None else min(expires, facts.now + patience)
    return _wait("cap_wait", free, expires) if free < latest else _drop("cap")


def _wait(code: str, until: dt.datetime, expires: dt.datetime) -> Decision:
    return Decision(Answer.DELAY, code, until) if until < expires else _drop("expired")


def _drop(code: str) -> Decision:
    return Decision(Answer.DROP, code)


def is_quiet(moment: dt.datetime, zone: "ZoneInfo") -> bool:
    """Return whether it is night in a zone."""
    hour = moment.astimezone(zone).hour
    return hour >= limits.QUIET_FROM() or hour < limits.QUIET_UNTIL()


def waking_time(moment: dt.datetime, zone: "ZoneInfo") -> dt.datetime:
    """Return the first morning after a quiet moment, in UTC. Clock changes and skipped days are stepped over."""
    day = moment.astimezone(zone).date()
    ends = dt.time(limits.QUIET_UNTIL())
    for days in range(4):
        local = dt.datetime.combine(day + dt.timedelta(days=days), ends, tzinfo=zone)
        morning = local.astimezone(dt.UTC)
        if morning > moment and not is_quiet(morning, zone):
            return morning
    raise AssertionError(f"no morning after {moment} in {zone}")


def next_free_place(facts: Facts) -> dt.datetime | None:
    """Return when the cap lets one more through; None when it does now."""
    cap = facts.cap or (Cap(CAPS[facts.purpose](), CAP_WINDOW) if facts.purpose in CAPS else None)
    if cap is None:
        return None
    recent = sorted(sent for sent in facts.sent_at if sent > facts.now - cap.window)
    if len(recent) < cap.most:
        return None
    # With no place at all, none becomes free.
    return recent[-cap.most] + cap.window if cap.most else facts.now + facts.expires_after
