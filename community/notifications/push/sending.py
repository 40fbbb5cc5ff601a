"""Sending what is due to browsers: decide in one transaction per member, speak to the push services outside, then settle.

The state `sending` is committed before anybody is called. If a worker dies in between, the notice is sent once more; a browser
shows it in the place of the first.
"""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from community.members.models import Member
from community.notifications.channels.webpush import deliver
from community.notifications.gate import decide
from community.notifications.mail.message import speaking_to
from community.notifications.models import Answer, ContactDecision, OutboundPush, PushState
from community.notifications.push.facts import Listener, listener_of
from community.notifications.push.keys import is_on
from community.notifications.push.kinds import TEST
from community.notifications.push.message import (
    Letter,
    group_of,
    notices_of,
    summary_words,
    test_words,
    write,
)
from community.notifications.push.obeying import lease, obey, remember
from community.notifications.push.settling import release_lost, settle
from community.notifications.queries.shown import make_words
from community.notifications.registry import NoticeWords, find_kind

# A number of our own in Postgres's space of advisory locks: one member's notices are decided by one worker at a time.
LOCK_SPACE = 0x70757368
# So many members at once, so that their calls end long before the lease does.
BATCH = 16
LINES = 8


def send_due_push(*, at_most: int = 200) -> int:
    """Send what is due, a bounded number of members at a time. Returns how many notices reached a browser."""
    release_lost()
    if not is_on():
        return 0
    members = iter(_members_with_due(at_most))
    sent = 0
    while batch := list(islice(members, BATCH)):
        letters = [letter for member_id in batch for letter in prepare(member_id)]
        sent += _hand_over(letters)
    return sent


def _members_with_due(at_most: int) -> list[int]:
    due = OutboundPush.objects.filter(state=PushState.QUEUED, due_at__lte=timezone.now())
    rows = due.order_by("due_at", "id").values_list("member_id", flat=True)[: at_most * 4]
    return list(dict.fromkeys(rows))[:at_most]


def _hand_over(letters: list[Letter]) -> int:
    """Call the push services, several at once; no transaction is open meanwhile, and the database is not asked."""
    calls = [letter.calls() for letter in letters]
    with ThreadPoolExecutor(LINES) as pool:
        running = [[pool.submit(deliver, call) for call in of_letter] for of_letter in calls]
        said = [[future.result() for future in futures] for futures in running]
    return sum(settle(letter, outcomes) for letter, outcomes in zip(letters, said, strict=True))


@transaction.atomic
def prepare(member_id: int) -> list[Letter]:
    """Ask the gate about one member's due notices, write what may go, and mark it as being sent."""
    if not _lock(member_id):
        return []
    now = timezone.now()
    member = Member.objects.get(pk=member_id)
    rows = list(
        OutboundPush.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("notice")
        .filter(member=member, state=PushState.QUEUED, due_at__lte=now)
        .order_by("-priority", "-created_at", "-id")
    )
    listener = listener_of(member, now)
    with speaking_to(member):
        words = _words(rows, member)
        return _letters(listener, _ask(listener, rows, words), words)


def _lock(member_id: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK_SPACE, member_id % 2**31])
        row = cursor.fetchone()
    return bool(row and row[0])


def _words(rows: list[OutboundPush], member: Member) -> dict[int, NoticeWords]:
    """Return what each row says, by its key; those whose subject the member may not see now are missing."""
    by_notice = make_words(notices_of(rows), member)
    words = {row.pk: by_notice[row.notice_id] for row in rows if row.notice_id in by_notice}
    return words | {row.pk: test_words() for row in rows if row.kind == TEST}


def _ask(
    listener: Listener, rows: list[OutboundPush], words: dict[int, NoticeWords]
) -> dict[str, list[OutboundPush]]:
    """Ask the gate about each notice, store its answers, and return what may go, by the place it takes on the screen."""
    groups: dict[str, list[OutboundPush]] = defaultdict(list)
    for row in rows:
        groups[group_of(row)].append(row)
    decisions: list[ContactDecision] = []
    allowed: dict[str, list[OutboundPush]] = {}
    for group, members in groups.items():
        may_go = [row for row in members if _asked(listener, row, row.pk in words, decisions)]
        if may_go:
            listener.count(may_go[0].purpose)
            allowed[group] = may_go
    ContactDecision.objects.bulk_create(decisions)
    return allowed


def _asked(listener: Listener, row: OutboundPush, is_visible: bool, decisions: list[ContactDecision]) -> bool:
    kind = find_kind(row.kind)
    # A kind that is gone says nothing any more: its notice has no words, so the gate hears that it cannot be seen.
    decision = decide(listener.facts(row, kind, is_visible=is_visible))
    decisions.append(remember(row, decision))
    if decision.answer == Answer.ALLOW:
        return True
    obey(row, decision)
    return False


def _letters(
    listener: Listener, allowed: dict[str, list[OutboundPush]], words: dict[int, NoticeWords]
) -> list[Letter]:
    """Write one letter for each place on the screen, or a single one when there are too many to be read."""
    tests = {group: rows for group, rows in allowed.items() if rows[0].kind == TEST}
    news = {group: rows for group, rows in allowed.items() if group not in tests}
    if len(news) > listener.rules.most_at_once:
        together = [row for rows in news.values() for row in rows]
        letters = [_load(listener, together, summary_words(len(together)), "all")]
        news = {}
    else:
        letters = []
    return letters + [
        _load(listener, rows, words[rows[0].pk], group) for group, rows in {**tests, **news}.items()
    ]


def _load(listener: Listener, rows: list[OutboundPush], words: NoticeWords, group: str) -> Letter:
    """Let the first row carry the others, and take a lease."""
    carrier = rows[0]
    lease(carrier, listener.now)
    OutboundPush.objects.filter(pk__in=[row.pk for row in rows[1:]]).update(
        state=PushState.JOINED, sent_at=listener.now
    )
    return write(carrier, words, listener, group=group)
