"""The widget shows public threads on registered sites and nothing else anywhere."""

import pytest
from django.test import Client

from community.errors import Conflict, Invalid, Refused
from community.integrations.actions import add_embed_origin, remove_embed_origin
from community.integrations.models import EmbedOrigin
from community.integrations.queries import forget_origins

SHOP = "https://shop.example.org"


@pytest.fixture(autouse=True)
def fresh():
    forget_origins()
    yield
    forget_origins()


def ancestors(response):
    policy = response["Content-Security-Policy"]
    return next(part for part in policy.split("; ") if part.startswith("frame-ancestors"))


def test_only_registered_sites_may_frame_it(client, admin, django_capture_on_commit_callbacks):
    assert ancestors(client.get("/embed/latest/")) == "frame-ancestors 'self'"

    with django_capture_on_commit_callbacks(execute=True):
        entry = add_embed_origin(actor=admin, origin=SHOP)
    assert ancestors(client.get("/embed/latest/")) == f"frame-ancestors 'self' {SHOP}"
    assert "X-Frame-Options" not in client.get("/embed/latest/").headers
    assert "'none'" in ancestors(client.get("/search/"))

    with django_capture_on_commit_callbacks(execute=True):
        remove_embed_origin(actor=admin, entry=entry)
    assert ancestors(client.get("/embed/latest/")) == "frame-ancestors 'self'"


def test_it_shows_public_threads_only_even_to_those_who_may_see_more(
    sign_in, client, alice, manager, space, private_space, make_thread
):
    make_thread(alice, space, title="Poles for everyone to see")
    make_thread(manager, private_space, title="Canary prototype stitching")

    for viewer in (client, sign_in(manager)):
        answer = viewer.get("/embed/latest/")
        page = answer.content.decode()
        assert "Poles for everyone" in page
        assert "Canary" not in page
        assert "csrf" not in page
        assert "Set-Cookie" not in answer.headers
        assert viewer.get("/embed/latest/?space=testers").status_code == 404


def test_it_takes_a_space_a_number_and_a_look(client, alice, space, make_thread):
    for n in range(4):
        make_thread(alice, space, title=f"Question number {n}", body=f"What about {n}, then?")

    page = client.get("/embed/latest/?space=help&limit=2&theme=dark").content.decode()

    assert page.count("<li>") == 2
    assert 'data-theme="dark"' in page


def test_a_browser_keeps_no_refusal_and_no_permission(client, db):
    """Who may frame it changes when a site is registered, and so does what a browser must do with it."""
    kept = client.get("/embed/latest/")["Cache-Control"].split(", ")

    assert "max-age=0" in kept


@pytest.mark.parametrize(
    "query",
    [
        "limit=99999999999",
        "limit=-1",
        "limit=x",
        "limit=%C2%B2",
        "limit=0",
        "limit[]=1&limit=%00",
        "theme=%22%3E",
        "theme=dark%0d%0aX-Evil:1",
        "space=%00",
        "space=",
        "space&limit&theme",
    ],
)
def test_odd_wishes_do_no_harm(client, db, query):
    answer = client.get(f"/embed/latest/?{query}")

    assert answer.status_code == 200
    assert "style=" not in answer.content.decode()


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "shop.example.org",
        "https://shop.example.org/path",
        "http://shop.example.org",
        "https://*",
        "https://a b",
        "javascript:alert(1)",
        "https://shop.example.org; script-src *",
        "https://user@shop.example.org",
        "null",
    ],
)
def test_an_origin_is_a_scheme_and_a_host(admin, origin):
    with pytest.raises(Invalid):
        add_embed_origin(actor=admin, origin=origin)

    assert not EmbedOrigin.objects.exists()


def test_only_administrators_register_sites(manager, admin):
    with pytest.raises(Refused):
        add_embed_origin(actor=manager, origin=SHOP)

    add_embed_origin(actor=admin, origin=SHOP + "/")
    with pytest.raises(Conflict):
        add_embed_origin(actor=admin, origin=SHOP)


def test_the_loader_is_small_and_the_same_for_everyone(client, db):
    answer = client.get("/embed.js")

    assert answer["Content-Type"].startswith("text/javascript")
    assert len(answer.content) < 3000
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "public" in answer["Cache-Control"]


def test_the_preview_is_for_managers_and_shows_what_to_paste(sign_in, alice, manager, space):
    assert sign_in(alice).get("/embed/preview/").status_code == 404

    page = sign_in(manager).get("/embed/preview/?space=help&limit=3").content.decode()

    assert "&lt;div data-porchlight=&#34;latest&#34; data-space=&#34;help&#34; data-limit=&#34;3&#34;" in page
    assert "/embed.js" in page


def test_pages_of_registered_sites_may_call_the_api_without_cookies(admin, db):
    client = Client()
    asking = {"origin": SHOP, "access-control-request-method": "GET"}
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/spaces", headers={"origin": SHOP}).headers
    assert "Access-Control-Allow-Origin" not in client.options("/api/v1/spaces", headers=asking).headers

    EmbedOrigin.objects.create(origin=SHOP)
    forget_origins()

    answer = client.get("/api/v1/spaces", headers={"origin": SHOP})
    assert answer["Access-Control-Allow-Origin"] == SHOP
    assert "Origin" in answer["Vary"]
    asked = client.options("/api/v1/spaces", headers=asking)
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (204, SHOP)
    for response in (answer, asked):
        assert "Access-Control-Allow-Credentials" not in response.headers
    assert "Access-Control-Allow-Origin" not in client.get("/search/", headers={"origin": SHOP}).headers
    other = client.get("/api/v1/spaces", headers={"origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in other.headers
