"""The log of what happened. It stays, because counts, points and the audit are proven by it; it names nobody any more."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Fate, table

table(
    "activity.log",
    _("What you did here"),
    "activity.Activity",
    "actor",
    {
        "verb": _("What happened"),
        "target_type": _("What it was about"),
        "target_pk": _("Its number"),
        "occurred_at": _("When"),
    },
    fate=Fate.DETACH,
    order=800,
    named_in=("activity.Activity.payload", "activity.Delivery.error"),
)
