"""A real web server of strangers, for what is fetched from outside."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Strangers:
    """Pages by path: (status, headers, body). `asked` are the paths that were called, with what was said."""

    origin: str = ""
    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def add(self, path: str, head: str = "", *, status: int = 200, **headers: str) -> str:
        """Put a page up. Returns its address."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        body = f"<!doctype html><html><head>{head}</head><body>Hello</body></html>".encode()
        self.pages[path] = (status, {"Content-Type": "text/html; charset=utf-8", **said}, body)
        return self.origin + path


@contextmanager
def strangers() -> Iterator[Strangers]:
    """Run the server on a free port of this machine."""
    known = Strangers()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known.asked.append((self.path, dict(self.headers)))
            status, headers, body = known.pages.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.origin = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
