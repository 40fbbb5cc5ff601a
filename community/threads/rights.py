"""What levels of trust open in threads, said beside the numbers that decide it."""

from django.utils.translation import gettext_lazy as _

from community.members.trust.rights import add_right
from community.threads import limits

# No level: where a manager gives everybody the same, nothing opens.
_NEVER = 99


def _opens_more() -> int:
    """Return the first level that may put more into a post than newcomers may."""
    bars = (limits.PICTURES.in_force(), limits.LINKS.in_force(), limits.MENTIONS.in_force())
    return next((level for level in range(1, 4) if any(bar[level] > bar[0] for bar in bars)), _NEVER)


def register() -> None:
    """Say it to the page about trust."""
    add_right("threads.begin", lambda: 0, _("Ask, reply, thank, and follow what you like"))
    add_right("threads.first_day", lambda: 1, _("No limits of the first day any more"))
    add_right("threads.more", _opens_more, _("More pictures, links and names in one post"))
    add_right("threads.care", lambda: 1, _("Say what a question of others is missing"))
    add_right("threads.wiki", limits.WIKI_TRUST, _("Edit posts that their authors opened for everyone"))
    add_right("threads.poll", limits.POLL_TRUST, _("Add polls to your posts"))
    add_right(
        "threads.sort",
        limits.SORT_TRUST,
        _("Give threads of others a better title, topics and the right space"),
    )
    add_right("threads.lead", lambda: limits.LEADER_TRUST, _("Close, pin, split and merge threads"))
