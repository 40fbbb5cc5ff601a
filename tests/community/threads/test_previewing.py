"""How a thread looks where its address is shared."""

import re
from typing import Any

from community.spaces.models import SpaceMembership


def test_a_public_thread_says_what_it_is_to_other_sites(
    client: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    thread = make_thread(alice, space, title='Tent "leaks" & drips', body="It drips **on** my face.")

    page = client.get(thread.get_absolute_url()).content.decode()
    picture = re.search(r'og:image" content="http://testserver(/[^"]+)"', page)

    assert '<meta property="og:title" content="Tent &#34;leaks&#34; &amp; drips">' in page
    assert 'og:description" content="It drips on my face."' in page
    assert page.count('rel="canonical"') == 1
    assert picture is not None
    sent = client.get(picture[1])
    assert (sent["Content-Type"], "immutable" in sent["Cache-Control"]) == ("image/png", True)


def test_members_carry_no_words_meant_for_other_sites(
    sign_in: Any, alice: Any, space: Any, make_thread: Any
) -> None:
    assert "og:" not in sign_in(alice).get(make_thread(alice, space).get_absolute_url()).content.decode()


def test_a_private_thread_has_no_picture(
    client: Any, alice: Any, private_space: Any, make_thread: Any
) -> None:
    SpaceMembership.objects.create(space=private_space, member=alice)
    thread = make_thread(alice, private_space)

    assert client.get(f"/t/{thread.pk}/-/preview-000000000000.png").status_code == 404


def test_lists_name_one_address_whatever_they_are_sorted_by(client: Any, space: Any) -> None:
    page = client.get("/s/help/?sort=top&tag=tents").content.decode()

    assert '<link rel="canonical" href="http://testserver/s/help/">' in page
