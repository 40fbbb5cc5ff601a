"""Addresses whose owners want no invitations: remembered without keeping the address."""

import hashlib

from community.members.models import UninvitedAddress


def digest_of(email: str) -> str:
    """Return what is kept of an address."""
    return hashlib.sha256(email.strip().casefold().encode()).hexdigest()


def is_uninvited(email: str) -> bool:
    """Whether whoever reads this address asked for no more invitations."""
    return UninvitedAddress.objects.filter(pk=digest_of(email)).exists()
