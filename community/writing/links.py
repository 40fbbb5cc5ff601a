"""Which addresses a member's text may link to, and how bare addresses and mentions are found in plain text."""

import re

MAX_URL = 2_000
MAX_HOST = 253

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_AUTHORITY = re.compile(r"https?://([^/?#]*)", re.IGNORECASE)
_UPLOAD = re.compile(r"/files/([0-9a-f]{32})/[a-z0-9]{1,12}\.webp(?:#([1-9]\d{0,3})x([1-9]\d{0,3}))?")
_UNSEEN = re.compile(r"[\x00-\x20\x7f\\]")

# An address runs to the next blank or angle bracket; what belongs to the sentence is trimmed afterwards.
# A name starts at an @ that no letter, digit, slash or second @ leads up to, so e-mail addresses and paths stay whole.
BARE = re.compile(
    r"(?<!\w)(?P<url>(?:https?://|www\.)[^\s<>\x00-\x1f]+)"
    r"|(?<![\w@/.+\-])@(?P<handle>\w(?:[\w.\-]{0,58}\w)?)(?![\w@])",
    re.IGNORECASE,
)
_SENTENCE_END = "?!.,:;*_~'\"`|。，、！？；：）」』】》"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def is_safe_link(url: str) -> bool:
    """Allow http, https, mailto and addresses within this site; refuse everything else, including `//host`.

    Userinfo (`https://bank.example@evil.example`) is refused because it only serves to deceive.
    """
    if len(url) > MAX_URL or _UNSEEN.search(url) or url.startswith("//"):
        return False
    scheme = _SCHEME.match(url)
    if scheme is None or scheme[1].lower() == "mailto":
        return True
    authority = _AUTHORITY.match(url)
    return authority is not None and 0 < len(authority[1]) <= MAX_HOST and "@" not in authority[1]


def is_external(url: str) -> bool:
    """Tell whether a safe link leaves this site."""
    return url[:5].lower() in {"http:", "https"}


def own_upload(url: str) -> tuple[str, int, int] | None:
    """Return key, width and height when `url` is one of this site's own images; 0 stands for an unknown size."""
    match = _UPLOAD.fullmatch(url)
    return (match[1], int(match[2] or 0), int(match[3] or 0)) if match else None


def trim_address(url: str) -> str:
    """Cut the punctuation that ends the sentence rather than the address, and brackets that were opened before it."""
    end = len(url)
    counts = {mark: url.count(mark) for pair in _BRACKETS.items() for mark in pair}
    while end:
        last = url[end - 1]
        opener = _BRACKETS.get(last)
        if opener is not None:
            if counts[last] <= counts[opener]:
                break
            counts[last] -= 1
        elif last not in _SENTENCE_END:
            break
        end -= 1
    return url[:end]


def address_of(bare: str) -> str | None:
    """Return the full address for a bare one found in text, or None when it is only a look-alike."""
    if bare[:4].lower() == "www.":
        host = re.split(r"[/?#]", bare, maxsplit=1)[0]
        return (
            f"http://{bare}" if re.fullmatch(r"www\.[\w-]+(\.[\w-]+)+(:\d+)?", host, re.IGNORECASE) else None
        )
    host = re.split(r"[/?#]", bare.partition("://")[2], maxsplit=1)[0]
    return bare if re.search(r"\w", host) else None
