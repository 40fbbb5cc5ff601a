"""Two people write to each other, as a browser shows it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from community.members.actions import block_member
from community.members.models import Member
from community.messages.actions import begin_conversation, send_message
from community.messages.models import Conversation, Participation
from tests.browser.conftest import faults_of
from tests.browser.pictures import keep_picture

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


@pytest.fixture
def talk(alice: Member, bob: Member, carol: Member) -> Conversation:
    """A conversation of two with something new for Alice, and a group in which Carol is folded away."""
    conversation = begin_conversation(
        actor=alice,
        members=[bob],
        body="Do you still have the **spare pole section**? Mine snapped at the ferrule.",
    )
    send_message(actor=bob, conversation=conversation, body="It is in the shed, behind the skis.")
    send_message(actor=alice, conversation=conversation, body="Wonderful. Thursday after six?")
    send_message(actor=bob, conversation=conversation, body="Thursday is fine. I will have the kettle on.")
    send_message(actor=bob, conversation=conversation, body="- pole section\n- pegs\n- the small bag")
    group = begin_conversation(
        actor=carol,
        members=[alice, bob],
        title="Ridge weekend in May",
        body="Who is in for the second weekend?",
    )
    send_message(actor=bob, conversation=group, body="In! I can take two people from the station.")
    send_message(actor=alice, conversation=group, body="The seat in front is mine.")
    block_member(actor=alice, member=carol)
    send_message(actor=carol, conversation=group, body="Forecast says 60 km/h on the ridge.")
    return conversation


def test_the_pages_are_accessible_calm_and_within_the_policy(
    open_page: Open, live_server: Any, talk: Conversation
) -> None:
    group = Conversation.objects.get(pair="")
    pages = {
        "inbox": "/messages/",
        "talk": f"/messages/{talk.pk}/",
        "group": f"/messages/{group.pk}/",
        "people": f"/messages/{group.pk}/people/",
        "new": "/messages/new/?to=bob",
        "empty": "/messages/?q=zebra",
        "profile": "/@bob/",
        "privacy": "/me/settings/privacy/",
    }
    wrong = []
    for width, look in ((1440, "light"), (390, "dark")):
        page = open_page("/robots.txt", who="alice", width=width, look=look)
        for name, path in pages.items():
            page.goto(live_server.url + path)
            page.wait_for_load_state("networkidle")
            keep_picture(page, f"{name}-{look}-{width}")
            at = f"{path} {width} {look}"
            wrong += [f"{at}: {fault}" for fault in faults_of(page)]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{at}: wider than the screen")
        said = (line for line in page.said if "status of 404" not in line)  # type: ignore[attr-defined]
        wrong += [f"{width}: {line}" for line in said]

    assert wrong == []


def test_nothing_is_cut_off_at_320_pixels(open_page: Open, talk: Conversation) -> None:
    for path in ("/messages/", f"/messages/{talk.pk}/", "/messages/new/", "/"):
        page = open_page(path, who="alice", width=320)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_two_people_write_to_each_other(open_page: Open, alice: Member, bob: Member) -> None:
    page = open_page("/@bob/", who="alice")
    page.get_by_role("link", name="Write a message").click()
    expect(page.get_by_label("To", exact=True)).to_have_value("bob")
    page.get_by_label("Your message").fill("Is the shed open?")
    page.get_by_role("button", name="Send message").click()
    page.wait_for_url("**/messages/*/")
    expect(page.locator(".said")).to_contain_text("Is the shed open?")

    other = open_page("/", who="bob")
    expect(other.get_by_role("link", name="Messages, 1 unread")).to_be_visible()
    other.get_by_role("link", name="Messages, 1 unread").click()
    other.get_by_role("link", name="Alice Arden").click()
    expect(other.locator("#new")).to_contain_text("1 new message")
    other.get_by_label("Your message").fill("It is, behind the skis.")
    other.get_by_label("Your message").press("Control+Enter")
    expect(other.locator(".said.own")).to_contain_text("behind the skis")
    expect(other.get_by_label("Your message")).to_have_value("")

    pk = Conversation.objects.get().pk
    page.evaluate(f"document.body.dispatchEvent(new CustomEvent('live:conversation-{pk}'))")
    expect(page.locator(".said").last).to_contain_text("behind the skis")
    expect(page.locator(".said")).to_have_count(2)


def test_looking_at_a_message_marks_it_as_read(open_page: Open, talk: Conversation, alice: Member) -> None:
    page = open_page(f"/messages/{talk.pk}/", who="alice")
    with page.expect_response(lambda answer: answer.url.endswith("/read/")):
        page.locator(".said").last.scroll_into_view_if_needed()
    page.wait_for_timeout(300)

    assert not Participation.objects.get(member=alice, conversation=talk).is_unread


def test_the_count_in_the_header_follows_live_news(open_page: Open, alice: Member) -> None:
    page = open_page("/", who="alice")
    page.locator("[data-letters]").wait_for()
    page.wait_for_timeout(200)
    page.evaluate("document.body.dispatchEvent(new CustomEvent('live:conversations', {detail: {count: 3}}))")

    expect(page.get_by_role("link", name="Messages, 3 unread")).to_be_visible()


def test_a_message_of_someone_blocked_opens_when_asked(open_page: Open, talk: Conversation) -> None:
    group = Conversation.objects.get(pair="")
    page = open_page(f"/messages/{group.pk}/", who="alice")
    expect(page.get_by_text("Forecast says")).to_be_hidden()

    page.get_by_text("You block Carol Cove.").last.click()

    expect(page.get_by_text("Forecast says")).to_be_visible()


def test_the_field_completes_names_while_typing(open_page: Open, alice: Member, bob: Member) -> None:
    page = open_page("/messages/new/", who="alice")
    page.get_by_label("To", exact=True).press_sequentially("bo")

    expect(page.locator("#to-people option")).to_have_attribute("value", "bob")


def test_without_script_it_all_works_as_well(open_page: Open, talk: Conversation, alice: Member) -> None:
    page = open_page(f"/messages/{talk.pk}/", who="alice", java_script_enabled=False)
    page.get_by_label("Your message").fill("I bring cake.")
    page.get_by_role("button", name="Send message").click()

    expect(page.locator(".said.own").last).to_contain_text("I bring cake.")
    assert not Participation.objects.get(member=alice, conversation=talk).is_unread
