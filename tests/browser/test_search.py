"""Search by keyboard: the field is a combobox, and what was understood can be taken off again."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import faults_of

pytestmark = pytest.mark.browser


@pytest.fixture
def indexed(demo: str) -> str:
    from django.core.management import call_command

    call_command("reindex_search", verbosity=0)
    return demo


def combobox(page: Page) -> Any:
    return page.get_by_role("combobox", name="Search the community")


def test_suggestions_are_walked_through_by_arrow_keys(indexed: str, open_page: Callable[..., Page]) -> None:
    page = open_page("/spaces/", who="maya")
    field = combobox(page)
    field.press_sequentially("tent")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")

    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    expect(field).to_be_focused()
    field.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", "search-option-0")
    field.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value("tent")
    field.press("ArrowDown")
    address = options.first.get_attribute("href")
    field.press("Enter")

    page.wait_for_url(f"**{address}")


def test_a_filter_is_completed_and_the_search_kept(indexed: str, open_page: Callable[..., Page]) -> None:
    page = open_page("/spaces/", who="maya")
    field = combobox(page)
    field.press_sequentially("tent status:uns")
    expect(page.get_by_role("option")).to_have_text(["status:unsolved"])
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("tent status:unsolved ")
    field.press("Enter")

    page.wait_for_url("**/search/?q=tent+status%3Aunsolved**")
    kept = page.get_by_role("list", name="What we understood")
    expect(kept).to_contain_text("Not answered yet")
    page.wait_for_load_state("networkidle")
    kept.get_by_role("link").click()
    page.wait_for_url("**/search/?q=tent")
    page.wait_for_load_state("networkidle")

    page.goto(page.url.split("/search")[0] + "/spaces/")
    combobox(page).focus()
    expect(page.get_by_role("option")).to_have_text(["tent", "tent status:unsolved"])
    page.get_by_role("button", name="Forget these").click()
    expect(page.get_by_role("option")).to_have_count(0)


def test_the_form_of_filters_opens_in_its_place(indexed: str, open_page: Callable[..., Page]) -> None:
    page = open_page("/search/?q=tent", who="maya")
    page.get_by_role("link", name="Choose filters").click()
    form = page.get_by_role("form", name="Choose filters")
    form.get_by_label("Kind").select_option("question")
    form.get_by_role("button").click()

    page.wait_for_url("**/search/?q=tent+kind%3Aquestion")


def test_search_pages_are_accessible_and_fit(indexed: str, open_page: Callable[..., Page]) -> None:
    wrong = []
    for width, look in ((1440, "light"), (390, "dark")):
        for path in (
            "/search/?q=tent+%23help+status:unsolved+-@nobody",
            "/search/filters/?q=tent",
            "/search/",
        ):
            page = open_page(path, who="maya", width=width, look=look)
            page.wait_for_load_state("networkidle")
            if width > 1000:
                combobox(page).press_sequentially("tent")
                expect(page.get_by_role("option").first).to_be_visible()
            wrong += [f"{path} at {width}: {fault}" for fault in faults_of(page)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wrong.append(f"{path} at {width} is wider than the screen")
            wrong += [f"{path}: {line}" for line in page.said]  # type: ignore[attr-defined]
    assert wrong == []
