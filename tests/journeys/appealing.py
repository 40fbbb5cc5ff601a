"""What journeys share in which somebody appeals and is right."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit


def appeal(member: Page, *, reason: str, words: str) -> None:
    """On the page of a decision: read why, and say what one thinks of it."""
    expect(member.get_by_text(reason).first).to_be_visible()
    member.fill("[name=words]", words)
    member.get_by_role("button", name="Send your words").click()
    expect(member.get_by_text("It is with the team.")).to_be_visible()


def uphold(visit: Visit, words: str, *, decided_first: str, decides: str) -> None:
    """Who decided first cannot decide about the appeal; somebody else finds that the member is right."""
    first = _open(visit, words, decided_first)
    expect(first.get_by_text("You decided this first.")).to_be_visible()
    other = _open(visit, words, decides)
    other.get_by_label("They are right: undo the decision").check()
    other.get_by_role("button", name="Decide").click()
    expect(other.get_by_text("Decided.")).to_be_visible()


def _open(visit: Visit, words: str, who: str) -> Page:
    page = visit("/admin/moderation/case/?kind=appeal", who=who)
    page.locator("[data-row]", has_text=words).locator("[data-open]").click()
    return page
