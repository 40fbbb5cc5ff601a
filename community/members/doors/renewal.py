"""A session that begins anew: the same browser and member, another key. What later parts of the house keep by the key, they take along."""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from community.members.doors.actions import end_other_sessions
from community.members.models import Member

# Called with the member, the key that was, and the key that is.
Taken = Callable[[Member, str, str], object]
_along: list[Taken] = []


def take_along(taken: Taken) -> None:
    """Call `taken` whenever a session begins anew. Called once, when the app is ready."""
    if taken not in _along:
        _along.append(taken)


def begin_anew(request: HttpRequest, member: Member) -> None:
    """End every session of a member but this one, whose key changes: one that somebody knows opens nothing any more."""
    session = request.session
    before = session.session_key
    if before and getattr(request, "user", None) == member:
        session.cycle_key()
        after = str(session.session_key)
        UserSession.objects.filter(user=member, session_key=before).update(session_key=after)
        for taken in _along:
            taken(member, before, after)
    end_other_sessions(actor=member, but=session.session_key or "")
