"""A member reports a post, a moderator decides, and everyone concerned is told, with the reason."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.site import Site, eventually

BODY = "Buy cheap tents at my cousin's shop, best prices, ask me for the address!"
REASON = "We keep advertisements out of threads."


def test_a_report_is_decided_and_the_author_is_told_why(site: Site, visit: Visit) -> None:
    author = visit("/new/", who="tomasz")
    author.get_by_label("Discussion", exact=True).check()
    author.fill("#id_title", "Anyone else looking for cheap tents this spring?")
    author.fill("[name=body]", BODY)
    author.get_by_role("button", name="Post discussion").click()
    expect(author.get_by_text("Buy cheap tents")).to_be_visible()
    thread = author.url

    reporter = visit(thread, who="maya")
    reporter.locator("details.menu summary[hx-get$='/menu/']").first.click()
    reporter.get_by_role("link", name="Report to the team").first.click()
    reporter.get_by_label("It advertises something").check()
    reporter.fill("[name=note]", "He does this in every thread.")
    reporter.get_by_role("button", name="Report post").click()
    expect(reporter.get_by_text("Thank you.")).to_be_visible()

    staff = visit("/admin/moderation/case/", who="hana")
    staff.get_by_role("link", name=re.compile("Anyone else looking")).first.click()
    expect(staff.get_by_text("He does this in every thread.")).to_be_visible()
    staff.get_by_label("Remove it", exact=True).check()
    staff.get_by_role("button", name="Decide").click()
    expect(staff.get_by_text("Write the reason.").first).to_be_visible()
    staff.get_by_label("Remove it", exact=True).check()
    staff.fill("[name=reason]", REASON)
    staff.get_by_role("button", name="Decide").click()
    expect(staff.get_by_text("Decided.")).to_be_visible()

    def told() -> int:
        author.goto("/notifications/")
        return author.get_by_text(REASON).count()

    eventually(told, "the reason in the author's inbox")
    assert author.goto(thread).status in (200, 404)  # type: ignore[union-attr]
    assert visit(thread).get_by_text("Buy cheap tents").count() == 0

    def thanked() -> int:
        reporter.goto("/notifications/")
        return reporter.locator("#notices li", has_text=re.compile("report", re.I)).count()

    eventually(thanked, "what became of the report, in the reporter's inbox")
