"""`manage.py messages`: bring every catalogue up to what the code says, or say whether they are true."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.catalogues import catalogue


class Command(BaseCommand):
    """Keeps the catalogues true."""

    help = "Gather what the product says into locale/, and compile it. Needs the tools of `make install-dev`."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when one is not true")
        parser.add_argument("--begin", metavar="LANGUAGE", help="begin a catalogue, for example: pt-br")

    def handle(self, *args: Any, **options: Any) -> None:
        root = settings.BASE_DIR
        if options["check"]:
            self._check()
            return
        begun = [options["begin"]] if options["begin"] else []
        for language in dict.fromkeys([*catalogue.languages(root), *begun]):
            waiting = catalogue.renew(root, language)
            self.stdout.write(f"{language}: {waiting} without words" if waiting else f"{language}: complete")

    def _check(self) -> None:
        root = settings.BASE_DIR
        said = catalogue.template(root)
        found = [
            f"{language}: {fault}"
            for language in catalogue.languages(root)
            for fault in catalogue.faults(root, language, said)
        ]
        if found:
            raise CommandError("\n".join([*found, "`make messages` gathers and compiles; words are yours."]))
        self.stdout.write("The catalogues are complete and compiled.")
