"""How our views describe themselves in the OpenAPI file: names, who may call, and every refusal."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers

from community.rest.inputs import Out

REFUSALS = {
    "400": "A parameter, or the JSON itself, cannot be used.",
    "401": "Sign in, or send a key that is in force.",
    "403": "This account or key may not do that; `detail` says why.",
    "404": "Absent and hidden look alike.",
    "409": "The world changed meanwhile, or the first call with this `Idempotency-Key` still runs.",
    "413": "More than one request may carry.",
    "422": "What was sent cannot be used; `errors` says so field by field. Nothing changed.",
    "429": "Too many calls. `Retry-After` says in how many seconds to come back.",
}
WRITES = ("post", "put", "patch", "delete")

PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `code` is stable and for programs, `detail` is a sentence for people.",
    "required": ["type", "title", "status", "code", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": True},
    },
    "example": {
        "type": "/docs/errors#not_found",
        "title": "not found",
        "status": 404,
        "code": "not_found",
        "detail": "There is nothing here.",
    },
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "description": "Repeat a call safely: within 24 hours the same key gets the first call's answer, and one effect.",
}


def page_shape(item: type[Out]) -> type[Out]:
    """Return the shape of a page of `item`."""
    fields = {
        "results": item(many=True),
        "next": serializers.URLField(allow_null=True, help_text="The page after, or null. Use it as it is."),
        "__doc__": f"A page of {item.__name__.removesuffix('Out')}.",
    }
    return type(f"{item.__name__.removesuffix('Out')}PageOut", (Out,), fields)


class Schema(AutoSchema):
    """Reads `scopes` and `guests` of a view, and drops In and Out from the names of shapes."""

    def get_serializer_name(self, serializer: Any, direction: Any) -> str:
        """Return `Post` for `PostOut` and `PostInput` for `PostIn`."""
        name = str(super().get_serializer_name(serializer, direction))
        if name.endswith("Out"):
            return name[:-3]
        return name[:-2] + "Input" if name.endswith("In") else name

    def get_auth(self) -> list[dict[str, list[str]]]:
        """Say which scope a key needs, and whether guests may call."""
        auth = super().get_auth()
        if self.method in getattr(self.view, "guests", ()):
            auth.append({})
        return list(auth)

    def get_summary(self) -> str:
        """Return the first sentence of the method's docstring."""
        return str(super().get_description() or "").split(". ")[0].rstrip(".")

    def get_description(self) -> str:  # type: ignore[override]
        """Return the method's docstring, and the scope a key needs."""
        text = str(super().get_description() or "")
        scope = getattr(self.view, "scopes", {}).get(self.method)
        return f"{text}\n\nA key needs the scope `{scope}`." if scope else text


def add_refusals(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Add to every operation the refusals it can answer with, and the header that makes repeating safe."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["responses"] = {
        f"Problem{status}": {
            "description": meaning,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, meaning in REFUSALS.items()
    }
    components["parameters"] = {"IdempotencyKey": IDEMPOTENCY_KEY}
    for path, methods in result["paths"].items():
        for method, operation in methods.items():
            _refuse(path, method, operation)
    return result


def _refuse(path: str, method: str, operation: dict[str, Any]) -> None:
    possible = {"401", "403", "429"}
    if "{" in path or method in WRITES:
        possible.add("404")
    if any(p.get("in") == "query" for p in operation.get("parameters", ())) or "requestBody" in operation:
        possible.add("400")
    if method in WRITES:
        possible |= {"409", "422"}
        operation.setdefault("parameters", []).append({"$ref": "#/components/parameters/IdempotencyKey"})
    if "requestBody" in operation:
        possible.add("413")
    for status in sorted(possible):
        operation["responses"].setdefault(status, {"$ref": f"#/components/responses/Problem{status}"})
