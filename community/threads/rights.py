"""What levels of trust open in threads, said beside the numbers that decide it."""

from django.utils.translation import gettext_lazy as _

from community.members.trust.rights import add_right
from community.threads import limits


def register() -> None:
    """Say it to the page about trust."""
    add_right("threads.begin", lambda: 0, _("Ask, reply, thank, and follow what you like"))
    add_right("threads.first_day", lambda: 1, _("No limits of the first day any more"))
    add_right("threads.care", lambda: 1, _("Say what a question of others is missing"))
    add_right("threads.wiki", limits.WIKI_TRUST, _("Edit posts that their authors opened for everyone"))
    add_right("threads.poll", limits.POLL_TRUST, _("Add polls to your posts"))
    add_right("threads.lead", lambda: limits.LEADER_TRUST, _("Close, pin, split and merge threads"))
