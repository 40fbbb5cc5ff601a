"""Where the demo may not be told: its people have passwords that everyone knows, one of them an administrator's."""

import os

from django.core.management.base import CommandError

from community.members.models import Member

# Nobody real has an address here: the ending is reserved.
DOMAIN = "@tarn.example"


def demo_people() -> dict[str, Member]:
    """Return the people of the demo by handle. Someone real with the same handle is not one of them."""
    people = Member.objects.get_queryset().filter(email__endswith=DOMAIN)
    return {member.handle: member for member in people if member.email == f"{member.handle}{DOMAIN}"}


def refuse_in_public() -> None:
    """Raise `CommandError` on a public site."""
    if os.environ.get("PORCHLIGHT_ENV") == "production":
        raise CommandError(
            "Everyone knows the demo's passwords, so it is not for a public site (PORCHLIGHT_ENV=production)."
        )


def refuse_among_others() -> None:
    """Raise `CommandError` where other people are than the demo's own."""
    refuse_in_public()
    if Member.objects.exists() and not demo_people():
        raise CommandError("People are here already. The demo is for an empty community only.")
