"""What has been typed so far, as a question whose last word may go on."""


def prefixes(text: str, weights: str = "") -> str:
    """Return typed words for `to_tsquery`, looked for only among words of some weights when they are named."""
    words = ["".join(c for c in word if c.isalnum()) for word in text[:60].split()]
    words = [word for word in words if word][:6]
    mark = f":{weights}" if weights else ""
    return " & ".join([*(f"{word}{mark}" for word in words[:-1]), f"{words[-1]}:*{weights}"]) if words else ""
