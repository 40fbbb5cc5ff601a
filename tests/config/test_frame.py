"""What surrounds every page."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from community.brand import nav
from community.brand.nav import NavItem, add_nav_item
from config.frame import Frame, frame
from config.rail import links_for


def request_of(viewer: Any, path: str = "/privacy/", **headers: str) -> HttpRequest:
    request = RequestFactory().get(path, **headers)
    request.user = viewer or AnonymousUser()
    return request


@pytest.fixture
def places() -> Any:
    """The registry as it was, after the test."""
    before = dict(nav._items)
    yield
    nav._items.clear()
    nav._items.update(before)
    nav.nav_items.cache_clear()


def test_a_page_asks_the_database_for_nothing_it_does_not_show(
    alice: Any, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        made = frame(request_of(alice))["frame"]

        assert (made.unread, made.theme, made.dir, made.lang) == (0, "system", "ltr", "en")


def test_all_templates_of_a_request_share_one_frame(alice: Any) -> None:
    request = request_of(alice)

    assert frame(request)["frame"] is frame(request)["frame"]


def test_all_forms_of_a_page_carry_one_token_that_is_masked_anew_for_the_next(alice: Any) -> None:
    one, other = request_of(alice), request_of(alice)
    one.META["CSRF_COOKIE"] = other.META["CSRF_COOKIE"] = "a" * 32

    first, again, next_page = (str(frame(request)["csrf_token"]) for request in (one, one, other))

    assert first == again != next_page
    assert first in frame(one)["csrf_input"].__html__()


def test_the_browsers_choice_of_look_comes_before_the_members(alice: Any) -> None:
    alice.theme = "light"

    assert Frame(request_of(alice)).theme == "light"
    assert Frame(request_of(alice, HTTP_COOKIE="look=dark")).theme == "dark"
    assert Frame(request_of(alice, HTTP_COOKIE="look=system")).theme == "system"
    assert Frame(request_of(None, HTTP_COOKIE='look="><x')).theme == "system"


def test_a_feature_adds_its_place_and_an_absent_one_does_not_show(places: Any, db: None) -> None:
    add_nav_item(NavItem("terms", _("Terms"), "brand_terms", "book", 1))
    add_nav_item(NavItem("ghost", _("Ghost"), "no_such_address", "book", 2))

    links = {link.label: link for link in links_for("/terms/", is_member=False)}

    assert links["Terms"].current
    assert "Ghost" not in links


def test_only_the_place_that_says_most_is_marked(places: Any, db: None) -> None:
    nav._items.clear()
    add_nav_item(NavItem("people", _("People"), "member_list", "people", 1))
    add_nav_item(NavItem("helpful", _("Most helpful"), "leaderboard", "trophy", 2))

    marked = [link.label for link in links_for("/people/helpful/", is_member=False) if link.current]

    assert marked == ["Most helpful"]


def test_a_place_for_members_is_hidden_from_guests(places: Any, alice: Any) -> None:
    add_nav_item(NavItem("terms", _("Terms"), "brand_terms", "book", 1, needs_member=True))

    assert "Terms" not in Frame(request_of(None)).rail
    assert "Terms" in Frame(request_of(alice)).rail


def test_what_is_remembered_of_the_rail_is_marked_and_said_anew_where_it_differs(
    alice: Any, bob: Any, db: None
) -> None:
    for member, path in ((alice, "/@alice/"), (bob, "/new/"), (alice, "/people/"), (None, "/sign-in/")):
        bar = Frame(request_of(member, path)).tabbar

        assert bar.count('aria-current="page"') == (path != "/people/")
        assert ("/@bob/" in bar, "/@alice/" in bar) == (member == bob, member == alice)
    english = Frame(request_of(alice)).tabbar
    with translation.override("de"):
        assert Frame(request_of(alice)).tabbar != english


def test_arabic_runs_from_right_to_left(db: None) -> None:
    with translation.override("ar"):
        made = Frame(request_of(None))

        assert (made.lang, made.dir) == ("ar", "rtl")


def test_the_frame_costs_two_queries_at_most(
    client: Any, alice: Any, sign_in: Any, space: Any, django_assert_max_num_queries: Any
) -> None:
    browser = sign_in(alice)
    browser.get("/privacy/")

    # The session with its member, the brand at most every ten seconds, and the spaces of the rail.
    with django_assert_max_num_queries(4):
        assert browser.get("/privacy/").status_code == 200


def test_someone_suspended_is_not_sent_to_a_stream_that_turns_them_away(
    settings: Any, alice: Any, mallory: Any
) -> None:
    settings.LIVE_URL = "/live/"
    for member, address in ((alice, "/live/"), (mallory, "")):
        assert Frame(request_of(member)).live_url == address
