"""`manage.py audit_ledger`: do the promises of points and badges hold?"""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from rewards.badges.audit import PROMISE, audit_badges
from rewards.points.audit import audit_ledger, report


class Command(BaseCommand):
    """Print the result as JSON; the exit code is 1 when a promise does not hold."""

    help = "Check that points were never lost, made or counted twice, and that badges are deserved."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every check."""
        result = report([*audit_ledger(), *audit_badges()])
        result["promises"].append(PROMISE)
        self.stdout.write(json.dumps(result, indent=2, default=str))
        if not result["ok"]:
            sys.exit(1)
