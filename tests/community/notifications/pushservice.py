"""A push service of our own: takes what a real one would, checks who calls, and opens letters with the browser's key."""

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from config.stack.secrets import new_vapid_key


def code(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def uncode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """What a browser keeps to itself, and the address its push service gave it."""

    def __init__(self, service: "PushService", name: str) -> None:
        self.endpoint = f"{service.address}/send/{name}"
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.secret = bytes(range(16))

    @property
    def point(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    @property
    def keys(self) -> dict[str, str]:
        return {"p256dh": code(self.point), "auth": code(self.secret)}

    def open(self, body: bytes) -> Any:
        """Open a letter as RFC 8291 says, written here a second time."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        assert size == 4096 and length == 65 and len(body) <= 4096
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        shared = self.private.exchange(ec.ECDH(), public)
        material = _hkdf(self.secret, shared, b"WebPush: info\0" + self.point + theirs, 32)
        key = _hkdf(salt, material, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(salt, material, b"Content-Encoding: nonce\0", 12)
        text = AESGCM(key).decrypt(nonce, sealed, None)
        assert text[-1:] == b"\x02"
        return json.loads(text[:-1])


def _hkdf(salt: bytes, material: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(material)


def check_caller(header: str, origin: str) -> dict[str, Any]:
    """Return the claims of a call; fails unless they are signed by the key they name, for this service."""
    scheme, _space, rest = header.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, claims, signature = parts["t"].split(".")
    raw = uncode(signature)
    r, s = (int.from_bytes(half, "big") for half in (raw[:32], raw[32:]))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), uncode(parts["k"]))
    key.verify(utils.encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    said: dict[str, Any] = json.loads(uncode(claims))
    assert scheme == "vapid" and json.loads(uncode(head)) == {"typ": "JWT", "alg": "ES256"}
    assert said["aud"] == origin
    return said


class PushService:
    """What arrived, and how to answer the next calls: `answers = [410]`."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.by_path: dict[str, int] = {}
        self.claims: list[dict[str, Any]] = []
        self.slow = threading.Event()
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = service.by_path.get(self.path) or (
                    service.answers.pop(0) if service.answers else 201
                )
                service.claims.append(check_caller(self.headers["Authorization"], service.address))
                service.calls.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(b"said")

            def log_message(self, *_arguments: Any) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def browser(self, name: str) -> Browser:
        return Browser(self, name)

    def read(self, browser: Browser) -> list[Any]:
        """What a browser was told, opened with its key."""
        path = browser.endpoint.removeprefix(self.address)
        return [browser.open(body) for called, _headers, body in self.calls if called == path]


@pytest.fixture
def service(settings: Any) -> Iterator[PushService]:
    """A push service on this machine, trusted by its origin, and a key to call it with."""
    made = PushService()
    settings.EGRESS_TRUSTED = [made.address]
    settings.VAPID_PRIVATE_KEY = new_vapid_key()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
