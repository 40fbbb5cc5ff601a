"""Whether a thread is in use: what is archived or closed stays as it is."""

from django.utils.translation import gettext as _

from community.members.models import Member
from community.spaces.permissions import moderates_space
from community.threads.models import Thread
from community.threads.steering import KEPT_STATES
from community.verdict import YES, Verdict, no


def can_change_in(actor: Member, thread: Thread) -> Verdict:
    """Whether members may still change what they wrote in `thread`."""
    verdict = not_archived(thread)
    if verdict and thread.is_locked and not moderates_space(actor, thread.space):
        return no("thread_locked", _("This thread is closed, so what is in it stays as it is."))
    return verdict


def not_archived(thread: Thread) -> Verdict:
    """Whether `thread` is in use: what is in an archive is only read, by the team too. A closed thread still takes presses."""
    if thread.space.is_archived:
        return no("space_archived", _("This space is an archive, so what is in it stays as it is."))
    if thread.state in KEPT_STATES:
        return no("thread_archived", _("This thread is archived, so what is in it stays as it is."))
    return YES
