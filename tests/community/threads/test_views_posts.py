"""Replying, editing, deleting and pressing in a browser: with htmx, without script, and when it cannot be done."""

import json
from typing import Any

import pytest
from django.test import Client

from community.threads import actions
from community.threads.models import Bookmark, Post, Reaction, ReadState, State, Thread
from community.writing.actions import save_draft
from community.writing.models import Draft

HTMX = {"HX-Request": "true"}


@pytest.fixture
def thread(alice: Any, space: Any, make_thread: Any) -> Thread:
    return make_thread(alice, space)


@pytest.fixture
def answer(bob: Any, thread: Thread, make_reply: Any) -> Post:
    return make_reply(bob, thread)


def said(response: Any) -> str:
    return str(json.loads(response["HX-Trigger"])["say"])


def do(thread: Thread, what: str) -> str:
    return f"/t/{thread.pk}/-/{what}/"


def test_a_reply_without_script_leads_to_itself(sign_in: Any, bob: Any, thread: Thread) -> None:
    response = sign_in(bob).post(do(thread, "reply"), {"body": "Take the aluminium ones."})

    post = thread.posts.get(position=2)
    assert response.status_code == 303
    assert response["Location"] == f"{thread.get_absolute_url()}#post-{post.pk}"
    assert sign_in(bob).get(f"/p/{post.pk}/")["Location"] == response["Location"]


def test_a_reply_with_htmx_brings_what_is_new_and_an_empty_form(
    sign_in: Any, bob: Any, carol: Any, thread: Thread, make_reply: Any
) -> None:
    make_reply(carol, thread, body="Said while bob was typing.")
    client = sign_in(bob)

    response = client.post(do(thread, "reply"), {"body": "Take the aluminium ones.", "seen": 1}, headers=HTMX)

    text = response.content.decode()
    assert response.status_code == 200
    assert "Said while bob was typing." in text
    assert "Take the aluminium ones." in text
    assert text.count("autofocus") == 1
    assert 'id="reply-body"' in text
    assert said(response)


def test_a_reply_that_cannot_be_posted_comes_back_with_its_text(
    sign_in: Any, bob: Any, thread: Thread
) -> None:
    client = sign_in(bob)
    body = "Something @" + " @".join(f"person{number}" for number in range(3)) + " that stays."
    Thread.objects.filter(pk=thread.pk).update(is_locked=True)

    for headers in ({}, HTMX):
        response = client.post(do(thread, "reply"), {"body": body}, headers=headers)
        assert response.status_code == 422
        assert f"{body}</textarea>" in response.content.decode()

    for empty in ({"body": ""}, {"body": "   "}):
        assert client.post(do(thread, "reply"), empty, headers=HTMX).status_code == 422
    assert thread.posts.count() == 1


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_same_text_twice_is_told_and_kept(sign_in: Any, bob: Any, thread: Thread, headers: Any) -> None:
    client = sign_in(bob)
    client.post(do(thread, "reply"), {"body": "The very same sentence."})

    response = client.post(do(thread, "reply"), {"body": "The very same sentence."}, headers=headers)

    assert response.status_code == 422
    assert "The very same sentence.</textarea>" in response.content.decode()
    assert thread.posts.count() == 2


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("gone", [0, 9**18, 9**30])
def test_a_reply_to_what_is_gone_is_kept_and_can_be_sent_again(
    sign_in: Any, alice: Any, bob: Any, answer: Post, thread: Thread, headers: Any, gone: int
) -> None:
    actions.delete_post(actor=bob, post=answer)
    client = sign_in(alice)
    sent = {"body": "Thank you for this.", "reply_to": gone or answer.pk}

    response = client.post(do(thread, "reply"), sent, headers=headers)

    text = response.content.decode()
    assert response.status_code == 422
    assert "Thank you for this.</textarea>" in text
    assert 'name="reply_to" value=""' in text
    assert thread.posts.count() == 2


@pytest.mark.parametrize("path", ["/t/{}/", "/t/{}/-/news/", "/p/{}/", "/p/{}/history/"])
def test_numbers_beyond_all_measure_are_absent(path: str, db: None) -> None:
    assert Client().get(path.format(10**30)).status_code == 404


def test_a_reply_to_a_reply_stands_under_it(sign_in: Any, alice: Any, answer: Post, thread: Thread) -> None:
    sign_in(alice).post(do(thread, "reply"), {"body": "Thank you, I will.", "reply_to": answer.pk})

    page = sign_in(alice).get(thread.get_absolute_url()).content.decode()
    nested = page[page.index('class="nested"') :]

    assert "Thank you, I will." in nested
    assert "Reply by Alice Arden to Bob Birch" in nested


def test_a_kept_reply_waits_in_the_form_and_goes_with_the_reply(
    sign_in: Any, bob: Any, thread: Thread
) -> None:
    save_draft(actor=bob, key=f"reply:{thread.pk}", body="Half a sen")
    client = sign_in(bob)

    assert "Half a sen</textarea>" in client.get(thread.get_absolute_url()).content.decode()
    client.post(do(thread, "reply"), {"body": "Half a sentence, now whole."})

    assert not Draft.objects.exists()


def test_a_reply_on_a_later_page_is_found(
    sign_in: Any, alice: Any, bob: Any, thread: Thread, make_reply: Any
) -> None:
    for number in range(23):
        make_reply(bob, thread, body=f"Reply number {number:02} of many.")
    late = thread.posts.get(position=24)

    place = sign_in(None).get(f"/p/{late.pk}/")["Location"]
    page = sign_in(None).get(place.split("#")[0]).content.decode()

    assert "after=20" in place
    assert f'id="post-{late.pk}"' in page


def test_a_press_swaps_its_own_line_and_says_so(sign_in: Any, alice: Any, answer: Post) -> None:
    client = sign_in(alice)

    on = client.post(f"/p/{answer.pk}/react/helpful/", {"on": "1"}, headers=HTMX)
    off = client.post(f"/p/{answer.pk}/react/helpful/", {"on": "0"}, headers=HTMX)
    plain = client.post(f"/p/{answer.pk}/react/thanks/", {"on": "1"})

    assert 'aria-pressed="true"' in on.content.decode()
    assert f'id="helpful-{answer.pk}"' in on.content.decode()
    assert said(on)
    assert 'aria-pressed="true"' not in off.content.decode()
    assert plain.status_code == 303
    assert list(Reaction.objects.values_list("kind", flat=True)) == ["thanks"]


def test_ones_own_post_cannot_be_thanked(sign_in: Any, bob: Any, answer: Post) -> None:
    client = sign_in(bob)

    assert client.post(f"/p/{answer.pk}/react/helpful/", {"on": "1"}, headers=HTMX).status_code == 403
    assert client.post(f"/p/{answer.pk}/react/nonsense/", {"on": "1"}).status_code in (403, 404, 422, 400)
    assert not Reaction.objects.exists()


def test_a_bookmark_is_kept_and_listed(sign_in: Any, alice: Any, answer: Post) -> None:
    client = sign_in(alice)
    client.post(f"/p/{answer.pk}/bookmark/", {"on": "1"}, headers=HTMX)

    listed = client.get("/me/bookmarks/").content.decode()
    client.post(f"/p/{answer.pk}/bookmark/", {"on": "0"})

    assert f"/p/{answer.pk}/" in listed
    assert "Aluminium bends" in listed
    assert not Bookmark.objects.exists()


def test_the_asker_accepts_and_takes_back(sign_in: Any, alice: Any, answer: Post, thread: Thread) -> None:
    client = sign_in(alice)
    assert "This answered it" in client.get(thread.get_absolute_url()).content.decode()

    accepted = client.post(f"/p/{answer.pk}/accept/")
    page = client.get(thread.get_absolute_url()).content.decode()
    again = client.post(do(thread, "unaccept"))

    assert accepted["Location"].endswith("#answer")
    assert 'id="answer"' in page
    assert "Read the full answer" in page
    assert "This answered it" not in page
    assert again.status_code == 303
    assert Thread.objects.get(pk=thread.pk).accepted_post_id is None


def test_others_are_not_offered_to_choose(sign_in: Any, carol: Any, answer: Post, thread: Thread) -> None:
    client = sign_in(carol)

    assert "This answered it" not in client.get(thread.get_absolute_url()).content.decode()
    assert client.post(f"/p/{answer.pk}/accept/").status_code == 403
    assert Thread.objects.get(pk=thread.pk).accepted_post_id is None


def test_a_deleted_reply_can_be_brought_back_in_its_place(sign_in: Any, bob: Any, answer: Post) -> None:
    client = sign_in(bob)

    gone = client.post(f"/p/{answer.pk}/delete/", headers=HTMX)
    assert Post.objects.get(pk=answer.pk).state == State.DELETED
    back = client.post(f"/p/{answer.pk}/restore/", headers=HTMX)

    assert f'id="post-{answer.pk}"' in gone.content.decode()
    assert f"/p/{answer.pk}/restore/" in gone.content.decode()
    assert "Aluminium bends" in back.content.decode()
    assert Post.objects.get(pk=answer.pk).state == State.VISIBLE


def test_without_script_a_page_offers_to_bring_it_back(sign_in: Any, bob: Any, answer: Post) -> None:
    client = sign_in(bob)

    gone = client.post(f"/p/{answer.pk}/delete/")
    page = client.get(gone["Location"]).content.decode()
    back = client.post(f"/p/{answer.pk}/restore/")

    assert f"/p/{answer.pk}/restore/" in page
    assert back.status_code == 303
    assert Post.objects.get(pk=answer.pk).state == State.VISIBLE


def test_nobody_else_opens_what_was_deleted(sign_in: Any, bob: Any, carol: Any, answer: Post) -> None:
    actions.delete_post(actor=bob, post=answer)

    for path in ("", "menu/", "deleted/", "history/"):
        assert sign_in(carol).get(f"/p/{answer.pk}/{path}").status_code == 404
    assert sign_in(carol).post(f"/p/{answer.pk}/restore/").status_code == 404


def test_a_question_taken_back_leaves_its_replies(
    sign_in: Any, alice: Any, answer: Post, thread: Thread
) -> None:
    actions.delete_post(actor=alice, post=thread.posts.get(position=1))

    page = sign_in(None).get(thread.get_absolute_url()).content.decode()

    assert "taken back by its author" in page
    assert "Aluminium bends" in page


def test_an_edit_keeps_the_history(sign_in: Any, bob: Any, carol: Any, answer: Post) -> None:
    client = sign_in(bob)
    form = client.get(f"/p/{answer.pk}/edit/").content.decode()
    assert "Aluminium bends" in form

    saved = client.post(
        f"/p/{answer.pk}/edit/",
        {
            "body": "Aluminium bends and can be splinted; carbon breaks.",
            "reason": "Said more",
            "expected_edit_count": 0,
        },
    )
    history = sign_in(carol).get(f"/p/{answer.pk}/history/").content.decode()

    assert saved.status_code == 303
    assert "<ins>" in history
    assert "<del>" in history
    assert "Said more" in history


def test_an_edit_made_meanwhile_is_not_overwritten(sign_in: Any, bob: Any, answer: Post) -> None:
    client = sign_in(bob)
    actions.edit_post(actor=bob, post=answer, body="Changed in another window.")

    response = client.post(
        f"/p/{answer.pk}/edit/", {"body": "Changed in this window.", "expected_edit_count": 0}
    )

    assert response.status_code == 409
    assert "Changed in this window.</textarea>" in response.content.decode()
    assert Post.objects.get(pk=answer.pk).body_md == "Changed in another window."


def test_the_menu_offers_what_one_may_do(sign_in: Any, alice: Any, bob: Any, mod: Any, answer: Post) -> None:
    menus = {
        who: sign_in(member).get(f"/p/{answer.pk}/menu/", headers=HTMX).content.decode()
        for who, member in (("alice", alice), ("bob", bob), ("mod", mod))
    }
    page = sign_in(bob).get(f"/p/{answer.pk}/menu/").content.decode()

    assert "Delete" in menus["bob"]
    assert "Edit" in menus["bob"]
    assert "Delete" not in menus["alice"]
    assert "Accept as the answer" in menus["alice"]
    assert "Accept as the answer" in menus["mod"]
    assert "<h1" in page
    assert "csrfmiddlewaretoken" in page


def test_reading_moves_forward_only(sign_in: Any, carol: Any, answer: Post, thread: Thread) -> None:
    client = sign_in(carol)

    for position in ("2", "1", "99", "x", ""):
        assert client.post(do(thread, "read"), {"position": position, "quiet": "1"}).status_code == 204

    assert ReadState.objects.get(member=carol).last_read_position == 2


@pytest.mark.parametrize("choice", ["lock", "unlock", "pin", "unpin"])
def test_only_moderators_keep_order(sign_in: Any, bob: Any, mod: Any, thread: Thread, choice: str) -> None:
    refused = sign_in(bob).post(do(thread, choice))
    done = sign_in(mod).post(do(thread, choice))

    assert refused.status_code == 403
    assert done.status_code == 303


def test_a_moderator_moves_a_thread(sign_in: Any, bob: Any, mod: Any, thread: Thread) -> None:
    from community.spaces.models import Space

    Space.objects.create(slug="other", name="Other")
    assert sign_in(bob).get(do(thread, "move")).status_code == 403
    client = sign_in(mod)
    assert "Other" in client.get(do(thread, "move")).content.decode()

    moved = client.post(do(thread, "move"), {"space": "other"})
    wrong = client.post(do(thread, "move"), {"space": "nowhere"})

    assert moved.status_code == 303
    assert wrong.status_code == 422
    assert Thread.objects.get(pk=thread.pk).space.slug == "other"


PRESSES = ["reply", "level", "read", "lock", "pin", "unaccept"]


@pytest.mark.parametrize("what", PRESSES)
def test_a_guest_is_sent_to_sign_in(what: str, thread: Thread) -> None:
    plain = Client().post(do(thread, what), {"body": "x"})
    fragment = Client().post(do(thread, what), {"body": "x"}, headers=HTMX)

    assert plain.status_code == 302
    assert plain["Location"].startswith("/sign-in/")
    assert fragment.status_code == 401
    assert fragment["HX-Redirect"].startswith("/sign-in/")


@pytest.mark.parametrize("what", PRESSES)
def test_what_cannot_be_read_cannot_be_pressed(
    what: str, sign_in: Any, bob: Any, carol: Any, private_space: Any, make_thread: Any
) -> None:
    from community.spaces.models import SpaceMembership

    SpaceMembership.objects.create(space=private_space, member=bob)
    thread = make_thread(bob, private_space)

    assert sign_in(carol).get(thread.get_absolute_url()).status_code == 404
    assert sign_in(carol).post(do(thread, what), {"body": "Let me in."}).status_code == 404
    assert thread.posts.count() == 1


def test_a_suspended_member_reads_why_and_keeps_the_text(sign_in: Any, mallory: Any, thread: Thread) -> None:
    client = sign_in(mallory)
    page = client.get(thread.get_absolute_url()).content.decode()

    response = client.post(do(thread, "reply"), {"body": "But I want to say this."})

    assert "paused until" in page
    assert 'id="reply-body"' not in page
    assert response.status_code == 422
    assert thread.posts.count() == 1
