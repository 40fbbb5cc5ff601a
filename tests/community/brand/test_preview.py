"""The picture other sites show for a link."""

import io
from typing import Any

import pytest
from PIL import Image

from community.brand import preview
from community.brand.models import Brand
from community.brand.queries import current_brand


def pixels(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def test_a_picture_has_the_size_sites_ask_for_and_the_brands_own_colours(db: None) -> None:
    green, blue = Brand(brand_colour="#17604f"), Brand(brand_colour="#3d4f8f")

    one = pixels(preview.draw(preview.preview_of(green, "Which stove?"), green))
    other = pixels(preview.draw(preview.preview_of(blue, "Which stove?"), blue))

    assert one.size == (1200, 630)
    assert one.getpixel((5, 5)) != other.getpixel((5, 5))


@pytest.mark.parametrize(
    "title",
    [
        "W" * 140,
        "word " * 28,
        "Łódź – größer & “naïve”",
        "كيف أنظف الرمل",
        "登山の質問",
        " ",
        "\u202e<b>&amp;",
    ],
)
def test_any_title_can_be_drawn(title: str, db: None) -> None:
    brand = Brand()

    assert pixels(preview.draw(preview.preview_of(brand, title), brand)).size == (1200, 630)


def test_letters_no_typeface_has_are_known() -> None:
    assert preview._has_letters("bricolage", "Zürich Łódź")
    assert not preview._has_letters("bricolage", "登山")


def test_the_address_changes_with_the_title_and_the_look_alone() -> None:
    brand = Brand(name="Tarn Commons")
    first = preview.preview_of(brand, "Which stove?", "Question")

    assert first.hash == preview.preview_of(Brand(name="Tarn Commons"), "Which stove?", "Question").hash
    assert first.hash != preview.preview_of(brand, "Which stove then?", "Question").hash
    assert (
        first.hash
        != preview.preview_of(Brand(name="Tarn Commons", radius=3), "Which stove?", "Question").hash
    )


def test_the_community_has_one_too(client: Any, db: None) -> None:
    picture = preview.preview_of(current_brand())

    right = client.get(f"/preview-{picture.hash}.png")
    old = client.get("/preview-000000000000.png")

    assert right["Content-Type"] == "image/png"
    assert "immutable" in right["Cache-Control"]
    assert old.status_code == 200
    assert "immutable" not in old["Cache-Control"]
