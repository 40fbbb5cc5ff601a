"""What the composer's script adds: quoting by hand and by keys, and names, places and emoji while typing."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from community.threads.models import Post, Thread

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


@pytest.fixture
def answer(
    transactional_db: None, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> Post:
    return make_reply(bob, make_thread(alice, space), body="They bend in any gale.\n\nBuy steel.")


def test_selected_words_are_quoted_and_answer_the_post(open_page: Open, carol: Any, answer: Post) -> None:
    page = open_page(answer.thread.get_absolute_url(), who="carol")
    page.locator(f"#post-{answer.pk} .prose p").first.dblclick(position={"x": 10, "y": 10})
    button = page.get_by_role("button", name="Quote this")
    expect(button).to_be_visible()

    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")

    box = page.locator("#reply-body")
    expect(box).to_be_focused()
    expect(box).to_have_value(f"> [@bob](/p/{answer.pk}/):\n>\n> They\n\n")
    expect(page.locator("#reply-to")).to_contain_text("Bob Birch")
    expect(button).to_have_count(0)
    assert page.said == []  # type: ignore[attr-defined]


def test_the_menu_quotes_the_whole_post(open_page: Open, carol: Any, answer: Post) -> None:
    page = open_page(answer.thread.get_absolute_url(), who="carol")
    page.fill("#reply-body", "Well.")
    page.locator(f"#acts-{answer.pk} summary").click()
    page.get_by_role("link", name="Quote this post").click()

    expected = f"Well.\n\n> [@bob](/p/{answer.pk}/):\n>\n> They bend in any gale.\n>\n> Buy steel.\n\n"
    expect(page.locator("#reply-body")).to_have_value(expected)


@pytest.mark.parametrize(
    ("typed", "put"), [("@bo", "@bob "), (":tad", "🎉 "), ("#help", "[#help](/s/help/) ")]
)
def test_letters_after_a_sign_offer_what_is_meant(
    typed: str, put: str, open_page: Open, carol: Any, answer: Post
) -> None:
    page = open_page(answer.thread.get_absolute_url(), who="carol")
    page.locator("#reply-body").focus()
    page.keyboard.type(typed, delay=20)
    expect(page.get_by_role("option").first).to_be_visible()

    page.keyboard.press("Enter")

    expect(page.locator("#reply-body")).to_have_value(put)
    assert Thread.objects.get(pk=answer.thread_id).reply_count == 1
    assert page.said == []  # type: ignore[attr-defined]


def test_the_reply_is_previewed_by_keys_and_posted_from_there(
    open_page: Open, carol: Any, answer: Post
) -> None:
    page = open_page(answer.thread.get_absolute_url(), who="carol")
    page.locator("#reply-body").focus()
    page.keyboard.type("They *do* bend.")
    expect(page.locator("#look-write")).to_be_attached()

    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#reply-look em")).to_have_text("do")
    expect(page.locator("#reply-body")).to_be_hidden()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#reply-body")).to_have_value("They *do* bend.")
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Post reply").click()

    expect(page.locator("article.post .prose em")).to_have_text("do")
    expect(page.locator("#reply-body")).to_have_value("")
    assert page.said == []  # type: ignore[attr-defined]


def test_a_poll_goes_with_a_reply_on_a_page_of_its_own(open_page: Open, carol: Any, answer: Post) -> None:
    page = open_page(answer.thread.get_absolute_url(), who="carol")
    page.fill("#reply-body", "Let us count.")
    page.get_by_role("button", name="Add a poll").click()

    expect(page.locator("#id_body")).to_have_value("Let us count.")
    page.locator(".poll-fields summary").click()
    page.fill("#id_poll_question", "Which one?")
    page.fill("#id_poll_options", "Steel\nCarbon")
    page.get_by_role("button", name="Post reply").click()
    page.get_by_label("Carbon").check()
    page.get_by_role("button", name="Vote", exact=True).click()

    expect(page.locator(".poll .mine")).to_contain_text("Carbon")
    expect(page.locator(".poll")).to_contain_text("1 person voted")
    assert page.said == []  # type: ignore[attr-defined]


def test_spoilers_are_out_of_sight_until_they_are_opened(
    open_page: Open, carol: Any, bob: Any, answer: Post, make_reply: Any
) -> None:
    make_reply(bob, answer.thread, body="It was the ||gardener|| all along.\n\n>! And the butler helped.")
    page = open_page(answer.thread.get_absolute_url(), who="carol")

    for number in range(2):
        spoiler = page.locator("details.spoiler").nth(number)
        closed = spoiler.bounding_box()
        spoiler.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(spoiler).to_have_attribute("open", "")
        opened = spoiler.bounding_box()
        # What is out of sight takes no room.
        assert closed and opened and opened["width"] * opened["height"] > closed["width"] * closed["height"]
