"""A badge for everyone a list names."""

from typing import Any

import pytest

from community.errors import Invalid, Refused
from rewards.badges.actions import give_badge, give_from_list
from rewards.badges.models import Award, Badge

REASON = "Came to the meet-up in May"
LIST = 'handle,citation\n@bob,"Brought soup, and spoons"\ncarol\nnobody-such\nmod,x\nBOB\n'


@pytest.fixture
def badge(db: None) -> Badge:
    return Badge.objects.get(key="good-deed")


def test_a_list_is_looked_through_before_anything_is_given(
    manager: Any, bob: Any, carol: Any, mod: Any, badge: Badge
) -> None:
    lines = give_from_list(actor=manager, badge=badge, text=LIST, reason=REASON)

    assert [(line.number, line.handle, line.is_good) for line in lines] == [
        (2, "bob", True),
        (3, "carol", True),
        (4, "nobody-such", False),
        (5, "mod", False),
        (6, "bob", False),
    ]
    assert lines[0].citation == "Brought soup, and spoons"
    assert not Award.objects.exists()


def test_the_same_list_twice_gives_each_one_badge(
    manager: Any, bob: Any, carol: Any, mod: Any, badge: Badge
) -> None:
    first = give_from_list(actor=manager, badge=badge, text=LIST, reason=REASON, is_dry_run=False)
    again = give_from_list(actor=manager, badge=badge, text=LIST, reason=REASON, is_dry_run=False)

    assert [line.is_good for line in first] == [True, True, False, False, False]
    assert not any(line.is_good for line in again)
    assert {(award.member, award.citation) for award in Award.objects.all()} == {
        (bob, "Brought soup, and spoons"),
        (carol, ""),
    }


@pytest.mark.parametrize("text", ["", "\n\n", "handle\n", '"bob\n', "bob\n" * 301, "x" * 200_001])
def test_what_is_no_list_is_refused(text: str, manager: Any, bob: Any, badge: Badge) -> None:
    with pytest.raises(Invalid):
        give_from_list(actor=manager, badge=badge, text=text, reason=REASON, is_dry_run=False)

    assert not Award.objects.exists()


@pytest.mark.parametrize("who", ["alice", "mod"])
def test_only_managers_give(who: str, request: Any, bob: Any, badge: Badge) -> None:
    with pytest.raises(Refused):
        give_from_list(
            actor=request.getfixturevalue(who), badge=badge, text="bob", reason=REASON, is_dry_run=False
        )
    assert not Award.objects.exists()


def test_the_page_shows_each_line_and_then_gives(manager: Any, bob: Any, sign_in: Any, badge: Badge) -> None:
    client, page = sign_in(manager), "/admin/badges/award/from-list"
    url = page if client.get(page).status_code == 200 else f"{page}/"
    form = {"badge": badge.pk, "list": "bob,Thank you\nnobody-such", "reason": REASON}
    looked = client.post(url, form).content.decode()
    assert "Nobody has this handle" in looked
    assert 'name="give"' in looked
    assert not Award.objects.exists()

    client.post(url, {**form, "give": "1"})
    assert Award.objects.get().citation == "Thank you"
    assert client.post(url, {**form, "list": ""}).status_code == 422


def test_what_was_said_stands_on_the_page_of_the_badge(
    manager: Any, bob: Any, sign_in: Any, badge: Badge
) -> None:
    give_badge(actor=manager, badge=badge, member=bob, reason=REASON, citation="Brought <soup>")

    page = sign_in(None).get("/badges/good-deed/").content.decode()
    assert "Brought &lt;soup&gt;" in page
    assert REASON not in page
