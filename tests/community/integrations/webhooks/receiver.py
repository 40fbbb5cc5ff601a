"""A brand's system that listens, and all the ways in which it can fail."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Receiver:
    """What it does next and what it heard. `mode`: ok, down, slow, cut, redirect, huge, drip, or a status as text."""

    url: str = ""
    mode: str = "ok"
    seconds: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return self.url.removesuffix("/hooks")

    def bodies(self) -> list[Any]:
        import json

        return [json.loads(body) for _headers, body in self.heard]


class Handler(BaseHTTPRequestHandler):
    """Does as its receiver's mode says."""

    receiver: Receiver

    def do_POST(self) -> None:
        told = self.receiver
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told.heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
        if told.mode == "down":
            self.connection.close()
            return
        time.sleep(told.seconds)
        status = int(told.mode) if told.mode.isdigit() else 302 if told.mode == "redirect" else 200
        said = b"x" * 5_000_000 if told.mode == "huge" else b"taken, thank you"
        self.send_response(status)
        for name, value in told.headers.items():
            self.send_header(name, value)
        if told.mode == "redirect":
            self.send_header("Location", "http://169.254.169.254/latest/meta-data/")
        self.send_header("Content-Length", str(len(said) + (100 if told.mode == "cut" else 0)))
        self.end_headers()
        try:
            self.wfile.write(said)
        except OSError:
            return

    def log_message(self, *args: Any) -> None:
        return


@contextmanager
def listening(**fields: Any) -> Iterator[Receiver]:
    """Run a receiver on this machine."""
    receiver = Receiver(**fields)
    handler = type("Bound", (Handler,), {"receiver": receiver})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    receiver.url = f"http://127.0.0.1:{server.server_port}/hooks"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
