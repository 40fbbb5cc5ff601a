"""The stylesheet, the logo, the choice of light or dark, and the standing pages."""

from typing import Any

import pytest
from django.test import Client

from community.brand.actions import save_brand
from community.brand.queries import current_brand, forget_brand, theme_of
from tests.community.brand.test_actions import picture

PAGES = ["/guidelines/", "/privacy/", "/terms/", "/accessibility/"]


def test_the_stylesheet_may_be_kept_for_a_year(client: Client, db: None) -> None:
    theme = theme_of(current_brand())

    answer = client.get(theme.url)

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]
    assert answer.content.decode() == theme.css


def test_an_older_address_gets_todays_stylesheet_for_a_minute(client: Client, db: None) -> None:
    answer = client.get("/theme-000000000000.css")

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=60"


def test_a_new_look_has_a_new_address(admin: Any) -> None:
    before = theme_of(current_brand()).url
    save_brand(actor=admin, changes={"brand_colour": "#7b2d5e"})
    forget_brand()

    assert theme_of(current_brand()).url != before


def test_the_logo_is_a_png_or_absent(client: Client, admin: Any) -> None:
    assert client.get("/logo-000000000000.png").status_code == 404

    brand = save_brand(actor=admin, changes={}, logo=picture())
    forget_brand()
    answer = client.get(f"/logo-{brand.logo_hash}.png")

    assert answer["Content-Type"] == "image/png"
    assert "immutable" in answer["Cache-Control"]


@pytest.mark.parametrize("page", PAGES)
def test_standing_pages_speak_our_words_until_the_brand_has_its_own(
    client: Client, db: None, page: str
) -> None:
    answer = client.get(page)

    assert answer.status_code == 200
    assert answer.content.decode().count("<h1>") == 1


@pytest.mark.parametrize("field", ["guidelines", "privacy", "terms"])
def test_the_brands_own_text_is_rendered_and_its_html_is_only_text(
    client: Client, admin: Any, field: str
) -> None:
    save_brand(
        actor=admin, changes={field: "## Be kind\n\n<script>alert(1)</script> [x](javascript:alert(1))"}
    )
    forget_brand()

    html = client.get(f"/{field}/").content.decode()

    assert "<h2>Be kind</h2>" in html
    assert "<script>alert" not in html
    assert 'href="javascript' not in html


def test_choosing_dark_is_kept_by_the_browser_and_shown_at_once(client: Client, db: None) -> None:
    answer = client.post("/look/", {"look": "dark", "next": "/privacy/"})

    assert (answer.status_code, answer["Location"]) == (302, "/privacy/")
    assert 'data-theme="dark"' in client.get("/privacy/").content.decode()


def test_choosing_a_look_never_leads_to_another_site(client: Client, db: None) -> None:
    assert client.post("/look/", {"look": "dark", "next": "https://evil.example/"})["Location"] == "/"


def test_an_unknown_look_changes_nothing(client: Client, db: None) -> None:
    client.post("/look/", {"look": '"><script>'})

    assert "look" not in client.cookies


def test_no_page_has_inline_scripts_styles_or_handlers(client: Client, db: None) -> None:
    for page in [*PAGES, "/sign-in/", "/join/"]:
        html = client.get(page).content.decode()
        assert " style=" not in html and "<style" not in html and " onclick=" not in html, page
        for tag in html.split("<script")[1:]:
            assert " src=" in tag.split(">")[0] or "application/json" in tag.split(">")[0], page


def test_guests_get_no_script_of_ours_and_members_do(client: Client, alice: Any, sign_in: Any) -> None:
    assert "community" not in "".join(
        part.split(">")[0] for part in client.get("/privacy/").content.decode().split("<script")[1:]
    )
    assert "dist/community" in sign_in(alice).get("/privacy/").content.decode()
