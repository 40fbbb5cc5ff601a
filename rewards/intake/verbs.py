"""What can happen to brand events."""

from typing import TypedDict

from community.activity.registry import verb


class EventArrived(TypedDict):
    """One event of a member. `amount` is in minor units of `currency`; `original_id` is the number of the event it takes back."""

    member_id: int
    source: str
    event_id: str
    type: str
    amount: int | None
    currency: str
    quantity: int | None
    original_id: int | None


class EventTypeChanged(TypedDict):
    """A type was declared or changed; `before` and `after` hold the fields that differ."""

    key: str
    before: dict[str, object]
    after: dict[str, object]


class CustomerLinked(TypedDict):
    """Which customer number of which system, and whose."""

    member_id: int
    source: str
    number: str


EVENT_ARRIVED = verb(
    "brand_event.arrived", EventArrived, "A system of the brand told what a member did, such as an order."
)
EVENT_TYPE_CHANGED = verb(
    "event_type.changed", EventTypeChanged, "Staff declared or changed a type of brand events."
)
CUSTOMER_LINKED = verb(
    "customer.linked", CustomerLinked, "A customer number of the brand was put to a member."
)
CUSTOMER_UNLINKED = verb(
    "customer.unlinked", CustomerLinked, "A customer number of the brand was taken from a member."
)
