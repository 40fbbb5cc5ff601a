"""Numbers as they come in addresses and forms: what is none, or more than any column holds, is nothing.

`"٣".isdecimal()` is true, and Python refuses to read more than some thousand digits with an error of its own; so nobody asks for
themselves whether a text is a number.
"""

LONGEST = 18


def number_in(text: str | None) -> int | None:
    """Return the number that a text is, or None."""
    return int(text) if text and len(text) <= LONGEST and text.isascii() and text.isdigit() else None
