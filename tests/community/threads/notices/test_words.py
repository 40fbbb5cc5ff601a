"""What is said of a thread that the team put elsewhere."""

import pytest

from community.notifications.models import Notice
from community.threads.notices.ordering import ordered


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Which poles hold?", "Which poles hold? Why: Solved"),
        ("Poles that hold", "Poles that hold. Why: Solved"),
    ],
)
def test_a_title_that_ends_a_sentence_gets_no_second_stop(make_thread, alice, space, title, text):
    thread = make_thread(alice, space, title=title)

    words = ordered(Notice(payload={"what": "archive", "reason": "Solved"}), thread)

    assert words.text == text
