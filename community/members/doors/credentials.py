"""The forms that devices answer with a passkey. allauth's break on answers that no device gives; these refuse them like a wrong one."""

import struct
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms
from cryptography.exceptions import InvalidSignature

# What the package that reads the answers runs into when somebody made one up.
_MADE_UP = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    InvalidSignature,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
)


def _refusing(check: Callable[[], Any]) -> Any:
    try:
        return check()
    except _MADE_UP as error:
        raise get_adapter().validation_error("incorrect_code") from error


class _Made:
    """A passkey that a device has made."""

    def clean(self) -> Any:
        """Refuse what is none."""
        return _refusing(super().clean)  # type: ignore[misc]


class _Shown:
    """A passkey that a device shows."""

    def clean_credential(self) -> Any:
        """Refuse what is none."""
        return _refusing(super().clean_credential)  # type: ignore[misc]


class AddForm(_Made, forms.AddWebAuthnForm):
    """A member adds one."""


class SignupForm(_Made, forms.SignupWebAuthnForm):
    """A newcomer makes one."""


class LoginForm(_Shown, forms.LoginWebAuthnForm):
    """Somebody signs in with one."""


class AuthenticateForm(_Shown, forms.AuthenticateWebAuthnForm):
    """A member shows one as their second step."""


class ReauthenticateForm(_Shown, forms.ReauthenticateWebAuthnForm):
    """A member shows that it is still them."""
