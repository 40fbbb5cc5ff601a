"""A live room between two people, as two browsers show it, with the live process as it runs in production."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from community.members.models import Member
from community.messages.actions import (
    begin_conversation,
    delete_message,
    edit_message,
    join_room,
    open_room,
    say_in_room,
    send_message,
)
from community.messages.models import Message, Participation, Room
from community.spaces.models import Space
from tests.browser.conftest import faults_of
from tests.live_process import free_port, live_process

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
PORT = free_port()
# The policy of the pages names the address of the live process; it is written once, before this one has its port.
LISTENING = {"bypass_csp": True}


@pytest.fixture
def room(transactional_db: None, alice: Member, bob: Member, mod: Member, space: Space) -> Room:
    """A room of an open space that Alice and Bob have joined."""
    opened = open_room(actor=mod, name="Hut evening", about="Bring your questions.", space=space)
    for member in (alice, bob):
        join_room(actor=member, room=opened)
    return opened


@pytest.fixture
def live_port(transactional_db: None, settings: Any) -> int:
    """Pages listen at this port; nobody needs to be there yet."""
    settings.LIVE_URL = f"http://localhost:{PORT}/live/"
    return PORT


@pytest.fixture
def live(live_port: int) -> Iterator[int]:
    """The live process."""
    with live_process(live_port):
        yield live_port


def fill(room: Room, member: Member, count: int) -> None:
    for number in range(count):
        say_in_room(actor=member, room=room, body=f"Line number {number + 1}.")
    Participation.objects.filter(conversation=room.pk).update(last_read_position=count)


def test_one_types_and_the_other_sees_it_and_then_the_message(open_page: Open, room: Room, live: int) -> None:
    hers, his = (open_page(f"/rooms/{room.pk}/", who=who, **LISTENING) for who in ("alice", "bob"))
    expect(his.locator("#here")).to_contain_text("2 here now", timeout=25_000)

    hers.get_by_label("Your message").press_sequentially("Is anybody", delay=40)
    expect(his.locator("#typing")).to_have_text("Alice Arden is typing …")
    expect(hers.locator("#typing")).to_have_text("")

    hers.get_by_label("Your message").press_sequentially(" at the hut?", delay=20)
    hers.get_by_label("Your message").press("Enter")

    expect(his.locator(".said .bubble").last).to_contain_text("Is anybody at the hut?", timeout=25_000)
    expect(his.locator("#typing")).to_have_text("")
    expect(hers.get_by_label("Your message")).to_have_value("")
    expect(hers.get_by_label("Your message")).to_be_focused()
    assert hers.locator(".said").count() == his.locator(".said").count() == 1
    assert hers.said == his.said == []  # type: ignore[attr-defined]


def test_shift_and_enter_begins_a_line(open_page: Open, room: Room) -> None:
    page = open_page(f"/rooms/{room.pk}/", who="alice")
    page.get_by_label("Your message").fill("One")
    page.get_by_label("Your message").press("Shift+Enter")
    page.get_by_label("Your message").press_sequentially("Two")
    page.get_by_label("Your message").press("Enter")

    expect(page.locator(".said.own")).to_contain_text("Two")
    assert Message.objects.get().body_md == "One\nTwo"


def test_pressing_twice_sends_once_and_what_is_typed_meanwhile_stays(open_page: Open, room: Room) -> None:
    page = open_page(f"/rooms/{room.pk}/", who="alice")
    page.route("**/say/", lambda route: (page.wait_for_timeout(600), route.continue_()))
    field = page.get_by_label("Your message")
    field.fill("One.")
    field.press("Enter")
    field.press("Enter")
    field.press_sequentially(" Two")

    expect(page.locator(".said.own")).to_have_count(1)
    expect(field).to_have_value("Two")
    field.press("Enter")
    expect(page.locator(".said.own")).to_have_count(2)
    assert [one.body_md for one in Message.objects.order_by("position")] == ["One.", "Two"]


def test_changes_and_deletions_show_without_reload_and_can_be_undone(
    open_page: Open, room: Room, live: int, alice: Member
) -> None:
    first = say_in_room(actor=alice, room=room, body="At sevn.")
    hers, his = (open_page(f"/rooms/{room.pk}/", who=who, **LISTENING) for who in ("alice", "bob"))
    expect(his.locator("#here")).to_contain_text("here now", timeout=25_000)

    edit_message(actor=alice, message=first, body="At seven.")
    expect(his.locator(".said .bubble")).to_contain_text("At seven.", timeout=25_000)

    hers.locator(".said .menu summary").click()
    hers.get_by_role("button", name="Delete").click()
    expect(his.locator(".said .bubble")).to_contain_text("This message was deleted.", timeout=25_000)
    hers.get_by_role("button", name="Bring it back").click()
    expect(his.locator(".said .bubble")).to_contain_text("At seven.", timeout=25_000)
    expect(hers.locator(".said .bubble")).to_contain_text("At seven.")


def test_a_page_whose_stream_was_lost_says_so_and_catches_up(
    open_page: Open, room: Room, live_port: int, alice: Member
) -> None:
    with live_process(live_port):
        page = open_page(f"/rooms/{room.pk}/", who="bob", **LISTENING)
        expect(page.locator("#here")).to_contain_text("here now", timeout=25_000)
    expect(page.locator("#paused")).to_contain_text("Live updates pause", timeout=25_000)
    for number in range(45):
        say_in_room(actor=alice, room=room, body=f"While you were away, {number + 1}.")

    with live_process(live_port):
        expect(page.locator("#paused")).to_have_text("", timeout=20_000)
        expect(page.locator(".said")).to_have_count(45, timeout=10_000)
        places = page.locator(".said").evaluate_all("all => all.map((one) => Number(one.dataset.position))")

    assert places == list(range(1, 46))


def test_who_reads_older_messages_is_not_disturbed_and_is_offered_the_new(
    open_page: Open, room: Room, live: int, alice: Member
) -> None:
    fill(room, alice, 90)
    page = open_page(f"/rooms/{room.pk}/", who="bob", **LISTENING)
    expect(page.locator("#here")).to_contain_text("here now", timeout=25_000)
    assert page.get_by_text("Line number 90.").bounding_box()["y"] < 800  # type: ignore[index]

    page.get_by_role("link", name="Show earlier messages").scroll_into_view_if_needed()
    before = page.locator("#talk [data-position]").first
    mark = before.get_attribute("data-position")
    page.get_by_role("link", name="Show earlier messages").click()
    expect(page.get_by_text("Line number 11.")).to_be_attached()
    assert page.locator(f"[data-position='{mark}']").bounding_box()["y"] > 0  # type: ignore[index]
    at = page.evaluate("scrollY")

    say_in_room(actor=alice, room=room, body="Something new.")
    expect(page.get_by_text("Something new.")).to_be_attached(timeout=25_000)
    assert abs(page.evaluate("scrollY") - at) < 2
    expect(page.locator("#new")).to_be_attached()
    page.locator("#jump").click()
    expect(page.get_by_text("Something new.")).to_be_in_viewport()
    expect(page.locator("#jump")).to_be_hidden()


def test_a_conversation_shows_typing_changes_and_receipts_without_reload(
    open_page: Open, live: int, alice: Member, bob: Member
) -> None:
    Member.objects.filter(pk__in=(alice.pk, bob.pk)).update(read_receipts=True)
    for member in (alice, bob):
        member.refresh_from_db()
    talk = begin_conversation(actor=alice, members=[bob], body="Is the shed open?")
    hers, his = (open_page(f"/messages/{talk.pk}/", who=who, **LISTENING) for who in ("alice", "bob"))
    his.wait_for_timeout(1500)

    his.get_by_label("Your message").press_sequentially("It is", delay=40)
    expect(hers.locator("#typing")).to_have_text("Bob Birch is typing …", timeout=25_000)
    expect(hers.locator("#read-by")).to_contain_text("Read by Bob Birch", timeout=25_000)

    said = send_message(actor=bob, conversation=talk, body="It is.")
    expect(hers.locator(".said .bubble").last).to_contain_text("It is.", timeout=25_000)
    delete_message(actor=bob, message=said)
    expect(hers.locator(".said .bubble").last).to_contain_text("deleted", timeout=25_000)


def test_without_script_a_room_works_as_well(open_page: Open, room: Room, alice: Member) -> None:
    page = open_page(f"/rooms/{room.pk}/", who="bob", java_script_enabled=False)
    page.get_by_label("Your message").fill("I bring cake.")
    page.get_by_role("button", name="Send").click()

    expect(page.locator(".said.own").last).to_contain_text("I bring cake.")


def test_the_pages_of_rooms_are_accessible_calm_and_within_the_policy(
    open_page: Open, live_server: Any, room: Room, alice: Member, mod: Member
) -> None:
    fill(room, alice, 60)
    say_in_room(actor=mod, room=room, body="Welcome, @bob. Ask **anything**.")
    wrong = []
    pages = ["/rooms/", "/rooms/?show=closed", f"/rooms/{room.pk}/", f"/rooms/{room.pk}/?before=30"]
    pages.append(f"/rooms/{room.pk}/people/")
    for who, more in (("bob", []), ("mod", ["/rooms/new/", f"/rooms/{room.pk}/settings/"])):
        for width, look in ((1440, "light"), (390, "dark"), (320, "light")):
            page = open_page("/robots.txt", who=who, width=width, look=look)
            for path in [*pages, *more]:
                page.goto(live_server.url + path)
                page.wait_for_load_state("networkidle")
                at = f"{path} {who} {width} {look}"
                # What lies half under the foot of a room comes into view with the focus, by its scroll padding.
                faults = (fault for fault in faults_of(page) if "partially obscured" not in fault)
                wrong += [f"{at}: {fault}" for fault in faults]
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    wrong.append(f"{at}: wider than the screen")
            said = (line for line in page.said if "status of 404" not in line)  # type: ignore[attr-defined]
            wrong += [f"{who} {width}: {line}" for line in said]

    assert wrong == []
