"""How a form was typed, told by two fields that only newcomers' forms carry: one that people do not see and programs fill in,
and the moment at which the form was drawn, signed."""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from markupsafe import Markup

from community.screening import Manner

if TYPE_CHECKING:
    from community.members.models import Member

TRAP, BEGUN = "homepage", "begun"
_SIGNER = "community.typed"
_FIELDS = Markup(
    '<div class="sr" aria-hidden="true"><label>{leave} <input type="text" name="homepage" value="" tabindex="-1" autocomplete="off"></label></div>'
    '<input type="hidden" name="begun" value="{begun}">'
)


def trap_fields(actor: "Member | None", typed: Mapping[str, str] | None = None) -> Markup:
    """Return the two fields for somebody new or unknown; nothing for everyone else. `typed` is a form that is drawn again."""
    if actor is not None and actor.trust_level > 0:
        return Markup()
    begun = (typed or {}).get(BEGUN) or Signer(salt=_SIGNER).sign(str(int(time.time() * 10)))
    return _FIELDS.format(leave=_("Leave this empty"), begun=begun)


def manner_of(typed: Mapping[str, str]) -> Manner:
    """Return how a form was typed. What was not sent, or was made up, says nothing."""
    begun = typed.get(BEGUN, "")
    seconds: float | None = None
    try:
        seconds = max(0.0, time.time() - int(Signer(salt=_SIGNER).unsign(begun)) / 10) if begun else None
    except (BadSignature, ValueError):
        seconds = None
    return Manner(seconds, is_trapped=bool(typed.get(TRAP, "").strip()))
