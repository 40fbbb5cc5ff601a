"""The thread page, by everyone and every way."""

from typing import Any


def test_a_guest_reads_question_answer_and_replies(
    sign_in: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    make_reply(bob, thread)

    page = sign_in(None).get(thread.get_absolute_url())

    assert page.status_code == 200
    text = page.content.decode()
    assert "Which poles hold in a winter gale?" in text
    assert "Aluminium bends" in text
    assert "csrfmiddlewaretoken" not in text
    assert "csrf" not in page.cookies


def test_a_member_sees_the_reply_form(sign_in: Any, alice: Any, bob: Any, space: Any, make_thread: Any) -> None:
    thread = make_thread(alice, space)

    text = sign_in(bob).get(thread.get_absolute_url()).content.decode()

    assert 'id="reply"' in text
    assert "Same question" in text
