"""The limited process for pictures: decodes what a stranger sent and draws it anew in the sizes we keep.

It gets the bytes on its input and the kind as its argument, knows no secret, cannot write files, and the kernel ends it
at 512 MB or 10 s of CPU. Its answer is one line of JSON with sizes, followed by the WebP files in that order; or
`{"code": ...}` with the reason why not.
"""

import io
import json
import resource
import sys
import warnings
from typing import Final

from PIL import Image, ImageCms, ImageOps

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
MAX_SIDE: Final = 8_192
MAX_PIXELS: Final = 25_000_000
MAX_FRAMES: Final = 100
MAX_FRAME_PIXELS: Final = 100_000_000
QUALITY: Final = 82
WIDTHS: Final = {"image": (640, 1280), "avatar": (48, 96, 240), "banner": (640, 1280)}
MEMORY_BYTES: Final = 512 * 1024 * 1024
CPU_SECONDS: Final = 10


class Unusable(Exception):
    """The picture is refused; the message is the code."""


def limit_this_process() -> None:
    """Give up the right to more memory, more time and to writing files. Cannot be undone."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def check_size(image: Image.Image) -> None:
    """Refuse by what the header says, before anything is decoded."""
    width, height = image.size
    if width > MAX_SIDE or height > MAX_SIDE or width * height > MAX_PIXELS:
        raise Unusable("image_too_many_pixels")
    frames = 1
    while getattr(image, "is_animated", False):
        try:
            image.seek(frames)
        except EOFError:
            break
        frames += 1
        if frames > MAX_FRAMES or frames * width * height > MAX_FRAME_PIXELS:
            raise Unusable("image_too_many_pixels")
    image.seek(0)


def redraw(image: Image.Image, widest: int) -> Image.Image:
    """Return nothing but the pixels: upright, in sRGB, on white, without the picture's own notes about itself."""
    if image.format == "JPEG":
        image.draft("RGB", (widest * 2, widest * 4))  # decodes a large photo at a fraction of the cost
    image.load()
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    if profile and upright.mode in {"RGB", "CMYK"}:
        upright = in_srgb(upright, profile)
    if upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        paper = Image.new("RGB", layer.size, "white")
        paper.paste(layer, mask=layer.getchannel("A"))
        return paper
    bare = Image.new("RGB", upright.size)
    bare.paste(upright.convert("RGB"))
    return bare


def in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Return the colours as screens show them; a profile that cannot be read is ignored."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted if converted is not None else image


def sizes(picture: Image.Image, kind: str) -> dict[str, Image.Image]:
    """Return the picture in each size of its kind; a small one is not blown up."""
    if kind == "avatar":
        return {
            str(side): ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS) for side in WIDTHS[kind]
        }
    if kind == "banner":
        # Four times as wide as high, cut from the middle.
        wanted = {str(width): (width, width // 4) for width in WIDTHS[kind]}
        return {name: ImageOps.fit(picture, size, Image.Resampling.LANCZOS) for name, size in wanted.items()}
    drawn: dict[str, Image.Image] = {}
    for width in WIDTHS[kind]:
        if drawn and picture.width <= width // 2:
            break
        copy = picture.copy()
        copy.thumbnail((width, width * 2), Image.Resampling.LANCZOS, reducing_gap=2.0)
        drawn[str(width)] = copy
    return drawn


def answer(data: bytes, kind: str) -> tuple[dict[str, object], list[bytes]]:
    """Return the head of the answer and the files. Raises `Unusable`."""
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            came_as = Image.MIME[image.format or ""]
            check_size(image)
            picture = redraw(image, WIDTHS[kind][-1])
    except MemoryError as error:
        raise Unusable("image_too_demanding") from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Unusable("image_too_many_pixels") from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unusable("image_not_readable") from error
    files = []
    listed = []
    for name, drawn in sizes(picture, kind).items():
        out = io.BytesIO()
        drawn.save(out, "WEBP", quality=QUALITY, method=4)
        files.append(out.getvalue())
        listed.append([name, drawn.width, drawn.height, len(files[-1])])
    return {"type": came_as, "sizes": listed}, files


def main() -> None:
    """Answer one picture."""
    limit_this_process()
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        head, files = answer(sys.stdin.buffer.read(), sys.argv[1])
    except Unusable as error:
        head, files = {"code": str(error)}, []
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + b"".join(files))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
