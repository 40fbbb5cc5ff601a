"""What a form to join says of whoever filled it in: whether that leaves a doubt, and what follows from it."""

import datetime as dt

from django.utils import timezone

from community.members.doors.memory import door_rules
from community.members.models import Arrival, Member, ProofAsked
from community.proof import Proof
from community.screening import Manner

# In seconds. Browsers that fill in everything by themselves take longer, because somebody presses the button.
TOO_QUICK = 1.5


# Afterwards what somebody wrote says more about them than how they came.
KEPT = dt.timedelta(days=30)


def was_quick(manner: Manner) -> bool:
    """Return whether a form came back sooner than people type."""
    return manner.seconds is not None and manner.seconds < TOO_QUICK


def is_doubtful(manner: Manner) -> bool:
    """Return whether an account would be made in doubt. Whoever did the sum is not doubted for being quick."""
    asked = door_rules().proof
    if asked == ProofAsked.OFF or manner.proof == Proof.SOLVED:
        return False
    return asked == ProofAsked.ALWAYS or was_quick(manner)


def must_be_read(manner: Manner) -> bool:
    """Return whether the team looks at an account first because no sum was done: nobody is locked out for having no script."""
    return door_rules().proof == ProofAsked.ALWAYS and manner.proof != Proof.SOLVED


def note_arrival(*, actor: Member, manner: Manner) -> bool:
    """Keep that a newcomer came in doubt, for the score of what they write. Returns whether they did."""
    if not is_doubtful(manner):
        return False
    values = {"was_quick": was_quick(manner), "proof": manner.proof.value}
    Arrival.objects.get_or_create(member=actor, defaults=values)
    return True


def forget_arrivals(*, actor: Member | None) -> int:
    """Forget how people came who are here for a while. Returns how many were forgotten."""
    return Arrival.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
