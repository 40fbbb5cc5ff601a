"""The rules for e-mail and for notices to browsers."""

from community.notifications.models import THE_ROW, MailRules, PushRules


def current_rules() -> MailRules:
    """Return the rules in force: the one row, or the defaults while nobody has changed any."""
    return MailRules.objects.filter(pk=THE_ROW).first() or MailRules(pk=THE_ROW)


def current_push_rules() -> PushRules:
    """Return the rules in force for notices to browsers, or their defaults while nobody has changed any."""
    return PushRules.objects.filter(pk=THE_ROW).first() or PushRules(pk=THE_ROW)
