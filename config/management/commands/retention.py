"""`manage.py retention [--dry-run] [--only RULE …]`: what is too old, and away with it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from community.privacy.keeping.queries import count_some
from community.privacy.keeping.running import apply_rules
from community.retention import all_rules


class Command(BaseCommand):
    """Apply the rules of retention now, or say what they would remove. Prints JSON by rule."""

    help = "Remove what is kept long enough, or count it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which rules, and whether anything goes."""
        parser.add_argument("--dry-run", action="store_true", help="Count, and remove nothing.")
        parser.add_argument("--only", nargs="+", default=[], metavar="RULE", help="Only these rules.")
        parser.add_argument("--seconds", type=float, default=3600, help="Stop after so long.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count or remove."""
        only = options["only"]
        unknown = set(only) - {rule.key for rule in all_rules()}
        if unknown:
            raise CommandError(f"There is no rule {', '.join(sorted(unknown))}.")
        if options["dry_run"]:
            result = {
                rule.key: count_some(rule.old()) for rule in all_rules() if not only or rule.key in only
            }
        else:
            result = apply_rules(only=only, seconds=options["seconds"])
        self.stdout.write(json.dumps(result, indent=2))
