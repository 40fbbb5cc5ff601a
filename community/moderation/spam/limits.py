"""What each sign of advertising weighs, and from which score something happens."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from community.numbers.number import Number

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

_REPLAY = _("Before you change it, “Spam score” in the menu shows what the last 30 days would have been.")

HOLD_AT = Number(
    "moderation.spam_hold_at",
    _("Score from which a text waits for the team"),
    _REPLAY,
    default=75,
    least=1,
    most=101,
)
QUEUE_AT = Number(
    "moderation.spam_queue_at",
    _("Score from which a text is shown and put into the review queue"),
    _REPLAY,
    default=61,
    least=1,
    most=101,
)
ASK_AT = Number(
    "moderation.spam_ask_at",
    _("Score from which the browser of a newcomer does a small sum first"),
    _("What it did or did not do counts in the score. Only while the doors ask for it."),
    default=40,
    least=1,
    most=101,
)


def _weight(name: str, title: "_StrOrPromise", default: int) -> Number:
    return Number(f"moderation.spam_{name}", title, _REPLAY, default=default, least=0, most=100)


OUTSIDE = _weight("outside", _("Weight of what the outside checker says"), 60)
# By sign: what it weighs when it is there in full.
WEIGHTS: dict[str, Number] = {
    "new": _weight("new", _("Weight of a new account"), 15),
    "often": _weight("often", _("Weight of many texts within an hour"), 20),
    "links": _weight("links", _("Weight of links to several sites"), 15),
    "hosts": _weight("hosts", _("Weight of links to sites that were not wanted before"), 45),
    "alike": _weight("alike", _("Weight of a text like one that somebody wrote lately"), 35),
    "throwaway": _weight("throwaway", _("Weight of a throwaway e-mail address"), 20),
    "hurried": _weight("hurried", _("Weight of a text typed within seconds"), 20),
    "outside": OUTSIDE,
    "came": _weight("came", _("Weight of an account that was made as programs do"), 15),
    "unproven": _weight(
        "unproven", _("Weight of a small sum that a browser was asked for and did not do"), 20
    ),
    "trapped": _weight(
        "trapped", _("Weight of a form field that people do not see and programs fill in"), 60
    ),
}
