"""Who is calling: the site's key pair, and the signed word that a push service asks for with every call (VAPID, RFC 8292)."""

import base64
import json
import time
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from community.brand.queries import current_brand

# The RFC allows a day; half of it forgives a clock that is wrong.
LASTS = 12 * 3600


class NoKey(Exception):
    """This copy has no usable key: notices to browsers are off."""


def is_on() -> bool:
    """Return whether this copy can send notices to browsers."""
    try:
        _private(settings.VAPID_PRIVATE_KEY)
    except NoKey:
        return False
    return True


def public_key() -> str:
    """Return the public key as browsers are given it. Raises `NoKey`."""
    point = _private(settings.VAPID_PRIVATE_KEY).public_key()
    return encode(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def authorization(origin: str) -> str:
    """Return the header that shows the push service at `origin` who is calling."""
    # The same word serves for an hour, so that a hundred notices need one signature.
    return _authorization(origin, _contact(), settings.VAPID_PRIVATE_KEY, int(time.time()) // 3600)


@lru_cache(maxsize=256)
def _authorization(origin: str, contact: str, key: str, hour: int) -> str:
    claims = {"aud": origin, "exp": hour * 3600 + LASTS, "sub": contact}
    head = encode(_json({"typ": "JWT", "alg": "ES256"})) + "." + encode(_json(claims))
    r, s = utils.decode_dss_signature(_private(key).sign(head.encode(), ec.ECDSA(hashes.SHA256())))
    signature = encode(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={head}.{signature}, k={public_key()}"


@lru_cache(maxsize=4)
def _private(text: str) -> ec.EllipticCurvePrivateKey:
    try:
        number = int.from_bytes(decode(text), "big")
        return ec.derive_private_key(number, ec.SECP256R1())
    except ValueError as error:
        raise NoKey("VAPID_PRIVATE_KEY is not a key") from error


def _contact() -> str:
    """Return whom a push service may write to: what was set, customer care, or the site itself."""
    if settings.VAPID_CONTACT:
        return str(settings.VAPID_CONTACT)
    care = current_brand().support_email
    return f"mailto:{care}" if care else str(settings.BASE_URL)


def encode(raw: bytes) -> str:
    """Write bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """Read base64url with or without padding. Raises `ValueError`."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _json(values: dict[str, object]) -> bytes:
    return json.dumps(values, separators=(",", ":")).encode()
