"""How long a password may be."""

import pytest
from django.core.exceptions import ValidationError

from community.members.passwords import NotTooLong


def test_a_long_password_is_welcome_and_one_beyond_measure_is_not() -> None:
    NotTooLong().validate("x" * 128)

    with pytest.raises(ValidationError, match="At most 128"):
        NotTooLong().validate("x" * 129)
