"""The manager's page of numbers."""

import json
from typing import Any

import pytest

from community.numbers.actions import change_numbers
from community.numbers.models import NumberInForce

PAGE = "/admin/numbers/numberinforce/"
THREADS = f"{PAGE}?of=threads"


def shown(html: str) -> str:
    """What the page carries along of what it showed."""
    from html import unescape

    return unescape(html.split('name="shown" value="')[1].split('"')[0])


def test_each_number_stands_with_its_words_default_and_range(manager: Any, sign_in: Any) -> None:
    html = sign_in(manager).get(THREADS).content.decode()

    assert "How long a thread counts as new" in html
    assert "Default: 14 days" in html and "Allowed: from 1 to 365 days" in html
    assert 'name="rates.threads.reply.3" value="300/day"' in html
    assert "Back to default" not in html


def test_what_was_typed_is_saved_and_nothing_else(manager: Any, sign_in: Any) -> None:
    browser = sign_in(manager)
    before = shown(browser.get(THREADS).content.decode())
    # Meanwhile somebody else changes another number of the same page.
    change_numbers(actor=manager, changes={"threads.title_max": 90})

    answer = browser.post(
        THREADS,
        {"shown": before, "threads.new_days": "7", "threads.title_max": "140", "threads.links.0": "1"},
    )

    assert (answer.status_code, answer["Location"]) == (302, THREADS)
    assert {row.key: row.value for row in NumberInForce.objects.all()} == {
        "threads.new_days": 7,
        "threads.title_max": 90,
        "threads.links": [1, 5, 20, 20],
    }
    html = browser.get(THREADS).content.decode()
    assert "3 numbers changed" not in html and "2 numbers changed." in html
    assert "changed by Manager" in html and "Back to default: 14 days" in html


def test_what_cannot_be_used_stands_beside_its_field_with_all_that_was_typed(
    manager: Any, sign_in: Any
) -> None:
    answer = sign_in(manager).post(
        THREADS, {"threads.new_days": "0", "threads.title_max": "90", "rates.threads.reply.1": "often"}
    )
    html = answer.content.decode()

    assert answer.status_code == 422
    assert "Write a whole number from 1 to 365." in html and "“often” is not a rate." in html
    assert 'name="threads.new_days" value="0"' in html
    assert 'name="threads.title_max" value="90"' in html
    assert html.count('aria-invalid="true"') == 2
    assert not NumberInForce.objects.exists()


def test_one_number_goes_back_to_its_default_and_the_rest_stays_as_typed(manager: Any, sign_in: Any) -> None:
    change_numbers(actor=manager, changes={"threads.new_days": 7, "threads.links": [1, 1, 1, 1]})

    answer = sign_in(manager).post(
        THREADS,
        {
            "shown": "{}",
            "reset": "threads.links",
            "threads.links.0": "1",
            "threads.new_days": "7",
            "threads.title_max": "90",
        },
    )
    html = answer.content.decode()

    assert answer.status_code == 200
    assert [row.key for row in NumberInForce.objects.all()] == ["threads.new_days"]
    assert 'name="threads.links.0" value="2"' in html and 'name="threads.title_max" value="90"' in html
    assert json.loads(shown(html))["threads.title_max"] == ["140"]


def test_a_search_finds_numbers_of_all_features(manager: Any, sign_in: Any) -> None:
    browser = sign_in(manager)
    html = browser.get(f"{PAGE}?q=TITLE+longest").content.decode()

    assert "1 number found." in html and "Longest title" in html
    assert "There may be more" in browser.get(f"{PAGE}?q=e").content.decode()
    assert browser.post(f"{PAGE}?q=longest+title", {"threads.title_max": "99"}).status_code == 302
    assert NumberInForce.objects.get().value == 99


@pytest.mark.parametrize("typed", ["{", "[1]", '"x"', '{"threads.new_days": 5}'])
def test_nonsense_for_what_the_page_showed_breaks_nothing(manager: Any, sign_in: Any, typed: str) -> None:
    answer = sign_in(manager).post(THREADS, {"shown": typed, "threads.new_days": "7"})

    assert answer.status_code == 302
    assert NumberInForce.objects.get().value == 7


@pytest.mark.parametrize("who", ["alice", "mod"])
def test_only_managers_open_and_change_it(who: str, request: pytest.FixtureRequest, sign_in: Any) -> None:
    browser = sign_in(request.getfixturevalue(who))

    assert browser.get(PAGE).status_code in (302, 403, 404)
    assert browser.post(THREADS, {"threads.new_days": "7"}).status_code in (302, 403, 404)
    assert not NumberInForce.objects.exists()


def test_no_page_asks_for_more_fields_than_a_request_may_carry(
    manager: Any, sign_in: Any, settings: Any
) -> None:
    browser = sign_in(manager)
    from community.numbers.queries import list_groups

    for address in [*(f"{PAGE}?of={group.name}" for group in list_groups()), f"{PAGE}?q=e"]:
        answer = browser.get(address)
        assert answer.status_code == 200
        assert answer.content.decode().count(" name=") < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
