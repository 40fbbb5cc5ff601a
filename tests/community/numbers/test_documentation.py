"""The page about numbers."""

from pathlib import Path
from typing import Any

from django.utils.translation import override

from community.numbers.documentation import numbers_page


def test_the_page_in_the_repository_is_what_the_numbers_say() -> None:
    written = (Path(__file__).resolve().parents[3] / "docs" / "numbers.md").read_text("utf-8")

    assert written == numbers_page(), "`manage.py numbers_doc` writes it afresh"


def test_it_speaks_english_and_of_defaults_whatever_this_machine_says(settings: Any) -> None:
    before = numbers_page()
    settings.NEW_THREAD_DAYS, settings.LIMITS = 99, {"threads.start": "1/day"}

    with override("de"):
        assert numbers_page() == before
