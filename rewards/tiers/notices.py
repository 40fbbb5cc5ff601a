"""The notice that tiers bring."""

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.moderation.audit import write_entry
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Group, Kind, NoticeWords, Purpose, register
from rewards.points.panels import who_wants_recognition
from rewards.points.words import translated
from rewards.tiers.queries import find_tier
from rewards.tiers.verbs import TIER_CHANGED, TIER_REACHED


def _words(notice: Notice, _subject: None) -> NoticeWords:
    tier = find_tier(notice.payload["tier"])
    name = translated(tier.name) if tier else notice.payload["name"]
    return NoticeWords(
        title=say("You are now %(tier)s") % {"tier": name},
        text="; ".join(translated(ability) for ability in tier.abilities) if tier else "",
        url="/me/points/",
        icon="point",
        button=say("See your way so far"),
    )


TIER = register(
    Kind(
        key="tier.reached",
        label=_("You reach a tier"),
        why=_("You get this because your points reached a tier."),
        group=Group.RECOGNITION,
        purpose=Purpose.COMMUNITY,
        words=_words,
    )
)


@consumer(TIER_REACHED, hears_replays=False)
def tell_member(activity: Activity) -> None:
    """Tell the member, once in each tier's life."""
    payload = activity.payload
    notify(
        actor=None,
        member_ids=who_wants_recognition([payload["member_id"]]),
        kind=TIER,
        activity=activity,
        payload={"tier": payload["tier"], "name": payload["name"]},
    )


@consumer(TIER_CHANGED, hears_replays=False)
def audit_tiers(activity: Activity) -> None:
    """Write down who changed the tiers."""
    write_entry(activity)
