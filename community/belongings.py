"""What each feature holds about a member: how it is handed out to them, and what becomes of it when they are erased.

Features say so in their `belongings.py`; export, erasure and merging of accounts walk this registry and import none of them.
`tests/architecture/test_belongings.py` fails while a column that names a member is spoken for by nobody, so a later
feature cannot forget.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from community.members.models import Member

Row = Mapping[str, Any]
# What a statement reads at a time: an export of a hundred thousand posts needs no more memory than one of ten.
AT_A_TIME = 500


class Fate(StrEnum):
    """What erasure does to the rows of a column that names a member."""

    DELETE = "delete"
    # The rows stay and name nobody.
    DETACH = "detach"
    # The rows stay and name the account, of which nothing is left that says whose it was.
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Column:
    """A column that names a member (`"threads.Post"`, `"author"`). What is kept says why.

    `moves` says whether its rows go over when two accounts become one: what opens an account, or proves what was, does not.
    """

    model: str
    name: str
    fate: Fate
    why: "str | Promise" = ""
    moves: bool = True

    @property
    def of(self) -> type[Model]:
        """The model it belongs to."""
        return apps.get_model(self.model)


@dataclass(frozen=True, slots=True)
class Leaving:
    """Who is being erased: their account, which has no name any more, and the words that must be found nowhere."""

    member_id: int
    handle: str
    name: str
    emails: tuple[str, ...]
    deletes_posts: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that belongs to a member: its name in the archive, and where the storage keeps it."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """One kind of thing. `words` names each key of its rows for people; `rows` hands out the member's own and nobody else's.

    `erase` does what the fates of columns cannot; it works in bounded steps, is called until it returns 0, and may be
    called again from the beginning. `merge` moves what a change of the column cannot (from, to).
    `unsaid` says why nothing of it is handed out. `named_in` are columns whose words we wrote ourselves, so that a
    name may stand anywhere in them: `"notifications.OutboundMail.subject"`.
    """

    key: str
    title: "str | Promise"
    columns: tuple[Column, ...] = ()
    words: Mapping[str, "str | Promise"] = field(default_factory=dict)
    rows: "Callable[[Member], Iterable[Row]] | None" = None
    files: "Callable[[Member], Iterable[Kept]] | None" = None
    erase: Callable[[Leaving], int] | None = None
    merge: "Callable[[Member, Member], None] | None" = None
    unsaid: "str | Promise" = ""
    named_in: tuple[str, ...] = ()
    order: int = 100


_belongings: dict[str, Belonging] = {}


def add_belonging(belonging: Belonging) -> Belonging:
    """Let a feature say what it holds. Called at import by its `belongings.py`; of one key there is one."""
    if belonging.key in _belongings:
        raise RuntimeError(f"{belonging.key!r} is spoken for already, and what was said of it would be lost")
    _belongings[belonging.key] = belonging
    return belonging


def all_belongings() -> list[Belonging]:
    """Return everything that was named, in the order in which it is handed out and erased."""
    return sorted(_belongings.values(), key=lambda it: (it.order, it.key))


def columns_by_place() -> dict[tuple[str, str], Column]:
    """Return every column somebody speaks for, by model and name in small letters."""
    return {(c.model.lower(), c.name): c for it in _belongings.values() for c in it.columns}


def rows_of(
    model: str, member: str, fields: Iterable[str], **only: Any
) -> "Callable[[Member], Iterator[Row]]":
    """Return what reads a member's rows of one model, oldest first and a few at a time."""
    names = tuple(fields)

    def read(owner: "Member") -> Iterator[Row]:
        rows = apps.get_model(model)._default_manager.filter(**{member: owner.pk}, **only).order_by("pk")
        return iter(rows.values(*names).iterator(chunk_size=AT_A_TIME))

    return read


def table(
    key: str,
    title: "str | Promise",
    model: str,
    member: str,
    words: Mapping[str, "str | Promise"],
    fate: Fate = Fate.DELETE,
    **more: Any,
) -> Belonging:
    """Add the plain case: rows of one model that name a member in one column."""
    why, others = more.pop("why", ""), tuple(more.pop("columns", ()))
    column = Column(model, member, fate, why, more.pop("moves", True))
    return add_belonging(
        Belonging(
            key,
            title,
            columns=(column, *others),
            words=words,
            rows=rows_of(model, member, words) if words else None,
            **more,
        )
    )


def unlisted(
    key: str, title: "str | Promise", unsaid: "str | Promise", *columns: Column, **more: Any
) -> Belonging:
    """Add what names a member and is not theirs to be handed out, with the reason."""
    return add_belonging(Belonging(key, title, columns=columns, unsaid=unsaid, **more))
