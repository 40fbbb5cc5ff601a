"""What threads bring to digests."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from community.notifications.sections import Ask, Entry, Part, register_part
from community.threads.queries.digest import Found, best_for, unanswered_for

THREAD = "threads.thread"


def _best(ask: Ask) -> Sequence[Entry]:
    found = best_for(ask.member, ask.since, ask.now, ask.known_pks(THREAD), ask.limit)
    return [_entry(thread, _why(thread)) for thread in found]


def _unanswered(ask: Ask) -> Sequence[Entry]:
    found = unanswered_for(ask.member, ask.since, ask.known_pks(THREAD), ask.limit)
    return [
        _entry(
            thread,
            _("%(author)s asks in %(space)s, which you follow.")
            % {"author": thread.author or _("Someone"), "space": thread.space},
        )
        for thread in found
    ]


def _entry(thread: Found, why: str) -> Entry:
    return Entry(f"{THREAD}:{thread.pk}", thread.title, thread.get_absolute_url(), thread.excerpt, why)


def _why(thread: Found) -> str:
    """Say what speaks most for it."""
    if thread.by_followed:
        return _("By %(author)s, whom you follow, in %(space)s.") % {
            "author": thread.author,
            "space": thread.space,
        }
    if thread.in_followed:
        return _("In %(space)s, which you follow.") % {"space": thread.space}
    if thread.topic:
        return _("About %(topic)s, which you follow, in %(space)s.") % {
            "topic": thread.topic,
            "space": thread.space,
        }
    if thread.thanks >= max(2, thread.replies):
        return ngettext(
            "It helped %(n)d reader in %(space)s.", "It helped %(n)d readers in %(space)s.", thread.thanks
        ) % {"n": thread.thanks, "space": thread.space}
    if thread.replies:
        return ngettext(
            "%(n)d reply so far, in %(space)s.", "%(n)d replies so far, in %(space)s.", thread.replies
        ) % {"n": thread.replies, "space": thread.space}
    return _("New in %(space)s.") % {"space": thread.space}


BEST = register_part(Part(key="best", title=gettext_lazy("Worth reading"), order=20, gather=_best))
UNANSWERED = register_part(
    Part(key="unanswered", title=gettext_lazy("Nobody has answered yet"), order=30, gather=_unanswered)
)
