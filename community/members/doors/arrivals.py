"""What a form to join says of whoever filled it in: whether that leaves a doubt, and what follows from it."""

from community.members.doors.memory import door_rules
from community.members.models import Arrival, Member, ProofAsked
from community.proof import Proof
from community.screening import Manner

# In seconds. Browsers that fill in everything by themselves take longer, because somebody presses the button.
TOO_QUICK = 1.5


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
