"""The words of thanks and shout-outs: one line of plain text, of a length that says something, judged before anybody reads it."""

import re

from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.models import Member
from community.screening import Place, Writing, judge
from community.writing.lines import ink, one_line, too_long
from rewards.praise.models import LEAST_WORDS

# Thanks lead nowhere, so nobody advertises with them.
_ADDRESS = re.compile(r"https?://|www\.\S", re.IGNORECASE)


def checked_words(actor: Member, words: str, most: int) -> str:
    """Return words as they are kept. Raises `Invalid` when they are too short, too long, an address, or not let through."""
    line = one_line(words)
    sentence = too_long(line, most)
    if ink(line) < LEAST_WORDS:
        sentence = _("Say in a sentence what they did: at least %(n)d characters.") % {"n": LEAST_WORDS}
    elif _ADDRESS.search(line):
        sentence = _("Thanks are words alone. Leave out the address.")
    if sentence:
        raise Invalid("words_unusable", sentence, fields={"words": sentence})
    return line if actor.is_staff else _judged(actor, line, most)


def _judged(actor: Member, line: str, most: int) -> str:
    writing = judge(Writing(Place.PRAISE, actor, {"words": line}))
    if writing.grounds:
        # They are for today: what would wait for the team is better said in other words.
        sentence = _(
            "These words cannot be shown as they are. Say it in other words; what you typed is kept."
        )
        raise Invalid("words_held", sentence, fields={"words": sentence})
    # What was put in the place of a watched word may be longer.
    return one_line(writing.texts["words"])[:most]
