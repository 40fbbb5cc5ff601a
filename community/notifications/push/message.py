"""What a notice to a browser says: the line at the bell and the one under it, and where a click leads. Nothing more."""

import datetime as dt
import hashlib
import hmac
import json
from dataclasses import dataclass

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from community.egress import EgressRefused, read_target
from community.members.models import Member
from community.notifications.channels.webpush import Call
from community.notifications.limits import QUIET_FROM
from community.notifications.models import Notice, OutboundPush, PushSubscription
from community.notifications.push.facts import Listener
from community.notifications.push.keys import authorization, encode
from community.notifications.registry import NoticeWords, Purpose

LONGEST_TITLE, LONGEST_TEXT = 140, 240
SHORTEST_LIFE = 60


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice ready to leave: its row, what it says, and the browsers it goes to."""

    push: OutboundPush
    text: bytes
    topic: str
    urgency: str
    lasts: int
    browsers: list[PushSubscription]

    def calls(self) -> list[Call]:
        """Return one call for each browser."""
        return [
            Call(
                authorization=_authorization(browser.endpoint),
                endpoint=browser.endpoint,
                p256dh=browser.p256dh,
                auth=browser.auth,
                text=self.text,
                topic=self.topic,
                urgency=self.urgency,
                lasts=self.lasts,
            )
            for browser in self.browsers
        ]


def group_of(push: OutboundPush) -> str:
    """Return under what a browser keeps only the latest: its thread, or its kind and what it is about; each test stands alone."""
    notice = push.notice
    if notice is None:
        return f"push-{push.pk}"
    if notice.thread_id is not None:
        return f"thread-{notice.thread_id}"
    return f"{push.kind}-{notice.subject_type}-{notice.subject_pk}"


def topic_of(member: Member, group: str) -> str:
    """Return a name for a group that tells the push service nothing; at most 32 letters (RFC 8030)."""
    said = hmac.new(settings.SECRET_KEY.encode(), f"push-{member.pk}-{group}".encode(), hashlib.sha256)
    return encode(said.digest()[:18])


def test_words() -> NoticeWords:
    """Return what the test says."""
    return NoticeWords(
        title=_("Notices arrive in this browser"),
        text=_("This is the test you asked for."),
        url="/me/settings/notifications/#push",
    )


def summary_words(count: int) -> NoticeWords:
    """Return what one notice says in place of many."""
    return NoticeWords(
        title=ngettext("%(n)d new notice", "%(n)d new notices", count) % {"n": count},
        text=_("They wait for you at the bell."),
    )


def write(push: OutboundPush, words: NoticeWords, listener: Listener, *, group: str) -> Letter:
    """Return the letter of a row. Called in the language of its reader."""
    topic = topic_of(listener.member, group)
    says = {
        "title": Truncator(str(words.title)).chars(LONGEST_TITLE),
        "body": Truncator(str(words.text)).chars(LONGEST_TEXT),
        "url": words.url,
        "tag": topic,
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
    }
    return Letter(
        push=push,
        text=json.dumps(says, ensure_ascii=False, separators=(",", ":")).encode(),
        topic=topic,
        urgency="high" if push.purpose in (Purpose.ESSENTIAL, Purpose.SERVICE) else "normal",
        lasts=life_of(push, listener),
        browsers=listener.browsers,
    )


def life_of(push: OutboundPush, listener: Listener) -> int:
    """Return for how many seconds a browser that is off may come back and be told: never into the night."""
    until = push.created_at + listener.rules.kept
    if push.purpose != Purpose.ESSENTIAL:
        evening = dt.datetime.combine(
            listener.now.astimezone(listener.zone).date(), dt.time(QUIET_FROM()), listener.zone
        )
        until = min(until, evening.astimezone(dt.UTC))
    return max(SHORTEST_LIFE, int((until - listener.now).total_seconds()))


def _authorization(endpoint: str) -> str:
    try:
        return authorization(read_target(endpoint).origin)
    except EgressRefused:
        # The channel says so again, and the browser is given up.
        return ""


def notices_of(pushes: list[OutboundPush]) -> list[Notice]:
    """Return the notices that rows are about."""
    return [push.notice for push in pushes if push.notice is not None]
