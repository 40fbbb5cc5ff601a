"""Home, spaces, tags and feeds in a browser and to machines."""

import xml.etree.ElementTree as ET
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community import panels
from community.panels import add_panel
from community.spaces.models import Space, SpaceFollow
from community.threads.actions import want_information
from community.threads.models import Thread

HTMX = {"HX-Request": "true"}


@pytest.fixture
def many(alice: Any, space: Any, make_thread: Any) -> None:
    for number in range(25):
        make_thread(
            alice,
            space,
            title=f"Thread number {number:02}",
            body=f"The text of number {number}.",
            tags=["tents"],
        )


def read(client: Client, path: str, **kwargs: Any) -> str:
    response = client.get(path, **kwargs)
    assert response.status_code == 200, (path, response.status_code)
    return str(response.content.decode())


PAGES = [
    "/",
    "/?view=newest",
    "/?view=unanswered",
    "/?view=following",
    "/spaces/",
    "/s/help/",
    "/s/help/?sort=top",
    "/s/help/?sort=unanswered",
    "/s/help/?tag=tents",
    "/tags/tents/",
    "/drafts/",
    "/me/bookmarks/",
    "/home/panels/",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_and_works_when_full(
    path: str, sign_in: Any, bob: Any, many: None
) -> None:
    text = read(sign_in(bob), path)

    assert text.count("<h1") == 1
    assert 'style="' not in text
    assert " onclick" not in text


@pytest.mark.parametrize("path", [page for page in PAGES if "tags" not in page])
def test_every_page_says_something_when_empty(path: str, sign_in: Any, bob: Any, space: Any) -> None:
    assert read(sign_in(bob), path).count("<h1") == 1


@pytest.mark.parametrize("path", ["/", "/?view=newest", "/spaces/", "/s/help/", "/tags/tents/"])
def test_guests_read_the_same_lists_without_forms(path: str, many: None) -> None:
    response = Client().get(path)

    assert response.status_code == 200
    assert not response.cookies
    assert b'method="post"' not in response.content


def test_older_posts_follow_by_link_and_by_fragment(sign_in: Any, bob: Any, many: None) -> None:
    client = sign_in(bob)
    first = read(client, "/?view=newest")
    onward = first.split('href="/?view=newest&amp;after=')[1].split('"')[0]

    page = read(client, f"/?view=newest&after={onward}")
    fragment = read(client, f"/?view=newest&after={onward}", headers=HTMX)

    assert "Thread number 04" in page
    assert "Thread number 05" not in page
    assert "<html" in page
    assert "<html" not in fragment
    assert "Thread number 04" in fragment


@pytest.mark.parametrize("after", ["x", "1.2.3", "-1.5", "99999999999999999999999.1", "%00"])
def test_a_broken_cursor_begins_at_the_beginning(after: str, sign_in: Any, bob: Any, many: None) -> None:
    assert sign_in(bob).get(f"/?view=newest&after={after}").status_code == 200


@pytest.mark.parametrize(
    "path", ["/?view=nonsense", "/s/nowhere/", "/tags/nothing/", "/s/testers/", "/s/testers/feed.xml"]
)
def test_what_is_not_there_or_closed_looks_the_same(
    path: str, sign_in: Any, bob: Any, space: Any, private_space: Any
) -> None:
    assert sign_in(bob).get(path).status_code == 404


def test_a_space_is_followed_and_left(sign_in: Any, bob: Any, space: Any) -> None:
    client = sign_in(bob)

    fragment = client.post("/s/help/follow/", headers=HTMX)
    assert SpaceFollow.objects.filter(member=bob).count() == 1
    plain = client.post("/s/help/unfollow/", {"next": "/spaces/"})

    assert "Following" in fragment.content.decode()
    assert plain.status_code == 303
    assert plain["Location"] == "/spaces/"
    assert not SpaceFollow.objects.exists()


def test_a_form_cannot_lead_off_the_site(sign_in: Any, bob: Any, space: Any) -> None:
    response = sign_in(bob).post("/s/help/follow/", {"next": "https://elsewhere.example/"})

    assert response["Location"] == "/s/help/"


def test_the_directory_tells_of_the_latest_thread(
    sign_in: Any, bob: Any, many: None, private_space: Any
) -> None:
    text = read(sign_in(bob), "/spaces/")

    assert "Thread number 24" in text
    assert private_space.name not in text


def test_upper_features_stand_beside_the_feed(
    sign_in: Any, bob: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panels, "_panels", {})
    add_panel("home", "second", lambda request, subject: "<p>Two</p>", order=2)
    add_panel("home", "first", lambda request, subject: "<p>One</p>", order=1)
    add_panel("home", "silent", lambda request, subject: "", order=3)

    text = read(sign_in(bob), "/home/panels/", headers=HTMX)

    assert text.strip().startswith("<p>One</p><p>Two</p><span")


def test_feeds_are_atom_and_public_only(sign_in: Any, bob: Any, many: None, make_thread: Any) -> None:
    inside = Space.objects.create(slug="inside", name="Inside", access="members")
    make_thread(bob, inside, title="For members only", body="Nobody outside reads this.")

    for path in ("/feed.xml", "/s/help/feed.xml"):
        response = sign_in(bob).get(path)
        root = ET.fromstring(response.content)
        assert response["Content-Type"].startswith("application/atom+xml")
        assert root.tag == "{http://www.w3.org/2005/Atom}feed"
        assert len(root.findall("{http://www.w3.org/2005/Atom}entry")) == 20
        assert b"For members only" not in response.content
    assert sign_in(bob).get("/s/inside/feed.xml").status_code == 404


def test_the_map_names_public_threads_only(bob: Any, many: None, make_thread: Any) -> None:
    inside = Space.objects.create(slug="inside", name="Inside", access="members")
    hidden = make_thread(bob, inside, title="For members only", body="Nobody outside reads this.")

    response = Client().get("/sitemap.xml")
    addresses = [
        node.text or "" for node in ET.fromstring(response.content).iter() if node.tag.endswith("loc")
    ]

    assert len([address for address in addresses if "/t/" in address]) == 25
    assert not any(f"/t/{hidden.pk}/" in address for address in addresses)


def test_robots_are_told_where_the_map_is(db: None) -> None:
    assert "Sitemap: http://testserver/sitemap.xml" in read(Client(), "/robots.txt")


def test_unanswered_questions_stand_in_lanes_by_age(sign_in, alice, bob, mod, space, make_thread):
    ages = {"today": 0, "week": 3, "older": 20}
    for name, days in ages.items():
        thread = make_thread(
            alice, space, title=f"Asked in the lane {name}", body=f"What about the lane {name}?"
        )
        at = timezone.now() - timedelta(days=days)
        Thread.objects.filter(pk=thread.pk).update(created_at=at, last_post_at=at)
    want_information(actor=mod, thread=Thread.objects.get(pk=thread.pk), missing="Which one, and since when?")

    for viewer in (bob, None):
        client = sign_in(viewer)
        for lane in (*ages, "missing"):
            page = client.get(f"/?view=unanswered&age={lane}").content.decode()
            shown = [name for name in ages if f"Asked in the lane {name}" in page]
            assert shown == (["older"] if lane == "missing" else [lane])
        assert client.get("/?view=unanswered&age=never").status_code == 404
