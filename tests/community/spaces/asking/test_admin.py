"""The page in the admin on which a manager says what a space asks."""

from typing import Any

from community.spaces.asking.queries import fields_of, template_of
from community.spaces.models import Space, SpaceField


def typed(*rows: Any, **more: Any) -> dict[str, Any]:
    fields = {"fields-TOTAL_FORMS": len(rows), "fields-INITIAL_FORMS": 0, "template": ""}
    for number, row in enumerate(rows):
        fields |= {f"fields-{number}-{name}": value for name, value in row.items()}
    return fields | more


MODEL = {
    "label": "Model",
    "kind": "choice",
    "options": "Sarek\nLyngen",
    "is_required": "on",
    "is_asked": "on",
    "position": 2,
}
SINCE = {"label": "Since", "kind": "date", "is_asked": "on", "position": 1}


def test_a_manager_arranges_fields(manager: Any, space: Any, sign_in: Any) -> None:
    path = f"/admin/spaces/space/{space.pk}/asking/"

    answer = sign_in(manager).post(
        path, typed(MODEL, SINCE, {"label": "", "kind": "text"}, template="## What")
    )

    assert answer.status_code == 302, answer.content
    assert [(field.key, field.options) for field in fields_of(space)] == [
        ("since", []),
        ("model", ["Sarek", "Lyngen"]),
    ]
    assert template_of(space) == "## What"
    page = sign_in(manager).get(path).content.decode()
    assert "Model" in page and "Lyngen" in page
    hidden = {**MODEL, "key": "model"}
    hidden.pop("is_asked")
    assert sign_in(manager).post(path, typed(hidden)).status_code == 302
    assert fields_of(space) == []
    assert not Space.objects.get(pk=space.pk).asks


def test_what_cannot_be_asked_is_said_and_others_do_not_see_the_page(
    manager: Any, mod: Any, space: Any, sign_in: Any
) -> None:
    path = f"/admin/spaces/space/{space.pk}/asking/"

    refused = sign_in(manager).post(path, typed({**MODEL, "options": "one"}))

    assert refused.status_code == 422
    assert "Offer 2 to 30 answers" in refused.content.decode()
    assert sign_in(mod).post(path, typed(MODEL)).status_code == 403
    assert not SpaceField.objects.exists()
