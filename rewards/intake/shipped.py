"""The types of events that every new community starts with. Nothing is earned by them until a manager adds a rule."""

from typing import Any

from django.utils.translation import gettext_noop


def _field(name: str, kind: str = "text") -> dict[str, Any]:
    return {"name": name, "kind": kind, "required": False}


SHIPPED: tuple[dict[str, Any], ...] = (
    {
        "key": "order.placed",
        "said": gettext_noop("Your order {id} of {day}"),
        "amount": "must",
        "quantity": "may",
        "attributes": [_field("channel"), _field("first_order", "flag")],
    },
    {
        "key": "order.refunded",
        "said": gettext_noop("A refund of {day}"),
        "amount": "may",
        "quantity": "may",
        "undoes": True,
    },
    {
        "key": "subscription.renewed",
        "said": gettext_noop("You renewed on {day}"),
        "amount": "may",
        "attributes": [_field("plan"), _field("months", "number")],
    },
    {
        "key": "product.registered",
        "said": gettext_noop("You registered a product on {day}"),
        "attributes": [_field("product"), _field("bought_on", "day")],
    },
    {
        "key": "product.used",
        "said": gettext_noop("You used it on {day}"),
        "quantity": "may",
        "attributes": [_field("product"), _field("feature")],
    },
)
