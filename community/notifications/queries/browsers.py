"""Reading in which browsers a member turned notices on."""

import hashlib
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from community.errors import NotFound
from community.members.models import Member
from community.notifications.models import PushSubscription, PushSubscriptionQuerySet
from community.notifications.push.keys import is_on, public_key


def browsers_of(member: Member) -> list[PushSubscription]:
    """Return the browsers of a member that may be told something, latest first."""
    rows = PushSubscription.objects.live().filter(member=member)
    return list(rows.exclude(_signed_out()).order_by("-created_at", "-pk"))


@dataclass(frozen=True, slots=True)
class PushBox:
    """What the settings page shows about browsers. Without a `key`, this copy sends nothing to any."""

    key: str
    browsers: list[tuple[PushSubscription, str]]


def push_box(member: Member) -> PushBox:
    """Return the browsers of a member, each with the mark by which it finds itself, and the key to turn it on with."""
    rows = browsers_of(member)
    return PushBox(public_key() if is_on() else "", [(row, mark_of(row.endpoint)) for row in rows])


def get_browser_for(viewer: Member, pk: int) -> PushSubscription:
    """Return a browser of `viewer`. Raises `NotFound` for anyone else's."""
    found = PushSubscription.objects.filter(member=viewer, pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def left_behind() -> PushSubscriptionQuerySet:
    """Return browsers that belong to nobody any more: signed out there, account closed or suspended."""
    closed = Q(member__is_active=False) | Q(member__suspended_until__gt=timezone.now())
    return PushSubscription.objects.filter(closed | _signed_out())


def _signed_out() -> Q:
    """Those whose session was ended. One that only grew old was not: nobody signed out there."""
    there = Session.objects.filter(session_key=OuterRef("session_key"))
    return Q(~Q(session_key="") & ~Exists(there))


def mark_of(endpoint: str) -> str:
    """Return what a page may know of an address: enough for the browser that has it to find itself in the list."""
    return hashlib.sha256(endpoint.encode()).hexdigest()[:16]


def service_of(endpoint: str) -> str:
    """Return the host of the push service: all that staff see of an address."""
    return urlsplit(endpoint).hostname or ""
