"""Whether a mail was really sent by the address in its From line, as the server that took it in for us has judged.

Anyone can write any From line. The receiving server knows better and writes down what it found (RFC 8601); it also takes
away such lines that came with the mail under its name. So only the first line of the server named in
`INBOUND_TRUSTED_RECEIVER` counts.
"""

import re
from email.message import Message

from django.conf import settings

_LONGEST = 4_000
# "dkim=pass (a comment) header.d=example.org": one method, its result, and what it was about.
_COMMENT = re.compile(r"\([^()]*\)")
_METHOD = re.compile(r"\s*([a-z-]+)(?:/\d+)?\s*=\s*([a-z]+)\b(.*)", re.S)
_ABOUT = re.compile(r"\b(?:header\.d|header\.i|smtp\.mailfrom)\s*=\s*\"?([^\s;\"]+)")


def is_proven(message: Message, sender: str) -> bool | None:
    """Return whether the trusted receiver vouches for `sender`; None while none is named, and nothing is asked.

    DMARC decides where it was judged. Else DKIM or SPF must have passed for the domain of the From line, or one that it is part of.
    """
    trusted = settings.INBOUND_TRUSTED_RECEIVER.strip().lower()
    if not trusted:
        return None
    domain = sender.rpartition("@")[2].lower()
    found = _judgement(message, trusted)
    dmarc = [result for method, result, _about in found if method == "dmarc"]
    if "fail" in dmarc:
        return False
    if "pass" in dmarc:
        return True
    return any(
        method in ("dkim", "spf") and result == "pass" and _is_aligned(domain, about)
        for method, result, about in found
    )


def _judgement(message: Message, trusted: str) -> list[tuple[str, str, str]]:
    """Return the methods, results and domains of the first line that the trusted receiver wrote."""
    for value in message.get_all("Authentication-Results", []):
        text = _COMMENT.sub(" ", " ".join(str(value)[:_LONGEST].split())).lower()
        server, *methods = text.split(";")
        if server.split()[:1] != [trusted]:
            continue
        matches = [match for method in methods if (match := _METHOD.fullmatch(method))]
        return [(match[1], match[2], _domain(match[3])) for match in matches]
    return []


def _domain(rest: str) -> str:
    about = _ABOUT.search(rest)
    return about[1].rpartition("@")[2].strip(".") if about else ""


def _is_aligned(domain: str, proven: str) -> bool:
    """Whether what was proven speaks for the domain: the same one, or either is part of the other, as in DMARC's relaxed mode."""
    if not domain or "." not in proven:
        return False
    return domain == proven or domain.endswith(f".{proven}") or proven.endswith(f".{domain}")
