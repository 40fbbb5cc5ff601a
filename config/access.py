"""Every address with who may call it by which method: what `manage.py routes` prints and the access matrix tests.

Our own views say it themselves: pages by `community.access.allow`, API views by their scopes. What other packages bring
is written down here. An address that nobody declared is an error.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from community.access import Access, Who
from community.rest.views import ApiView

READ = ("GET",)
FORM = ("GET", "POST")

# By name; a namespace ends with a colon. The admin asks each model's own permissions beyond this.
FOREIGN: dict[str, tuple[Who, tuple[str, ...]]] = {
    "health_live": (Who.GUEST, READ),
    "health_ready": (Who.GUEST, READ),
    "api_schema": (Who.GUEST, READ),
    "admin:login": (Who.GUEST, FORM),
    "admin:": (Who.MODERATOR, FORM),
    "account_login": (Who.GUEST, FORM),
    "account_logout": (Who.GUEST, FORM),
    "account_inactive": (Who.GUEST, READ),
    "account_signup": (Who.GUEST, FORM),
    "account_signup_by_passkey": (Who.GUEST, FORM),
    "account_reauthenticate": (Who.MEMBER, FORM),
    "account_email": (Who.MEMBER, FORM),
    "account_email_verification_sent": (Who.GUEST, FORM),
    "account_confirm_email": (Who.GUEST, FORM),
    "account_change_password": (Who.MEMBER, FORM),
    "account_set_password": (Who.MEMBER, FORM),
    "account_reset_password": (Who.GUEST, FORM),
    "account_reset_password_done": (Who.GUEST, READ),
    "account_reset_password_from_key": (Who.GUEST, FORM),
    "account_reset_password_from_key_done": (Who.GUEST, READ),
    "account_request_login_code": (Who.GUEST, FORM),
    "account_confirm_login_code": (Who.GUEST, FORM),
    "mfa_authenticate": (Who.GUEST, FORM),
    "mfa_login_webauthn": (Who.GUEST, FORM),
    "mfa_signup_webauthn": (Who.GUEST, FORM),
    "mfa_": (Who.MEMBER, FORM),
    "socialaccount_signup": (Who.GUEST, FORM),
    "socialaccount_login_": (Who.GUEST, READ),
    "socialaccount_connections": (Who.GUEST, READ),
    "usersessions_list": (Who.MEMBER, FORM),
}


class Undeclared(LookupError):
    """An address that nobody said anything about."""


@dataclass(frozen=True, slots=True)
class Permit:
    """Who may use one method of an address. `scope` is what an API key must carry."""

    who: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """One address."""

    path: str
    name: str
    view: str
    methods: dict[str, Permit]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def list_routes() -> list[Route]:
    """Return every address, sorted. Raises `Undeclared` naming those that nobody declared."""
    routes, unknown = [], []
    for path, name, view in walk(get_resolver().url_patterns):
        methods = permits_of(view, name)
        if methods is None:
            unknown.append(f"{path} ({name or view})")
        else:
            routes.append(Route(path, name, f"{view.__module__}.{getattr(view, '__name__', '')}", methods))
    if unknown:
        raise Undeclared("Nobody said who may call: " + ", ".join(unknown))
    return sorted(routes, key=lambda route: (route.path, route.name))


def walk(patterns: list[Any], prefix: str = "/", namespace: str = "") -> Iterator[tuple[str, str, Any]]:
    """Yield path, name with namespace, and view of every address."""
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk(entry.url_patterns, prefix + str(entry.pattern), inner)
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), namespace + (entry.name or ""), entry.callback


def permits_of(view: Any, name: str) -> dict[str, Permit] | None:
    """Return who may use which method of a view, or None when nobody said."""
    access = getattr(view, "access", None)
    if isinstance(access, Access):
        return {method: Permit(str(access.who)) for method in access.methods}
    kind = getattr(view, "cls", None) or getattr(view, "view_class", None)
    if isinstance(kind, type) and issubclass(kind, ApiView):
        return _api_permits(kind)
    declared = _foreign(name)
    return None if declared is None else {method: Permit(str(declared[0])) for method in declared[1]}


def _api_permits(kind: type[ApiView]) -> dict[str, Permit]:
    permits = {}
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        if hasattr(kind, method.lower()):
            who = Who.GUEST if method in kind.guests else kind.least.get(method, Who.MEMBER)
            permits[method] = Permit(str(who), kind.scopes.get(method, ""))
    return permits


def _foreign(name: str) -> tuple[Who, tuple[str, ...]] | None:
    if name in FOREIGN:
        return FOREIGN[name]
    families = [key for key in FOREIGN if key.endswith((":", "_")) and name.startswith(key)]
    return FOREIGN[max(families, key=len)] if families else None
