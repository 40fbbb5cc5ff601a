"""What anybody may read to check a badge that was carried away, and the button that carries one."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from community.access import Who, actor_of, allow, viewer_of
from rewards.badges.credentials import documents, queries
from rewards.badges.credentials.actions import carry_badge
from rewards.badges.credentials.signing import public_jwk


def _open(value: dict[str, Any]) -> JsonResponse:
    """A document that pages of other sites may read: whoever checks a badge does so in a browser as well."""
    answer = JsonResponse(value, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@allow(Who.GUEST, "GET")
def issuer(request: HttpRequest) -> HttpResponse:
    """Who issues badges here."""
    return _open({"@context": documents.CONTEXT, **documents.issuer()})


@allow(Who.GUEST, "GET")
def key(request: HttpRequest) -> HttpResponse:
    """The public key that badges are signed with."""
    return _open(dict(public_jwk()))


@allow(Who.GUEST, "GET")
def achievement(request: HttpRequest, key: str) -> HttpResponse:
    """What a badge is given for."""
    badge = queries.get_achievement_for(viewer_of(request), key)
    return _open({"@context": documents.CONTEXT, **documents.achievement(badge)})


@allow(Who.GUEST, "GET")
def status(request: HttpRequest, number: uuid.UUID) -> HttpResponse:
    """Whether a badge that was carried away still holds."""
    return _open(documents.status(queries.get_credential_for(viewer_of(request), number)))


@allow(Who.MEMBER, "POST")
def carry(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out one's own badge as a file."""
    actor = actor_of(request)
    signed = carry_badge(actor=actor, award=queries.get_own_award_for(actor, key))
    answer = HttpResponse(signed, content_type="application/vc+jwt")
    answer["Content-Disposition"] = f'attachment; filename="{key}.jwt"'
    answer["Cache-Control"] = "private, no-store"
    return answer
