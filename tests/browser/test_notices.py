"""The inbox, the choices, the first steps and the letters, as a browser shows them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from community.activity import relay
from community.members.models import Member
from community.notifications.mail.sending import send_due
from community.notifications.models import OutboundMail
from community.spaces.models import Space
from community.threads.actions import accept_answer, add_reaction, reply_to_thread, start_thread
from tests.browser.conftest import faults_of
from tests.browser.pictures import keep_picture

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


@pytest.fixture
def news(alice: Member, bob: Member, carol: Member, space: Space) -> None:
    """A little of everything waits for Alice."""
    mine = start_thread(
        actor=alice,
        space=space,
        title="My Lyngen 2 fly is wetting out after two seasons. Reproof it or replace it?",
        body="It still beads at the seams, but the panels go dark within ten minutes of steady rain.",
        kind="question",
        tags=[],
    )
    reply_to_thread(
        actor=bob,
        thread=mine,
        body="Good news: that is the outer repellent, not the coating. Wash the fly twice with a technical cleaner, "
        "spray it while it is still damp, and dry it in shade overnight.",
    )
    theirs = start_thread(
        actor=carol,
        space=space,
        title="Which poles hold in a winter gale?",
        body="Two friends snapped carbon sections last year. What do you use?",
        kind="question",
        tags=[],
    )
    answer = reply_to_thread(
        actor=alice, thread=theirs, body="Aluminium bends and can be splinted in the field."
    )
    add_reaction(actor=bob, post=answer, kind="helpful")
    add_reaction(actor=carol, post=answer, kind="helpful")
    accept_answer(actor=carol, post=answer)
    reply_to_thread(actor=carol, thread=theirs, body="Thank you @alice, that is what I will take with me.")
    relay.deliver_due(at_most=1000)


def test_the_pages_are_accessible_calm_and_within_the_policy(open_page: Open, news: None) -> None:
    wrong = []
    for path in (
        "/notifications/",
        "/notifications/?show=mentions",
        "/me/settings/notifications/",
        "/welcome/",
    ):
        for width, look in ((1440, "light"), (390, "dark")):
            page = open_page(path, who="alice", width=width, look=look)
            page.wait_for_load_state("networkidle")
            keep_picture(page, f"{path.strip('/').replace('/', '-').replace('?', '-')}-{look}-{width}")
            at = f"{path} {width} {look}"
            wrong += [f"{at}: {fault}" for fault in faults_of(page)]
            wrong += [f"{at}: {line}" for line in page.said]  # type: ignore[attr-defined]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append(f"{at}: wider than the screen")

    assert wrong == []


def test_opening_a_notice_leads_to_it_and_lowers_the_bell(open_page: Open, news: None) -> None:
    page = open_page("/notifications/", who="alice")
    before = Member.objects.get(handle="alice").unread_notices

    page.get_by_role("button", name="Bob Birch answered your question").click()

    page.wait_for_url("**/t/**")
    assert Member.objects.get(handle="alice").unread_notices < before


def test_marking_all_as_read_can_be_undone(open_page: Open, news: None) -> None:
    page = open_page("/notifications/", who="alice")

    page.get_by_role("button", name="Mark all as read").click()
    expect(page.get_by_text("Everything is read.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_role("button", name="Mark all as read")).to_be_visible()


def test_without_script_it_all_works_as_well(open_page: Open, news: None) -> None:
    page = open_page("/notifications/", who="alice", java_script_enabled=False)

    page.get_by_role("button", name="Mark all as read").click()

    expect(page.get_by_text("Everything is read.")).to_be_visible()


def test_a_letter_reads_well_and_is_accessible(open_page: Open, chromium: Any, news: None) -> None:
    from django.utils import timezone

    Member.objects.filter(handle="alice").update(time_zone=_zone_at_noon(timezone.now().hour))
    OutboundMail.objects.update(due_at=timezone.now())
    send_due()
    letters = {letter.subject: letter.alternatives[0][0] for letter in mail.outbox if "alice" in letter.to[0]}

    assert "Bob Birch answered your question" in letters
    for number, page_source in enumerate(letters.values()):
        for look in ("light", "dark"):
            context = chromium.new_context(viewport={"width": 720, "height": 700}, color_scheme=look)
            page = context.new_page()
            page.set_content(page_source)
            keep_picture(page, f"letter-{number}-{look}")
            assert [fault for fault in faults_of(page) if not fault.startswith(("region", "landmark"))] == []
            context.close()


def _zone_at_noon(hour: int) -> str:
    offset = (hour - 12) % 24
    return f"Etc/GMT{'+' if offset <= 12 else '-'}{offset if offset <= 12 else 24 - offset}"
