"""Everything that takes in events, says whose they are, and declares their types."""

from rewards.intake.actions.customers import link_customer, settle_waiting, unlink_customer
from rewards.intake.actions.taking import Taken, take_event, take_events
from rewards.intake.actions.types import TYPE_FIELDS, change_event_type, declare_event_type

__all__ = [
    "TYPE_FIELDS",
    "Taken",
    "change_event_type",
    "declare_event_type",
    "link_customer",
    "settle_waiting",
    "take_event",
    "take_events",
    "unlink_customer",
]
