"""What became of what a member said."""

from typing import Any

from community.spaces.models import SpaceMembership
from community.threads.actions import accept_answer, add_reaction, delete_post
from community.threads.queries.outcomes import list_outcomes


def said(member: Any) -> list[tuple[str, int, str | None, int]]:
    return [(it.what, it.pk, it.who, it.people) for it in list_outcomes(member).outcomes]


def test_nothing_has_become_of_nothing(carol: Any) -> None:
    assert list_outcomes(carol) == ([], None)


def test_each_sees_what_became_of_their_own_words(
    alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space, body="It sputters at **minus** fifteen.")
    first = thread.posts.get(position=1)
    answer = make_reply(bob, thread, body="Turn the cartridge upside down.")
    assert said(alice) == [("replied", first.pk, "Bob Birch", 1)]

    accept_answer(actor=alice, post=answer)
    add_reaction(actor=carol, post=answer, kind="helpful")
    add_reaction(actor=alice, post=answer, kind="helpful")

    assert said(alice) == [("solved", first.pk, "Bob Birch", 1)]
    assert {row[:1] + row[3:] for row in said(bob)} == {("accepted", 1), ("thanked", 2)}
    words = {it.what: it.words for it in list_outcomes(bob).outcomes}
    assert words["accepted"] == "Turn the cartridge upside down."
    assert list_outcomes(alice).outcomes[0].words == "It sputters at minus fifteen."
    assert said(carol) == []


def test_what_one_may_no_longer_read_is_not_told(
    alice: Any, bob: Any, carol: Any, private_space: Any, make_thread: Any, make_reply: Any
) -> None:
    for member in (alice, bob):
        SpaceMembership.objects.create(space=private_space, member=member)
    thread = make_thread(alice, private_space)
    answer = make_reply(bob, thread)
    add_reaction(actor=alice, post=answer, kind="helpful")
    assert [row[0] for row in said(bob)] == ["thanked"]

    SpaceMembership.objects.filter(member=bob).delete()

    assert said(bob) == []


def test_words_that_were_taken_back_have_become_nothing(
    alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    answer = make_reply(bob, make_thread(alice, space))
    add_reaction(actor=alice, post=answer, kind="helpful")
    delete_post(actor=bob, post=answer)

    assert said(bob) == []


def test_pages_follow_each_other_without_gap_or_repetition(
    alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any
) -> None:
    thread = make_thread(alice, space)
    for number in range(5):
        add_reaction(actor=alice, post=make_reply(bob, thread, body=f"Idea number {number}."), kind="helpful")

    first = list_outcomes(bob, count=3)
    second = list_outcomes(bob, first.after, count=3)

    seen = [it.pk for it in first.outcomes + second.outcomes]
    assert len(seen) == len(set(seen)) == 5
    assert second.after is None


def test_the_page_quotes_the_words_and_invites_who_has_none(
    alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any, make_reply: Any, sign_in: Any
) -> None:
    answer = make_reply(bob, make_thread(alice, space), body="Use <b>less</b> gas & more patience.")
    add_reaction(actor=alice, post=answer, kind="helpful")

    page = sign_in(bob).get("/me/outcomes/").content.decode()
    aside = sign_in(bob).get("/home/panels/").content.decode()
    empty = sign_in(carol).get("/me/outcomes/").content.decode()

    assert "Alice Arden thanked you" in page
    assert "gas &amp; more patience." in page
    assert 'id="became"' in aside
    assert "Nothing has come of it yet" in empty


def test_a_long_list_leads_on(
    alice: Any, bob: Any, space: Any, make_thread: Any, make_reply: Any, sign_in: Any
) -> None:
    thread = make_thread(alice, space)
    for number in range(22):
        add_reaction(actor=alice, post=make_reply(bob, thread, body=f"Idea number {number}."), kind="helpful")
    client = sign_in(bob)

    page = client.get("/me/outcomes/").content.decode()
    address = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    older = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert page.count("<article") == 20
    assert older.count("<article") == 2
    assert "<html" not in older
