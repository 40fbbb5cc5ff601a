"""Links that stop e-mail without signing in: signed, bound to one member and one kind (and perhaps one thread)."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from community.errors import NotFound
from community.members.models import Member
from community.notifications.registry import Kind, find_kind

SALT = "porchlight.notifications.stop"


@dataclass(frozen=True, slots=True)
class Stop:
    """Who stops what: e-mail of a kind, and with `thread_id` news of one thread."""

    member: Member
    kind: Kind
    thread_id: int | None


def stop_token(member: Member, kind: Kind, thread_id: int | None) -> str:
    """Make a token. It never ends: a link in an old mail must still stop the next one."""
    return signing.dumps([member.pk, kind.key, thread_id], salt=SALT)


def stop_url(token: str) -> str:
    """Return the whole address of a stop link."""
    return settings.BASE_URL + reverse("notice_stop", args=[token])


def read_stop(token: str) -> Stop:
    """Return what a token stops. Raises `NotFound` for anything not signed by us, or about someone who left."""
    try:
        member_id, key, thread_id = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise NotFound() from error
    member = Member.objects.get_queryset().present().filter(pk=member_id).first()
    kind = find_kind(key)
    if member is None or kind is None:
        raise NotFound()
    return Stop(member, kind, thread_id)
