"""Forms of the admin that nobody was shown: sent by hand, by who may not, about rows that are not theirs, or by reading."""

from collections.abc import Iterator
from itertools import cycle, product
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config.access import list_routes
from tests.access.test_admin import models
from tests.access.test_reading import is_write
from tests.access.world import PLACE, World, plain

ABSENT = "987654321"
# What a moderator's own work is, decided by hand: the list and the act. Everything else of theirs changes nothing.
ON_THREADS = (
    "close", "open_again", "pin", "unpin", "unlist", "list_again", "archive", "unarchive", "move", "add_tag", "hide", "remove", "show_again",
)  # fmt: skip
MODERATORS_DO = {
    *(("threads.thread", act) for act in (*ON_THREADS, "change")),
    *(("threads.post", act) for act in ("hide", "remove", "show_again", "change")),
    ("threads.poll", "close"),
    ("threads.poll", "open_again"),
    ("threads.regrouping", "take_back"),
    ("threads.threadtimer", "cancel"),
    ("members.admission", "let_in"),
    ("moderation.penalty", "lift"),
}
STAFF = ("mod", "manager", "admin")


def admin_of(model: Any) -> Any:
    return admin.site._registry[model]


def base(model: Any) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


def acts_of(model: Any) -> list[str]:
    """The names of the acts of a list, those of the package included."""
    named = [one if isinstance(one, str) else one.__name__ for one in admin_of(model).actions or ()]
    return [*named, "delete_selected"]


def rows_of(model: Any) -> list[Any]:
    return list(model._default_manager.order_by("-pk").values_list("pk", flat=True)[:30])


def filled(model: Any) -> dict[str, Any]:
    """Something for every column and every line below it, whether the form shows it or not."""
    said: dict[str, Any] = {"post": "yes", "_save": "1"}
    for field in model._meta.get_fields():
        if not getattr(field, "concrete", False):
            continue
        if field.is_relation:
            row = field.related_model._default_manager.order_by("pk").first()
            said[field.name] = "" if row is None else str(row.pk)
        else:
            kind = field.get_internal_type()
            said[field.name] = "1" if "Integer" in kind else "on" if kind == "BooleanField" else "forged"
    for inline in admin_of(model).inlines:
        said |= filled_lines(model, inline)
    return said


def filled_lines(model: Any, inline: Any) -> dict[str, Any]:
    """One line that names a row of somebody else, one that is new."""
    from django.forms.models import _get_foreign_key

    prefix = _get_foreign_key(model, inline.model, fk_name=inline.fk_name).remote_field.get_accessor_name()
    row = inline.model._default_manager.order_by("pk").first()
    said = {f"{prefix}-{name}_FORMS": number for name, number in
            (("TOTAL", "2"), ("INITIAL", "1"), ("MIN_NUM", "0"), ("MAX_NUM", "1000"))}  # fmt: skip
    said[f"{prefix}-0-id"] = said[f"{prefix}-0-{inline.model._meta.pk.name}"] = row.pk if row else ABSENT
    said[f"{prefix}-0-DELETE"] = "on"
    for field in inline.model._meta.fields:
        if field.is_relation and field.name != "id":
            first = field.related_model._default_manager.order_by("pk").first()
            said[f"{prefix}-1-{field.name}"] = "" if first is None else first.pk
    return said


def sent(
    world: World, who: str, address: str, said: Any, undone: Any, method: str = "post"
) -> tuple[Any, list[str]]:
    """The answer to a form, and what was written for it."""
    with undone, CaptureQueriesContext(connection) as asked:
        answer = getattr(world.client(who), method)(address, said)
    return answer, [query["sql"][:140] for query in asked if is_write(query["sql"])]


def forged(model: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every form of a model: what it does, where it goes, what it says."""
    rows = rows_of(model)
    listed = reverse(f"{base(model)}_changelist")
    for act in acts_of(model):
        yield (
            act,
            listed,
            {"action": act, "_selected_action": rows, "select_across": "1", "index": "0", "post": "yes"},
        )
    yield "list_editable", listed, {"_save": "1", "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1",
                                    "form-0-id": rows[0] if rows else ABSENT, **{f"form-0-{n}": v for n, v in filled(model).items()}}  # fmt: skip
    yield "add", reverse(f"{base(model)}_add"), filled(model)
    for page in ("change", "delete"):
        yield page, reverse(f"{base(model)}_{page}", args=[rows[0] if rows else ABSENT]), filled(model)


def test_a_moderator_writes_nothing_but_their_own_work(world: World, undone: Any) -> None:
    wrote = []
    for model in models():
        for act, address, said in forged(model):
            answer, writes = sent(world, "mod", address, said, undone)
            if answer.status_code >= 500:
                wrote.append(f"{act} {address}: {answer.status_code}")
            if writes and (model._meta.label_lower, act) not in MODERATORS_DO:
                wrote.append(f"{act} {address}: {answer.status_code} {writes[0]}")

    assert wrote == []


@pytest.mark.parametrize("who", ["manager", "admin"])
def test_no_forged_form_breaks_a_page(world: World, undone: Any, who: str) -> None:
    broken = []
    for model in models():
        for act, address, said in forged(model):
            try:
                answer, _writes = sent(world, who, address, said, undone)
            except Exception as error:  # noqa: BLE001 - every one is named at once
                broken.append(f"{act} {address}: {error!r}")
            else:
                if answer.status_code >= 500:
                    broken.append(f"{act} {address}: {answer.status_code}")

    assert broken == []


def addresses_of_the_admin(world: World) -> Iterator[str]:
    """Every address of the admin, with rows that exist in their places."""
    for route in list_routes():
        if not route.path.startswith("/admin/") or route.name in ("admin:logout",):
            continue
        model = model_of(route.path)
        rows = rows_of(model) if model is not None else []
        yield plain(PLACE.sub(str(rows[0] if rows else ABSENT), route.path))


def model_of(path: str) -> Any:
    parts = path.split("/")
    return next((m for m in models() if [m._meta.app_label, m._meta.model_name] == parts[2:4]), None)


def test_reading_the_admin_writes_nothing_whatever_is_asked(world: World, undone: Any) -> None:
    """Acts behind links, too: of a row, of a page, of a list."""
    wrote = []
    asked = {"do": "1", "action": "delete_selected", "post": "yes"}
    for address, who in product(addresses_of_the_admin(world), STAFF):
        # HEAD is GET without its body: once is enough.
        for method in ("get", "head") if who == "manager" else ("get",):
            try:
                answer, writes = sent(world, who, address, asked, undone, method)
            except Exception as error:  # noqa: BLE001 - every one is named at once
                wrote.append(f"{method} {address} as {who}: {error!r}")
                continue
            if writes or answer.status_code >= 500:
                wrote.append(f"{method} {address} as {who}: {answer.status_code} {writes[:1]}")

    assert wrote == []


def test_no_form_of_the_admin_is_taken_without_its_token(world: World, undone: Any) -> None:
    """From another site, by whoever runs the software: as a form, and as text."""
    taken = []
    client = world.client("admin", enforce_csrf_checks=True, headers={"Origin": "https://elsewhere.example"})
    kinds = cycle(("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"))
    for address, kind in zip(addresses_of_the_admin(world), kinds, strict=False):
        with undone, CaptureQueriesContext(connection) as asked:
            answer = client.generic("POST", address, "post=yes&action=delete_selected", content_type=kind)
        writes = [query["sql"][:140] for query in asked if is_write(query["sql"])]
        if answer.status_code not in (403, 405) or writes:
            taken.append(f"{address} {kind}: {answer.status_code} {writes[:1]}")

    assert taken == []
