"""Which browsers an account was opened in before: a signed cookie in the browser says so, and nothing is kept about it here."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from community.members.models import Member

COOKIE = "__Host-device" if settings.SECURE else "device"
_SALT = "members.device"
_YEAR = 365 * 86400
# A family's tablet; whoever comes after them is a new device again.
_MOST = 8


def knows(request: HttpRequest, member: Member) -> bool:
    """Return whether this browser carries our word that it opened this account before."""
    return _mark(member) in _read(request)


def remember(request: HttpRequest, response: HttpResponse, member: Member) -> None:
    """Give the browser our word, beside those it has."""
    marks = [_mark(member), *(mark for mark in _read(request) if mark != _mark(member))][:_MOST]
    response.set_cookie(
        COOKIE,
        signing.dumps(marks, salt=_SALT),
        max_age=_YEAR,
        path="/",
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(member: Member) -> str:
    """Return what stands for a member in the cookie: nothing that tells whose account it is."""
    return signing.Signer(salt=f"{_SALT}.mark").signature(str(member.pk))[:22]


def _read(request: HttpRequest) -> list[str]:
    try:
        marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_YEAR)
    except signing.BadSignature:
        return []
    return [mark for mark in marks if isinstance(mark, str)] if isinstance(marks, list) else []
