"""The pages of polls: voting with and without script, results as they may be seen, fields that keep what was typed."""

from typing import Any

import pytest

from community.notifications.models import Notice
from community.search.models import SearchDocument
from community.spaces.models import SpaceMembership
from community.threads.actions import cast_vote, put_poll, remove_poll, reply_to_thread
from community.threads.models import Poll, PollOption, PollVote, Post, Thread
from community.threads.notices.subjects import load_posts
from community.threads.polling import PollSpec
from tests.community.threads.conftest import fresh
from tests.community.threads.test_views_cost import statements

ASKED = PollSpec("Which <b>pole</b> do you carry?", ("Carbon", "Alu & steel", "None"))
TYPED = {
    "poll_question": "Which pole do you carry?",
    "poll_options": "Carbon\r\n\r\nAluminium\r\nNone\r\n",
    "poll_least": "1",
    "poll_most": "2",
    "poll_results": "voted",
    "poll_closes": "",
    "poll_voters": "on",
}
HX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def post(question: Post, alice: Any) -> Post:
    """Alice's question with a poll in it."""
    put_poll(actor=alice, post=question, spec=ASKED)
    return fresh(question)


def options() -> list[int]:
    return list(PollOption.objects.values_list("pk", flat=True))


def test_a_poll_is_voted_in_without_script(post: Post, bob: Any, sign_in: Any) -> None:
    client, path = sign_in(bob), post.thread.get_absolute_url()
    before = client.get(path).content.decode()
    assert before.count('type="radio" name="options"') == 3
    assert "Which &lt;b&gt;pole" in before and "Alu &amp; steel" in before

    answer = client.post(f"/p/{post.pk}/poll/vote/", {"options": [options()[1]]})

    assert (answer.status_code, answer["Location"]) == (303, f"{path}#post-{post.pk}")
    after = client.get(path).content.decode()
    assert "1 vote, 100 %" in after and "1 person voted" in after
    assert 'type="radio" name="options"' not in after


def test_only_the_poll_is_swapped(post: Post, bob: Any, sign_in: Any) -> None:
    client = sign_in(bob)

    answer = client.post(f"/p/{post.pk}/poll/vote/", {"options": [options()[0]]}, **HX)

    assert answer.status_code == 200
    assert answer.content.decode().strip().startswith(f'<section class="poll" id="poll-{post.pk}"')
    assert "Your vote is counted." in answer["HX-Trigger"]
    form = client.get(f"/p/{post.pk}/poll/?look=vote", **HX).content.decode()
    assert " checked>" in form and "Change my vote" in form
    client.post(f"/p/{post.pk}/poll/withdraw/", **HX)
    assert not PollVote.objects.exists()


@pytest.mark.parametrize("more", [{}, HX])
def test_no_choice_or_too_many_says_so(more: Any, post: Post, bob: Any, sign_in: Any) -> None:
    client = sign_in(bob)

    nothing = client.post(f"/p/{post.pk}/poll/vote/", {}, **more)
    too_many = client.post(f"/p/{post.pk}/poll/vote/", {"options": options()[:2]}, **more)

    assert nothing.status_code == too_many.status_code == 422
    assert "Choose at least one of the options." in nothing.content.decode()
    assert "Choose one of the options." in too_many.content.decode()
    assert not PollVote.objects.exists()


def test_results_wait_for_ones_own_vote_or_the_end(
    post: Post, alice: Any, bob: Any, carol: Any, sign_in: Any
) -> None:
    put_poll(actor=alice, post=post, spec=PollSpec("Which?", ("a", "b"), results="voted"))
    cast_vote(actor=bob, post=post, options=options()[:1])
    path = f"/p/{post.pk}/poll/?look=results"

    assert "100 %" in sign_in(bob).get(path).content.decode()
    for viewer in (carol, None, alice):
        page = sign_in(viewer).get(path).content.decode()
        assert "100 %" not in page and "once you have voted" in page and "1 person voted" in page
    client = sign_in(alice)
    client.post(f"/p/{post.pk}/poll/close/")
    assert "100 %" in sign_in(None).get(path).content.decode()
    client.post(f"/p/{post.pk}/poll/close/", {"on": "0"})
    assert "100 %" not in sign_in(None).get(path).content.decode()


def test_who_voted_is_shown_for_open_ballots_only(post: Post, alice: Any, bob: Any, sign_in: Any) -> None:
    cast_vote(actor=bob, post=post, options=options()[:1])
    secret = sign_in(None).get(f"/p/{post.pk}/poll/voters/{options()[0]}/")
    assert secret.status_code == 404
    PollVote.objects.all().delete()
    Poll.objects.update(voter_count=0)

    put_poll(actor=alice, post=post, spec=PollSpec("Which?", ("a", "b"), shows_voters=True))
    cast_vote(actor=bob, post=post, options=options()[:1])
    first, second = options()

    for more in ({}, HX):
        shown = sign_in(None).get(f"/p/{post.pk}/poll/voters/{first}/", **more)
        assert "Bob Birch" in shown.content.decode()
    assert "Bob Birch" not in sign_in(None).get(f"/p/{post.pk}/poll/voters/{second}/").content.decode()


def test_a_poll_costs_a_thread_no_statement(
    post: Post, bob: Any, carol: Any, thread: Thread, make_thread: Any, space: Any, sign_in: Any
) -> None:
    bare = make_thread(carol, space, title="A thread without a poll")
    for number in range(3):
        reply_to_thread(actor=carol, thread=thread, body=f"Poll {number}", poll=ASKED)
    for viewer in (bob, None):
        client = sign_in(viewer)
        without, _page = statements(client, bare.get_absolute_url())
        with_four, page = statements(client, thread.get_absolute_url())
        assert page.content.count(b'<section class="poll"') == 4
        assert len(with_four) == len(without) <= (6 if viewer else 3)


def test_a_thread_is_begun_with_a_poll_from_the_form(alice: Any, space: Any, sign_in: Any) -> None:
    typed = {"kind": "discussion", "title": "Poles in winter", "body": "I cannot decide.", "space": "help"}

    answer = sign_in(alice).post("/new/", {**typed, **TYPED})

    assert answer.status_code == 303
    poll = Poll.objects.get()
    assert (poll.least, poll.most, poll.results, poll.shows_voters) == (1, 2, "voted", True)
    assert [option.text for option in poll.options.all()] == ["Carbon", "Aluminium", "None"]


def test_an_unusable_poll_keeps_everything_that_was_typed(alice: Any, space: Any, sign_in: Any) -> None:
    typed = {"kind": "discussion", "title": "Poles in winter", "body": "I cannot decide.", "space": "help"}

    answer = sign_in(alice).post("/new/", {**typed, **TYPED, "poll_options": "Carbon"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<details class="poll-fields" open>' in page and "2 to 20 options" in page
    assert "I cannot decide." in page and ">\nCarbon</textarea>" in page
    assert not Thread.objects.exists()


def test_a_draft_keeps_the_poll(alice: Any, space: Any, sign_in: Any) -> None:
    client = sign_in(alice)

    client.post("/new/draft/", {"title": "Poles", "body": "Hm.", "space": "help", **TYPED})

    page = client.get("/new/").content.decode()
    assert "Which pole do you carry?" in page and '<details class="poll-fields" open>' in page


def test_newcomers_see_no_fields_for_polls(
    make_member: Any, thread: Thread, space: Any, sign_in: Any
) -> None:
    client = sign_in(make_member("nell", trust_level=0))

    assert "poll_question" not in client.get("/new/").content.decode()
    assert "poll_question" not in client.get(f"/t/{thread.pk}/-/reply/").content.decode()


def test_a_reply_with_a_poll_has_a_page_of_its_own(bob: Any, thread: Thread, sign_in: Any) -> None:
    client, path = sign_in(bob), f"/t/{thread.pk}/-/reply/"

    on = client.post(path, {"body": "Let us count.", "do": "more"})
    assert (on.status_code, on["Location"]) == (303, path)
    page = client.get(path).content.decode()
    assert "Let us count." in page and "poll_question" in page
    looked = client.post(path, {"body": "Let us **count**.", "do": "preview", **TYPED})
    assert "<strong>count</strong>" in looked.content.decode()
    assert "Which pole do you carry?" in looked.content.decode()
    wrong = client.post(path, {"body": "Let us count.", **TYPED, "poll_most": "9"})
    assert wrong.status_code == 422 and thread.posts.count() == 1
    done = client.post(path, {"body": "Let us count.", **TYPED})

    assert done.status_code == 303
    assert thread.posts.get(position=2).has_poll


def test_a_poll_is_changed_and_taken_out_where_its_post_is_edited(
    post: Post, alice: Any, bob: Any, sign_in: Any
) -> None:
    client, path = sign_in(alice), f"/p/{post.pk}/edit/"
    assert "Which &lt;b&gt;pole" in client.get(path).content.decode()
    text = {"title": post.thread.title, "body": post.body_md, "expected_edit_count": "0"}

    client.post(path, {**text, **TYPED})
    assert Poll.objects.get().question == "Which pole do you carry?"
    cast_vote(actor=bob, post=post, options=options()[:1])
    page = client.get(path).content.decode()
    assert "stays as it is" in page and "disabled" in page
    client.post(path, {**text, "body": "Another text now.", **TYPED, "poll_question": "Another one?"})
    assert Poll.objects.get().question == "Which pole do you carry?"
    assert fresh(post).body_md == "Another text now."
    cleared = dict.fromkeys(TYPED, "")
    PollVote.objects.all().delete()
    Poll.objects.update(voter_count=0)
    client.post(path, {**text, "expected_edit_count": "1", "body": "Another text now.", **cleared})

    assert not Poll.objects.exists() and not fresh(post).has_poll


def test_an_edit_that_is_refused_leaves_the_poll_as_it_was(post: Post, alice: Any, sign_in: Any) -> None:
    text = {"title": post.thread.title, "body": "", "expected_edit_count": "0"}

    answer = sign_in(alice).post(f"/p/{post.pk}/edit/", {**text, "body": "x", **TYPED})

    assert answer.status_code == 422
    assert Poll.objects.get().question == ASKED.question


def test_a_poll_is_hidden_with_its_space_and_its_post(
    alice: Any, bob: Any, private_space: Any, make_thread: Any, sign_in: Any
) -> None:
    SpaceMembership.objects.create(space=private_space, member=alice)
    hidden = Post.objects.get(thread=make_thread(alice, private_space, poll=ASKED))

    for path in ("", "voters/1/"):
        assert sign_in(bob).get(f"/p/{hidden.pk}/poll/{path}").status_code == 404
    for path in ("vote/", "withdraw/", "close/"):
        answer = sign_in(bob).post(f"/p/{hidden.pk}/poll/{path}", {"options": options()[:1]})
        assert answer.status_code == 404
    assert not PollVote.objects.exists()


def test_what_a_poll_asks_is_found_told_and_fed(
    post: Post, alice: Any, bob: Any, sign_in: Any, deliver_all: Any
) -> None:
    deliver_all()
    assert "steel" in SearchDocument.objects.get(kind="thread").body
    assert "📊 Which &lt;b&gt;pole&lt;/b&gt; do you carry?" in sign_in(None).get("/feed.xml").content.decode()
    reply_to_thread(actor=bob, thread=post.thread, body="Another question.", poll=ASKED)
    deliver_all()
    notice = Notice.objects.get(member=alice, kind__startswith="thread.")
    told = load_posts([notice], alice)[notice.pk].body_html
    assert told.endswith("📊 Which &lt;b>pole&lt;/b> do you carry?")

    remove_poll(actor=alice, post=post)
    deliver_all()

    assert "steel" not in SearchDocument.objects.get(kind="thread").body


def test_the_team_finds_and_closes_polls_in_the_admin(post: Post, bob: Any, mod: Any, sign_in: Any) -> None:
    cast_vote(actor=bob, post=post, options=options()[:1])
    client = sign_in(mod)
    path = "/admin/threads/poll/"

    assert "Which &lt;b&gt;pole" in client.get(path).content.decode()
    assert client.get(f"{path}{Poll.objects.get().pk}/change/").status_code == 200
    client.post(path, {"action": "close", "_selected_action": [Poll.objects.get().pk]})

    assert Poll.objects.get().closed_by == mod


def test_the_tools_of_the_reply_box_come_when_one_begins_to_write(
    bob: Any, make_member: Any, thread: Thread, sign_in: Any
) -> None:
    path = f"/t/{thread.pk}/-/tools/"
    page = sign_in(bob).get(thread.get_absolute_url()).content.decode()
    assert f'hx-get="{path}"' in page and "markdown-toolbar for" not in page
    assert '<noscript><button class="btn btn-bare btn-s" name="do" value="preview">' in page

    tools = sign_in(bob).get(path, **HX).content.decode()

    assert 'id="reply-look"' in tools and 'hx-post="/writing/preview/"' in tools and "Add a poll" in tools
    assert sign_in(bob).get(path)["Location"] == f"/t/{thread.pk}/-/reply/"
    newcomer = make_member("nell", trust_level=0)
    assert "Add a poll" not in sign_in(newcomer).get(path, **HX).content.decode()
