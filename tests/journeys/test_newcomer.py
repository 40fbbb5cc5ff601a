"""The whole story: someone joins, is welcomed, asks, is answered, says thank you; who helped is recognised."""

import datetime as dt
import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Visit
from tests.journeys.site import Site, eventually, link_in

ADDRESS = "noor@newcomers.example"
PASSWORD = "seven quiet herons wade"
TITLE = "Does the Lyngen groundsheet hold on sharp gravel?"
BODY = "I camp on **gravel** a lot:\n\n- the edge\n- the corners\n\nDo you put something under it?"


def test_someone_joins_asks_and_is_answered_and_the_one_who_helped_is_recognised(
    site: Site, visit: Visit
) -> None:
    noor = join(site, visit("/join/"))
    is_welcomed(site, noor)
    address = ask(noor)
    answerer = visit(address, who="maya")
    answer(answerer)
    sees_the_answer_without_reloading(noor)
    accept(noor)
    wears_a_first_badge(noor)
    recognised(site, visit)


def join(site: Site, page: Page) -> Page:
    page.fill("[name=name]", "Noor Haddad")
    page.fill("[name=email]", ADDRESS)
    page.fill("[name=password1]", PASSWORD)
    page.get_by_role("button", name="Create my account").click()
    expect(page.get_by_role("heading", name="Confirm your e-mail")).to_be_visible()

    letter = site.letters.wait_for(ADDRESS, "")
    assert letter.get_body(("html",)) is not None and letter.get_body(("plain",)) is not None
    page.goto(link_in(letter, "/confirm-email/"))
    page.get_by_role("button", name="Yes, confirm it").click()
    page.wait_for_load_state()
    if page.locator("[name=login]").count():
        page.fill("[name=login]", ADDRESS)
        page.fill("[name=password]", PASSWORD)
        page.locator("main button[type=submit]").first.click()
    expect(page.locator("summary.me")).to_be_visible()
    return page


def is_welcomed(site: Site, page: Page) -> None:
    """A worker heard of it: a notice, a letter, and one question of their own."""

    def notice() -> int:
        page.goto("/notifications/")
        return page.get_by_role("button", name=re.compile("Welcome to .*, Noor")).count()

    eventually(notice, "the welcome in the inbox", 90)
    if 8 <= dt.datetime.now(dt.UTC).hour < 21:
        letter = site.letters.wait_for(ADDRESS, "Welcome", 90)
        assert "Noor" in str(letter["Subject"])
    else:
        # At night the gate keeps the letter until the morning, and says so.
        eventually(
            lambda: said(page, "/me/settings/notifications/", "It is night where"), "why the letter waits"
        )
        page.goto("/notifications/")
    page.get_by_role("button", name=re.compile("Welcome to .*, Noor")).click()
    expect(page).to_have_url(re.compile("/welcome/$"))
    expect(page.locator("h1")).to_be_visible()


def said(page: Page, path: str, words: str) -> int:
    page.goto(path)
    return page.get_by_text(words).count()


def ask(page: Page) -> str:
    page.goto("/new/")
    page.get_by_label("Question", exact=True).check()
    page.fill("#id_title", TITLE)
    page.fill("[name=body]", BODY)
    page.get_by_role("button", name="Post question").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator(".prose strong").first).to_have_text("gravel")
    expect(page.locator(".prose li")).to_have_count(2)
    expect(page.get_by_text("Your question is posted.")).to_be_visible()
    return page.url


def answer(page: Page) -> None:
    page.fill("#reply-body", "I put an old shower curtain under mine; the corners *last* twice as long.")
    page.get_by_role("button", name="Post reply").click()
    expect(page.locator("article.post", has_text="old shower curtain")).to_be_visible()
    expect(page.locator("#reply-body")).to_have_value("")


def sees_the_answer_without_reloading(page: Page) -> None:
    """The bell counts and the thread offers the new reply, both by the stream."""
    page.evaluate("window.sameVisit = true")
    expect(page.locator("[data-bell] .dot")).to_be_visible(timeout=30_000)
    shown = page.get_by_text(re.compile("new repl|1 new", re.I)).first
    expect(shown).to_be_visible(timeout=30_000)
    assert page.evaluate("window.sameVisit") is True
    shown.click()
    expect(page.locator("article.post", has_text="old shower curtain")).to_be_visible()


def accept(page: Page) -> None:
    page.get_by_role("button", name="This answered it").first.click()
    expect(page.locator("#answer")).to_contain_text("old shower curtain")


def recognised(site: Site, visit: Visit) -> None:
    """Points with their reason, and the notice that says thank you."""
    page = visit("/notifications/", who="maya")

    def told() -> int:
        page.reload()
        return page.get_by_role("button", name=re.compile("Noor.*(accepted|answer)", re.I)).count()

    eventually(told, "the notice that the answer was accepted")
    page.get_by_role("button", name=re.compile("Noor.*(accepted|answer)", re.I)).first.click()
    expect(page.locator("#answer")).to_contain_text("old shower curtain")

    def paid() -> int:
        page.goto("/me/points/")
        return page.locator("tr", has_text=TITLE).count()

    eventually(paid, "the points for the accepted answer")
    expect(page.locator("tr", has_text=TITLE).first).to_contain_text("+")


def wears_a_first_badge(page: Page) -> None:
    """The first question is honoured, and stands on the newcomer's own profile."""

    def worn() -> int:
        page.goto("/me/")
        return page.get_by_text("First question").count()

    eventually(worn, "the badge for a first question")
