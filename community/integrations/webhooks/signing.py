"""Signing by the Standard Webhooks specification 1.0: HMAC-SHA256 over `id.timestamp.body`, one signature per secret in force."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

MARK = "whsec_"
# The specification asks for 24 to 64 bytes.
SECRET_BYTES = 32
PURPOSE = "webhooks"


def new_secret() -> str:
    """Return a secret as it is shown: `whsec_` and 32 random bytes in base64."""
    return MARK + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def new_key() -> str:
    """Return the id of a message. It stays the same however often the message is sent."""
    return "msg_" + secrets.token_hex(14)


def signature(secret: str, *, key: str, timestamp: int, body: bytes) -> str:
    """Return one signature: `v1,` and the base64 of the code."""
    opened = base64.b64decode(secret.removeprefix(MARK))
    said = f"{key}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(opened, said, hashlib.sha256).digest()).decode()


def signed_headers(held: Sequence[str], *, key: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the three headers of the specification. `timestamp` is in whole seconds and that of the try."""
    return {
        "webhook-id": key,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(
            signature(secret, key=key, timestamp=timestamp, body=body) for secret in held
        ),
    }
