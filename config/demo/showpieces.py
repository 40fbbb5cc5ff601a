"""Things the people of the demo made and mended, with pictures drawn here."""

import io
import random
from collections.abc import Mapping

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFilter

from community.members.models import Member
from community.spaces.models import Space
from community.threads.actions import start_thread
from community.threads.models import Thread
from community.writing.actions import add_image

Colour = tuple[int, int, int]
# Who, what, in a few words, and the colours of sky and cloth.
PIECES: tuple[tuple[str, str, str, Colour, Colour], ...] = (
    (
        "maya",
        "A tarp from two old flysheets",
        "Both were torn at the same corner, so the good halves met in the middle. Flat-felled seam, silicone on the inside, 410 grams. It has been through one night of hail.",
        (196, 214, 226),
        (94, 124, 92),
    ),
    (
        "tomasz",
        "Hip belt with the buckle I can change",
        "The screw-in kit on a pack from 2016. I cut the old loop, folded it twice and sewed it by hand with waxed thread. A coin is the only tool it needs now.",
        (232, 214, 190),
        (150, 86, 60),
    ),
    (
        "hana",
        "My first patch that did not leak",
        "Three tries, then I read what Luca wrote about letting it dry. Round corners, a thumb wider than the hole, and a night under books.",
        (214, 206, 226),
        (104, 88, 150),
    ),
    (
        "harriet",
        "A stuff sack for wet things",
        "Cut from the floor of a tent that had no poles left. The mesh at the bottom is from a bag of oranges, and it is the best part.",
        (200, 220, 212),
        (60, 110, 116),
    ),
)


def add_showpieces(*, members: Mapping[str, Member], space: Space) -> None:
    """Let four people show what they made. Safe to run again."""
    if Thread.objects.filter(space=space).exists():
        return
    for number, (handle, title, words, sky, cloth) in enumerate(PIECES):
        member = members[handle]
        file = SimpleUploadedFile(f"{title}.png", _picture(number, sky, cloth), content_type="image/png")
        upload = add_image(actor=member, file=file)
        start_thread(
            actor=member, space=space, title=title, body=f"{words}\n\n{upload.markdown}\n", kind="showcase"
        )


def _picture(number: int, sky: Colour, cloth: Colour) -> bytes:
    """Draw hills under a sky, and something of cloth before them."""
    chance = random.Random(number)  # noqa: S311 - the same picture every time
    size = (960, 720)
    image = Image.new("RGB", size, sky)
    pen = ImageDraw.Draw(image)
    for step in range(3):
        base, shade = 330 + 90 * step, 1 - 0.18 * (step + 1)
        tops = [(x, base - chance.randint(20, 130)) for x in range(0, 1100, 120)]
        pen.polygon([(0, 720), *tops, (1100, 720)], fill=tuple(int(part * shade) for part in sky))
    left, right = 250 + chance.randint(-60, 60), 720 + chance.randint(-60, 60)
    middle = (left + right) // 2
    pen.polygon([(left, 620), (middle, 300), (right, 620)], fill=cloth)
    pen.polygon(
        [(middle, 300), (right, 620), (middle + 70, 620)], fill=tuple(int(part * 0.78) for part in cloth)
    )
    pen.line([(middle, 300), (middle - 190, 640)], fill=(40, 40, 40), width=3)
    out = io.BytesIO()
    image.filter(ImageFilter.GaussianBlur(1.2)).save(out, "PNG")
    return out.getvalue()
