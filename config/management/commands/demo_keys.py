"""`manage.py demo_keys`: sign-ins and API keys of the demo community, as JSON."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from community.integrations.actions import create_api_key, revoke_api_key
from community.integrations.models import ApiKey
from community.integrations.scopes import EVERYTHING, PRIVATE, READING, WRITING
from community.members.models import Member
from config.demo.fill import sign_ins
from config.demo.guard import demo_people, refuse_in_public

CAST = {entry["role"]: entry for entry in sign_ins()}
# What each key may do, and whom it acts as.
KEYS = {
    "read": ("maya", READING),
    "write": ("maya", WRITING),
    "notices": ("maya", ("notices:read", "notices:write")),
    "moderation": ("hana", (*WRITING, "moderation:read", "moderation:write")),
    "full": ("admin", (*EVERYTHING, *PRIVATE)),
}


class Command(BaseCommand):
    """Secrets are not kept, so every call makes new demo keys and revokes those of the call before."""

    help = "Print the demo's sign-ins and fresh API keys as JSON."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Print addresses, accounts and keys."""
        refuse_in_public()
        handles = {entry["handle"] for entry in CAST.values()}
        members = demo_people()
        missing = sorted(handles - set(members))
        if missing:
            raise CommandError(
                f"The demo community is not here ({', '.join(missing)}). Run: manage.py seed_demo"
            )
        admin = members["admin"]
        for key in ApiKey.objects.usable().filter(name__startswith="Demo: "):
            revoke_api_key(actor=admin, key=key)
        said = {
            "base_url": settings.BASE_URL,
            "accounts": CAST,
            "keys": {
                name: _fresh_key(admin, members[handle], name, scopes)
                for name, (handle, scopes) in KEYS.items()
            },
        }
        self.stdout.write(json.dumps(said, indent=1))


def _fresh_key(admin: Member, member: Member, name: str, scopes: tuple[str, ...]) -> dict[str, Any]:
    _key, token = create_api_key(actor=admin, member=member, name=f"Demo: {name}", scopes=scopes)
    return {"acts_as": member.handle, "scopes": list(scopes), "token": token}
