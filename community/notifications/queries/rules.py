"""The rules for e-mail and for notices to browsers."""

from community.activity.one_row import read_row
from community.notifications.models import MailRules, PushRules


def current_rules() -> MailRules:
    """Return the rules in force: the one row, or the defaults while nobody has changed any."""
    return read_row(MailRules)


def current_push_rules() -> PushRules:
    """Return the rules in force for notices to browsers, or their defaults while nobody has changed any."""
    return read_row(PushRules)
