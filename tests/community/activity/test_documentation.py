"""The page about verbs says what the code does."""

from io import StringIO
from typing import TypedDict

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from community.activity import registry
from community.activity.documentation import verbs_page


@pytest.fixture
def own_registry():
    """This page is about the verbs of the whole house."""


def test_the_page_in_the_repository_is_current():
    page = (settings.BASE_DIR / "docs" / "verbs.md").read_text(encoding="utf-8")

    assert page == verbs_page(), "run `manage.py verbs_doc`"


def test_the_command_writes_the_page_and_checks_it(tmp_path):
    file = tmp_path / "verbs.md"

    with pytest.raises(CommandError):
        call_command("verbs_doc", "--check", file=str(file))
    call_command("verbs_doc", file=str(file))
    call_command("verbs_doc", "--check", file=str(file), stdout=StringIO())

    assert file.read_text(encoding="utf-8").count("## `thread.created`") == 1


def test_types_are_named_as_a_reader_of_json_says_them(monkeypatch):
    class Told(TypedDict):
        """What was told."""

        to: list[int]
        by: int | None
        loudly: bool

    monkeypatch.setattr(registry, "_verbs", {})
    registry.verb("tale.told", Told, "A tale was told.")

    page = verbs_page()

    assert "| `to` | list of number |" in page
    assert "| `by` | number or null |" in page
    assert "| `loudly` | true or false |" in page
