"""What has been typed so far, as a question whose last word may go on."""


def prefixes(text: str) -> str:
    """Return typed words for `to_tsquery`."""
    words = ["".join(c for c in word if c.isalnum()) for word in text[:60].split()]
    words = [word for word in words if word][:6]
    return " & ".join([*words[:-1], f"{words[-1]}:*"]) if words else ""
