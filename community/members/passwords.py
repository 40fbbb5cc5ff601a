"""How long a password may be: hashing takes memory and time, and nobody types a megabyte."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 128


class NotTooLong:
    """Refuses a password beyond measure before it is hashed."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise when it is too long."""
        if len(password) > LONGEST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """Say how long it may be."""
        return _("At most %(n)d characters.") % {"n": LONGEST}
