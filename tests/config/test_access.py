"""Every address says who may call it, and means it."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from config.access import Undeclared, list_routes

EXAMPLES = {
    "int": "987654",
    "str": "nowhere",
    "slug": "nowhere",
    "path": "nowhere",
    "uuid": "0" * 8 + "-0000-0000-0000-" + "0" * 12,
}
# They answer 401 or JSON of their own, or leave the site.
OWN_WAYS = ("/admin/", "/account/", "/api/", "/healthz/")


def fill_in(path):
    return re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES.get(found[1] or "str", "nowhere"), path)


def pages(*who):
    return [
        (fill_in(route.path), method)
        for route in list_routes()
        for method, permit in route.methods.items()
        if permit.who in who and not route.path.startswith(OWN_WAYS) and "(?P" not in route.path
    ]


def test_nothing_is_undeclared():
    names = {route.name for route in list_routes()}

    assert {"thread", "search", "api_threads", "account_login", "admin:index"} <= names


def test_an_address_without_a_word_is_an_error(monkeypatch):
    from django.urls import path

    from config import access

    extra = [path("secret/", lambda request: None)]
    monkeypatch.setattr(access, "get_resolver", lambda: type("R", (), {"url_patterns": extra}))

    with pytest.raises(Undeclared, match="/secret/"):
        list_routes()


def test_the_command_prints_json():
    said = StringIO()
    call_command("routes", json=True, stdout=said)

    entry = next(row for row in json.loads(said.getvalue()) if row["name"] == "api_threads")
    assert entry["path"] == "/api/v1/threads"
    assert entry["methods"]["GET"] == {"who": "guest", "scope": "threads:read"}
    assert entry["methods"]["POST"] == {"who": "member", "scope": "threads:write"}


def test_every_api_method_names_a_scope():
    for route in list_routes():
        if (
            route.path.startswith("/api/v1/")
            and route.name != "api_schema"
            and not route.name.startswith("api_docs")
        ):
            assert route.methods, route.path
            assert all(permit.scope for permit in route.methods.values()), route.path


def test_guests_are_sent_to_sign_in(db):
    client = Client()
    for path, method in pages("member", "moderator", "manager", "admin"):
        answer = client.generic(method, path)
        assert answer.status_code == 302 and "/sign-in/" in answer["Location"], (
            method,
            path,
            answer.status_code,
        )


def test_members_do_not_find_staff_pages(sign_in, alice):
    client = sign_in(alice)
    for path, method in pages("moderator", "manager", "admin"):
        assert client.generic(method, path).status_code == 404, (method, path)


def test_other_methods_are_refused(sign_in, alice):
    client = Client()
    for route in list_routes():
        if route.path.startswith(OWN_WAYS) or "(?P" in route.path or "GET" in route.methods:
            continue
        assert client.get(fill_in(route.path)).status_code == 405, route.path


def test_guests_need_a_key_for_what_is_not_public_in_the_api(db):
    client = Client()
    for route in list_routes():
        if route.path.startswith("/api/v1/"):
            for method, permit in route.methods.items():
                if permit.who != "guest":
                    answer = client.generic(method, fill_in(route.path), content_type="application/json")
                    assert answer.status_code == 401, (method, route.path)
