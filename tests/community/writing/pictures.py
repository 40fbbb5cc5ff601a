"""Pictures made for tests, good and bad."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(width: int = 1600, height: int = 1200) -> Image.Image:
    """A picture with something to see in every corner."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    image.paste("red", (0, 0, width // 8, height // 8))
    return image


def upload(data: bytes, name: str = "tent.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def empty_png(width: int, height: int) -> bytes:
    """A few bytes that claim to be a picture of any size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    line = b"\x00" * (1 + (width + 7) // 8)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def with_gps() -> bytes:
    """A JPEG lying on its side, with a place, a comment and a thumbnail's worth of notes."""
    image = photo(800, 400)
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x010E] = "secret description"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (59.0, 54.0, 50.0)
    return encoded(image, "JPEG", exif=exif, comment=b"secret comment", quality=90)


def moving(frames: int, side: int = 8) -> bytes:
    images = [Image.new("P", (side, side), number % 2) for number in range(frames)]
    for number, image in enumerate(images):
        image.putpixel((number % side, (number // side) % side), 2)
    return encoded(images[0], "GIF", save_all=True, append_images=images[1:])
