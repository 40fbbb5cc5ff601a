"""`manage.py doctor`: what keeps Porchlight from running here, and what to do about it."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from config.stack import diagnosis


class Command(BaseCommand):
    """Take every look and say each finding in a sentence; the exit code is 1 when something needs a cure."""

    help = "Look for the usual causes of trouble and say what cures them."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line per finding. `manage.py` answers this itself when Django cannot start."""
        sys.exit(diagnosis.report())
