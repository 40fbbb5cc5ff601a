"""Why a text waits, in the words of whoever reads it: its writer in plain ones, the team in those they work with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from community.moderation.spam.signals import NAMES

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True, slots=True)
class GroundWords:
    """One reason. `kind` names the case the desk opens for it."""

    for_writer: "_StrOrPromise"
    for_team: "_StrOrPromise"
    kind: str


# Its writer was paused when they sent it.
PAUSED = "silenced"

_GROUNDS: dict[str, GroundWords] = {}


def add_ground(code: str, for_writer: "_StrOrPromise", for_team: "_StrOrPromise", kind: str) -> None:
    """Name a reason. Called by the part that holds things for it."""
    _GROUNDS[code] = GroundWords(for_writer, for_team, kind)


def say_to_writer(ground: Mapping[str, Any]) -> str:
    """Return why it waits, as its writer reads it."""
    words = _GROUNDS.get(ground.get("code", ""))
    return str(words.for_writer) % _facts(ground) if words else ""


def say_to_team(ground: Mapping[str, Any]) -> str:
    """Return why it waits, as the team reads it."""
    words = _GROUNDS.get(ground.get("code", ""))
    return str(words.for_team) % _facts(ground) if words else str(ground.get("code", ""))


def _facts(ground: Mapping[str, Any]) -> dict[str, Any]:
    """Return what goes into the sentence, with the names of signs in the language of the reader."""
    facts = dict(ground.get("facts", {}))
    return {**facts, "why": ", ".join(str(NAMES.get(name, name)) for name in facts.get("signals", ()))}


def kind_of(grounds: list[Mapping[str, Any]]) -> str:
    """Return the kind of case for what waits for these reasons: the first one names it."""
    paused = next((ground for ground in grounds if ground.get("code") == PAUSED), None)
    named = paused or (grounds[0] if grounds else None)
    words = _GROUNDS.get(named.get("code", "")) if named else None
    return words.kind if words else "spam_signals"


add_ground(
    "word",
    _("It has a word that the team reads before it is shown: “%(word)s”."),
    _("It has the watched word “%(word)s”."),
    "watched_word",
)
add_ground(
    "words_slow",
    _("It could not be checked by itself, so someone of the team reads it."),
    _("A watched expression took too long for this text."),
    "watched_word",
)
add_ground(
    "first_post",
    _("The team reads what new members write first. It is the same for everyone."),
    _("It is among the first posts of a new member."),
    "first_post",
)
add_ground(
    "new_link",
    _("It has a link, and you are new here. The team looks at those first."),
    _("A new member wrote a link to %(host)s."),
    "held_link",
)
add_ground(
    "spam",
    _("It looks like advertising to us: %(why)s. If it is not, someone of the team lets it through."),
    _("Score %(score)s of 100: %(why)s."),
    "spam_signals",
)
add_ground(
    PAUSED,
    _(
        "Your writing is paused. What you sent is kept, and the team decides whether it is shown before the pause ends."
    ),
    _("It was sent while its writer was paused."),
    "paused_drafts",
)
