"""A program that calls the API."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from community.integrations.actions import create_api_key
from community.integrations.scopes import EVERYTHING


class Program:
    """Calls `/api/v1/…` with a key and JSON, and reads JSON."""

    def __init__(self, token: str = "") -> None:
        self.client = Client(headers={"Authorization": f"Bearer {token}"} if token else {})

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Call a path below `/api/v1`."""
        address = path if path.startswith(("http", "/api")) else f"/api/v1/{path}"
        extra = {"HTTP_" + name.upper(): value for name, value in headers.items()}
        return self.client.generic(
            method,
            address,
            data="" if body is None else json.dumps(body),
            content_type="application/json",
            **extra,
        )

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("PUT", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.call("DELETE", path, **headers)


@pytest.fixture
def key_for(admin: Any) -> Callable[..., str]:
    """Make a key that acts as someone: `key_for(alice, "threads:read")`; every scope unless named."""

    def make(member: Any, *scopes: str, **fields: Any) -> str:
        _key, token = create_api_key(
            actor=admin, member=member, name="Test", scopes=scopes or EVERYTHING, **fields
        )
        return token

    return make


@pytest.fixture
def program(key_for: Callable[..., str]) -> Callable[..., Program]:
    """Return a program acting as someone (None: without any key)."""

    def make(member: Any = None, *scopes: str) -> Program:
        return Program(key_for(member, *scopes) if member is not None else "")

    return make
