"""Reading who waits, and where a member is signed in."""

import datetime as dt
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from community.errors import NotFound
from community.members.models import Admission, AdmissionState, Member
from community.members.permissions import can_admit

PAGE = 50
MOST_SESSIONS = 100


def admission_of(member: Member) -> Admission | None:
    """Return a newcomer's wish to join, or None for who never had to ask."""
    return Admission.objects.filter(member=member).first()


def is_waiting(member: Member) -> bool:
    """Return whether a newcomer waits for the team's yes."""
    return Admission.objects.filter(member=member, state=AdmissionState.WAITING).exists()


def list_waiting_for(viewer: Member, *, after: int = 0) -> list[Admission]:
    """Return the wishes the team has not answered, the oldest first; `after` is the last one of the page before."""
    can_admit(viewer).require()
    rows = Admission.objects.filter(state=AdmissionState.WAITING, ready_at__isnull=False, pk__gt=after)
    return list(rows.select_related("member").order_by("pk")[:PAGE])


def get_admission_for(viewer: Member, pk: int) -> Admission:
    """Return a wish that the team may look into. Raises `NotFound` otherwise."""
    rows = Admission.objects.filter(pk=pk, ready_at__isnull=False).select_related("member")
    admission = rows.first() if can_admit(viewer) else None
    if admission is None:
        raise NotFound()
    return admission


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A browser in which a member is signed in."""

    pk: int
    agent: str
    ip: str
    since: dt.datetime
    is_current: bool


def sessions_of(member: Member, *, current: str = "") -> list[SignedIn]:
    """Return where a member is signed in, the latest first; `current` is the key of the session that asks."""
    alive = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    rows = UserSession.objects.filter(user=member, session_key__in=alive).order_by("-pk")[:MOST_SESSIONS]
    listed = [
        SignedIn(row.pk, row.user_agent, row.ip, row.created_at, row.session_key == current) for row in rows
    ]
    return sorted(listed, key=lambda session: not session.is_current)
