"""Reading and writing in a real browser: what scripts add to pages that work without them."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from community.threads.models import Post, ReadState, State, Thread
from community.writing.models import Draft

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


@pytest.fixture
def thread(
    transactional_db: None, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> Thread:
    thread = make_thread(alice, space)
    make_reply(bob, thread)
    return Thread.objects.get(pk=thread.pk)


def test_a_reply_appears_takes_the_focus_and_leaves_an_empty_form(
    open_page: Open, carol: Any, thread: Thread
) -> None:
    page = open_page(thread.get_absolute_url(), who="carol")
    page.locator(f"#acts-{thread.posts.get(position=2).pk} [data-reply]").click()
    expect(page.locator("#reply-to")).to_contain_text("Bob Birch")
    expect(page.locator("#reply-body")).to_be_focused()

    page.keyboard.type("Which diameter do you use?")
    page.get_by_role("button", name="Post reply").click()

    expect(page.locator("#say")).to_contain_text("Your reply is posted.")
    post = Post.objects.get(thread=thread, position=3)
    assert post.reply_to is not None
    expect(page.locator(f"#post-{post.pk}")).to_be_focused()
    expect(page.locator("#reply-body")).to_have_value("")
    assert page.said == []  # type: ignore[attr-defined]


def test_a_reply_that_needs_another_look_keeps_the_text_and_takes_the_focus(
    open_page: Open, carol: Any, thread: Thread
) -> None:
    page = open_page(thread.get_absolute_url(), who="carol")
    Thread.objects.filter(pk=thread.pk).update(is_locked=True)
    page.fill("#reply-body", "Something worth keeping.")

    page.get_by_role("button", name="Post reply").click()
    expect(page.locator("#reply-kept")).to_have_value("Something worth keeping.")

    expect(page.locator("#reply-errors")).to_be_focused()
    assert thread.posts.count() == 2


def test_a_text_box_made_taller_by_hand_breaks_no_rule_when_it_is_redrawn(
    open_page: Open, carol: Any, thread: Thread
) -> None:
    page = open_page(thread.get_absolute_url(), who="carol")
    page.eval_on_selector("#reply-body", "box => { box.style.height = '240px' }")

    page.click("#reply button.btn-brand")

    expect(page.locator("#reply-errors")).to_be_focused()
    assert not [line for line in page.said if "Content Security" in line]  # type: ignore[attr-defined]


def test_what_is_typed_is_kept_and_waits(open_page: Open, carol: Any, thread: Thread) -> None:
    page = open_page(thread.get_absolute_url(), who="carol")
    page.locator("#reply-body").click()
    with page.expect_response("**/drafts/save/"):
        page.keyboard.type("Half a thought")

    assert Draft.objects.get(key=f"reply:{thread.pk}").body == "Half a thought"
    expect(open_page(thread.get_absolute_url(), who="carol").locator("#reply-body")).to_have_value(
        "Half a thought"
    )


def test_reading_is_remembered(open_page: Open, carol: Any, thread: Thread) -> None:
    page = open_page(thread.get_absolute_url(), who="carol")
    page.locator(f"#post-{thread.posts.get(position=2).pk}").scroll_into_view_if_needed()
    with page.expect_response("**/-/read/", timeout=15_000):
        page.wait_for_timeout(100)

    assert ReadState.objects.get(member=carol).last_read_position == 2


def test_a_deleted_reply_leaves_a_way_back_in_its_place(open_page: Open, bob: Any, thread: Thread) -> None:
    post = thread.posts.get(position=2)
    page = open_page(thread.get_absolute_url(), who="bob")
    page.locator(f"#acts-{post.pk} summary").click()
    page.get_by_role("button", name="Delete").click()

    expect(page.locator(f"#post-{post.pk}")).to_contain_text("For 24 hours you can bring it back.")
    assert Post.objects.get(pk=post.pk).state == State.DELETED
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator(f"#post-{post.pk}")).to_contain_text("Aluminium bends")
    assert Post.objects.get(pk=post.pk).state == State.VISIBLE


def test_new_replies_wait_behind_a_button(
    open_page: Open, bob: Any, carol: Any, thread: Thread, make_reply: Any
) -> None:
    page = open_page(thread.get_absolute_url(), who="carol")
    page.locator("#reply-body").wait_for()
    make_reply(bob, thread, body="Said while carol was reading.")

    page.evaluate(f"document.body.dispatchEvent(new CustomEvent('live:thread-{thread.pk}'))")
    button = page.get_by_text("1 new reply")
    expect(button).to_be_visible()
    assert "Said while carol was reading." not in page.content()
    button.click()

    expect(page.get_by_text("Said while carol was reading.")).to_be_visible()
    expect(page.locator("#seen")).to_have_value("3")


def test_the_composer_keeps_shows_and_warns(open_page: Open, alice: Any, carol: Any, thread: Thread) -> None:
    page = open_page("/new/", who="carol")
    with page.expect_response("**/new/similar/**"):
        page.fill("#id_title", "Which poles for winter?")
    expect(page.get_by_text("Which poles hold in a winter gale?")).to_be_visible()
    with page.expect_response("**/new/draft/"):
        page.fill("#id_body", "I would like **strong** ones.")
    expect(page.locator("#saved")).to_contain_text("Draft saved")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#id_body_preview strong")).to_have_text("strong")

    page.fill("#id_title", "Hm")
    page.get_by_role("button", name="Post question").click()

    expect(page).to_have_title("Error: New post · Porchlight")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#id_body")).to_have_value("I would like **strong** ones.")


def test_everything_can_be_written_without_script(
    open_page: Open, carol: Any, space: Any, transactional_db: None
) -> None:
    page = open_page("/new/", who="carol", java_script_enabled=False)
    page.fill("#id_title", "Can I wash a down bag at home?")
    page.fill("#id_body", "Three winters old, smells of campfire.")
    page.get_by_role("button", name="Post question").click()

    expect(page.locator("h1")).to_have_text("Can I wash a down bag at home?")
    page.fill("#reply-body", "I tried it in the bathtub meanwhile.")
    page.get_by_role("button", name="Post reply").click()

    expect(page.get_by_text("I tried it in the bathtub meanwhile.")).to_be_visible()
    assert Thread.objects.get().reply_count == 1
