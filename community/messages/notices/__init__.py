"""What members are told about conversations and rooms."""

from community.messages.notices.conversations import ADDED, RECEIVED
from community.messages.notices.rooms import LET_IN, NAMED

__all__ = ["ADDED", "LET_IN", "NAMED", "RECEIVED"]
