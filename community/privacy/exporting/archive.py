"""The file of a copy: `data.json` for machines, `index.html` for people, and the member's own files.

Everything is written as it is read, so a copy of a hundred thousand posts takes no more memory than one of ten.
The shape of `data.json` is described in docs/privacy.md.
"""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from html import escape
from typing import IO, Any

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.belongings import Belonging, Kept, Row

FORMAT = "porchlight-export/1"
# Beyond, the page says how many there are; all of them are in data.json.
SHOWN_EACH = 1_000
_encode = DjangoJSONEncoder(ensure_ascii=False).encode
_LOOK = """
body{font:16px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
h1,h2{line-height:1.2}h2{margin-top:2.5rem;border-top:1px solid #ccc;padding-top:1.2rem}
dl{border:1px solid #ddd;border-radius:.5rem;padding:.6rem .9rem;margin:.7rem 0}
dt{font-size:.85rem;color:#666}dd{margin:0 0 .4rem;white-space:pre-wrap;overflow-wrap:anywhere}
nav ul{columns:2}.n{color:#666;font-weight:400}img{max-width:100%}
@media(prefers-color-scheme:dark){body{color:#eee;background:#181818}dl{border-color:#444}dt,.n{color:#aaa}a{color:#8cf}}
"""


class Archive:
    """A copy being written into `file`. `name` and `community` stand at its head."""

    def __init__(self, file: IO[bytes], *, community: str, name: str, language: str) -> None:
        self.rows = 0
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, allowZip64=True)
        self._page = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - `close` closes it
        self._data = self._zip.open("data.json", "w", force_zip64=True)
        self._first = True
        now = timezone.now()
        head = {"format": FORMAT, "community": community, "made_at": now.isoformat()}
        self._put(_encode(head)[:-1] + ', "sections": {')
        title = _("What %(community)s keeps about %(name)s") % {"community": community, "name": name}
        self._page.write(
            f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width,initial-scale=1"><title>{escape(title)}</title>'
            f"<style>{_LOOK}</style></head><body><h1>{escape(title)}</h1>"
            f"<p>{escape(_('Made on %(when)s. The file data.json holds the same for programs.') % {'when': _moment(now)})}</p>"
        )

    def add(self, belonging: Belonging, rows: Iterable[Row]) -> None:
        """Write one kind of thing."""
        comma = "" if self._first else ","
        self._first = False
        words = {key: str(label) for key, label in belonging.words.items()}
        about = {"title": str(belonging.title), "words": words}
        self._put(f'{comma}{json.dumps(belonging.key)}: {_encode(about)[:-1]}, "rows": [')
        self._page.write(f'<h2 id="{escape(belonging.key)}">{escape(str(belonging.title))}</h2>')
        count = 0
        for row in rows:
            self._put(("," if count else "") + _encode(dict(row)))
            if count < SHOWN_EACH:
                self._page.write("".join(_card(row, words)))
            count += 1
        self._put("]}")
        self._page.write(f'<p class="n">{escape(_counted(count))}</p>')
        self.rows += count

    def leave_out(self, belonging: Belonging) -> None:
        """Say of one kind of thing why it is not handed out."""
        self._page.write(f"<h2>{escape(str(belonging.title))}</h2><p>{escape(str(belonging.unsaid))}</p>")

    def close(self, files: Iterable[Kept]) -> None:
        """Write what ends the two, and then the files."""
        self._put("}}")
        self._data.close()
        self._page.write("</body></html>")
        self._page.seek(0)
        with self._zip.open("index.html", "w", force_zip64=True) as page:
            for part in iter(lambda: self._page.read(65_536), ""):
                page.write(part.encode())
        self._page.close()
        for kept in files:
            self._add_file(kept)
        self._zip.close()

    def _add_file(self, kept: Kept) -> None:
        try:
            source = default_storage.open(kept.path)
        except OSError:
            return
        # Pictures are packed already.
        info = zipfile.ZipInfo(kept.name, date_time=timezone.now().timetuple()[:6])
        with source, self._zip.open(info, "w", force_zip64=True) as place:
            shutil.copyfileobj(source, place)

    def _put(self, text: str) -> None:
        self._data.write(text.encode())


def _card(row: Row, words: dict[str, str]) -> Iterator[str]:
    yield "<dl>"
    for key, label in words.items():
        value = row.get(key)
        if value not in (None, "", [], {}):
            yield f"<dt>{escape(label)}</dt><dd>{escape(_said(value))}</dd>"
    yield "</dl>"


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if hasattr(value, "tzinfo"):
        return _moment(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _moment(value: Any) -> str:
    return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")


def _counted(count: int) -> str:
    if count > SHOWN_EACH:
        return _("The first %(shown)s of %(n)s are shown here; all of them are in data.json.") % {
            "shown": SHOWN_EACH,
            "n": count,
        }
    return ngettext("%(n)s entry", "%(n)s entries", count) % {"n": count}
