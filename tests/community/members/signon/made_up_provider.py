"""A provider of OpenID Connect on this machine that says whatever a test wants."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT = "porch"


class MadeUp:
    """What it says of itself, of somebody, and how it signs."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.issuer = url
        self.signs_with: Any = KEY
        self.algorithm = "RS256"
        self.name_of_key: str | None = "one"
        self.word: dict[str, Any] = {}
        self.told: dict[str, Any] = {}
        self.without_word = False
        self.be("ines")

    def be(self, sub: str, **told: Any) -> None:
        """Say this of the one who comes back."""
        self.told = {"sub": sub, "email": f"{sub}@example.org", "email_verified": True, "name": "Ines Ibarra"}
        self.told |= told
        now = int(time.time())
        self.word = {"iss": self.issuer, "aud": CLIENT, "sub": sub, "iat": now, "exp": now + 300}

    def id_token(self) -> str:
        """Return the signed word."""
        headers = {"kid": self.name_of_key} if self.name_of_key else {}
        key = None if self.algorithm == "none" else self.signs_with
        return jwt.encode(self.word, key, algorithm=self.algorithm, headers=headers)

    def answer(self, path: str) -> dict[str, Any]:
        """Return what lies at a path."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "userinfo_endpoint": f"{self.url}/userinfo",
                "jwks_uri": f"{self.url}/keys",
            }
        if path == "/keys":
            return {"keys": [{**public(KEY), "kid": "one", "use": "sig", "alg": "RS256"}]}
        if path == "/token":
            given = {"access_token": "a", "token_type": "Bearer", "expires_in": 300}
            return given if self.without_word else {**given, "id_token": self.id_token()}
        return self.told


def public(key: Any) -> dict[str, Any]:
    """Return the half of a key that everyone may know."""
    found: dict[str, Any] = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return found


def text_of_public_key() -> bytes:
    """Return the public half as the secret that a confused reader would take it for."""
    return base64.b64decode(public(KEY)["n"].replace("-", "+").replace("_", "/") + "==")


@contextmanager
def made_up_provider() -> Iterator[MadeUp]:
    """Answer until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = json.dumps(made_up.answer(self.path.split("?")[0])).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made_up = MadeUp(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made_up
    finally:
        server.shutdown()
        server.server_close()
