"""By which names the site may be asked for.

A name that leads here but is not ours could be somebody else's page, which makes a visitor's browser speak to a copy on their
own machine. So even a trial answers only to its own names: the one of `BASE_URL`, those of this machine, and what
`ALLOWED_HOSTS` adds.
"""

import os
import socket
from urllib.parse import urlsplit

from config.stack import addresses

LOCAL = ("localhost", ".localhost", "127.0.0.1", "[::1]")
# Addresses that documents use and nobody has: asking which way leads there sends nothing.
_FAR = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))


def allowed() -> list[str]:
    """Return the names, that of `BASE_URL` first."""
    url = addresses.site_url()
    names = [_written(urlsplit(url).hostname or "localhost")]
    if not url.startswith("https://"):
        names += [*LOCAL, *(() if addresses.is_private() else own_names())]
    added = (name.strip().lower() for name in os.environ.get("ALLOWED_HOSTS", "").split(","))
    return list(dict.fromkeys([*names, *(name for name in added if name)]))


def own_names() -> list[str]:
    """Return what this machine is called and the addresses it is reached at, without asking any server."""
    name = socket.gethostname().lower()
    own = [name, *([] if "." in name else [f"{name}.local"])]
    for family, far in _FAR:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((far, 9))
                own.append(_written(str(probe.getsockname()[0])))
        except OSError:
            continue
    listening = _written(addresses.host())
    return [*own, listening] if listening not in ("0.0.0.0", "[::]") else own  # noqa: S104 - compared, not bound


def cure(host: str) -> str:
    """Say what to do when `host` is a name of the site that it does not know."""
    bare = urlsplit(f"//{host}").hostname or host
    return (
        f"If it is one of its addresses, start it with BASE_URL=http://{host}"
        f" or, to keep {addresses.site_url()} in its e-mails, with ALLOWED_HOSTS={_written(bare)}"
    )


def _written(host: str) -> str:
    """Return a name as a browser writes it: addresses with colons stand in brackets."""
    return f"[{host}]" if ":" in host and not host.startswith("[") else host.lower()
