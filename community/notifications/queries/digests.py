"""What is in a digest now, and how often it comes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import formats, timezone

from community.members.models import Member
from community.notifications.models import (
    Choice,
    Digest,
    DigestPlan,
    MailState,
    Notice,
    OutboundMail,
    Rhythm,
)
from community.notifications.queries.choices import Chosen, chosen_by
from community.notifications.queries.rules import current_rules
from community.notifications.queries.shown import make_words
from community.notifications.registry import Group, find_kind
from community.notifications.sections import Ask, Entry, Section, all_parts
from community.notifications.windows import latest_slot, next_slot
from community.notifications.zones import zone_of

LEFT = (MailState.SENT, MailState.JOINED, MailState.SENDING)
# Mail that the gate kept back, though nobody has read what it was about.
KEPT_BACK = ("cap", "expired")
# Looked at for one digest; a digest is a look back, not an archive.
MOST_NOTICES = 100
MOST_KNOWN = 60


@dataclass(frozen=True, slots=True)
class DigestChoice:
    """How often a member's digest comes. `is_own` once they chose; `next_at` is None while it never comes."""

    rhythm: Rhythm
    weekday: int
    hour: int
    is_own: bool
    next_at: dt.datetime | None

    @property
    def next_in_words(self) -> str:
        """When the next one is due, on the reader's clock."""
        if self.next_at is None:
            return ""
        local = timezone.localtime(self.next_at)
        return ", ".join(formats.date_format(local, form) for form in ("l", "MONTH_DAY_FORMAT", "H:i"))


def digest_choice_of(member: Member) -> DigestChoice:
    """Return how often the digest of a member comes: as they chose, else as the site does it."""
    plan = DigestPlan.objects.filter(member=member).first() or DigestPlan(member=member)
    rhythm = Rhythm(plan.rhythm or current_rules().digest_rhythm)
    due = next_slot(rhythm, plan.weekday, plan.hour, zone_of(member), timezone.now())
    return DigestChoice(rhythm, plan.weekday, plan.hour, bool(plan.rhythm), due)


def digest_now(member: Member) -> list[Section]:
    """Return what would be in the digest of a member if it left now and they had not come since the last one was due."""
    now = timezone.now()
    choice = digest_choice_of(member)
    rhythm = choice.rhythm if choice.rhythm != Rhythm.NEVER else Rhythm.WEEKLY
    began = latest_slot(rhythm, choice.weekday, choice.hour, zone_of(member), now)
    return gather(member, since=_since_last(member, began or now), now=now)


def since_last_visit(member: Member, began_at: dt.datetime, now: dt.datetime) -> dt.datetime:
    """Return since when a digest looks: the last visit or the last digest, whichever was later; never beyond the rules."""
    seen = member.last_seen_at or member.last_login or began_at
    oldest = now - dt.timedelta(days=current_rules().digest_days)
    return max(_since_last(member, min(seen, began_at)), oldest)


def _since_last(member: Member, moment: dt.datetime) -> dt.datetime:
    sent = Digest.objects.filter(member=member, mail__state=MailState.SENT).order_by("-window").first()
    return max(moment, sent.planned_at) if sent is not None else moment


def gather(member: Member, *, since: dt.datetime, now: dt.datetime) -> list[Section]:
    """Gather every part that has something in it, by the eyes of `member` as they are now."""
    limit = current_rules().digest_items
    known = frozenset(_known(member, since))
    sections = []
    for part in all_parts():
        entries = list(part.gather(Ask(member, since, now, limit, known)))[:limit]
        if entries:
            known |= {entry.key for entry in entries}
            sections.append(Section(part.key, str(part.title), entries))
    return sections


def _known(member: Member, since: dt.datetime) -> set[str]:
    """Return the keys of what came by mail before: in digests, or in an e-mail of its own."""
    digests = Digest.objects.filter(member=member, mail__state__in=LEFT).order_by("-window")[:MOST_KNOWN]
    known = {key for shown in digests.values_list("shown", flat=True) for key in shown}
    mailed = OutboundMail.objects.filter(
        member=member, state__in=LEFT, created_at__gt=since, notice__thread_id__isnull=False
    )
    return known | {f"threads.thread:{pk}" for pk in mailed.values_list("notice__thread_id", flat=True)}


def waiting_notices(ask: Ask, *, recognition: bool) -> Sequence[Entry]:
    """Return what a member wants gathered and has not read: about recognition, or everything else."""
    mails = OutboundMail.objects.filter(notice=OuterRef("pk"))
    rows = (
        Notice.objects.of(ask.member)
        .unread()
        .filter(updated_at__gt=ask.since)
        .exclude(Exists(mails.filter(state__in=LEFT)))
        .annotate(was_kept_back=Exists(mails.filter(state=MailState.DROPPED, error__in=KEPT_BACK)))
        .order_by("-priority", "-updated_at")[:MOST_NOTICES]
    )
    chosen = chosen_by(ask.member)
    wanted = [row for row in rows if _belongs(row, chosen, recognition=recognition)]
    fresh = [row for row in wanted if _key(row) not in ask.known][: ask.limit]
    words = make_words(fresh, ask.member)
    return [
        Entry(_key(row), words[row.pk].title, words[row.pk].url, words[row.pk].text)
        for row in fresh
        if row.pk in words
    ]


def _belongs(notice: Notice, chosen: dict[str, Chosen], *, recognition: bool) -> bool:
    kind = find_kind(notice.kind)
    if kind is None or kind.is_fixed or (kind.group is Group.RECOGNITION) is not recognition:
        return False
    choice = chosen[kind.key].email
    return choice == Choice.DIGEST or (choice == Choice.SOON and getattr(notice, "was_kept_back", False))


def _key(notice: Notice) -> str:
    """One that gathers more after it was shown is news again."""
    return f"notice:{notice.pk}:{notice.event_count}"
