#!/usr/bin/env python
"""Django's commands, with this copy's own database and queue started when a command needs them."""

import os
import sys

from config.stack import diagnosis
from config.stack.faults import StackFault
from config.stack.services import ensure_services

# These look at code only. Everything else may ask the database, so it gets one.
NEEDS_NO_SERVICES = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "help",
    "makemessages",
    "makemigrations",
    "spectacular",
    "startapp",
    "version",
    "--help",
    "--version",
    "-h",
}


def main() -> None:
    """Run one command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if sys.argv[1:2] == ["doctor"]:
        # Answered without Django, which may be just what does not start.
        sys.exit(diagnosis.report())
    if len(sys.argv) > 1 and sys.argv[1] not in NEEDS_NO_SERVICES:
        try:
            ensure_services()
        except StackFault as fault:
            sys.exit(str(fault))

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
