"""How a form was typed, told by fields that only newcomers' forms carry: one that people do not see and programs fill in, the
moment at which the form was drawn, signed, and where there is doubt a small sum for the browser (`community.proof`)."""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.signing import BadSignature, Signer
from django.templatetags.static import static
from django.utils.translation import gettext as _
from markupsafe import Markup

from community.errors import Invalid
from community.proof import FIELD, Proof, check
from community.screening import Manner

if TYPE_CHECKING:
    from community.members.models import Member

TRAP, BEGUN = "homepage", "begun"
_SIGNER = "community.typed"
_FIELDS = Markup(
    '<div class="sr" aria-hidden="true"><label>{leave} <input type="text" name="homepage" value="" tabindex="-1" autocomplete="off"></label></div>'
    '<input type="hidden" name="begun" value="{begun}">'
)
_SUM = Markup(
    '<div hidden data-proof="/api/v1/challenge?purpose={purpose}" data-script="{script}" data-worker="{worker}" data-plain="{plain}"{go}>'
    '<input type="hidden" name="altcha" value=""></div>'
)
_GO = Markup(" data-go")


class SumWanted(Invalid):
    """A text that is in doubt: its form is drawn again with a small sum for the browser, which then sends it by itself."""

    def __init__(self) -> None:
        super().__init__(
            "proof_wanted",
            _(
                "Before this is shown we ask your browser for a small sum. It goes on by itself in a moment; if nothing happens, send it again."
            ),
        )


def trap_fields(
    actor: "Member | None", typed: Mapping[str, str] | None = None, *, asks: bool = False
) -> Markup:
    """Return the fields for somebody new or unknown; nothing for everyone else. `typed` is a form that is drawn again; with
    `asks` the browser does a small sum and sends it by itself."""
    if actor is not None and actor.trust_level > 0:
        return Markup()
    begun = (typed or {}).get(BEGUN) or Signer(salt=_SIGNER).sign(str(int(time.time() * 10)))
    fields = _FIELDS.format(leave=_("Leave this empty"), begun=begun)
    return fields + sum_field("post", at_once=asks) if asks or FIELD in (typed or {}) else fields


def sum_field(purpose: str, *, at_once: bool = False) -> Markup:
    """Return the field that a browser fills in with the small sum it did; without script it stays empty."""
    script, worker = static("dist/proof.js"), static("dist/vendor/altcha-worker.js")
    plain = static("dist/vendor/plain-sum.js")
    return _SUM.format(purpose=purpose, script=script, worker=worker, plain=plain, go=_GO if at_once else "")


def manner_of(typed: Mapping[str, str], *, purpose: str = "post", who: int = 0) -> Manner:
    """Return how a form was typed. What was not sent, or was made up, says nothing."""
    begun = typed.get(BEGUN, "")
    seconds: float | None = None
    try:
        seconds = max(0.0, time.time() - int(Signer(salt=_SIGNER).unsign(begun)) / 10) if begun else None
    except (BadSignature, ValueError):
        seconds = None
    proof = check(typed[FIELD], purpose, who) if FIELD in typed else Proof.UNASKED
    return Manner(seconds, is_trapped=bool(typed.get(TRAP, "").strip()), proof=proof, can_ask=True)
