"""Questions that need something, in a real browser."""

from typing import Any

import pytest
from django.utils import timezone

from community.threads.actions import want_information
from community.threads.models import Post, QuestionCare, Thread
from tests.browser.conftest import faults_of


@pytest.fixture
def asked(space: Any, make_thread: Any, make_reply: Any, alice: Any, bob: Any, mod: Any) -> Thread:
    """A question with an answer that its asker was asked about, and something that is missing."""
    thread = make_thread(alice, space)
    post = make_reply(bob, thread)
    want_information(actor=mod, thread=thread, missing="Which fly is it, and how long was it in the bag?")
    QuestionCare.objects.update(
        followed_up_at=timezone.now(), followed_up_post=Post.objects.get(pk=post.pk), said=""
    )
    return Thread.objects.get(pk=thread.pk)


@pytest.mark.parametrize(("width", "look"), [(1440, "light"), (390, "dark")])
def test_the_asker_reads_what_is_missing_and_says_yes_with_one_press(
    transactional_db: None, asked: Thread, open_page: Any, width: int, look: str
) -> None:
    page = open_page(asked.get_absolute_url(), who="alice", width=width, look=look)
    assert page.locator("#missing").inner_text().startswith("To answer you, others need to know:")
    assert faults_of(page) == []

    page.get_by_role("button", name="Yes, this one").click()

    page.locator("#answer").wait_for()
    assert not page.locator("#solved").count()
    assert faults_of(page) == []
