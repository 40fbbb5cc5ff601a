"""Whatever is sent to whatever address, it is answered: nothing that a stranger can type is an accident of ours.

The same values at every run. Every address that there will be is in it from its first day, by the list of routes.
"""

import json
import random
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from drf_spectacular.generators import SchemaGenerator

from config.access import Route, list_routes
from tests.access.test_admin import models
from tests.access.test_admin_forged import filled, model_of, rows_of
from tests.access.world import PLACE, World, plain

ROOT = Path(__file__).resolve().parents[2]
SEED = 20_260_401
TEXTS = (
    "9" * 5_000, str(2**63), str(-(2**63) - 1), "-1", "0", "²", "٣", "０", "1e999", "NaN", "Infinity", "0x10", "1_000",
    "", " ", "\x00", "a\x00b", "\r\nSet-Cookie: x=1", "\u202eevil\u202c", "\u200b\u200d\ufeff", "zа\u0301\u0336lgo" * 40,
    "🏕️👩‍👩‍👧‍👦" * 20, "ß" * 300, "İ" * 300, "ﷺ" * 300, "=cmd|' /C calc'!A0", "'; DROP TABLE members_member; --", "%00%ff",
    "0000-00-00", "0001-01-01", "9999-12-31", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2024-02-30", "25:61",
    "America/../../etc/passwd", "Etc/GMT+99", "xx-invalid", "../../../../etc/passwd", "{{ 7*7 }}", "${7*7}", "<script>alert(1)</script>",
    "[](javascript:alert(1))", "((((((((((a+)+)+)+)+)+)+)+)+)+$", "(?:(?:a{900}){900}){900}", "@" * 500, "[" * 3_000, "> " * 800,
    "null", "true", "[]", "{}", "1,2,3", "1.2.3", "a~b", "~", ".", "..", "/", "\\", "#", "?", "a@b", "a" * 65_000, "\ufffe\uffff",
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    *TEXTS, None, True, False, 0, -1, 2**31, 2**63, 2**64, 10**400, 1.5, -0.0, [], {}, [[]], [None], [{}], ["\x00"], [2**63], {"a": {"b": []}},
    ["x"] * 3_000, [0] * 3_000, {"\x00": 1}, "\ud800", ["\ud800"], {"id": 1}, [1, "a", None, {"b": []}],
)  # fmt: skip
NAMED = re.compile(r'(?:GET|POST)(?:\.get|\.getlist|\[)\(?"(\w+)"')
ROLES = ("guest", "alice", "mallory", "mod", "manager", "admin")


def names_asked_for() -> list[str]:
    """Every name that our own code looks for in an address or a form."""
    files = (
        path
        for family in ("community", "rewards", "engagement", "config")
        for path in (ROOT / family).rglob("*.py")
    )
    found = {name for path in files for name in NAMED.findall(path.read_text())}
    return sorted(
        found
        | {
            "after",
            "before",
            "q",
            "next",
            "page",
            "limit",
            "sort",
            "view",
            "o",
            "p",
            "e",
            "_popup",
            "_to_field",
        }
    )


def call(world: World, who: str, method: str, address: str, **more: Any) -> Any:
    client = world.client(who)
    try:
        return client.generic(method, address, **more)
    except Exception as error:  # noqa: BLE001 - an error page is what is looked for
        return error


def fault(answer: Any) -> str:
    """What is wrong with an answer, if anything."""
    if isinstance(answer, Exception):
        return repr(answer)[:200]
    if answer.status_code >= 500:
        return str(answer.status_code)
    return "a heading of the sender" if "x=1" in str(answer.headers.get("Set-Cookie", "")) else ""


def places(world: World, route: Route, chance: random.Random) -> Iterator[str]:
    """An address with something of ours in its places, and with something hostile in one of them."""
    try:
        sound = world.address(route.path)
    except LookupError:
        model = model_of(route.path)
        sound = plain(PLACE.sub(str((rows_of(model) if model else [1])[0:1] or "1").strip("[]"), route.path))
    yield str(sound)
    if PLACE.search(route.path):
        for text in chance.sample(TEXTS, 3):
            yield plain(PLACE.sub(lambda _match, text=text: quote(text[:1_500], safe=""), route.path))


def asked(names: list[str], chance: random.Random) -> str:
    """A question with hostile values under the names that some page asks for."""
    chosen = chance.sample(names, 12)
    return "&".join(f"{name}={quote(chance.choice(TEXTS)[:5_100], safe='')}" for name in chosen)


def test_no_address_and_no_question_breaks_a_page(world: World, undone: Any) -> None:
    chance, names, broken = random.Random(SEED), names_asked_for(), []
    for route in list_routes():
        if route.name == "admin:logout":
            continue
        for address in places(world, route, chance):
            for who in chance.sample(ROLES, 2) if not route.path.startswith("/admin/") else ["mod", "admin"]:
                question = asked(names, chance)
                with undone:
                    answer = call(world, who, "GET", f"{address}?{question}")
                if said := fault(answer):
                    broken.append(f"GET {address[:200]}?{question[:900]} as {who}: {said}")

    assert broken == []


FORMS = ("urlencoded", "multipart", "bytes")


def body_of(kind: str, said: dict[str, str]) -> dict[str, Any]:
    """A form as it travels: as it should, in parts, or with bytes that are no text."""
    if kind == "multipart":
        parts = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in said.items()
        )
        return {"data": f"{parts}--x--\r\n".encode(), "content_type": "multipart/form-data; boundary=x"}
    text = "&".join(f"{name}={quote(value, safe='')}" for name, value in said.items())
    if kind == "bytes":
        text = re.sub(r"=[^&]{1,8}", "=%ff%fe%c0%80", text)
    return {"data": text, "content_type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize("kind", FORMS)
def test_no_form_breaks_a_page(world: World, undone: Any, kind: str) -> None:
    chance, names, broken = random.Random(SEED + len(kind)), names_asked_for(), []
    for route in list_routes():
        if "POST" not in route.methods or route.path.startswith(("/api/", "/admin/")):
            continue
        address = next(places(world, route, chance))
        for who in ("alice", "manager") if route.name != "account_login" else ("guest",):
            said = {name: chance.choice(TEXTS) for name in names}
            with undone:
                answer = call(world, who, "POST", address, **body_of(kind, said))
            if wrong := fault(answer):
                broken.append(f"POST {address} ({kind}) as {who}: {wrong}")

    assert broken == []


def test_no_form_of_the_admin_breaks_a_page(world: World, undone: Any) -> None:
    """Every column of every model by something hostile, and every question of a list."""
    chance, broken = random.Random(SEED), []
    pages = [
        route for route in list_routes() if route.path.startswith("/admin/") and "logout" not in route.name
    ]
    for route in pages:
        model = model_of(route.path)
        names = list(filled(model)) if model is not None else ["q", "term"]
        for _again in range(3):
            said = {name: chance.choice(TEXTS)[:5_000] if chance.random() < 0.4 else str(sound)
                    for name, sound in (filled(model) if model is not None else dict.fromkeys(names, "1")).items()}  # fmt: skip
            address = next(places(world, route, chance))
            with undone:
                answer = call(world, "admin", "POST", address, **body_of("urlencoded", said))
            if wrong := fault(answer):
                broken.append(f"POST {address} {str(said)[:300]}: {wrong}")
            question = "&".join(f"{chance.choice(names)}{how}={quote(chance.choice(TEXTS), safe='')}"
                                for how in ("", "__gte", "__in", "__isnull", "__date"))  # fmt: skip
            with undone:
                answer = call(world, "admin", "GET", f"{address}?{question}")
            if wrong := fault(answer):
                broken.append(f"GET {address}?{question[:300]}: {wrong}")

    assert broken == []


def described_operations() -> Iterator[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """Path, method and shape of the body of everything that writes, and all shapes by name."""
    described = SchemaGenerator().get_schema(request=None, public=True)
    shapes = described["components"]["schemas"]
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if method == "get":
                continue
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            reference = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
            yield path, method.upper(), shapes.get(reference, {}), shapes


def address_of(world: World, path: str) -> str:
    """The address of a described path: descriptions call the places otherwise than routes do."""
    routes = {PLACE.sub("{}", route.path): route.path for route in list_routes()}
    return str(world.address(routes[re.sub(r"{\w+}", "{}", path)]))


def test_no_body_breaks_the_api(world: World, undone: Any) -> None:
    chance, broken = random.Random(SEED), []
    for path, method, shape, _shapes in described_operations():
        address, names = address_of(world, path), sorted(shape.get("properties", {}))
        for who, _again in islice(((who, n) for n in range(4) for who in ("alice", "manager")), 8):
            body = {name: chance.choice(VALUES) for name in names if chance.random() < 0.8}
            with undone:
                answer = call(
                    world, who, method, address, data=json.dumps(body), content_type="application/json"
                )
            if wrong := fault(answer):
                broken.append(f"{method} {address} {str(body)[:400]} as {who}: {wrong}")

    assert broken == []


ODD_BODIES = (
    b"", b"null", b"[]", b"0", b'"x"', b"{", b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe{}", b"\xef\xbb\xbf{}", b'{"a":1e999}', b'{"a":NaN}',
    b'{"a":"\\ud800"}', b'{"a":1,"a":2}', b'{"__proto__":{}}', "{}".encode("utf-16"), b"9" * 10_000,
)  # fmt: skip


def test_no_body_that_is_no_object_breaks_the_api(world: World, undone: Any) -> None:
    chance, broken = random.Random(SEED), []
    for path, method, _shape, _shapes in described_operations():
        address = address_of(world, path)
        for body in chance.sample(ODD_BODIES, 6):
            with undone:
                answer = call(world, "manager", method, address, data=body, content_type="application/json")
            if wrong := fault(answer):
                broken.append(f"{method} {address} {body[:30]!r}: {wrong}")

    assert broken == []


def test_every_model_is_tried() -> None:
    assert len(models()) > 60
