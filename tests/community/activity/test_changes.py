"""What a change was from and to, for the log."""

import pytest

from community.activity.changes import LONGEST, MASK, changed_values, values_of
from community.members.models import SignOnProvider
from community.notifications.models import MailRules

pytestmark = pytest.mark.django_db


def test_values_are_plain_short_and_masked_where_they_are_secret() -> None:
    row = SignOnProvider(key="github", sealed_secret="sealed", name="n" * 500, groups_claim="")

    said = changed_values({"key": "old"}, row, ["key", "sealed_secret", "name"], secret=("", "abc"))

    assert said["fields"] == ["key", "name", "sealed_secret", "secret"]
    assert said["before"] == {"key": "old", "secret": ""}
    assert said["after"]["sealed_secret"] == said["after"]["secret"] == MASK
    assert said["after"]["name"] == "n" * LONGEST + "…"


def test_of_a_row_that_is_not_kept_yet_nothing_was() -> None:
    assert values_of(MailRules(pk=1)) == {}
