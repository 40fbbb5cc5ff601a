"""Sealing a notice so that only one browser can read it: Message Encryption for Web Push (RFC 8291, aes128gcm)."""

import os

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from community.notifications.push.keys import decode

RECORD_SIZE = 4096
# Of a record of 4096 bytes: salt 16, sizes 5, our key 65, end mark 1, seal 16.
MOST_BYTES = RECORD_SIZE - 16 - 5 - 65 - 1 - 16
_END = b"\x02"


class UnusableKeys(ValueError):
    """What the browser gave is no key on the curve, or no secret of 16 bytes."""


def check_keys(p256dh: str, auth: str) -> None:
    """Raise `UnusableKeys` unless these are a browser's public key and secret."""
    _read(p256dh, auth)


def seal(text: bytes, *, p256dh: str, auth: str) -> bytes:
    """Return a text sealed for the browser that holds the private half of `p256dh`. Raises `UnusableKeys`."""
    return seal_with(
        text, p256dh=p256dh, auth=auth, own=ec.generate_private_key(ec.SECP256R1()), salt=os.urandom(16)
    )


def seal_with(text: bytes, *, p256dh: str, auth: str, own: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """Seal with a given key and salt; each may serve only once."""
    if len(text) > MOST_BYTES:
        raise ValueError(f"a notice holds at most {MOST_BYTES} bytes")
    theirs, secret = _read(p256dh, auth)
    shared = own.exchange(ec.ECDH(), theirs)
    ours = _point(own.public_key())
    material = _derive(secret, shared, b"WebPush: info\x00" + _point(theirs) + ours, 32)
    key = _derive(salt, material, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derive(salt, material, b"Content-Encoding: nonce\x00", 12)
    head = salt + RECORD_SIZE.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return head + AESGCM(key).encrypt(nonce, text + _END, None)


def _read(p256dh: str, auth: str) -> tuple[ec.EllipticCurvePublicKey, bytes]:
    try:
        theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decode(p256dh))
        secret = decode(auth)
    except (ValueError, InvalidKey) as error:
        raise UnusableKeys("these are not the keys of a browser") from error
    if len(secret) != 16:
        raise UnusableKeys("the secret of a browser has 16 bytes")
    return theirs, secret


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _derive(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(material)
