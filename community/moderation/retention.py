"""How long the desk keeps what it decided about, and what it holds for as long as somebody still has to decide."""

import datetime as dt
from typing import Any

from django.db import connection
from django.db.models import Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.moderation.log.sealing import LATE
from community.moderation.models import (
    Appeal,
    AppealState,
    AuditEntry,
    AuditSeal,
    Case,
    CaseState,
    Held,
    HeldState,
    Judgement,
    Penalty,
    SeeingAs,
)
from community.numbers.number import Number
from community.numbers.units import Unit
from community.retention import RetentionRule, Rows, add_hold, add_rule, without_held

KEEP_HELD = Number(
    "moderation.keep_held_days",
    _("How long texts are kept that waited for the team"),
    _("Once they were let through, refused or taken back. What was let through stands where it belongs."),
    default=180,
    least=31,
    most=3650,
    unit=Unit.DAYS,
)
KEEP_JUDGEMENTS = Number(
    "moderation.keep_judgements_days",
    _("How long it is kept what the spam score saw in a text"),
    _("Other thresholds are tried on the last 30 days of it."),
    default=180,
    least=31,
    most=1095,
    unit=Unit.DAYS,
)
KEEP_CASES = Number(
    "moderation.keep_cases_days",
    _("How long decided cases are kept"),
    _("With the reports and what was said against the decision. Penalties stay with the member."),
    default=1095,
    least=365,
    most=3650,
    unit=Unit.DAYS,
)
KEEP_LOOKS = Number(
    "moderation.keep_looks_days",
    _("How long it is kept who looked at the site as a member"),
    _("The audit log keeps it too."),
    default=400,
    least=90,
    most=3650,
    unit=Unit.DAYS,
)
KEEP_LOG = Number(
    "moderation.keep_log_days",
    _("How long the audit log is kept"),
    _(
        "The oldest entries go together with their seals; the chain over the others holds. The database itself refuses less than a year."
    ),
    default=1095,
    least=400,
    most=3650,
    unit=Unit.DAYS,
)


def _held(before: dt.datetime) -> "QuerySet[Held]":
    return without_held(Held.objects.filter(created_at__lt=before).exclude(state=HeldState.WAITING))


def _judgements(before: dt.datetime) -> "QuerySet[Judgement]":
    rows = Judgement.objects.filter(created_at__lt=before)
    return rows.exclude(held__in=Held.objects.filter(state=HeldState.WAITING))


def _cases(before: dt.datetime) -> "QuerySet[Case]":
    asked = Appeal.objects.filter(state=AppealState.OPEN, case__isnull=False)
    holds = Penalty.objects.filter(lifted_at=None, until__gt=timezone.now(), case__isnull=False)
    rows = Case.objects.filter(decided_at__lt=before).exclude(state=CaseState.OPEN)
    return rows.exclude(pk__in=asked.values("case")).exclude(pk__in=holds.values("case"))


def _looks(before: dt.datetime) -> "QuerySet[SeeingAs]":
    # Who closes the browser says no end; it came by itself.
    return SeeingAs.objects.filter(Q(ended_at__lt=before) | Q(ended_at=None, ends_at__lt=before))


def _entries(before: dt.datetime) -> "QuerySet[AuditEntry]":
    """The beginning of the chain, as far as all of it is old: what is cut off must be whole, or the rest would not hold."""
    younger = AuditEntry.objects.filter(occurred_at__gte=before).order_by("occurred_at")
    seals = AuditSeal.objects.filter(entry_id__in=younger.values("pk")[:LATE])
    first = seals.aggregate(first=Min("position"))["first"]
    old = AuditSeal.objects.all() if first is None else AuditSeal.objects.filter(position__lt=first)
    return AuditEntry.objects.filter(occurred_at__lt=before, pk__in=old.values("entry_id"))


def _remove_entries(pks: list[int]) -> int:
    """Cut the chain after these, or before the first of the others that was sealed among them."""
    stays = AuditSeal.objects.order_by("position").exclude(entry_id__in=pks).first()
    seals = AuditSeal.objects.filter(entry_id__in=pks)
    if stays is not None:
        seals = seals.filter(position__lt=stays.position)
    going = list(seals.values_list("entry_id", flat=True))
    _upkeep("retention")
    AuditEntry.objects.filter(pk__in=going).delete()
    _upkeep("")
    return AuditSeal.objects.filter(entry_id__in=going).delete()[0]


def _upkeep(what: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('porchlight.upkeep', %s, true)", [what])


def _open_cases(kind: str) -> "QuerySet[Case]":
    return Case.objects.filter(state=CaseState.OPEN, subject_type=kind)


def _decided_about(column: str) -> Q:
    """What an open case, or an open appeal against a decided one, is about."""
    open_cases = Case.objects.filter(state=CaseState.OPEN, **{f"{column}__isnull": False})
    asked = Appeal.objects.filter(state=AppealState.OPEN, **{f"case__{column}__isnull": False})
    return Q(pk__in=open_cases.values(column)) | Q(pk__in=asked.values(f"case__{column}"))


add_hold(
    "threads.Post",
    lambda: _decided_about("post") | Q(pk__in=_open_cases("threads.post").values("subject_id")),
)
add_hold("conversations.Message", lambda: _decided_about("message"))
add_hold("moderation.Held", lambda: Q(pk__in=_open_cases("moderation.held").values("subject_id")))


def _add(
    key: str, title: Any, what: Any, keeps: Number, rows: Rows, age: str, order: int, **more: Any
) -> None:
    add_rule(RetentionRule(f"moderation.{key}", title, what, keeps, rows, age, order=order, **more))


_add(
    "held",
    _("Texts that waited for the team"),
    _("What was written, why it waited, and what was decided."),
    KEEP_HELD,
    _held,
    "created_at",
    200,
    spared=_("Those that still wait, or that an open case is about."),
)
_add(
    "judgements",
    _("What the spam score saw"),
    _("The signs, the score, and how the text begins."),
    KEEP_JUDGEMENTS,
    _judgements,
    "created_at",
    210,
    spared=_("Those of texts that still wait."),
)
_add(
    "cases",
    _("Decided cases"),
    _("The reports in the words of members, the decision, and appeals against it."),
    KEEP_CASES,
    _cases,
    "decided_at",
    220,
    spared=_("Those with an open appeal or a pause that still runs."),
)
_add(
    "looks",
    _("Who looked at the site as a member"),
    _("Who, as whom, why and how long."),
    KEEP_LOOKS,
    _looks,
    "ended_at",
    230,
)
_add(
    "log",
    _("Audit log"),
    _("The oldest entries. Take them out as a file first if you want to keep them elsewhere."),
    KEEP_LOG,
    _entries,
    "pk",
    240,
    remove=_remove_entries,
)
