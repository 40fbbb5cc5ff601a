"""The notice that points bring: staff corrected them. What a contribution earned is told by the contribution's own notice."""

import datetime as dt

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.activity.models import Activity
from community.activity.registry import consumer
from community.moderation.audit import write_entry
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Group, Kind, Mail, NoticeWords, Purpose, register, through
from rewards.points.models import (
    REVIEW_SCOPE,
    ExpiryWarning,
    Hold,
    PendingAward,
    PendingState,
    Transfer,
    TransferKind,
)
from rewards.points.panels import who_wants_recognition
from rewards.points.reviewing import case_of
from rewards.points.verbs import (
    ADJUSTMENT_DECIDED,
    ADJUSTMENT_PROPOSED,
    CAMPAIGN_CHANGED,
    HOLD_ENDED,
    PENDING_MOVED,
    POINTS_CHANGED,
    POINTS_EXPIRING,
    POINTS_HELD,
    PROGRAMME_CHANGED,
    RULE_CHANGED,
    WORTH_CHANGED,
)


def _words(notice: Notice, transfer: Transfer) -> NoticeWords:
    amount = transfer.earned or transfer.spendable
    if amount > 0:
        title = ngettext("The team gave you %(n)s point", "The team gave you %(n)s points", amount)
    else:
        title = ngettext("The team took %(n)s point back", "The team took %(n)s points back", -amount)
    return NoticeWords(
        title=title % {"n": number_format(abs(amount), use_l10n=True, force_grouping=True)},
        text=say("Why: %(reason)s. Your statement says how to have it looked at again.")
        % {"reason": transfer.memo.rstrip(".")},
        url="/me/points/",
        icon="point",
        button=say("See your statement"),
    )


CORRECTED = register(
    Kind(
        key="points.corrected",
        label=_("The team corrects your points"),
        why=_("You get this because your points were corrected."),
        group=Group.RECOGNITION,
        purpose=Purpose.SERVICE,
        load=through(lambda viewer: Transfer.objects.filter(member=viewer)),
        words=_words,
    )
)


@consumer(POINTS_CHANGED, hears_replays=False)
def tell_about_correction(activity: Activity) -> None:
    """Tell a member whose points a person changed, and write down who did."""
    payload = activity.payload
    by_hand = payload["kind"] in (TransferKind.ADJUSTMENT, TransferKind.REVERSAL)
    if by_hand and activity.actor is not None and activity.actor_id != payload["member_id"]:
        write_entry(activity)
        notify(actor=activity.actor, member_ids=[payload["member_id"]], kind=CORRECTED, activity=activity)


@consumer(
    RULE_CHANGED,
    CAMPAIGN_CHANGED,
    PROGRAMME_CHANGED,
    ADJUSTMENT_PROPOSED,
    ADJUSTMENT_DECIDED,
    WORTH_CHANGED,
    hears_replays=False,
)
def audit_rules(activity: Activity) -> None:
    """Write down who changed what earns points."""
    write_entry(activity)


@consumer(HOLD_ENDED, hears_replays=False)
def audit_holds(activity: Activity) -> None:
    """Write down who let go of points that were held for somebody else."""
    if activity.actor is not None and activity.actor_id != activity.payload["member_id"]:
        write_entry(activity)


def _words_of_hold(notice: Notice, hold: Hold) -> NoticeWords:
    title = ngettext("%(n)s point of yours is held back", "%(n)s points of yours are held back", hold.amount)
    said = say(
        "Why: %(reason)s. Nothing is taken: a person looks at how they came, and they are free again on %(date)s at the latest. You can answer."
    )
    return NoticeWords(
        title=title % {"n": number_format(hold.amount, use_l10n=True, force_grouping=True)},
        text=said % {"reason": hold.memo.rstrip("."), "date": date_format(hold.expires_at, "DATE_FORMAT")},
        url=reverse("appeal_case", args=[case_of(hold)]) if case_of(hold) else "/me/points/",
        icon="point",
        button=say("Read and answer"),
    )


HELD_BACK = register(
    Kind(
        key="points.held_back",
        label=_("The team holds points of yours back"),
        why=_("You get this because points of yours are held back."),
        group=Group.RECOGNITION,
        purpose=Purpose.SERVICE,
        mail=Mail.SOON,
        load=through(lambda viewer: Hold.objects.filter(member=viewer, scope=REVIEW_SCOPE)),
        words=_words_of_hold,
    )
)


@consumer(POINTS_HELD, hears_replays=False)
def write_down_and_tell_of_hold(activity: Activity) -> None:
    """Tell a member whose points a person holds back, and write down who does."""
    if activity.actor is not None and activity.actor_id != activity.payload["member_id"]:
        write_entry(activity)
        notify(
            actor=activity.actor,
            member_ids=[activity.payload["member_id"]],
            kind=HELD_BACK,
            activity=activity,
        )


def _words_of_warning(notice: Notice, row: ExpiryWarning) -> NoticeWords:
    title = ngettext(
        "%(n)s point to spend counts until %(date)s", "%(n)s points to spend count until %(date)s", row.amount
    )
    # They stop at midnight, so the last whole day is the one before.
    last = row.expires_at - dt.timedelta(seconds=1)
    return NoticeWords(
        title=title
        % {
            "n": number_format(row.amount, use_l10n=True, force_grouping=True),
            "date": date_format(last.astimezone(dt.UTC).date(), "DATE_FORMAT"),
        },
        text=say("What you earned stays as it is. Only points to spend have a date."),
        url="/me/points/",
        icon="point",
        button=say("See your statement"),
    )


def _words_of_stop(notice: Notice, pending: PendingAward) -> NoticeWords:
    if pending.state == PendingState.STOPPED:
        title = ngettext(
            "%(n)s point on its way was stopped", "%(n)s points on their way were stopped", pending.points
        )
    else:
        title = ngettext(
            "%(n)s point is on its way again", "%(n)s points are on their way again", pending.points
        )
    return NoticeWords(
        title=title % {"n": number_format(pending.points, use_l10n=True, force_grouping=True)},
        text=say("Why: %(reason)s. Your statement says how to have it looked at again.")
        % {"reason": pending.memo.rstrip(".")},
        url="/me/points/",
        icon="point",
        button=say("See your statement"),
    )


STOPPED = register(
    Kind(
        key="points.stopped",
        label=_("The team stops points on their way"),
        why=_("You get this because points on their way were stopped, or go on."),
        group=Group.RECOGNITION,
        purpose=Purpose.SERVICE,
        load=through(lambda viewer: PendingAward.objects.filter(member=viewer)),
        words=_words_of_stop,
    )
)


@consumer(PENDING_MOVED, hears_replays=False)
def write_down_and_tell_of_stop(activity: Activity) -> None:
    """Tell a member whose points on their way a person stopped or let go on, and write down who did."""
    if activity.actor is not None:
        write_entry(activity)
        notify(
            actor=activity.actor, member_ids=[activity.payload["member_id"]], kind=STOPPED, activity=activity
        )


EXPIRING = register(
    Kind(
        key="points.expiring",
        label=_("Points to spend reach their date"),
        why=_("You get this because some of your points to spend have a date."),
        group=Group.RECOGNITION,
        purpose=Purpose.SERVICE,
        mail=Mail.SOON,
        load=through(lambda viewer: ExpiryWarning.objects.filter(account__owner=viewer)),
        words=_words_of_warning,
    )
)


@consumer(POINTS_EXPIRING, hears_replays=False)
def tell_about_expiry(activity: Activity) -> None:
    """Tell a member what of their points to spend reaches its date: 30 days before, and 7."""
    told = who_wants_recognition([activity.payload["member_id"]])
    notify(actor=None, member_ids=told, kind=EXPIRING, activity=activity)
