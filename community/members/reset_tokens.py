"""The links that choose a new password. allauth asks for them while it is loaded, so they stand alone."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.tokens import PasswordResetTokenGenerator


class ResetTokens(PasswordResetTokenGenerator):
    """A change of address or password closes a link, and so does what the team decides about the account. One that is asked for
    after that is another."""

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        known = EmailAddress.objects.filter(user_id=user.pk).values_list("email", flat=True)
        addresses = sorted({user.email, *known})
        said = super()._make_hash_value(user, timestamp)
        return f"{said}{addresses}{user.is_active}{user.suspended_until}"
