"""`manage.py seed_demo`: fill the demo community."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from config.demo.fill import fill, is_empty, sign_ins
from config.demo.guard import refuse_among_others


class Command(BaseCommand):
    """Fill the community with Tarn Commons: thirty-two people and what they said."""

    help = "Fill the community with a believable brand, its customers and their threads."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing when anybody is here already")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not is_empty():
            return
        refuse_among_others()
        # Nobody typed these posts one after the other, so nobody's limits are spent.
        settings.LIMITS_ENABLED = False
        fill(lambda step: self.stdout.write(f"  {step} …"))
        for entry in sign_ins():
            self.stdout.write(f"  {entry['role']:<10} {entry['handle']:<8} {entry['password']}")
