"""Keys for programs."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, table, unlisted

table(
    "integrations.keys",
    _("API keys"),
    "integrations.ApiKey",
    "member",
    {
        "name": _("Name"),
        "prefix": _("Begins with"),
        "scopes": _("May do"),
        "created_at": _("Since"),
        "expires_at": _("Until"),
        "last_used_at": _("Last used"),
    },
    moves=False,
    columns=(Column("integrations.ApiKey", "created_by", Fate.DETACH),),
)
unlisted(
    "integrations.answers",
    _("Answers kept for programs that ask twice"),
    _("They are copies of what is handed out itself, kept for a day."),
    Column("integrations.KeptAnswer", "member", Fate.DELETE),
    Column("integrations.EmbedOrigin", "added_by", Fate.DETACH),
    named_in=("integrations.KeptAnswer.body",),
)
table(
    "integrations.webhooks",
    _("Webhook endpoints"),
    "integrations.WebhookEndpoint",
    "owner",
    {
        "url": _("Address"),
        "description": _("What listens there"),
        "verbs": _("Events"),
        "tags": _("Topics"),
        "is_on": _("In use"),
        "created_at": _("Since"),
    },
    moves=False,
    columns=(Column("integrations.WebhookReplay", "asked_by", Fate.DETACH),),
)
