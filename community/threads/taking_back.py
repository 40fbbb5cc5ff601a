"""What takes an act on several threads back, signed: it names threads that are not shown to whoever put them away."""

from collections.abc import Sequence

from django.core import signing
from django.utils.translation import gettext as _

from community.errors import Conflict
from community.members.models import Member
from community.threads.actions import Step

SALT = "threads.together"
# Long enough to look at what came of it; later each thread has the opposite act on its own page.
OFFERED_SECONDS = 3600


def offer_undo(actor: Member, steps: Sequence[Step]) -> str:
    """Return what `actor` sends to take it back, or nothing when nothing was done."""
    return signing.dumps([actor.pk, steps], salt=SALT, compress=True) if steps else ""


def is_offered(actor: Member, token: str) -> bool:
    """Return whether `token` still takes something back for `actor`."""
    try:
        read_undo(actor, token)
    except Conflict:
        return False
    return True


def read_undo(actor: Member, token: str) -> list[Step]:
    """Return what to do. Raises `Conflict` when it was not offered to `actor`, or too long ago."""
    try:
        whose, steps = signing.loads(token, salt=SALT, max_age=OFFERED_SECONDS)
    except signing.BadSignature:
        whose, steps = None, []
    if whose != actor.pk:
        raise Conflict(
            "undo_over", _("It is too late to take this back at once. Each thread can still be changed.")
        )
    return [Step(act, tuple(pks), space, tag) for act, pks, space, tag in steps]
