"""The answer to "may I?": truthy when yes, a reason when no."""

from dataclasses import dataclass

from community.errors import Refused


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision with three uses: templates test it, disabled buttons explain with it, actions require it."""

    allowed: bool
    code: str = ""
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise `Refused` with this verdict's reason unless it is a yes."""
        if not self.allowed:
            raise Refused(self.code, self.reason)


YES = Verdict(True)


def no(code: str, reason: str) -> Verdict:
    """Build a refusal from a stable code and a translated sentence."""
    return Verdict(False, code, str(reason))
