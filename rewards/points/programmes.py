"""Which programmes of points there are for whom."""

from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from community.errors import Invalid
from community.members.models import Member
from rewards.points.accounts import Place
from rewards.points.models import MAIN, EarningRule, Programme


def existing_key(key: str | None) -> str:
    """Return the key of a programme, the main one unless said. Raises `Invalid` when there is none."""
    if key is None or key == MAIN or Programme.objects.filter(key=key).exists():
        return key or MAIN
    raise _unknown()


def own_key(member: Member, key: str | None) -> str:
    """Return the key of a programme that a member takes part in. Raises `Invalid` when there is none for them."""
    return existing_key(key)


def places_of(rules: Iterable[EarningRule], member_ids: Collection[int]) -> set[Place]:
    """Return who may get their first points in which other programme than the main one, as far as `rules` pay there."""
    elsewhere = {rule.programme_id for rule in rules} - {MAIN}
    return {(pk, key) for key in elsewhere for pk in member_ids}


def _unknown() -> Invalid:
    sentence = _("There is no such points programme.")
    return Invalid("programme_unknown", sentence, fields={"programme": sentence})
