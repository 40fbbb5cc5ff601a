"""What members are told and how they want to be told."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, Leaving, table

_AT = {"created_at": _("When")}


def _forget_in_others(leaving: Leaving) -> int:
    """In notices of others nobody stands for them any more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notifications_notice SET actor_ids = array_remove(actor_ids, %s) WHERE id IN ("
            "SELECT id FROM notifications_notice WHERE %s = ANY(actor_ids) LIMIT 1000)",
            [leaving.member_id, leaving.member_id],
        )
        return int(cursor.rowcount)


table(
    "notifications.notices",
    _("Notices"),
    "notifications.Notice",
    "member",
    {"kind": _("Kind"), **_AT, "read_at": _("Read")},
    columns=(Column("notifications.NoticeCause", "member", Fate.DELETE),),
    erase=_forget_in_others,
    order=300,
)
table(
    "notifications.choices",
    _("What you want to hear"),
    "notifications.Preference",
    "member",
    {"kind": _("Kind"), "channel": _("By"), "choice": _("Choice")},
    columns=(
        Column("notifications.Reach", "member", Fate.DELETE),
        Column("notifications.DigestPlan", "member", Fate.DELETE),
    ),
)
table(
    "notifications.mail",
    _("E-mails to you"),
    "notifications.OutboundMail",
    "member",
    {
        "kind": _("Kind"),
        "subject": _("Subject"),
        "to": _("E-mail"),
        "state": _("State"),
        "sent_at": _("Sent"),
    },
    columns=(
        Column("notifications.Digest", "member", Fate.DELETE),
        Column("notifications.ContactDecision", "member", Fate.DELETE),
    ),
    named_in=(
        "notifications.OutboundMail.subject",
        "notifications.OutboundMail.html",
        "notifications.OutboundMail.text",
    ),
    order=310,
)
table(
    "notifications.inbound",
    _("E-mails from you"),
    "notifications.InboundMail",
    "member",
    {"kind": _("Kind"), "state": _("State"), "sender": _("From"), "received_at": _("When")},
)
table(
    "notifications.browsers",
    _("Browsers we send notices to"),
    "notifications.PushSubscription",
    "member",
    {"label": _("Browser"), **_AT},
    moves=False,
    columns=(Column("notifications.OutboundPush", "member", Fate.DELETE),),
)
