"""Pages of spaces: one below another, behind a door, and what each kind of space shows."""

from typing import Any

import pytest

from community.members.models import Member
from community.spaces.actions import change_space, create_space
from community.spaces.models import Space, SpaceMembership
from community.threads.actions import add_reaction
from community.threads.models import Post, Thread
from community.writing.actions import add_image
from tests.community.writing.pictures import encoded, photo, upload


@pytest.fixture
def poles(manager: Any, space: Any) -> Any:
    return create_space(actor=manager, name="Poles", parent=space)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_space_shows_what_is_below_it_unless_asked_not_to(
    alice: Any, space: Any, poles: Any, make_thread: Any, sign_in: Any
) -> None:
    make_thread(alice, space, title="Said in the upper one")
    make_thread(alice, poles, title="Said in the lower one")

    whole = text(sign_in(None).get("/s/help/"))
    alone = text(sign_in(None).get("/s/help/?view=own"))
    below = text(sign_in(None).get("/s/poles/"))

    assert "Said in the upper one" in whole and "Said in the lower one" in whole
    assert "Said in the upper one" in alone and "Said in the lower one" not in alone
    assert "Said in the upper one" not in below and "Said in the lower one" in below
    assert 'href="/s/poles/"' in alone


def test_the_way_names_the_space_above(
    alice: Any, space: Any, poles: Any, make_thread: Any, sign_in: Any
) -> None:
    thread = make_thread(alice, poles)

    for path in ("/s/poles/", thread.get_absolute_url()):
        crumbs = text(sign_in(alice).get(path)).partition('class="crumb')[2].partition("</ol>")[0]
        assert crumbs.index("Help and how-to") > crumbs.index("Spaces")


def test_nobody_hears_of_a_secret_space_from_what_is_below_it(
    manager: Any, alice: Any, private_space: Any, make_thread: Any, sign_in: Any
) -> None:
    room = create_space(actor=manager, name="Inner room", parent=private_space)
    SpaceMembership.objects.create(space=room, member=alice)
    thread = make_thread(alice, room, kind="discussion")

    for path in ("/s/inner-room/", thread.get_absolute_url(), "/spaces/", "/"):
        assert "Prototype testers" not in text(sign_in(alice).get(path)), path
    assert "Inner room" in text(sign_in(alice).get("/spaces/"))


def test_threads_of_a_closed_space_below_are_shown_to_those_in_it(
    manager: Any, alice: Any, bob: Any, space: Any, make_thread: Any, sign_in: Any
) -> None:
    room = create_space(actor=manager, name="Inner room", parent=space, access="private")
    SpaceMembership.objects.create(space=room, member=alice)
    make_thread(alice, room, title="Only said inside", kind="discussion")

    assert "Only said inside" in text(sign_in(alice).get("/s/help/"))
    for other in (bob, None):
        page = text(sign_in(other).get("/s/help/"))
        assert "Only said inside" not in page
        assert "Inner room" not in page


def test_a_private_space_has_a_door_for_members_and_a_secret_one_has_none(
    manager: Any, alice: Any, private_space: Any, make_thread: Any, sign_in: Any
) -> None:
    make_thread(manager, private_space, title="Only said inside", kind="discussion")
    secret = sign_in(alice).get("/s/testers/")
    assert secret.status_code == sign_in(alice).get("/s/nowhere/").status_code == 404

    change_space(
        actor=manager,
        space=private_space,
        changes={"is_listed": True, "see_for": ["trust:3"], "description": "Sealed."},
    )
    door = sign_in(alice).get("/s/testers/")

    assert door.status_code == 403
    assert "Prototype testers" in text(door) and "Sealed." in text(door)
    assert "Trust level 3 and above" in text(door)
    assert "Only said inside" not in text(door)
    assert "Prototype testers" in text(sign_in(alice).get("/spaces/"))
    for path in ("/s/testers/", "/s/testers/feed.xml"):
        assert sign_in(None).get(path).status_code == 404
    assert "Prototype testers" not in text(sign_in(None).get("/spaces/"))
    assert "Prototype testers" not in text(sign_in(alice).get("/search/?q=prototype"))


@pytest.mark.parametrize("kind", ["idea", "article", "showcase"])
def test_a_space_that_gathers_one_thing_holds_nothing_else(
    kind: str, manager: Any, alice: Any, space: Any, sign_in: Any
) -> None:
    place = create_space(actor=manager, name="Place", kind=kind)
    assert place.posting == ("staff" if kind == "article" else "everyone")
    writer = sign_in(manager)

    form = text(writer.get(f"/new/?space=place&kind={kind}"))
    typed = {
        "title": "What I made of it",
        "body": "Some words about it.",
        "space": "place",
        "kind": "question",
    }
    answer = writer.post("/new/", typed)
    elsewhere = writer.post(
        "/new/", {**typed, "space": "help", "kind": kind, "body": "More words about another."}
    )

    assert f'name="kind" value="{kind}"' in form
    assert answer.status_code == elsewhere.status_code == 303
    assert list(Thread.objects.order_by("pk").values_list("kind", flat=True)) == [kind, "question"]
    assert "What I made of it" in text(sign_in(None).get("/s/place/"))
    assert sign_in(None).get(Thread.objects.get(kind=kind).get_absolute_url()).status_code == 200


def test_a_showcase_shows_pictures(
    manager: Any, alice: Any, sign_in: Any, make_thread: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    place = create_space(actor=manager, name="Gallery", kind="showcase")
    picture = add_image(actor=alice, file=upload(encoded(photo(900, 600)), "tarp.png"))
    make_thread(
        alice, place, kind="showcase", title="A tarp from flysheets", body=f"Look.\n\n{picture.markdown}\n"
    )
    make_thread(alice, place, kind="showcase", title="One without a picture")

    page = text(sign_in(None).get("/s/gallery/"))

    assert f'src="/files/{picture.key}/640.webp"' in page
    assert page.count('class="pic"') == 2


def test_ideas_that_most_thank_for_stand_first(
    manager: Any, alice: Any, bob: Any, make_thread: Any, sign_in: Any
) -> None:
    place = create_space(actor=manager, name="Ideas", kind="idea")
    first = make_thread(alice, place, kind="idea", title="The one with thanks")
    make_thread(alice, place, kind="idea", title="The one without")
    add_reaction(actor=bob, post=Post.objects.get(thread=first), kind="thanks")

    page = text(sign_in(alice).get("/s/ideas/"))

    assert page.index("The one with thanks") < page.index("The one without")


def test_who_may_not_write_there_is_offered_no_way(
    manager: Any, alice: Any, space: Any, sign_in: Any
) -> None:
    change_space(actor=manager, space=space, changes={"posting": "chosen", "create_for": ["trust:3"]})
    assert "/new/?space=help" not in text(sign_in(alice).get("/s/help/"))

    Member.objects.get_queryset().filter(pk=alice.pk).update(trust_level=3)

    assert "/new/?space=help" in text(sign_in(alice).get("/s/help/"))
    assert Space.objects.get(pk=space.pk).create_for == ["trust:3"]
