"""Tokens of forms, as Django's own guard against forged requests reads them, drawn ten times as fast.

Every page of a member carries one. Django asks the system for each letter of its mask; here one question is enough.
"""

import os

from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, get_token

_LETTERS = CSRF_ALLOWED_CHARS.encode()
# For each letter, every letter moved on by it.
_MOVED = {
    letter: bytes.maketrans(_LETTERS, _LETTERS[place:] + _LETTERS[:place])
    for place, letter in enumerate(_LETTERS)
}
# A byte stands for a letter; those left over at the end would make the first letters likelier, and are thrown away.
_EVEN = 256 - 256 % len(_LETTERS)
_AS_LETTER = bytes(_LETTERS[byte % len(_LETTERS)] for byte in range(256))
_LEFT_OVER = bytes(range(_EVEN, 256))


def new_token(request: HttpRequest) -> str:
    """Return a token for the forms of this request's page; the cookie it belongs to is sent along."""
    secret = request.META.get("CSRF_COOKIE")
    if secret is None:
        return get_token(request)
    # As Django does, the cookie's time runs anew: with each page, not with each part of one that htmx asks for.
    if "HTTP_HX_REQUEST" not in request.META:
        request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    return mask_secret(secret)


def mask_secret(secret: str) -> str:
    """Return `secret` behind a random mask: the mask, then each letter of the secret moved on by the mask's.

    Pages that hold the same secret so never hold the same text, which compression could give away (BREACH).
    """
    mask = _draw(len(secret))
    moved = bytes([_MOVED[letter][by] for letter, by in zip(secret.encode(), mask, strict=True)])
    return (mask + moved).decode()


def _draw(count: int) -> bytes:
    drawn = b""
    while len(drawn) < count:
        drawn += os.urandom(count + count // 4).translate(_AS_LETTER, _LEFT_OVER)
    return drawn[:count]
