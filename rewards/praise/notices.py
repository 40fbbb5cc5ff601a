"""What thanks and shout-outs tell: who was thanked, who was named, and in digests everyone else."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils import formats, timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.moderation.audit import write_entry
from community.moderation.models import Case, CaseState
from community.moderation.notices.hearing import ask_team
from community.notifications.actions import notify, reconsider
from community.notifications.models import Notice
from community.notifications.registry import (
    AT_ONCE,
    Group,
    Kind,
    Mail,
    NoticeWords,
    Purpose,
    register,
    through,
)
from community.notifications.sections import Ask, Entry, Part, register_part
from rewards.points.words import translated
from rewards.praise.models import Named, Praise, ShoutOut, State
from rewards.praise.queries import shouts_of
from rewards.praise.reported import PRAISE_REPORT
from rewards.praise.verbs import (
    PRAISE_GIVEN,
    PRAISE_KIND_CHANGED,
    PRAISE_REPORTED,
    PRAISE_STATE_CHANGED,
    SHOUT_OUT_CHANGED,
    SHOUT_OUT_MADE,
)

LABEL = Praise._meta.label_lower


def _thanked_words(notice: Notice, praise: Praise) -> NoticeWords:
    name = praise.giver.name if praise.giver else say("Former member")
    return NoticeWords(
        title=say("%(name)s thanks you: %(reason)s") % {"name": name, "reason": translated(praise.kind.name)},
        text=praise.words,
        url=praise.get_absolute_url(),
        icon="heart",
        quote=praise.words,
        quote_by=name,
        button=say("Read it"),
    )


THANKED = register(
    Kind(
        key="praise.thanked",
        label=_("Somebody thanks you"),
        why=_("You get this because somebody thanked you."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        mail=Mail.DIGEST,
        load=through(
            lambda viewer: (
                Praise.objects.visible_to(viewer).filter(receiver=viewer).select_related("giver", "kind")
            )
        ),
        words=_thanked_words,
    )
)


def _named_words(notice: Notice, shout_out: ShoutOut) -> NoticeWords:
    return NoticeWords(
        title=say("The team thanks you"),
        text=shout_out.words,
        url=shout_out.get_absolute_url(),
        icon="heart",
        quote=shout_out.words,
        quote_by=shout_out.by.name if shout_out.by else "",
        button=say("Read the shout-out"),
    )


NAMED = register(
    Kind(
        key="praise.shout_out",
        label=_("The team thanks you in a shout-out"),
        why=_("You get this because the team thanked you in front of everyone."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        mail=Mail.SOON,
        push=True,
        load=through(
            lambda viewer: ShoutOut.objects.filter(
                state=State.VISIBLE, pk__in=Named.objects.filter(member=viewer).values("shout_out")
            ).select_related("by")
        ),
        words=_named_words,
    )
)


def _removed_words(notice: Notice, _subject: None) -> NoticeWords:
    reason = str(notice.payload["reason"]).rstrip().removesuffix(".")
    case = notice.payload["case_id"]
    return NoticeWords(
        title=say("The team removed thanks you gave"),
        text=say("Why: %(reason)s.") % {"reason": reason},
        url=f"/appeals/case/{case}/" if case else "/guidelines/",
        icon="shield",
        button=say("Read and answer") if case else "",
    )


REMOVED = register(
    Kind(
        key="praise.removed",
        label=_("The team removes thanks you gave"),
        why=_("You get this because it concerns your account. It cannot be switched off."),
        group=Group.ACCOUNT,
        purpose=Purpose.ESSENTIAL,
        mail=Mail.SOON,
        mail_delay=AT_ONCE,
        words=_removed_words,
    )
)


def _gather(ask: Ask) -> Sequence[Entry]:
    """Return the shout-outs since the last digest, without those that name the reader, who had them already."""
    rows = ShoutOut.objects.visible_to(ask.member).filter(made_at__gt=ask.since, made_at__lte=ask.now)
    rows = rows.exclude(Q(by=ask.member) | Q(named__member=ask.member))
    rows = rows.exclude(pk__in=ask.known_pks(ShoutOut._meta.label_lower)).select_related("by")
    found = shouts_of(ask.member, rows.order_by("-made_at", "-pk")[: ask.limit])
    return [
        Entry(
            key=f"{ShoutOut._meta.label_lower}:{shout.pk}",
            title=say("The team thanks %(names)s") % {"names": ", ".join(m.name for m in shout.members)},
            url=shout.href,
            text=shout.words,
            why=formats.date_format(timezone.localtime(shout.made_at), "DATE_FORMAT"),
        )
        for shout in found
    ]


SHOUTED = register_part(Part(key="shout_outs", title=_("Thanks from the team"), order=15, gather=_gather))


@consumer(PRAISE_GIVEN, hears_replays=False)
def tell_thanked(activity: Activity) -> None:
    """Tell whoever was thanked, once."""
    receivers = [activity.payload["receiver_id"]]
    notify(actor=activity.actor, member_ids=receivers, kind=THANKED, activity=activity)


@consumer(PRAISE_STATE_CHANGED, hears_replays=False)
def tell_about_state(activity: Activity) -> None:
    """Let the notice go and come with the thanks; tell the giver why the team removed them."""
    facts = activity.payload
    reconsider(subject=(LABEL, activity.target_pk or 0))
    if facts["after"] == State.REMOVED and facts["author_id"]:
        decided = Case.objects.filter(
            kind=PRAISE_REPORT.name,
            subject_type=LABEL,
            subject_id=activity.target_pk,
            state=CaseState.DECIDED,
        )
        case_id = decided.order_by("-decided_at").values_list("pk", flat=True).first()
        notify(
            actor=activity.actor,
            member_ids=[facts["author_id"]],
            kind=REMOVED,
            activity=activity,
            payload={"reason": facts["reason"], "case_id": case_id},
        )


@consumer(PRAISE_REPORTED, hears_replays=False)
def tell_team_of_report(activity: Activity) -> None:
    """Tell those who keep order everywhere that something waits."""
    ask_team(activity)


@consumer(SHOUT_OUT_MADE, hears_replays=False)
def tell_named(activity: Activity) -> None:
    """Tell those whom a shout-out names."""
    notify(actor=activity.actor, member_ids=activity.payload["member_ids"], kind=NAMED, activity=activity)


@consumer(SHOUT_OUT_CHANGED, hears_replays=False)
def tell_about_shout_out(activity: Activity) -> None:
    """Let notices go and come with the shout-out."""
    reconsider(subject=(ShoutOut._meta.label_lower, activity.target_pk or 0))


@consumer(PRAISE_STATE_CHANGED, SHOUT_OUT_MADE, SHOUT_OUT_CHANGED, PRAISE_KIND_CHANGED, hears_replays=False)
def audit_thanks(activity: Activity) -> None:
    """Write down what the team did with thanks and shout-outs."""
    write_entry(activity)
