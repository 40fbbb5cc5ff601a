"""Secrets that must be read again are sealed with a key made from `SECRET_KEY`: a copy of the database opens none of them."""

import base64
import hashlib
import secrets

from django.conf import settings

_MARK = "sealed:1:"


class Unsealable(ValueError):
    """It was sealed with a key that is no longer known, or it was changed."""


def seal(text: str, *, purpose: str) -> str:
    """Return a text sealed for one purpose; the same text sealed twice looks different."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    closed = AESGCM(_key(settings.SECRET_KEY, purpose)).encrypt(nonce, text.encode(), purpose.encode())
    return _MARK + base64.urlsafe_b64encode(nonce + closed).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Return what was sealed. Raises `Unsealable`."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not sealed.startswith(_MARK):
        raise Unsealable("this was never sealed")
    raw = base64.urlsafe_b64decode(sealed.removeprefix(_MARK))
    for known in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            opened = AESGCM(_key(known, purpose)).decrypt(raw[:12], raw[12:], purpose.encode())
        except InvalidTag:
            continue
        return opened.decode()
    raise Unsealable("sealed with another key")


def _key(secret: str, purpose: str) -> bytes:
    return hashlib.blake2b(
        purpose.encode(), key=hashlib.sha256(secret.encode()).digest(), digest_size=32
    ).digest()
