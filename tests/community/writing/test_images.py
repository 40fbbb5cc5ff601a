import io
import time

import pytest
from PIL import Image

from community.errors import Invalid
from community.writing import images
from community.writing.images import _read_answer, draw_anew
from tests.community.writing.pictures import empty_png, encoded, moving, photo, upload, with_gps


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_each_known_kind_is_drawn_anew_in_two_sizes(kind: str) -> None:
    drawn = draw_anew(upload(encoded(photo(), kind)), "image")

    assert [(v.name, v.width, v.height) for v in drawn.variants] == [("640", 640, 480), ("1280", 1280, 960)]
    assert all(
        opened(v.data).format == "WEBP" and opened(v.data).size == (v.width, v.height) for v in drawn.variants
    )


def test_a_small_picture_is_not_blown_up() -> None:
    drawn = draw_anew(upload(encoded(photo(300, 200))), "image")

    assert [(v.name, v.width, v.height) for v in drawn.variants] == [("640", 300, 200)]


def test_a_portrait_is_cut_square_in_three_sizes() -> None:
    drawn = draw_anew(upload(encoded(photo())), "avatar")

    assert [(v.width, v.height) for v in drawn.variants] == [(48, 48), (96, 96), (240, 240)]


def test_a_photo_stands_upright_and_says_nothing_about_where_it_was_taken() -> None:
    original = with_gps()
    assert opened(original).getexif().get_ifd(0x8825)

    drawn = draw_anew(upload(original, "photo.jpg"), "image")

    largest = drawn.variants[-1]
    assert (largest.width, largest.height) == (400, 800)
    red, green, _blue = opened(largest.data).convert("RGB").getpixel((390, 10))
    assert red > 200 and green < 60  # the corner that was red is now at the upper right
    for variant in drawn.variants:
        assert not opened(variant.data).getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(opened(variant.data).info)
        assert b"secret" not in variant.data and b"GPS" not in variant.data


@pytest.mark.parametrize(
    "image",
    [
        photo(200, 100).convert("CMYK"),
        photo(200, 100).convert("L"),
        photo(200, 100).convert("1"),
        photo(200, 100).convert("P"),
        photo(200, 100).convert("RGBA"),
        photo(200, 100).convert("LA"),
        photo(200, 100).convert("I;16"),
    ],
    ids=lambda image: image.mode,
)
def test_every_colour_mode_becomes_plain_rgb(image: Image.Image) -> None:
    kind = "JPEG" if image.mode == "CMYK" else "PNG"

    drawn = draw_anew(upload(encoded(image, kind)), "image")

    assert opened(drawn.variants[0].data).mode == "RGB"


def test_what_was_transparent_lies_on_white() -> None:
    drawn = draw_anew(upload(encoded(Image.new("RGBA", (50, 50), (0, 0, 0, 0)))), "image")

    assert min(opened(drawn.variants[0].data).convert("RGB").getpixel((25, 25))) > 250


def test_a_moving_picture_stands_still() -> None:
    drawn = draw_anew(upload(moving(12)), "image")

    assert not getattr(opened(drawn.variants[0].data), "is_animated", False)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "image_kind_unknown"),
        (b"<!doctype html><script>alert(1)</script>", "image_kind_unknown"),
        (b"<?xml version='1.0'?><?xml-stylesheet href='x.xsl'?><a/>", "image_kind_unknown"),
        (b"%PDF-1.7\n/JS (app.alert(1))", "image_kind_unknown"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "image_kind_unknown"),
        (b"\x00\x00\x00\x20ftypheic", "image_kind_unknown"),
        (b"II*\x00" + b"\x00" * 100, "image_kind_unknown"),
        (b"8BPS\x00\x01", "image_kind_unknown"),
        (b"", "image_kind_unknown"),
        (b"GIF89a<script>alert(1)</script>", "image_not_readable"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 200, "image_not_readable"),
        (encoded(photo(), "JPEG")[:3000], "image_not_readable"),
        (encoded(photo(), "PNG")[:3000], "image_not_readable"),
        (empty_png(20_000, 20_000), "image_too_many_pixels"),
        (empty_png(8_193, 10), "image_too_many_pixels"),
        (empty_png(5_100, 5_000), "image_too_many_pixels"),
        (moving(101), "image_too_many_pixels"),
        (b"\xff\xd8\xff" + b"\x00" * (8 * 1024 * 1024), "image_too_large"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.png", "a.jpg"])
def test_what_cannot_be_shown_is_refused_with_its_reason(data: bytes, code: str, name: str) -> None:
    start = time.monotonic()

    with pytest.raises(Invalid) as refused:
        draw_anew(upload(data, name), "image")

    assert refused.value.code == code
    assert refused.value.fields["file"]
    assert time.monotonic() - start < 10


def test_a_portrait_has_a_smaller_limit() -> None:
    with pytest.raises(Invalid) as refused:
        draw_anew(upload(b"\xff\xd8\xff" + b"\x00" * (2 * 1024 * 1024)), "avatar")

    assert refused.value.code == "image_too_large"
    assert "2 MB" in refused.value.message


def test_the_largest_picture_we_take_fits_into_the_limits() -> None:
    drawn = draw_anew(upload(empty_png(5_000, 5_000)), "image")

    assert drawn.variants[-1].width == 1280


def test_ten_thousand_frames_are_refused_quickly() -> None:
    start = time.monotonic()

    with pytest.raises(Invalid):
        draw_anew(upload(moving(10_000)), "image")

    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"not json\n",
        b'{"type": "image/png", "sizes": []}\n',
        b'{"type": "image/png", "sizes": [["../../x", 1, 1, 12]]}\nRIFF0000WEBP',
        b'{"type": "image/png", "sizes": [["640", 1, 1, 12]]}\n<html></html>',
        b'{"type": "image/png", "sizes": [["640", 1, 1, 99]]}\nRIFF0000WEBP',
        b'{"type": "image/png", "sizes": 7}\n',
        b"[1]\n",
    ],
)
def test_a_captured_worker_is_not_believed(answer: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        _read_answer(answer)

    assert refused.value.code == "image_too_demanding"


def test_a_worker_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "WALL_SECONDS", 0.01)

    with pytest.raises(Invalid) as refused:
        draw_anew(upload(encoded(photo())), "image")

    assert refused.value.code == "image_too_demanding"
