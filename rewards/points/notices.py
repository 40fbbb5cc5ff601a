"""The notice that points bring: staff corrected them. What a contribution earned is told by the contribution's own notice."""

from django.utils.formats import number_format
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from community.activity.models import Activity
from community.activity.registry import consumer
from community.moderation.audit import write_entry
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Group, Kind, NoticeWords, Purpose, register, through
from rewards.points.models import Transfer, TransferKind
from rewards.points.verbs import POINTS_CHANGED, RULE_CHANGED


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


@consumer(RULE_CHANGED, hears_replays=False)
def audit_rules(activity: Activity) -> None:
    """Write down who changed what earns points."""
    write_entry(activity)
