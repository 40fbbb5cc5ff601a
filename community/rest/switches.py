"""What is on or off for the caller: `PUT` switches it on, `DELETE` off, and doing either twice changes nothing."""

from collections.abc import Callable
from typing import Any, TypeVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from community.rest.views import ApiView, actor_of

SomeSwitch = TypeVar("SomeSwitch", bound="Switch")


class Switch(ApiView):
    """A resource that is there or not. Described by `switch`."""

    # Switches it on or off, through an action: (actor, on, and by name what the address says).
    turn: Callable[..., None]


def switch(
    tag: str, *, on: tuple[str, str], off: tuple[str, str]
) -> Callable[[type[SomeSwitch]], type[SomeSwitch]]:
    """Give a `Switch` its two methods, described: under which tag, and what each is called and does."""

    def describe(view: type[SomeSwitch]) -> type[SomeSwitch]:
        for name, (operation, says), wanted in (("put", on, True), ("delete", off, False)):
            about: dict[str, Any] = {"operation_id": operation, "tags": [tag], "responses": {204: None}}
            if wanted:
                about["request"] = None
            setattr(view, name, extend_schema(**about)(_turning(wanted, says)))
        return view

    return describe


def _turning(on: bool, says: str) -> Callable[..., Response]:
    def method(self: Switch, request: Request, **place: Any) -> Response:
        self.turn(actor_of(request), on, **place)
        return Response(status=204)

    # The description of an operation is the docstring of its method.
    method.__doc__ = says
    return method
