"""A moderator pauses a member from their profile, who reads why and appeals; somebody else lifts it. A manager tries another
threshold on the last thirty days, and saves it."""

import re

from playwright.sync_api import expect

from tests.journeys.appealing import appeal, uphold
from tests.journeys.conftest import Visit
from tests.journeys.site import Site

REASON = "You insult people, again and again."
WORDS = "I was quoting somebody. Read the whole thread."


def test_paused_from_the_profile_appealed_and_lifted_by_somebody_else(site: Site, visit: Visit) -> None:
    staff = visit("/@jonas/", who="dewi")
    staff.get_by_role("link", name=re.compile("Warn or pause")).click()
    expect(staff.get_by_text("(proposed)")).to_be_visible()
    staff.get_by_label("Pause the account").check()
    staff.fill("[name=reason]", REASON)
    staff.fill("[name=days]", "2")
    staff.get_by_role("button", name="Warn or pause").click()
    expect(staff.get_by_text("is told, with the way to answer")).to_be_visible()

    member = visit("/waiting/", who="jonas")
    member.goto("/notifications/")
    expect(member.get_by_text("Your account is paused until").first).to_be_visible()
    member.get_by_role("button", name=re.compile("Your account is paused until")).first.click()
    appeal(member, reason=REASON, words=WORDS)
    uphold(visit, WORDS, decided_first="dewi", decides="hana")

    member.reload()
    expect(member.get_by_text("You were right: the team undid its decision.")).to_be_visible()


def test_a_manager_reads_what_another_threshold_would_have_done_and_saves_it(
    site: Site, visit: Visit
) -> None:
    manager = visit("/admin/moderation/judgement/replay/", who="dewi")
    field = manager.get_by_label("Score from which a text waits for the team")
    before = int(field.input_value())
    field.fill(str(before - 1))
    manager.get_by_role("button", name="See what they would have done").click()
    expect(manager.get_by_text("The last 30 days with these numbers")).to_be_visible()
    expect(manager.get_by_text("texts were judged in that time")).to_be_visible()
    manager.get_by_role("button", name="Save these numbers").click()

    manager.goto("/admin/moderation/judgement/replay/")
    expect(manager.get_by_text("The last 30 days with the numbers in force")).to_be_visible()
    assert int(manager.get_by_label("Score from which a text waits for the team").input_value()) == before - 1
