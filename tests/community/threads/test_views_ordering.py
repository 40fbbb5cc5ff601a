"""The pages with which order is kept."""

import datetime as dt

import pytest
from django.utils import timezone

from community.threads.actions import (
    NewThread,
    archive_thread,
    judge_post,
    pin_thread,
    set_slow_mode,
    set_timer,
    split_thread,
    unlist_thread,
)
from community.threads.models import PinAside, Post, Regrouping, Thread, ThreadTimer
from tests.community.threads.conftest import fresh


def path(thread, tool):
    return f"/t/{thread.pk}/-/{tool}/"


def page_of(client, thread):
    return client.get(thread.get_absolute_url()).content.decode()


def test_the_team_finds_every_tool_and_members_none(bob, mod, thread, answer, sign_in):
    page = sign_in(mod).get(path(thread, "order")).content.decode()

    for tool in ("lock", "unlist", "archive", "move", "split", "pinning", "pace", "timer", "merge"):
        assert path(thread, tool) in page
    assert sign_in(bob).get(path(thread, "order")).status_code == 403
    assert path(thread, "order") in page_of(sign_in(mod), thread)
    assert "-/order/" not in page_of(sign_in(bob), thread)


def test_leaders_find_what_is_theirs(make_member, thread, sign_in):
    page = sign_in(make_member("leader", trust_level=4)).get(path(thread, "order")).content.decode()

    assert path(thread, "merge") in page
    assert path(thread, "unlist") not in page
    assert path(thread, "timer") not in page


def test_an_ordinary_thread_says_nothing_of_this(bob, thread, sign_in):
    page = page_of(sign_in(bob), thread)

    for words in ("Slow mode", "Closes", "put this pin", "noindex", "Archived"):
        assert words not in page


def test_a_steered_thread_says_what_holds(bob, mod, thread, sign_in, client):
    set_slow_mode(actor=mod, thread=thread, seconds=300)
    set_timer(actor=mod, thread=thread, kind="close", idle_days=7)
    pin_thread(actor=mod, thread=thread)

    page = page_of(sign_in(bob), thread)

    assert "Slow mode: one reply every 5 minutes" in page
    assert "Closes 7 days after the last reply" in page
    assert path(thread, "pin-away") in page
    assert path(thread, "pin-away") not in page_of(client, thread)


def test_an_unlisted_thread_is_not_for_robots_and_an_archived_one_takes_nothing(
    mod, bob, thread, sign_in, client
):
    unlist_thread(actor=mod, thread=thread)
    assert 'content="noindex"' in page_of(client, thread)
    assert "Only whoever has the link" in page_of(sign_in(bob), thread)

    archive_thread(actor=mod, thread=thread)
    page = page_of(sign_in(bob), thread)
    assert "This thread is archived" in page


def test_a_refused_reply_in_slow_mode_keeps_what_was_typed(bob, mod, thread, make_reply, sign_in):
    set_slow_mode(actor=mod, thread=thread, seconds=300)
    make_reply(bob, fresh(thread))

    answer = sign_in(bob).post(path(thread, "reply"), {"body": "One more thing I thought of"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "you can reply here again in 5 minutes" in page
    assert "One more thing I thought of" in page


def test_a_merge_from_the_page_leads_to_the_other_thread(
    mod, bob, space, thread, make_thread, sign_in, client
):
    other = make_thread(bob, space)

    answer = sign_in(mod).post(
        path(other, "merge"), {"into": f"https://example.org{thread.get_absolute_url()}", "reason": "Twice"}
    )

    assert (answer.status_code, answer["Location"]) == (303, thread.get_absolute_url())
    old = client.get(other.get_absolute_url())
    assert (old.status_code, old["Location"]) == (303, thread.get_absolute_url())
    moved = Post.objects.get(position__gt=1, thread=thread)
    assert client.get(f"/p/{moved.pk}/")["Location"].startswith(thread.get_absolute_url())
    back = sign_in(mod).get(path(thread, "order")).content.decode()
    entry = Regrouping.objects.get()
    assert f'name="entry" value="{entry.pk}"' in back
    assert (
        sign_in(mod).post(path(thread, "undo"), {"entry": entry.pk})["Location"] == other.get_absolute_url()
    )


@pytest.mark.parametrize("into", ["", "nothing", "987654321"])
def test_a_thread_that_is_not_there_is_said_beside_its_field(mod, thread, into, sign_in):
    answer = sign_in(mod).post(path(thread, "merge"), {"into": into, "reason": "Because"})

    assert answer.status_code == 422
    assert 'value="Because"' in answer.content.decode()
    assert not Regrouping.objects.exists()


def test_a_number_of_no_thread_is_called_that(mod, thread, sign_in):
    for tool, typed in (
        ("merge", {}),
        ("split", {"post": [1], "title": "", "kind": "discussion", "space": "help"}),
    ):
        page = sign_in(mod).post(path(thread, tool), {**typed, "into": "987654321", "reason": "Because"})
        assert page.status_code == 422
        assert "There is no such thread." in page.content.decode()


def test_posts_are_split_off_from_the_page(mod, thread, answer, sign_in):
    page = sign_in(mod).get(path(thread, "split")).content.decode()
    assert f'name="post" value="{answer.pk}"' in page

    done = sign_in(mod).post(
        path(thread, "split"),
        {"post": [answer.pk], "title": "Splinting poles", "kind": "discussion", "space": "help", "tags": ""},
    )

    new = Thread.objects.get(title="Splinting poles")
    assert (done.status_code, done["Location"]) == (303, new.get_absolute_url())
    assert (
        sign_in(mod).post(path(thread, "split"), {"post": [], "title": "", "space": "help"}).status_code
        == 422
    )


def test_tools_are_set_from_the_page(mod, thread, sign_in):
    client = sign_in(mod)
    later = (timezone.localtime() + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")

    assert client.post(path(thread, "pinning"), {"everywhere": "on", "until": later}).status_code == 303
    assert client.post(path(thread, "pace"), {"seconds": "60"}).status_code == 303
    assert client.post(path(thread, "timer"), {"kind": "close", "days": "5"}).status_code == 303
    for choice in ("unlist", "archive", "list", "unarchive", "lock"):
        assert client.post(path(thread, choice)).status_code == 303

    assert fresh(thread).is_locked
    assert set(ThreadTimer.objects.values_list("kind", flat=True)) == {"unpin", "close"}
    assert client.post(path(thread, "timer"), {"cancel": "close"}).status_code == 303
    assert ThreadTimer.objects.get().kind == "unpin"
    assert client.post(path(thread, "timer"), {"kind": "close"}).status_code == 422
    assert client.post(path(thread, "pace"), {"seconds": "7"}).status_code == 422


def test_a_reader_puts_a_pin_away_and_is_reminded(bob, mod, thread, sign_in):
    pin_thread(actor=mod, thread=thread)
    client = sign_in(bob)
    later = (timezone.localtime() + dt.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")

    assert client.post(path(thread, "pin-away"), {"on": "1"}).status_code == 303
    assert PinAside.objects.get().member == bob
    assert client.post(path(thread, "pin-away"), {"on": "0"}).status_code == 303
    assert not PinAside.objects.exists()
    assert client.post(path(thread, "remind"), {"at": later}).status_code == 303
    assert ThreadTimer.objects.get().set_by == bob
    assert "Leave it empty" in client.get(path(thread, "remind")).content.decode()
    assert client.post(path(thread, "remind"), {"at": ""}).status_code == 303
    assert not ThreadTimer.objects.exists()
    assert client.post(path(thread, "remind"), {"at": "2001-01-01T10:00"}).status_code == 422


def test_a_post_is_taken_off_with_a_reason_and_put_back(bob, mod, answer, sign_in):
    client = sign_in(mod)
    judge = f"/p/{answer.pk}/judge/"
    assert judge in client.get(f"/p/{answer.pk}/menu/").content.decode()
    assert judge not in sign_in(bob).get(f"/p/{answer.pk}/menu/").content.decode()
    assert client.post(judge, {"reason": ""}).status_code == 422
    assert fresh(answer).state == "visible"

    assert client.post(judge, {"reason": "Sells fakes"}).status_code == 303
    assert fresh(answer).state == "removed"
    assert "Put it back" in client.get(f"/p/{answer.pk}/menu/").content.decode()

    assert client.post(judge, {"state": "visible"}).status_code == 303
    assert fresh(answer).state == "visible"
    assert sign_in(bob).post(judge, {"reason": "Mine"}).status_code == 403


def test_deleting_for_good_asks_twice_and_needs_a_manager(mod, manager, answer, sign_in):
    purge, client = f"/p/{answer.pk}/purge/", sign_in(manager)
    assert "Take it off first" in client.get(purge).content.decode()
    judge_post(actor=mod, post=answer, state="removed", reason="Private data")
    assert sign_in(mod).get(purge).status_code == 403

    assert client.post(purge, {"reason": "Private data"}).status_code == 422
    assert Post.objects.filter(pk=answer.pk).exists()

    assert client.post(purge, {"reason": "Private data", "sure": "on"}).status_code == 303
    assert not Post.objects.filter(pk=answer.pk).exists()


def test_a_page_whose_posts_were_split_off_leads_to_what_is_there(bob, mod, thread, make_reply, client):
    replies = [make_reply(bob, fresh(thread)) for _time in range(24)]
    split_thread(
        actor=mod, thread=thread, posts=[post.pk for post in replies[15:]], into=NewThread("Split off")
    )

    answer = client.get(f"{thread.get_absolute_url()}?after=20")

    assert (answer.status_code, answer["Location"]) == (303, thread.get_absolute_url())
