"""Numbers as managers see them: what each is called, what holds now, and who changed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils.translation import gettext as _

from community.errors import NotFound
from community.numbers.models import NumberInForce
from community.numbers.number import (
    ByTrust,
    Editable,
    Number,
    Rates,
    Unusable,
    Value,
    all_numbers,
    feature_of,
    find_number,
)
from community.numbers.permissions import can_change_numbers
from community.numbers.units import Unit, with_groups

if TYPE_CHECKING:
    import datetime as dt

    from community.members.models import Member

# Features a manager thinks of first stand first; the others follow in their own order.
_FIRST = ("threads", "messages", "notifications", "members", "spaces", "moderation", "points")


@dataclass(frozen=True, slots=True)
class Group:
    """The numbers of one feature."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A number with what holds now."""

    number: Editable
    group: Group
    value: Value
    changed_at: "dt.datetime | None" = None
    changed_by: "Member | None" = None

    @property
    def key(self) -> str:
        """Its name for programs."""
        return self.number.key

    @property
    def title(self) -> str:
        """What it is, in words."""
        return str(self.number.title)

    @property
    def why(self) -> str:
        """What it does and for whom."""
        return str(self.number.why)

    @property
    def kind(self) -> str:
        """`number`, `by_trust` (four of them) or `rates` (texts)."""
        return {Number: "number", ByTrust: "by_trust", Rates: "rates"}[type(self.number)]

    @property
    def unit(self) -> str:
        """What it counts."""
        return "rates" if isinstance(self.number, Rates) else self.number.unit.value

    @property
    def texts(self) -> tuple[str, ...]:
        """What holds now, as one would type it."""
        return texts_of(self.value)

    @property
    def usual(self) -> tuple[str, ...]:
        """The default, as one would type it."""
        return texts_of(self.number.usual)

    @property
    def is_changed(self) -> bool:
        """Whether it is not the default."""
        return self.value != self.number.usual

    @property
    def usual_sentence(self) -> str:
        """The default in words."""
        return _say(self.number, self.number.usual)

    @property
    def value_sentence(self) -> str:
        """What holds now in words."""
        return _say(self.number, self.value)

    @property
    def range_sentence(self) -> str:
        """What may be typed, in words."""
        if isinstance(self.number, Rates):
            return ""
        return _("from %(least)s to %(most)s") % {
            "least": with_groups(self.number.least),
            "most": self.number.unit.say(self.number.most),
        }

    @property
    def unit_word(self) -> str:
        """The word that stands after what is typed."""
        if isinstance(self.number, Rates) or self.number.unit is Unit.COUNT:
            return ""
        return self.number.unit.word(_numbers(self.value)[-1])


def texts_of(value: Value) -> tuple[str, ...]:
    """Return a value as one would type it: one text, or one for each trust level."""
    return tuple(str(one) for one in value) if isinstance(value, tuple) else (str(value),)


def list_groups() -> list[Group]:
    """Return the features that have numbers, those that managers look for first at the front."""
    titles = {config.name.rpartition(".")[2]: str(config.verbose_name) for config in apps.get_app_configs()}
    names = dict.fromkeys(feature_of(number) for number in all_numbers())
    order = [*(name for name in _FIRST if name in names), *(name for name in titles if name in names)]
    return [Group(name, titles[name]) for name in dict.fromkeys(order) if name in titles]


def list_numbers_for(actor: "Member") -> list[Shown]:
    """Return every number, by feature. Raises `Refused`."""
    can_change_numbers(actor).require()
    rows = {row.key: row for row in NumberInForce.objects.select_related("changed_by")}
    return [
        _shown(number, group, rows.get(number.key))
        for group in list_groups()
        for number in _numbers_of(group)
    ]


def get_number_for(actor: "Member", key: str) -> Shown:
    """Return one number. Raises `Refused` or `NotFound`."""
    can_change_numbers(actor).require()
    number = find_number(key)
    groups = {group.name: group for group in list_groups()}
    group = None if number is None else groups.get(feature_of(number))
    if number is None or group is None:
        raise NotFound()
    return _shown(number, group, NumberInForce.objects.filter(key=key).select_related("changed_by").first())


def _shown(number: Editable, group: Group, row: NumberInForce | None) -> Shown:
    if row is not None:
        try:
            return Shown(number, group, number.read(row.value), row.changed_at, row.changed_by)
        except Unusable:
            # Of an earlier version, with other bounds: the default is in force.
            pass
    return Shown(number, group, number.usual)


def _numbers_of(group: Group) -> Iterator[Editable]:
    return (number for number in all_numbers() if feature_of(number) == group.name)


def _say(number: Editable, value: Value) -> str:
    texts = texts_of(value)
    if isinstance(number, Rates):
        same = texts[:1] if len(set(texts)) == 1 else texts
        return " · ".join(text or _("no limit") for text in same)
    numbers = _numbers(value)
    return f"{', '.join(map(with_groups, numbers))} {number.unit.word(numbers[-1])}".strip()


def _numbers(value: Value) -> tuple[int, ...]:
    return value if isinstance(value, tuple) else (value,)  # type: ignore[return-value]
