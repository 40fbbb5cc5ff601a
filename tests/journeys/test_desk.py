"""A member reports, a moderator claims and decides by keyboard, takes it back, decides again; the member appeals, and
another moderator finds that they are right."""

from playwright.sync_api import Page, expect

from tests.journeys.appealing import appeal, uphold
from tests.journeys.conftest import Visit
from tests.journeys.site import Site, eventually

TITLE = "Which stove survives a week of rain?"
REASON = "We keep advertisements out of threads."
WORDS = "I have no shop. It is the stove I carry myself."


def write(visit: Visit) -> Page:
    """Tomasz begins a discussion."""
    author = visit("/new/", who="tomasz")
    author.get_by_label("Discussion", exact=True).check()
    author.fill("#id_title", TITLE)
    author.fill("[name=body]", "I carry a gas stove of my own make, and would carry it again.")
    author.get_by_role("button", name="Post discussion").click()
    expect(author.get_by_text("I carry a gas stove")).to_be_visible()
    return author


def report(visit: Visit, thread: str) -> None:
    """Maya thinks that it is an advertisement."""
    reporter = visit(thread, who="maya")
    reporter.locator("details.menu summary[hx-get$='/menu/']").first.click()
    reporter.get_by_role("link", name="Report to the team").first.click()
    reporter.get_by_label("It advertises something").check()
    reporter.get_by_role("button", name="Report post").click()
    expect(reporter.get_by_text("Thank you.")).to_be_visible()


def decide_by_keys(staff: Page) -> None:
    """On the page of the case: the third decision, a reason, and the key that decides."""
    staff.keyboard.press("3")
    expect(staff.get_by_label("Remove it", exact=True)).to_be_checked()
    staff.keyboard.press("r")
    staff.keyboard.type(REASON)
    staff.keyboard.press("Escape")
    staff.keyboard.press("d")
    expect(staff.get_by_text("Decided.")).to_be_visible()


def test_reported_decided_by_keys_taken_back_decided_appealed_and_upheld(site: Site, visit: Visit) -> None:
    author = write(visit)
    thread = author.url
    report(visit, thread)

    staff = visit("/admin/moderation/case/?kind=post_report", who="hana")
    row = staff.locator("[data-row]", has_text=TITLE)
    row.locator("[data-open]").focus()
    staff.keyboard.press("c")
    expect(staff.locator("[data-row]", has_text=TITLE).get_by_text("Give back")).to_be_visible()
    staff.locator("[data-row]", has_text=TITLE).locator("[data-open]").focus()
    staff.keyboard.press("o")
    expect(staff.get_by_text("I carry a gas stove")).to_be_visible()
    case = staff.url

    decide_by_keys(staff)
    assert visit(thread).get_by_text("I carry a gas stove").count() == 0
    staff.keyboard.press("u")
    expect(staff.get_by_text("taken back").first).to_be_visible()
    assert visit(thread).get_by_text("I carry a gas stove").count() > 0

    staff.goto(case)
    decide_by_keys(staff)

    def told() -> int:
        author.goto("/notifications/")
        return (
            author.get_by_role("button", name="The team removed a post of yours").count()
            + author.get_by_text("The team removed a post of yours").count()
        )

    eventually(told, "the decision in the author's inbox")
    author.goto(f"/appeals/case/{case.split('/case/')[1].split('/')[0]}/")
    appeal(author, reason=REASON, words=WORDS)
    uphold(visit, WORDS, decided_first="hana", decides="dewi")

    assert visit(thread).get_by_text("I carry a gas stove").count() > 0

    def upheld() -> int:
        author.goto("/notifications/")
        return author.get_by_text("You were right: the team undid its decision").count()

    eventually(upheld, "the outcome of the appeal in the author's inbox")
