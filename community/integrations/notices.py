"""What the owner of an endpoint hears: it was turned off because nothing got through."""

from typing import Any

from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from community.activity.models import Activity
from community.activity.registry import consumer
from community.integrations.models import WebhookEndpoint
from community.integrations.verbs import WEBHOOK_TURNED_OFF
from community.integrations.webhooks.models import OffReason
from community.notifications.actions import notify
from community.notifications.models import Notice
from community.notifications.registry import Group, Kind, Mail, NoticeWords, Purpose, register, through


def _words(notice: Notice, endpoint: WebhookEndpoint) -> NoticeWords:
    host = notice.payload["host"]
    if notice.payload["reason"] == OffReason.GONE:
        text = say("The receiver said that it is gone (410), so we stopped sending.")
    else:
        text = say("For days nothing got through, so we stopped trying.")
    return NoticeWords(
        title=say("The webhook to %(host)s is turned off") % {"host": host},
        text=f"{text} {say('Once it listens again, turn it on and send what it missed.')}",
        url=f"/me/settings/webhooks/{endpoint.pk}/",
        icon="warning",
        button=say("See what happened"),
    )


TURNED_OFF = register(
    Kind(
        key="webhooks.turned_off",
        label=_("A webhook of yours is turned off"),
        why=_("You get this because you set up this webhook."),
        group=Group.ACCOUNT,
        purpose=Purpose.SERVICE,
        mail=Mail.SOON,
        for_role="manager",
        load=through(lambda viewer: WebhookEndpoint.objects.visible_to(viewer)),
        words=_words,
    )
)


@consumer(WEBHOOK_TURNED_OFF, hears_replays=False)
def tell_owner(activity: Activity) -> None:
    """Tell the owner of an endpoint that somebody else, or the house, turned it off."""
    said: dict[str, Any] = activity.payload
    if said["reason"] != OffReason.HAND:
        payload = {"host": said["host"], "reason": said["reason"]}
        notify(actor=None, member_ids=[said["owner_id"]], kind=TURNED_OFF, activity=activity, payload=payload)
