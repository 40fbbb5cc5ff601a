"""The Jinja2 environment of all member-facing pages: what every template may call."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.templatetags.static import static as static_url
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import formats, timezone
from django.utils.translation import get_language, get_language_bidi, gettext, ngettext, npgettext, pgettext
from jinja2 import StrictUndefined
from markupsafe import Markup

from config.folding import FoldingEnvironment

TONES = 6
# How many seconds "2 minutes ago" may be late.
TICK = 5
# Head and shoulders, for who is gone or has no letter in their name.
SOMEONE = Markup('<path d="M24 11a7 7 0 1 1 0 14 7 7 0 0 1 0-14M10 40a14 12 0 0 1 28 0z"/>')


class Person(Protocol):
    """What a portrait needs to know of a member."""

    pk: Any
    name: str
    avatar_url: str


def environment(**options: Any) -> FoldingEnvironment:
    """Build the environment for Django's Jinja2 backend."""
    options["undefined"] = StrictUndefined
    options["trim_blocks"] = True
    options["lstrip_blocks"] = True
    options["auto_reload"] = settings.DEBUG
    options["extensions"] = [*options.get("extensions", ()), "jinja2.ext.i18n", "jinja2.ext.do"]
    env = FoldingEnvironment(**options)
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.globals.update(_=translate, gettext=translate, ngettext=translate_plural)
    # Models are ready only when the first page is drawn.
    from community.spaces.levels import choices

    env.globals.update(level_choices=choices)
    env.globals.update(url=url, static=static, icon=icon, avatar=avatar, now=timezone.now, teller=teller)
    env.globals.update(spoken_language=get_language, runs_from_right=get_language_bidi)
    env.pure = {"_": translate, "gettext": translate, "icon": icon, "static": static}
    env.filters.update(ago=ago, day=day, moment=moment, number=number, compact=compact, translated=translated)
    return env


def translate(message: str, /, **values: Any) -> Markup:
    """Translate a sentence and put values into it, escaped. A lone percent sign is written twice.

    The same as Jinja's own, remembered per language: a page says the same few dozen sentences every time.
    """
    sentence = _translated(message, get_language())
    return sentence % values if values else _plain(sentence)


@lru_cache(maxsize=8192)
def _translated(message: str, _language: str | None) -> Markup:
    return Markup(gettext(message))  # noqa: S704 - sentences come from templates and catalogues, never from members


@lru_cache(maxsize=8192)
def _plain(sentence: Markup) -> Markup:
    return sentence % {}


def translate_plural(one: str, many: str, num: int, /, **values: Any) -> Markup:
    """Translate a sentence that counts; `num` is among its values. Remembered like the plain ones."""
    language = get_language()
    if not values:
        return _counted(one, many, num, language)
    values.setdefault("num", num)
    return _plural(one, many, num, language) % values


@lru_cache(maxsize=8192)
def _plural(one: str, many: str, num: int, _language: str | None) -> Markup:
    return Markup(ngettext(one, many, num))  # noqa: S704 - as above


@lru_cache(maxsize=8192)
def _counted(one: str, many: str, num: int, language: str | None) -> Markup:
    return _plural(one, many, num, language) % {"num": num}


def translated(text: str) -> str:
    """Translate a text from a row, such as a shipped tier's name. It stays text: managers write their own."""
    return gettext(text) if text else ""


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Reverse a URL name. Remembered, because a page asks for the same few addresses again and again."""
    if args and kwargs:
        raise TypeError("A URL takes either positional or named arguments.")
    return _reverse(name, args, tuple(kwargs.items()), get_urlconf(), get_script_prefix())


@lru_cache(maxsize=8192)
def _reverse(
    name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...], urlconf: str | None, prefix: str
) -> str:
    return reverse(name, urlconf=urlconf, args=args or None, kwargs=dict(kwargs) or None)


@lru_cache(maxsize=512)
def static(path: str) -> str:
    """Return the address of a delivered file."""
    return static_url(path)


@lru_cache(maxsize=512)
def icon(name: str, cls: str = "") -> Markup:
    """Draw an icon of the sprite. It is decoration: the words beside it, or an aria-label, say what it means."""
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>').format(
        f"i {cls}".strip(), static("i.svg"), name
    )


def avatar(member: Person | None, size: int = 40, cls: str = "") -> Markup:
    """Show a member's portrait, or their initials on a tone of their own. The name always stands beside it."""
    if member is None:
        return _avatar(0, "", "", size, cls)
    tone = member.pk % TONES if isinstance(member.pk, int) else 0
    return _avatar(tone, member.name, member.avatar_url, size, cls)


@lru_cache(maxsize=8192)
def _avatar(tone: int, name: str, address: str, size: int, cls: str) -> Markup:
    if address:
        return Markup(
            '<img class="{}" src="{}" width="{}" height="{}" alt="" loading="lazy" decoding="async">',
        ).format(f"av {cls}".strip(), address, size, size)
    letters = initials(name)
    inside = Markup('<text x="24" y="30">{}</text>').format(letters) if letters else SOMEONE
    return Markup(
        '<svg class="{}" viewBox="0 0 48 48" width="{}" height="{}" aria-hidden="true">{}</svg>',
    ).format(f"av initials tone-{tone} {cls}".strip(), size, size, inside)


def initials(name: str) -> str:
    """Return one or two letters standing for a name."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in ([words[0], words[-1]] if len(words) > 1 else words)).upper()


def ago(moment: datetime | None) -> Markup:
    """Say how long ago something was; from a week on, the date. The exact time is in the title."""
    return teller()(moment) if moment is not None else Markup("")


def teller() -> Callable[[datetime], Markup]:
    """Return `ago` for the reader of now: a list of twenty need not ask twenty times who reads, and when."""
    zone, language, tick = timezone.get_current_timezone(), get_language(), int(time.time()) // TICK
    return lambda moment: _ago(moment, zone, language, tick)


@lru_cache(maxsize=16384)
def _ago(moment: datetime, zone: tzinfo, language: str | None, _tick: int) -> Markup:
    """Remembered for a few seconds: a page that is read by many shows the same moments again and again."""
    opening, local = _stamp(moment, zone, language)
    return opening + Markup("{}</time>").format(_since(moment, local))


@lru_cache(maxsize=16384)
def _stamp(moment: datetime, zone: tzinfo, _language: str | None) -> tuple[Markup, datetime]:
    """Write what does not change as time passes. Remembered: the same posts are shown again and again."""
    local = moment.astimezone(zone)
    opening = Markup('<time datetime="{}" title="{}">')
    return opening.format(
        local.isoformat(timespec="minutes"), formats.date_format(local, "DATETIME_FORMAT")
    ), local


def _since(moment: datetime, local: datetime) -> str:
    passed = timezone.now() - moment
    if timedelta(0) <= passed < timedelta(minutes=1) or timedelta(minutes=-1) < passed < timedelta(0):
        return gettext("just now")
    if timedelta(0) < passed < timedelta(hours=1):
        minutes = int(passed.total_seconds() // 60)
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    if timedelta(0) < passed < timedelta(hours=24):
        hours = int(passed.total_seconds() // 3600)
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    days = (timezone.localdate() - local.date()).days
    if days == 1:
        return gettext("yesterday")
    if 1 < days < 7:
        return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}
    return _date(local)


def day(moment: datetime | None) -> Markup:
    """Write a date, with the year only when it is another one."""
    if moment is None:
        return Markup("")
    local = timezone.localtime(moment)
    return Markup('<time datetime="{}">{}</time>').format(local.date().isoformat(), _date(local))


def moment(at: datetime | None) -> Markup:
    """Write a date and a time, in the reader's zone."""
    if at is None:
        return Markup("")
    local = timezone.localtime(at)
    stamp = formats.date_format(local, "DATETIME_FORMAT")
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(timespec="minutes"), stamp)


def _date(local: datetime) -> str:
    same_year = local.year == timezone.localdate().year
    return formats.date_format(local, "MONTH_DAY_FORMAT" if same_year else "DATE_FORMAT")


def number(value: int | float) -> str:
    """Write a number with the separators of the reader's language."""
    return _number(value, get_language())


@lru_cache(maxsize=4096)
def _number(value: int | float, _language: str | None) -> str:
    return formats.number_format(value, use_l10n=True, force_grouping=True)


def compact(value: int) -> str:
    """Shorten a count that only needs its size: 1,234 becomes 1.2k."""
    if value < 1000:
        return str(value)
    if value < 1_000_000:
        return gettext("%(n)sk") % {"n": _tenths(value / 1000)}
    return gettext("%(n)sm") % {"n": _tenths(value / 1_000_000)}


def _tenths(value: float) -> str:
    rounded = round(value, 1)
    return number(int(rounded) if rounded.is_integer() else rounded)
