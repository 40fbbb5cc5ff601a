"""Posts of someone the reader blocks: folded, and opened when asked."""

from typing import Any

import pytest

from community.members.actions import block_member, unblock_member

pytestmark = pytest.mark.django_db


def test_posts_of_the_blocked_are_folded_for_who_blocks_them_alone(
    alice: Any, bob: Any, carol: Any, space: Any, make_thread: Any, make_reply: Any, sign_in: Any
) -> None:
    thread = make_thread(carol, space)
    make_reply(bob, thread, body="Carbon cracks in the cold.")
    make_reply(carol, thread, body="Aluminium bends.")
    path = thread.get_absolute_url()
    block_member(actor=alice, member=bob)

    page = sign_in(alice).get(path).content.decode()
    assert page.count('<details class="folded">') == 1
    assert "You block Bob Birch. Show this post anyway" in page
    assert "Carbon cracks in the cold." in page
    for reader in (None, bob, carol):
        assert '<details class="folded">' not in sign_in(reader).get(path).content.decode()

    unblock_member(actor=alice, member=bob)
    assert '<details class="folded">' not in sign_in(alice).get(path).content.decode()


def test_a_name_cannot_break_out_of_the_fold(
    alice: Any, make_member: Any, space: Any, make_thread: Any, sign_in: Any
) -> None:
    rude = make_member("rude", name="<b>Rude</b>")
    thread = make_thread(rude, space)
    block_member(actor=alice, member=rude)

    assert "You block <b>" not in sign_in(alice).get(thread.get_absolute_url()).content.decode()


def test_who_blocks_nobody_pays_nothing_for_it(
    alice: Any, bob: Any, space: Any, make_thread: Any, sign_in: Any, django_assert_max_num_queries: Any
) -> None:
    path = make_thread(bob, space).get_absolute_url()
    client = sign_in(alice)
    client.get(path)

    with django_assert_max_num_queries(6) as asked:
        client.get(path)

    assert not any("members_block" in query["sql"] for query in asked.captured_queries)
