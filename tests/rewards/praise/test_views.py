"""The wall, a profile, the home, and the forms around them."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from community.members.models import Member
from rewards.praise.actions import make_shout_out, take_back_thanks
from rewards.praise.models import Praise, PraiseKind, ShoutOut, State
from rewards.praise.queries import PAGE
from tests.rewards.conftest import fewest_statements
from tests.rewards.praise.conftest import WORDS


def body(client: Any, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def many(giver: Any, receiver: Any, number: int, **more: Any) -> None:
    kind, now = PraiseKind.objects.get(key="helped"), timezone.now()
    for n in range(number):
        Praise.objects.create(
            giver=giver,
            receiver=receiver,
            kind=kind,
            words=f"Thank you for day {n + 1:03}.",
            given_at=now - dt.timedelta(days=n),
            **more,
        )


def test_the_wall_is_read_page_by_page_and_misses_nothing(sign_in: Any, alice: Any, bob: Any) -> None:
    many(alice, bob, 2 * PAGE + 3)
    seen, url = [], "/thanks/"
    while url:
        text = body(sign_in(None), url)
        seen += [n for n in range(2 * PAGE + 3) if f"day {n + 1:03}." in text]
        _before, found, rest = text.partition('<p class="pager" id="pager"><a class="btn btn-line" href="')
        url = rest.partition('"')[0].replace("&amp;", "&") if found else ""
    assert seen == list(range(2 * PAGE + 3))


@pytest.mark.parametrize("after", ["nonsense", "2030-01-01~5", "~", "2030-01-01T00:00:00+00:00~-1", "9" * 60])
def test_a_cursor_that_is_not_ours_is_the_beginning(
    sign_in: Any, alice: Any, bob: Any, thank: Any, after: str
) -> None:
    thank(alice, bob)
    assert WORDS in body(sign_in(None), f"/thanks/?after={after}".replace("+", "%2B"))


def test_the_wall_of_one_person_and_of_one_reason(
    sign_in: Any, alice: Any, bob: Any, carol: Any, thank: Any
) -> None:
    thank(alice, bob, words="You lent me the stove.")
    thank(bob, carol, words="You told the story again.", kind="laugh")
    guest = sign_in(None)
    text = body(guest, "/thanks/?person=alice")
    assert "You lent me the stove." in text and "You told the story again." not in text
    text = body(guest, "/thanks/?kind=laugh")
    assert "You told the story again." in text and "You lent me the stove." not in text
    assert "You lent me the stove." in body(guest, "/thanks/?person=nobody-hereabouts")


def test_the_wall_costs_the_same_for_two_and_for_twenty(
    sign_in: Any, alice: Any, bob: Any, space: Any, make_thread: Any
) -> None:
    post = make_thread(bob, space).posts.get(position=1)
    many(alice, bob, 2, post=post)
    client = sign_in(alice)
    few = fewest_statements(client, "/thanks/")
    many(bob, alice, 18)
    assert fewest_statements(client, "/thanks/") == few


def test_words_are_text_and_nothing_else(sign_in: Any, alice: Any, bob: Any, thank: Any) -> None:
    thank(alice, bob, words="<script>alert(1)</script> **bold** [a](b)")
    text = body(sign_in(None), "/thanks/")
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **bold** [a](b)" in text


def test_a_profile_shows_thanks_and_offers_to_give_some(
    sign_in: Any, alice: Any, bob: Any, carol: Any, thank: Any
) -> None:
    thank(alice, bob)
    text = body(sign_in(carol), "/@bob/")
    assert WORDS in text and 'href="/thanks/new/?to=bob"' in text
    assert "/thanks/new/" not in body(sign_in(None), "/@bob/")

    Member.objects.filter(pk=bob.pk).update(show_thanks=False)
    assert WORDS not in body(sign_in(carol), "/@bob/")
    own = body(sign_in(bob), "/@bob/")
    assert WORDS in own and "Only you" in own


def test_the_menu_of_a_post_leads_to_thanks_for_it(
    sign_in: Any, alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    answer = make_reply(bob, make_thread(alice, space))
    assert f"/thanks/new/?post={answer.pk}" in body(sign_in(alice), f"/p/{answer.pk}/menu/")
    assert "/thanks/new/" not in body(sign_in(bob), f"/p/{answer.pk}/menu/")


def test_thanking_in_a_browser_and_undoing_it(
    sign_in: Any, alice: Any, bob: Any, space: Any, make_thread: Any
) -> None:
    post = make_thread(bob, space).posts.get(position=1)
    client = sign_in(alice)
    assert "You have 3 left to give today." in body(client, f"/thanks/new/?post={post.pk}")
    answer = client.post(
        f"/thanks/new/?post={post.pk}", {"handle": "bob", "kind": "helped", "words": WORDS}, follow=True
    )
    praise = Praise.objects.get()
    assert answer.redirect_chain == [(praise.get_absolute_url(), 303)]
    assert praise.post == post
    assert "Your thanks are with Bob Birch." in answer.content.decode()

    text = client.post(f"/thanks/{praise.pk}/take-back/", follow=True).content.decode()
    assert "Undo: give it again" in text
    assert body_status(sign_in(bob), praise) == 404
    client.post(f"/thanks/{praise.pk}/give-again/")
    assert body_status(sign_in(bob), praise) == 200


def body_status(client: Any, praise: Praise) -> int:
    return int(client.get(praise.get_absolute_url()).status_code)


def test_a_refusal_keeps_what_was_typed(sign_in: Any, alice: Any, bob: Any, thank: Any) -> None:
    thank(alice, bob)
    typed = {"handle": "@bob", "kind": "laugh", "words": "And for the joke about the pegs."}
    answer = sign_in(alice).post("/thanks/new/", typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "You thanked Bob Birch today already." in text
    assert typed["words"] in text and "@bob" in text
    assert Praise.objects.count() == 1


@pytest.mark.parametrize("handle", ["nobody", "", "@alice"])
def test_a_name_that_cannot_be_thanked_is_said_beside_the_form(sign_in: Any, alice: Any, handle: str) -> None:
    answer = sign_in(alice).post("/thanks/new/", {"handle": handle, "kind": "helped", "words": WORDS})
    assert answer.status_code == 422
    assert not Praise.objects.exists()


def test_the_feed_has_what_anyone_may_read(
    sign_in: Any, alice: Any, bob: Any, make_member: Any, thank: Any
) -> None:
    thank(alice, bob, words="Bread & <soup> for everyone.")
    thank(bob, make_member("quiet", show_thanks=False), words="Nobody else may read this.")
    answer = sign_in(alice).get("/thanks/feed.xml")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert "Bread &amp; &lt;soup&gt; for everyone." in text
    assert "Nobody else may read this." not in text


def test_a_pinned_shout_out_stands_on_the_wall_and_at_home(
    sign_in: Any, alice: Any, bob: Any, mod: Any
) -> None:
    client = sign_in(mod)
    day = (timezone.now() + dt.timedelta(days=3)).date().isoformat()
    answer = client.post("/shout-outs/new/", {"members": "@alice, bob", "words": WORDS, "pinned_until": day})
    made = ShoutOut.objects.get()
    assert (answer.status_code, made.named.count(), made.is_pinned) == (303, 2, True)

    reader = sign_in(bob)
    assert WORDS in body(reader, "/thanks/") and WORDS in body(reader, "/")
    client.post(f"/shout-outs/{made.pk}/unpin/")
    assert WORDS not in body(reader, "/thanks/") and WORDS not in body(reader, "/")
    assert WORDS in body(reader, "/shout-outs/")
    client.post(f"/shout-outs/{made.pk}/pin/", {"pinned_until": day})
    assert WORDS in body(reader, "/")
    client.post(f"/shout-outs/{made.pk}/withdraw/")
    assert reader.get(f"/shout-outs/{made.pk}/").status_code == 404
    assert "Show it again" in body(client, f"/shout-outs/{made.pk}/")


@pytest.mark.parametrize("day", ["", "2001-01-01", "9999-12-31", "nonsense"])
def test_a_pin_needs_a_day_ahead(sign_in: Any, alice: Any, mod: Any, day: str) -> None:
    made = make_shout_out(actor=mod, members=[alice], words=WORDS)
    assert sign_in(mod).post(f"/shout-outs/{made.pk}/pin/", {"pinned_until": day}).status_code == 422
    assert not ShoutOut.objects.get().is_pinned


def test_a_shout_out_for_nobody_keeps_what_was_typed(sign_in: Any, mod: Any) -> None:
    answer = sign_in(mod).post("/shout-outs/new/", {"members": "@nobody", "words": WORDS})
    assert answer.status_code == 422
    assert "Nobody has this handle: nobody" in answer.content.decode()
    assert WORDS in answer.content.decode()


def test_the_team_removes_and_shows_again_in_a_browser(
    sign_in: Any, alice: Any, bob: Any, mod: Any, thank: Any
) -> None:
    praise = thank(alice, bob)
    client = sign_in(mod)
    assert client.post(f"/thanks/{praise.pk}/remove/", {"reason": "no"}).status_code == 422
    client.post(f"/thanks/{praise.pk}/remove/", {"reason": "It names a customer of ours."})
    assert Praise.objects.get().state == State.REMOVED
    assert "Show it again" in body(client, praise.get_absolute_url())
    client.post(f"/thanks/{praise.pk}/show/")
    assert Praise.objects.get().state == State.VISIBLE


def test_a_report_is_sent_from_the_page(sign_in: Any, alice: Any, bob: Any, carol: Any, thank: Any) -> None:
    praise = thank(alice, bob)
    client = sign_in(carol)
    assert "Report" in body(client, praise.get_absolute_url())
    assert client.post(f"/thanks/{praise.pk}/report/", {"reason": "unkind"}).status_code == 303
    take_back_thanks(actor=alice, praise=praise)
    assert client.get(f"/thanks/{praise.pk}/report/").status_code == 404
