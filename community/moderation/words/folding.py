"""Text as it looks rather than as it is spelt, so that a watched word is found behind look-alike letters, full-width
forms, accents and characters that nobody sees.

Folding goes letter by letter, so that every letter of the folded text knows where it came from.
"""

import unicodedata

# Letters of other scripts that pass for Latin ones. Small on purpose: what nobody takes for a Latin letter stays itself.
_LOOK_ALIKES = {
    **dict(zip("асеорухіјѕԁһӏкмтвнԛԝ", "aceopyxijsdhlkmtbhqw", strict=True)),
    **dict(zip("АВЕКМНОРСТУХІЈЅ", "abekmhopctyxijs", strict=True)),
    **dict(zip("αορνυικτηχγωβε", "aopvuiktnxywbe", strict=True)),
    **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx", strict=True)),
    **dict(zip("ıɡɑʟøłđƒօսհոɩʋ", "igaloldfouhniv", strict=True)),
}
# Drawn by nothing or over the letter before: combining marks, variation selectors, fillers, vowel signs of Arabic.
_UNSEEN = (
    (0x0300, 0x036F),
    (0x0610, 0x061A),
    (0x0640, 0x0640),
    (0x064B, 0x065F),
    (0x0670, 0x0670),
    (0x06D6, 0x06DC),
    (0x115F, 0x1160),
    (0x1AB0, 0x1AFF),
    (0x20D0, 0x20F0),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFFA0, 0xFFA0),
)
# Scripts in which a letter with a mark is shown as one: Latin, Greek, Cyrillic, Arabic. Hangul and kana stay whole.
_MARKED = ((0x00C0, 0x052F), (0x0600, 0x06FF), (0x1E00, 0x1FFF))


class _Table(dict[int, str]):
    """Answers for a letter once and remembers; `str.translate` then runs at the speed of C."""

    def __init__(self, *, keeps_case: bool) -> None:
        super().__init__()
        self.keeps_case = keeps_case

    def __missing__(self, code: int) -> str:
        folded = self[code] = _settled(chr(code), self.keeps_case)
        return folded


def _settled(letter: str, keeps_case: bool) -> str:
    folded = letter
    while (further := "".join(_folded(one, keeps_case) for one in folded)) != folded:
        folded = further
    return folded


def _folded(letter: str, keeps_case: bool) -> str:
    code = ord(letter)
    if unicodedata.category(letter) == "Cf" or any(low <= code <= high for low, high in _UNSEEN):
        return ""
    if letter in _LOOK_ALIKES:
        plain = _LOOK_ALIKES[letter]
        return plain.upper() if keeps_case and letter.isupper() else plain
    plain = unicodedata.normalize("NFKC", letter)
    if any(low <= code <= high for low, high in _MARKED):
        plain = unicodedata.normalize("NFD", plain)
    return plain if keeps_case else plain.casefold()


_SMALL, _CASED = _Table(keeps_case=False), _Table(keeps_case=True)


def fold(text: str, *, keeps_case: bool = False) -> str:
    """Return how a text looks. What is folded stays as it is when it is folded again."""
    if text.isascii():
        return text if keeps_case else text.lower()
    return text.translate(_CASED if keeps_case else _SMALL)


def fold_with_places(text: str, *, keeps_case: bool = False) -> tuple[str, list[int]]:
    """Return the same, with the place in `text` of each folded letter, and the length of `text` at the end."""
    table = _CASED if keeps_case else _SMALL
    pieces, places = [], []
    for place, letter in enumerate(text):
        piece = table[ord(letter)]
        pieces.append(piece)
        places.extend([place] * len(piece))
    places.append(len(text))
    return "".join(pieces), places


def span_of(text: str, places: list[int], start: int, end: int) -> tuple[int, int]:
    """Return which part of `text` a part of its folded form came from, with the unseen that follows its last letter."""
    first, last = places[start], places[end - 1] + 1
    while last < len(text) and not _SMALL[ord(text[last])]:
        last += 1
    return first, last
