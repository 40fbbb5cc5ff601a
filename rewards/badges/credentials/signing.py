"""The key of the issuer and the one thing it does: sign a credential as a compact JWS with RS256.

The public half stands at an address of its own, which every credential names (`kid`), so that the signature can be checked
without asking anybody.
"""

import base64
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from community.signing_key import signing_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

KEY_PATH = "/open-badges/key"


def sign(payload: dict[str, Any]) -> str:
    """Return the payload signed, in compact form."""
    # Imported where a badge is carried away, which is seldom: no page pays for it.
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding

    head = {"alg": "RS256", "kid": f"{settings.BASE_URL}{KEY_PATH}", "typ": "JWT"}
    signed = f"{_encode(_json(head))}.{_encode(_json(payload))}"
    signature = _key(settings.BADGES_KEY_FILE).sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    return f"{signed}.{_encode(signature)}"


def public_jwk() -> dict[str, str]:
    """Return the public key as a JWK."""
    numbers = _key(settings.BADGES_KEY_FILE).public_key().public_numbers()
    return {
        "kty": "RSA",
        "n": _encode(_bytes(numbers.n)),
        "e": _encode(_bytes(numbers.e)),
        "alg": "RS256",
        "use": "sig",
        "kid": f"{settings.BASE_URL}{KEY_PATH}",
    }


@lru_cache(maxsize=4)
def _key(path: Path) -> "RSAPrivateKey":
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    key = load_pem_private_key(signing_key(path).encode(), None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError(f"{path} holds no RSA key")
    return key


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
