"""The page of what is kept how long."""

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from community.numbers.models import NumberInForce
from community.writing.actions import save_draft
from community.writing.models import Draft

PAGE = "/admin/privacy/retentionrun/"
DRAFTS = "writing.draft_days"


@pytest.fixture
def draft(alice: Any) -> Draft:
    """One that was left for a hundred days."""
    kept = save_draft(actor=alice, key="new-thread", body="Later")
    Draft.objects.update(updated_at=timezone.now() - dt.timedelta(days=100))
    return kept


def test_each_rule_says_what_goes(manager: Any, sign_in: Any, draft: Draft) -> None:
    html = sign_in(manager).get(PAGE).content.decode()

    assert "How long drafts are kept" in html and "None of about 1 goes now" in html
    assert "Save these numbers" not in html


def test_other_numbers_are_seen_first_and_saved_then(manager: Any, sign_in: Any, draft: Draft) -> None:
    browser = sign_in(manager)

    html = browser.get(PAGE, {DRAFTS: "90"}).content.decode()
    assert "1 of about 1 go now" in html and "Save these numbers" in html
    assert not NumberInForce.objects.exists() and Draft.objects.exists()

    answer = browser.post(PAGE, {DRAFTS: "90"})
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert NumberInForce.objects.get().value == 90
    assert Draft.objects.exists()


def test_a_number_below_its_floor_is_refused_beside_it(manager: Any, sign_in: Any) -> None:
    answer = sign_in(manager).post(PAGE, {"moderation.keep_log_days": "10", DRAFTS: "90"})

    assert answer.status_code == 422
    assert "Write a whole number from 400 to 3,650." in answer.content.decode()
    assert not NumberInForce.objects.exists()


@pytest.mark.parametrize("who", ["alice", "mod"])
def test_the_page_is_for_managers(request: pytest.FixtureRequest, who: str, sign_in: Any) -> None:
    browser = sign_in(request.getfixturevalue(who))

    assert browser.get(PAGE).status_code in (302, 403, 404)
    assert browser.post(PAGE, {DRAFTS: "90"}).status_code in (302, 403, 404)
    assert not NumberInForce.objects.exists()


def test_the_page_costs_the_same_whatever_there_is(
    manager: Any, sign_in: Any, alice: Any, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(manager)
    browser.get(PAGE)
    with django_assert_max_num_queries(130) as few:
        browser.get(PAGE)
    for number in range(30):
        save_draft(actor=alice, key=f"reply:{number}", body="Later")

    with django_assert_max_num_queries(len(few)):
        browser.get(PAGE)


def test_the_command_counts_and_removes(draft: Draft, set_number: Any) -> None:
    set_number(DRAFTS, 60)

    def run(*words: str) -> dict[str, int]:
        out = StringIO()
        call_command("retention", *words, stdout=out)
        return dict(json.loads(out.getvalue()))

    assert run("--dry-run", "--only", "writing.drafts") == {"writing.drafts": 1}
    assert Draft.objects.exists()
    assert run("--only", "writing.drafts") == {"writing.drafts": 1}
    assert not Draft.objects.exists()
    with pytest.raises(CommandError):
        run("--only", "no.such")
