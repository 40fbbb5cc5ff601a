"""The thread page, by everyone and every way."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.utils import timezone

from community.threads.actions import accept_answer, add_reaction, mark_read
from community.threads.models import Post, State, Thread

HTMX = {"HX-Request": "true"}


def read(client: Any, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def test_a_guest_reads_question_answer_and_replies(
    sign_in: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    make_reply(bob, thread)

    page = sign_in(None).get(thread.get_absolute_url())

    text = page.content.decode()
    assert page.status_code == 200
    assert "Which poles hold in a winter gale?" in text
    assert "Aluminium bends" in text
    assert "csrfmiddlewaretoken" not in text
    assert not page.cookies
    assert text.count("<h1") == 1


def test_a_member_sees_the_reply_form(
    sign_in: Any, alice: Any, bob: Any, space: Any, make_thread: Any
) -> None:
    text = read(sign_in(bob), make_thread(alice, space).get_absolute_url())

    assert 'id="reply"' in text
    assert "Same question" in text


@pytest.mark.parametrize("slug", ["", "old-words/", "-/", "%20/"])
def test_an_old_address_leads_to_the_present_one(
    slug: str, sign_in: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    thread = make_thread(alice, space)

    response = sign_in(None).get(f"/t/{thread.pk}/{slug}?after=20")

    assert response.status_code == 301
    assert response["Location"] == f"{thread.get_absolute_url()}?after=20"


def test_titles_in_any_script_have_an_address(sign_in: Any, alice: Any, space: Any, make_thread: Any) -> None:
    thread = make_thread(alice, space, title="冬の風に強いポールは？")

    assert "冬の風に強いポールは？" in read(sign_in(None), thread.get_absolute_url())


def test_pages_of_twenty_follow_each_other(
    sign_in: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    for number in range(2, 46):
        make_reply(bob, thread, body=f"Said at position {number}.")
    guest = sign_in(None)

    seen: list[int] = []
    path: str | None = thread.get_absolute_url()
    while path:
        text = read(guest, path)
        seen += [int(number) for number in re.findall(r"Said at position (\d+)\.</p>", text)]
        onward = re.search(r'href="([^"]+)" rel="next"', text)
        path = onward[1].replace("&amp;", "&") if onward else None

    assert seen == list(range(2, 46))


def test_a_page_far_behind_the_end_says_so_calmly(
    sign_in: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    text = read(sign_in(None), make_thread(alice, space).get_absolute_url() + "?after=99999999999999999999")

    assert "Read it from the beginning" in text


def test_the_answer_comes_first_wherever_it_was_written(
    sign_in: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    for number in range(2, 30):
        last = make_reply(bob, thread, body=f"Said at position {number}. It bends. It can be splinted.")
    accept_answer(actor=alice, post=last)

    first = read(sign_in(None), thread.get_absolute_url())
    second = read(sign_in(None), thread.get_absolute_url() + "?after=20")

    assert (
        first.index("Read the full answer")
        < first.index('id="answer"')
        < first.index("at position 2. It bends. It can be splinted.</p>")
    )
    assert "27 more replies" in first
    assert 'rel="next"' in first
    assert f'id="post-{last.pk}"' in first
    assert f'id="post-{last.pk}"' in second


def test_most_helpful_first_by_pages(
    sign_in: Any, alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    posts = [make_reply(bob, thread, body=f"Said at position {number}.") for number in range(2, 27)]
    for reader in (alice, carol):
        add_reaction(actor=reader, post=posts[24], kind="helpful")
    add_reaction(actor=alice, post=posts[10], kind="helpful")
    guest = sign_in(None)

    first = read(guest, thread.get_absolute_url() + "?sort=helpful")
    onward = re.search(r'href="([^"]+)" rel="next"', first)
    assert onward
    second = read(guest, onward[1].replace("&amp;", "&"))
    order = [int(n) for n in re.findall(r"Said at position (\d+)\.</p>", first + second)]

    assert order[:2] == [26, 12]
    assert sorted(order) == list(range(2, 27))


def test_where_one_stopped_reading_is_marked_once(
    sign_in: Any, alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    make_reply(bob, thread, body="Read long ago.")
    thread.refresh_from_db()
    mark_read(actor=carol, thread=thread, position=2)
    make_reply(bob, thread, body="New to carol.")
    make_reply(alice, thread, body="Also new to carol.")

    text = read(sign_in(carol), thread.get_absolute_url())

    assert text.count('class="newline"') == 1
    assert text.index("Read long ago.") < text.index('class="newline"') < text.index("New to carol.")
    assert "2 new since your last visit" in text
    assert 'class="newline"' not in read(sign_in(alice), thread.get_absolute_url())


def test_news_wait_behind_a_button(
    sign_in: Any, alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    reader = sign_in(carol)
    assert reader.get(f"/t/{thread.pk}/-/news/?after=1").status_code == 204
    make_reply(bob, thread, body="Something new.")
    make_reply(carol, thread, body="Carol's own words.")

    news = read(reader, f"/t/{thread.pk}/-/news/?after=1")
    fragment = reader.get(f"/t/{thread.pk}/-/posts/?after=1", headers=HTMX).content.decode()
    plain = reader.get(f"/t/{thread.pk}/-/posts/?after=1")

    assert "1 new reply" in news
    assert "Something new." in fragment
    assert 'name="seen" value="3"' in fragment
    assert plain.status_code == 303


def test_hidden_posts_show_to_the_team_only(
    sign_in: Any, alice: Any, bob: Any, mod: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    Post.objects.filter(pk=make_reply(bob, thread).pk).update(
        state=State.REMOVED, state_reason="Named a person."
    )

    for who in (None, alice, bob):
        assert "Aluminium bends" not in read(sign_in(who), thread.get_absolute_url())
    team = read(sign_in(mod), thread.get_absolute_url())
    assert "Aluminium bends" in team
    assert "Named a person." in team


def test_a_hidden_thread_is_absent(sign_in: Any, alice: Any, mod: Any, space: Any, make_thread: Any) -> None:
    thread = make_thread(alice, space)
    Thread.objects.filter(pk=thread.pk).update(state=State.HIDDEN)

    for who in (None, alice):
        for path in ("", "-/news/", "-/posts/", "-/close/"):
            assert sign_in(who).get(f"/t/{thread.pk}/{path}").status_code == 404
    assert "Only the team sees this" in read(sign_in(mod), thread.get_absolute_url())


def test_search_engines_read_question_and_answer(
    sign_in: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space, body="Is </script><b>this</b> safe & sound?")
    accept_answer(actor=alice, post=make_reply(bob, thread))

    text = read(sign_in(None), thread.get_absolute_url())
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert found
    data = json.loads(found[1])

    assert data["@type"] == "QAPage"
    assert data["mainEntity"]["acceptedAnswer"]["text"].startswith("Aluminium bends")
    assert "ld+json" not in read(sign_in(bob), thread.get_absolute_url())


def test_only_public_questions_are_told_to_search_engines(
    sign_in: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    talk = make_thread(alice, space, kind="discussion")

    assert "ld+json" not in read(sign_in(None), talk.get_absolute_url())


def test_names_and_titles_are_escaped_everywhere(
    sign_in: Any, make_member: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    evil = make_member("evil", name='"><img src=x onerror=alert(1)>', team_title="<i>Team</i>")
    thread = make_thread(evil, space, title='Does "<script>alert(1)</script>" & co work?', tags=["a'b<i>"])
    make_reply(evil, thread, reply_to=make_reply(bob, thread))

    for who in (None, bob):
        for path in (thread.get_absolute_url(), "/", "/?view=newest", "/s/help/", "/spaces/", "/feed.xml"):
            text = read(sign_in(who), path)
            assert "<img src=x" not in text
            assert "<script>alert" not in text
            assert "<i>Team" not in text


def test_close_threads_are_offered(sign_in: Any, alice: Any, space: Any, make_thread: Any) -> None:
    thread = make_thread(alice, space)
    make_thread(alice, space, title="Tent poles for winter", body="The ones that bend rather than break.")

    assert "Tent poles for winter" in read(sign_in(None), f"/t/{thread.pk}/-/close/")


def test_times_are_said_in_the_readers_zone(
    sign_in: Any, alice: Any, make_member: Any, space: Any, make_thread: Any
) -> None:
    far = make_member("far", time_zone="Pacific/Auckland")
    thread = make_thread(alice, space, occurred_at=timezone.now() - dt.timedelta(days=30))

    local = thread.created_at.astimezone(far_zone())
    assert local.isoformat(timespec="minutes") in read(sign_in(far), thread.get_absolute_url())


def far_zone() -> dt.tzinfo:
    import zoneinfo

    return zoneinfo.ZoneInfo("Pacific/Auckland")


def test_an_archive_offers_no_presses_but_keeps_its_counts(
    sign_in: Any, alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    add_reaction(actor=alice, post=make_reply(bob, thread), kind="helpful")
    type(space).objects.update(is_archived=True)

    for who in (None, carol):
        text = sign_in(who).get(thread.get_absolute_url()).content.decode()

        assert 'class="react"' not in text
        assert text.count('class="react still"') == 1
