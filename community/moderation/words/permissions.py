"""Who may watch for words."""

from django.utils.translation import gettext as _

from community.members.models import Member
from community.verdict import YES, Verdict, no


def can_watch_words(actor: Member) -> Verdict:
    """Whether `actor` may see and change the watched words: they hold for the whole community."""
    if actor.is_at_least("manager"):
        return YES
    return no("managers_only", _("Only community managers change watched words."))
