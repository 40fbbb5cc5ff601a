"""Links that stop e-mail without signing in: signed, bound to one member and the kinds (perhaps the thread) of one e-mail."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from community.errors import NotFound
from community.members.models import Member
from community.notifications.registry import Kind, find_kind
from community.notifications.sections import DIGEST

SALT = "porchlight.notifications.stop"


@dataclass(frozen=True, slots=True)
class Stop:
    """Who stops what: e-mail of some kinds, or with `thread_id` all news of one thread, or digests."""

    member: Member
    kinds: tuple[Kind, ...]
    thread_id: int | None
    is_digest: bool = False


def stop_token(member: Member, kinds: Iterable[Kind], thread_id: int | None = None) -> str:
    """Make a token. It never ends: a link in an old mail must still stop the next one."""
    return signing.dumps([member.pk, sorted({kind.key for kind in kinds}), thread_id], salt=SALT)


def digest_stop_token(member: Member) -> str:
    """Make a token that stops digests and nothing else."""
    return signing.dumps([member.pk, [DIGEST], None], salt=SALT)


def stop_url(token: str) -> str:
    """Return the whole address of a stop link."""
    address: str = settings.BASE_URL + reverse("notice_stop", args=[token])
    return address


def read_stop(token: str) -> Stop:
    """Return what a token stops. Raises `NotFound` for anything not signed by us, or about someone who left."""
    try:
        member_id, keys, thread_id = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError) as error:
        raise NotFound() from error
    member = Member.objects.get_queryset().present().filter(pk=member_id).first()
    kinds = tuple(kind for kind in map(find_kind, keys) if kind is not None)
    is_digest = DIGEST in keys
    if member is None or not (kinds or is_digest):
        raise NotFound()
    return Stop(member, kinds, thread_id, is_digest)
