"""Who may change how e-mail and notices to browsers behave, and who may have them."""

from django.utils.translation import gettext as _

from community.members.models import Member
from community.verdict import YES, Verdict, no


def can_change_mail_rules(actor: Member) -> Verdict:
    """Whether `actor` may change the e-mail rules of the community."""
    if actor.is_at_least("manager") and not actor.is_suspended:
        return YES
    return no("managers_only", _("Only community managers change the e-mail rules."))


def can_change_push_rules(actor: Member) -> Verdict:
    """Whether `actor` may change the rules for notices to browsers, and remove browsers that are gone."""
    if actor.is_at_least("manager") and not actor.is_suspended:
        return YES
    return no("managers_only", _("Only community managers change the rules for notices to browsers."))


def can_have_browsers(actor: Member) -> Verdict:
    """Whether `actor` may turn notices on in a browser."""
    if actor.is_active and not actor.is_suspended:
        return YES
    return no("not_now", _("Your account is paused, so there is nothing to tell a browser."))
