"""The notices that moderation brings: which kinds there are, what they say, who hears."""

from community.moderation.held import notices as held
from community.moderation.members_desk import notices as members_desk
from community.moderation.notices import hearing, kinds

__all__ = ["hearing", "held", "kinds", "members_desk"]
