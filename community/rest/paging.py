"""Pages by cursor: stable while rows are added, as cheap at the end as at the beginning, never counted."""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from community.rest.inputs import In, Out, UnusableQuery

Row = TypeVar("Row", bound=Model)
DEFAULT_LIMIT = 20
MAX_LIMIT = 100


class PageIn(In):
    """Where a page begins and how long it is."""

    after = serializers.CharField(
        required=False, max_length=400, help_text="Cursor from the `next` of the page before."
    )
    limit = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=MAX_LIMIT,
        default=DEFAULT_LIMIT,
        help_text=f"How many, at most {MAX_LIMIT}.",
    )


@dataclass(frozen=True, slots=True)
class Order:
    """A stable order: columns that are never null, the last one unique, all falling or all rising."""

    name: str
    columns: tuple[str, ...]
    falling: bool = True

    def names(self) -> list[str]:
        """Return the columns as `order_by` takes them."""
        return [f"-{column}" if self.falling else column for column in self.columns]

    def beyond(self, values: Sequence[Any]) -> Q:
        """Return the condition for what comes after a row with these values.

        The first column is bounded on its own as well, so that Postgres can enter the index there.
        """
        side = "lt" if self.falling else "gt"
        rest = Q(**{f"{self.columns[-1]}__{side}": values[-1]})
        for column, value in reversed(list(zip(self.columns[:-1], values[:-1], strict=True))):
            rest = Q(**{f"{column}__{side}": value}) | Q(**{column: value}) & rest
        return Q(**{f"{self.columns[0]}__{side}e": values[0]}) & rest if len(self.columns) > 1 else rest


def write_cursor(order: str, values: Sequence[Any]) -> str:
    """Return an opaque cursor. It names its order, so that it is not used with another."""
    text = json.dumps([order, *values], default=_plain, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, order: str, count: int) -> list[Any]:
    """Return the values in a cursor. Raises `UnusableQuery` for what this API did not write."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        name, *rest = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        values: list[Any] = rest
        if name != order or len(values) != count or not all(isinstance(v, str | int) for v in values):
            raise ValueError(cursor)
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise unusable_cursor() from error
    return values


def unusable_cursor() -> UnusableQuery:
    """Return the refusal for a cursor that is not ours or belongs to another order."""
    return UnusableQuery(
        "unusable_query",
        _("Some parameters need another look."),
        fields={"after": _("Use the address in “next” as it is.")},
    )


def page_of(
    request: Request,
    rows: QuerySet[Row],
    order: Order,
    out: type[Out],
    *,
    prepare: Callable[[list[Row]], None] | None = None,
    after: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Response:
    """Answer one page of `rows`: `results` in the shape of `out`, and `next`, the address of the page after or null.

    `prepare` may note more on the rows shown, by as many statements for a hundred as for one.
    """
    if after:
        rows = rows.filter(order.beyond(_values(rows.model, order, after)))
    found = list(rows.order_by(*order.names())[: limit + 1])
    shown = found[:limit]
    if prepare is not None:
        prepare(shown)
    following = None
    if len(found) > limit:
        cursor = write_cursor(order.name, [getattr(shown[-1], column) for column in order.columns])
        following = next_address(request, cursor)
    return Response(
        {"results": out(shown, many=True, context={"viewer": request.user}).data, "next": following}
    )


def next_address(request: Request, cursor: str) -> str:
    """Return this address with another cursor."""
    query = {**request.query_params.dict(), "after": cursor}
    return request.build_absolute_uri(f"{request.path}?{urlencode(query)}")


def _values(model: type[Model], order: Order, after: str) -> list[Any]:
    raw = read_cursor(after, order.name, len(order.columns))
    try:
        return [
            _storable(model._meta.get_field(column).to_python(value))  # type: ignore[union-attr]
            for column, value in zip(order.columns, raw, strict=True)
        ]
    except Exception as error:
        raise unusable_cursor() from error


def _storable(value: Any) -> Any:
    """Return the value of a column as Postgres can compare it. Raises for what no column could have held."""
    if isinstance(value, str) and b"\x00" in value.encode():
        raise ValueError(value)
    return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value


def _plain(value: Any) -> str:
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
