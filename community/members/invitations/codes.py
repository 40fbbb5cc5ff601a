"""The code in the link of an invitation: its number, sealed with the site's key. Nothing that opens anything is stored."""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def code_of(pk: int) -> str:
    """Return the code of an invitation."""
    return f"{_number(pk)}-{_seal(pk)}"


def link_of(pk: int) -> str:
    """Return the whole address of an invitation."""
    return f"{settings.BASE_URL}/invite/{code_of(pk)}/"


def read_code(code: str) -> int | None:
    """Return the number of the invitation with this code, or None for what is no code of ours."""
    number, _dash, seal = code.partition("-")
    if (
        not number
        or len(number) > 12
        or not number.isascii()
        or not number.isalnum()
        or number != number.lower()
    ):
        return None
    pk = int(number, 36)
    return pk if constant_time_compare(seal, _seal(pk)) else None


def _seal(pk: int) -> str:
    return salted_hmac("community.members.invitation", str(pk), algorithm="sha256").hexdigest()[:32]


def _number(pk: int) -> str:
    text = ""
    while pk:
        pk, rest = divmod(pk, 36)
        text = _DIGITS[rest] + text
    return text or "0"
