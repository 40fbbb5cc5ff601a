"""`manage.py audit_ledger`: do the promises of the points ledger hold?"""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from rewards.points import audit


class Command(BaseCommand):
    """Print the result as JSON; the exit code is 1 when a promise does not hold."""

    help = "Check that points were never lost, made or counted twice."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every check."""
        breaches = audit.audit_ledger()
        self.stdout.write(json.dumps(audit.report(breaches), indent=2, default=str))
        if breaches:
            sys.exit(1)
