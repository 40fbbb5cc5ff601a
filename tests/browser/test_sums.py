"""The small sum in a real browser: joining in the blink of an eye, and a newcomer's text in doubt."""

from typing import Any

import pytest

from community.members.models import Arrival, Member
from community.moderation.models import Judgement
from community.threads.models import Post

pytestmark = pytest.mark.browser
DOUBTFUL = "Tents are cheap this week, have a look at https://a.example/tents before they are gone"


def test_a_form_filled_in_at_once_is_sent_with_the_sum(open_page: Any, db: Any) -> None:
    page = open_page("/join/")
    page.locator("input[name=name]").fill("Nina Noord")
    page.locator("input[name=email]").fill("nina@example.org")
    page.locator("input[name=password1]").fill("a long enough password")
    page.get_by_role("button", name="Create my account").click()
    page.wait_for_url(lambda url: "/join/" not in url, timeout=25_000)

    assert Member.objects.get(email="nina@example.org").is_active
    # It was quick, and the sum took the doubt away.
    assert not Arrival.objects.exists()
    assert page.said == []


def test_where_browsers_keep_their_own_sums_from_a_page_another_does_them(open_page: Any, db: Any) -> None:
    """Pages by plain http have no `crypto.subtle`."""
    page = open_page("/join/")
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page.reload()
    page.locator("input[name=name]").fill("Nina Noord")
    page.locator("input[name=email]").fill("nina@example.org")
    page.locator("input[name=password1]").fill("a long enough password")
    page.get_by_role("button", name="Create my account").click()
    page.wait_for_url(lambda url: "/join/" not in url, timeout=40_000)

    assert Member.objects.get(email="nina@example.org").is_active
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("where", ["/t/{}/-/reply/", "/t/{}/"])
def test_a_reply_in_doubt_goes_on_by_itself_after_the_sum(
    open_page: Any, make_member: Any, alice: Any, space: Any, make_thread: Any, where: str
) -> None:
    thread = make_thread(alice, space)
    make_member("nina", trust_level=0)

    page = open_page(where.format(thread.pk), who="nina")
    page.locator("textarea[name=body]").fill(DOUBTFUL)
    page.get_by_role("button", name="Post reply").first.click()
    page.locator(".post", has_text="before they are gone").wait_for(timeout=25_000)

    assert Post.objects.filter(thread=thread, position=2).count() == 1
    judged = Judgement.objects.get()
    assert judged.score >= 40 and "unproven" not in judged.signals
    assert not any("script-src" in line or "worker" in line.lower() for line in page.said)


def test_without_script_one_joins_all_the_same(open_page: Any, db: Any) -> None:
    page = open_page("/join/", java_script_enabled=False)
    page.locator("input[name=name]").fill("Nina Noord")
    page.locator("input[name=email]").fill("nina@example.org")
    page.locator("input[name=password1]").fill("a long enough password")
    page.get_by_role("button", name="Create my account").click()

    assert Member.objects.get(email="nina@example.org").is_active
    assert Arrival.objects.get().proof == "missing"
