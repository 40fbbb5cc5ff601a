"""What the brand's systems told about a member."""

from django.utils.translation import gettext_lazy as _

from community.belongings import Column, Fate, table, unlisted

table(
    "intake.events",
    _("What the brand’s systems reported"),
    "intake.BrandEvent",
    "member",
    {
        "source": _("System"),
        "event_id": _("Number"),
        "type__key": _("Kind"),
        "occurred_at": _("When"),
        "amount": _("Amount, in the smallest unit"),
        "currency": _("Currency"),
        "quantity": _("Quantity"),
        "attributes": _("Details"),
    },
)
table(
    "intake.customers",
    _("Customer numbers"),
    "intake.Customer",
    "member",
    {"source": _("System"), "number": _("Number"), "linked_at": _("Since")},
)
unlisted(
    "intake.typed",
    _("Types of events you declared, and events your programs sent"),
    _("It is the community's own record."),
    Column("intake.EventType", "changed_by", Fate.DETACH),
    Column("intake.BrandEvent", "received_by", Fate.DETACH),
    Column("intake.Customer", "linked_by", Fate.DETACH),
)
