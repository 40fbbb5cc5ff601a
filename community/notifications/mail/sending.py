"""Sending what is due: decide and write in one transaction per member, speak to the mail server outside, then settle.

The state `sending` is committed before the mail server is asked. If the answer is lost, the letter is sent at most once more,
with the same Message-ID; SMTP knows no exactly-once.
"""

import datetime as dt
from collections import defaultdict

from django.db import connection, transaction
from django.utils import timezone

from community.members.models import Member
from community.notifications.channels.email import MailFailed, MailServer, OutcomeUnknown
from community.notifications.gate import decide
from community.notifications.mail.digests import prepare_digest
from community.notifications.mail.facts import Reader, reader_of
from community.notifications.mail.message import Item, letter_of, speaking_to, write
from community.notifications.mail.obeying import drop, lease, obey, remember
from community.notifications.mail.settling import (
    release_lost,
    settle_failure,
    settle_success,
    settle_unknown,
)
from community.notifications.models import Answer, ContactDecision, MailState, OutboundMail
from community.notifications.queries.rules import current_rules
from community.notifications.queries.shown import make_words
from community.notifications.registry import NoticeWords, Purpose, find_kind

# A number of our own in Postgres's space of advisory locks: one member's mail is decided by one worker at a time.
LOCK_SPACE = 0x6D61696C


def send_due(*, at_most: int = 200) -> int:
    """Send what is due, a bounded number of members at a time. Returns how many letters left."""
    release_lost()
    sent = 0
    with MailServer() as server:
        for member_id in _members_with_due(at_most):
            for mail in prepare(member_id):
                sent += deliver(server, mail)
    return sent


def _members_with_due(at_most: int) -> list[int]:
    """Return whose mail is due: first who waits for word of something that happened. Digests of a whole community become due at
    one moment, and must not stand before it for half an hour."""
    due = OutboundMail.objects.filter(state=MailState.QUEUED, due_at__lte=timezone.now())
    rows = due.order_by("due_at", "id").values_list("member_id", flat=True)
    urgent = rows.filter(digest=None)[: at_most * 4]
    members = list(dict.fromkeys(urgent))[:at_most]
    if len(members) < at_most:
        members = list(dict.fromkeys([*members, *rows.exclude(digest=None)[: at_most * 4]]))[:at_most]
    return members


@transaction.atomic
def prepare(member_id: int) -> list[OutboundMail]:
    """Ask the gate about one member's due mail, write what may go, and mark it as being sent."""
    if not _lock(member_id):
        return []
    now = timezone.now()
    member = Member.objects.get(pk=member_id)
    # Waiting mail travels along when some goes out anyway: one letter with three things is kinder than three.
    rows = list(
        OutboundMail.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("notice", "digest")
        .filter(member=member, state=MailState.QUEUED, due_at__lte=now + current_rules().wait)
        .order_by("-priority", "created_at", "id")
    )
    if not any(row.due_at <= now for row in rows):
        return []
    reader = reader_of(member, now)
    letters = _prepare_notices(reader, [row for row in rows if row.notice is not None])
    digests = [row for row in rows if row.digest is not None and row.due_at <= now]
    return letters + [row for row in digests if prepare_digest(reader, row)]


def _prepare_notices(reader: Reader, rows: list[OutboundMail]) -> list[OutboundMail]:
    letters = []
    with speaking_to(reader.member):
        words = make_words([row.notice for row in rows if row.notice is not None], reader.member)
    for group in _groups(rows, reader.now):
        items = _ask(reader, group, words)
        if items:
            reader.count(Purpose(items[0][0].purpose))
            letters.append(_load(reader, items))
    return letters


def _lock(member_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK_SPACE, member_id % 2**31])
        row = cursor.fetchone()
    return bool(row and row[0])


def _groups(rows: list[OutboundMail], now: dt.datetime) -> list[list[OutboundMail]]:
    """Put together what may travel in one letter: plain notices of one purpose. Nothing travels before something is due."""
    groups: dict[tuple[str, int], list[OutboundMail]] = defaultdict(list)
    for row in rows:
        kind = find_kind(row.kind)
        alone = kind is None or kind.template != "email/notice" or kind.is_fixed
        groups[row.purpose, row.pk if alone else 0].append(row)
    return [group for group in groups.values() if any(row.due_at <= now for row in group)]


def _ask(
    reader: Reader, group: list[OutboundMail], words: dict[int, NoticeWords]
) -> list[tuple[OutboundMail, Item]]:
    """Ask the gate about each mail of a group, store its answers, and return what may go."""
    allowed: list[tuple[OutboundMail, Item]] = []
    decisions = []
    for mail in group:
        kind = find_kind(mail.kind)
        if kind is None:
            drop(mail, "its kind is gone")
            continue
        decision = decide(reader.facts(mail, kind, is_visible=mail.notice_id in words))
        decisions.append(remember(mail, decision))
        if decision.answer == Answer.ALLOW and mail.notice is not None:
            allowed.append((mail, Item(mail.notice, kind, words[mail.notice.pk])))
        else:
            obey(mail, decision)
    ContactDecision.objects.bulk_create(decisions)
    return allowed


def _load(reader: Reader, items: list[tuple[OutboundMail, Item]]) -> OutboundMail:
    """Make the first mail the carrier of all, write it, and take a lease."""
    carrier = items[0][0]
    carrier.unknown_outcomes = max(mail.unknown_outcomes for mail, _item in items)
    write(carrier, reader.member, [item for _mail, item in items])
    lease(carrier, reader)
    passengers = [mail.pk for mail, _item in items[1:]]
    OutboundMail.objects.filter(pk__in=passengers).update(state=MailState.JOINED, carrier=carrier)
    return carrier


def deliver(server: MailServer, mail: OutboundMail) -> bool:
    """Hand one letter to the mail server and write down how it ended. No transaction is open meanwhile."""
    try:
        server.send(letter_of(mail))
    except MailFailed as failure:
        settle_failure(mail, str(failure), permanent=failure.permanent)
        return False
    except OutcomeUnknown as doubt:
        settle_unknown(mail, str(doubt))
        return False
    return settle_success(mail)
