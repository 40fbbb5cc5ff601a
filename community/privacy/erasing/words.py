"""Which words say who somebody was, and what stands in their place.

A handle behind its sign, an address, and a value of data that is nothing but the name are taken out wherever they stand. A name
inside what other people wrote is their own words and stays; inside what we wrote ourselves (letters, the log) it goes.
"""

import re
from html import escape
from typing import Any

from community.belongings import Leaving
from community.privacy.erasing.identity import NOBODY

_ENDS = r"(?![\w-]|\.\w)"


class Words:
    """The words of one member who is being erased."""

    def __init__(self, leaving: Leaving) -> None:
        handle = re.escape(leaving.handle)
        self._exact = {leaving.handle, leaving.name, f"@{leaving.handle}", *leaving.emails} - {"", "@"}
        self._link = re.compile(rf'<a\b[^>]*href="[^"]*/@{handle}/?(?:["?#][^>]*)?>(.*?)</a>', re.I | re.S)
        self._sign = re.compile(rf"(?<![\w.@-])@{handle}{_ENDS}", re.I)
        addresses = "|".join(re.escape(address) for address in leaving.emails)
        self._address = re.compile(rf"(?<![\w.+-])(?:{addresses})(?![\w-])", re.I) if addresses else None
        self._quoted = f'"{leaving.handle}"'
        names = {leaving.name, escape(leaving.name)} - {""}
        alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        self._name = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if alternatives else None

    def out_of(self, value: Any, *, ours: bool) -> Any:
        """Return a value without them: a text, a list or an object of any depth."""
        if isinstance(value, str):
            return self._text(value, ours=ours)
        if isinstance(value, list):
            return [self._data(each, ours=ours) for each in value]
        if isinstance(value, dict):
            return {key: self._data(each, ours=ours) for key, each in value.items()}
        return value

    def _data(self, value: Any, *, ours: bool) -> Any:
        if isinstance(value, str) and value in self._exact:
            return NOBODY
        return self.out_of(value, ours=ours)

    def _text(self, text: str, *, ours: bool) -> str:
        text = self._sign.sub(f"@{NOBODY}", self._link.sub(r"\1", text))
        if self._address is not None:
            text = self._address.sub(NOBODY, text)
        if ours:
            # Answers to programs that were kept as they were sent.
            text = text.replace(self._quoted, f'"{NOBODY}"')
            text = self._name.sub(NOBODY, text) if self._name is not None else text
        return text


def patterns(leaving: Leaving) -> list[str]:
    """Return what a row must hold for a closer look, for ILIKE."""
    found = {f"@{leaving.handle}", f'"{leaving.handle}"', *leaving.emails}
    if leaving.name:
        found |= {leaving.name, escape(leaving.name)}
    return [f"%{_plain(word)}%" for word in sorted(found)]


def _plain(word: str) -> str:
    """Return a word in which no sign means anything to LIKE."""
    return re.sub(r"([\\%_])", r"\\\1", word)
