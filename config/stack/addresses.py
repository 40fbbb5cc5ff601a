"""Where the site listens.

Pages and live updates are two processes on two ports of one host. Cookies do not know ports, so a session is valid at both;
the page's policy allows the second one by name (`PORCHLIGHT_LIVE_URL`). Behind a proxy both share one address: route
`/live/` to the live process and set `PORCHLIGHT_LIVE_URL` to the site's own origin (docs/self-hosting.md).
"""

import ipaddress
import os

from config.stack.faults import StackFault


def host() -> str:
    """The interface to listen at; only this machine unless told otherwise."""
    return os.environ.get("HOST") or "127.0.0.1"


def own_host() -> str:
    """How this machine reaches itself when it listens everywhere."""
    try:
        everywhere = ipaddress.ip_address(host()).is_unspecified
    except ValueError:
        return host()
    return "localhost" if everywhere else host()


def is_private() -> bool:
    """Whether only this machine can reach the site."""
    try:
        return ipaddress.ip_address(host()).is_loopback
    except ValueError:
        return host() == "localhost"


def web_port() -> int:
    """Where pages are served."""
    return _number("PORT", 8000)


def live_port() -> int:
    """Where live updates are served."""
    return _number("PORCHLIGHT_LIVE_PORT", web_port() + 1)


def site_url() -> str:
    """What to type into a browser."""
    return os.environ.get("BASE_URL") or f"http://localhost:{web_port()}"


def live_url() -> str:
    """Where a page finds live updates."""
    chosen = os.environ.get("PORCHLIGHT_LIVE_URL")
    if chosen or os.environ.get("BASE_URL"):
        return chosen or ""
    return f"http://localhost:{live_port()}/live/"


def _number(name: str, default: int) -> int:
    said = os.environ.get(name) or str(default)
    if said.isdigit() and 0 < int(said) < 65536:
        return int(said)
    raise StackFault(f"{name}={said} is not a port.", f"Use a number, for example {name}={default}.")
