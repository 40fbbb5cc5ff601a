"""An uploaded logo is drawn anew, so that nothing but pixels is kept of it."""

import io
import warnings

from django.utils.translation import gettext as _

from community.errors import Invalid

LARGEST_UPLOAD = 2 * 1024 * 1024
MOST_PIXELS = 16_000_000
SIDE = 256


def redraw(upload: bytes) -> bytes:
    """Return the picture as a PNG of at most 256 by 256 pixels. Raises `Invalid` when it is not a picture."""
    if len(upload) > LARGEST_UPLOAD:
        raise _unusable(_("Choose a picture of at most 2 MB."))
    # As in `preview`: loaded by those who draw.
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(upload), formats=("PNG", "JPEG", "WEBP", "GIF")) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise _unusable(_("Choose a picture of at most 4000 by 4000 pixels."))
                drawn = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, Warning, Image.DecompressionBombError) as error:
        raise _unusable(_("Choose a PNG, JPEG, WebP or GIF picture.")) from error
    drawn.thumbnail((SIDE, SIDE))
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()


def _unusable(message: str) -> Invalid:
    return Invalid("logo_unusable", message, fields={"logo": message})
