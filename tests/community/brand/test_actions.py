"""Saving the brand."""

import io
from typing import Any

import pytest
from PIL import Image

from community.activity.models import Activity
from community.brand.actions import save_brand
from community.brand.models import Brand
from community.errors import Invalid, Refused


def picture(kind: str = "PNG", size: tuple[int, int] = (600, 300)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#17604f").save(out, kind)
    return out.getvalue()


def test_an_administrator_changes_the_look_and_it_is_recorded(admin: Any) -> None:
    brand = save_brand(actor=admin, changes={"name": "Tarn Commons", "brand_colour": "#17604f"})

    assert Brand.objects.get().name == "Tarn Commons"
    activity = Activity.objects.get(verb="brand.changed")
    assert activity.payload["fields"] == ["brand_colour", "name"]
    assert activity.target_pk == brand.pk == 1


@pytest.mark.parametrize("who", ["alice", "mod", "manager"])
def test_nobody_else_may_and_nothing_changes(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused):
        save_brand(actor=request.getfixturevalue(who), changes={"name": "Mine"})

    assert not Brand.objects.exists()
    assert not Activity.objects.exists()


def test_a_colour_that_is_none_is_refused_beside_its_field(admin: Any) -> None:
    with pytest.raises(Invalid) as refusal:
        save_brand(actor=admin, changes={"brand_colour": "red;}body{display:none"})

    assert set(refusal.value.fields) == {"brand_colour"}
    assert not Brand.objects.exists()


def test_saving_again_changes_the_same_row(admin: Any) -> None:
    save_brand(actor=admin, changes={"name": "One"})
    save_brand(actor=admin, changes={"name": "Two"})

    assert [brand.name for brand in Brand.objects.all()] == ["Two"]


def test_the_owner_of_the_machine_needs_no_account(db: None) -> None:
    assert save_brand(actor=None, changes={"name": "Tarn Commons"}).name == "Tarn Commons"


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_logo_is_drawn_anew_as_a_small_png(admin: Any, kind: str) -> None:
    brand = save_brand(actor=admin, changes={}, logo=picture(kind))

    assert brand.logo is not None
    with Image.open(io.BytesIO(brand.logo)) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (256, 128))
    assert len(brand.logo_hash) == 12


@pytest.mark.parametrize(
    "upload", [b"<svg onload='alert(1)'/>", b"\x89PNG\r\n\x1a\nnothing", picture()[:200]]
)
def test_what_is_not_a_picture_is_refused(admin: Any, upload: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        save_brand(actor=admin, changes={}, logo=upload)

    assert "logo" in refusal.value.fields
    assert not Brand.objects.exists()


def test_empty_bytes_take_the_logo_away(admin: Any) -> None:
    save_brand(actor=admin, changes={}, logo=picture())
    brand = save_brand(actor=admin, changes={}, logo=b"")

    assert (brand.logo, brand.logo_hash) == (None, "")
