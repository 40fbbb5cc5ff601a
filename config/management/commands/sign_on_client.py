"""`manage.py sign_on_client`: lets another site ask this community who somebody is (`IDENTITY_PROVIDER=1`)."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.utils.crypto import get_random_string


class Command(BaseCommand):
    """The secret is printed once and kept only as a hash."""

    help = "Let another site sign its people in by this community. Prints its client ID and secret as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who it is, and where people go back to."""
        parser.add_argument("name", help="What people know it as.")
        parser.add_argument("return_address", nargs="+", help="The exact addresses people may go back to.")
        parser.add_argument(
            "--ask", action="store_true", help="Ask people before they go back the first time."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the client down."""
        if not settings.IDENTITY_PROVIDER:
            raise CommandError("Start this community with IDENTITY_PROVIDER=1 first (docs/signing-in.md).")
        from allauth.idp.oidc.models import Client

        secret = get_random_string(43)
        client = Client(name=options["name"], secret=make_password(secret), skip_consent=not options["ask"])
        client.set_redirect_uris(options["return_address"])
        client.set_scopes(["openid", "profile", "email"])
        client.save()
        issuer = settings.BASE_URL
        self.stdout.write(json.dumps({"issuer": issuer, "client_id": client.pk, "client_secret": secret}))
