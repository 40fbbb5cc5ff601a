"""`manage.py audit_log --verify`: was anything changed in the log of what the team did?"""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from community.moderation.log.sealing import seal_entries, verify_chain


class Command(BaseCommand):
    """Seal what waits, or walk the whole chain; print the result as JSON. The exit code is 1 when the chain is broken."""

    help = "Seal the audit log, and check that nothing in it was changed or removed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask whether to check."""
        parser.add_argument("--verify", action="store_true", help="Compare every entry with its seal.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, and check when asked to."""
        sealed = 0
        while now := seal_entries():
            sealed += now
        result: dict[str, Any] = {"newly_sealed": sealed}
        if options["verify"]:
            verdict = verify_chain()
            result |= {"holds": verdict.holds, **asdict(verdict)}
        self.stdout.write(json.dumps(result, indent=2))
        if not result.get("holds", True):
            sys.exit(1)
