"""From bytes a stranger sent to files we drew ourselves. The decoding happens in a process of its own."""

import json
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from community.errors import Invalid, RateLimited
from community.writing.limits import AVATAR_SIZE, IMAGE_SIZE
from community.writing.models import Kind
from community.writing.workers import ROOT, bare_environment

WALL_SECONDS = 20.0
MAX_ANSWER = 16 * 1024 * 1024
AT_ONCE = 2

_free = threading.BoundedSemaphore(AT_ONCE)
_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_KNOWN_SIZES = frozenset({"48", "96", "240", "640", "1280"})


@dataclass(frozen=True, slots=True)
class Variant:
    """One size of a picture, as WebP."""

    name: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture drawn anew: what it came as, and its sizes from small to large."""

    content_type: str
    variants: tuple[Variant, ...]


def draw_anew(file: UploadedFile, kind: str) -> Drawn:
    """Decode and re-encode an uploaded picture. Raises `Invalid` with a code when it cannot be used."""
    megabytes = AVATAR_SIZE() if kind == Kind.AVATAR else IMAGE_SIZE()
    limit = megabytes * 1024 * 1024
    if (file.size or 0) > limit:
        raise refusal("image_too_large", megabytes=megabytes)
    file.seek(0)
    data = file.read(limit + 1)
    if not data.startswith(_STARTS) and not (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        raise refusal("image_kind_unknown")
    if not _free.acquire(timeout=WALL_SECONDS):
        raise RateLimited(
            "busy", _("Many pictures are coming in just now. Try again in a moment."), retry_after=10
        )
    try:
        return _read_answer(_ask_worker(data, kind))
    finally:
        _free.release()


def _ask_worker(data: bytes, kind: str) -> bytes:
    """Run the limited process for one picture and return its answer, empty when it had to be ended."""
    with tempfile.TemporaryFile() as source:
        source.write(data)
        source.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own interpreter, a fixed module, no shell
            [sys.executable, "-m", "community.writing.image_worker", kind],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=bare_environment(),
        )
        timer = threading.Timer(WALL_SECONDS, process.kill)
        timer.start()
        try:
            assert process.stdout is not None
            with process.stdout as stdout:
                answer = stdout.read(MAX_ANSWER)
            process.kill()
            process.wait()
        finally:
            timer.cancel()
    return answer


def _read_answer(answer: bytes) -> Drawn:
    """Check an answer as if a stranger had written it: a captured worker may say anything."""
    first, _newline, rest = answer.partition(b"\n")
    try:
        head = json.loads(first)
        if "code" in head:
            raise refusal(str(head["code"]))
        variants = []
        for name, width, height, length in head["sizes"]:
            data, rest = rest[:length], rest[length:]
            if (
                name not in _KNOWN_SIZES
                or len(data) != length
                or data[:4] != b"RIFF"
                or data[8:12] != b"WEBP"
            ):
                raise ValueError(name)
            variants.append(Variant(name, int(width), int(height), data))
        if not variants:
            raise ValueError("no sizes")
        return Drawn(str(head["type"])[:40], tuple(variants))
    except (ValueError, KeyError, TypeError) as error:
        raise refusal("image_too_demanding") from error


def refusal(code: str, *, megabytes: int = 8) -> Invalid:
    """Return the refusal for a code, with words that say what would work."""
    messages = {
        "image_too_large": _("This picture is larger than %(n)s MB. A smaller copy works.")
        % {"n": megabytes},
        "image_too_many_pixels": _(
            "This picture has more pixels or frames than we can show. A smaller copy works."
        ),
        "image_not_readable": _("This picture seems damaged. Saving it again as PNG or JPEG often helps."),
        "image_kind_unknown": _("We can show PNG, JPEG, WebP and GIF pictures. This file is something else."),
    }
    fallback = _("This picture takes too much work to show. Saving it again as PNG or JPEG often helps.")
    code = code if code in messages else "image_too_demanding"
    message = messages.get(code, fallback)
    return Invalid(code, message, fields={"file": message})
