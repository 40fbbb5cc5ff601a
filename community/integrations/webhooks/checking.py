"""Whether an endpoint's address and filters can be used."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from community import egress
from community.errors import Invalid
from community.integrations.webhooks.catalogue import find_event
from community.members.models import Member
from community.spaces.models import Space, Tag

MOST_CHOSEN = 50


def checked(owner: Member, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the named values as they are kept. Raises `Invalid` naming each one that cannot be used."""
    clean: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, read in _READERS.items():
        if name in values:
            try:
                clean[name] = read(owner, values[name])
            except _Unusable as error:
                wrong[name] = str(error)
    if wrong:
        raise Invalid("endpoint_unusable", _("Some fields need another look."), fields=wrong)
    return clean


class _Unusable(ValueError):
    """A value that cannot be used, in words."""


def _url(owner: Member, typed: Any) -> str:
    url = str(typed).strip()
    try:
        egress.read_target(url)
    except egress.EgressRefused as error:
        raise _Unusable(
            _("This must be an https address with a public name, on the usual port and without a password.")
        ) from error
    return url


def _description(owner: Member, typed: Any) -> str:
    return " ".join(str(typed).replace("\x00", "").split())[:120]


def _verbs(owner: Member, typed: Iterable[str]) -> list[str]:
    verbs = sorted(set(typed))
    if any(find_event(verb) is None for verb in verbs):
        raise _Unusable(_("There is no such event."))
    return verbs


def _space_ids(owner: Member, typed: Iterable[int]) -> list[int]:
    pks = sorted(set(typed))
    wanted = [pk for pk in pks if 0 < pk < 2**63]
    seen = Space.objects.visible_to(owner).filter(pk__in=wanted[:MOST_CHOSEN]).count()
    if seen != len(pks):
        raise _Unusable(_("There is no such space."))
    return pks


def _tags(owner: Member, typed: Iterable[str]) -> list[str]:
    tags = sorted({str(tag).replace("\x00", "").strip().lower() for tag in typed} - {""})
    known = set(Tag.objects.filter(slug__in=tags[:MOST_CHOSEN]).values_list("slug", flat=True))
    if missing := set(tags) - known:
        raise _Unusable(_("There is no topic “%(tag)s”.") % {"tag": min(missing)[:40]})
    return tags


_READERS: Mapping[str, Callable[[Member, Any], Any]] = {
    "url": _url,
    "description": _description,
    "verbs": _verbs,
    "space_ids": _space_ids,
    "tags": _tags,
}
