"""This community as the one that says to other sites who somebody is. Loaded only where `IDENTITY_PROVIDER` is on."""

from typing import Any
from urllib.parse import urlsplit

from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.views import authorization
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from community.access import Access, Who, viewer_of
from community.members.permissions import can_keep


class IdentityAdapter(DefaultOIDCAdapter):
    """What others hear about a member: name, handle, and an e-mail with whether it is confirmed."""

    def get_claims(
        self, purpose: Any, user: Any, client: Any, scopes: Any, email: Any = None, **more: Any
    ) -> Any:
        """Add the member's name and standing to the claims that allauth makes.

        Nobody is vouched for while suspended, also by what was handed out before: allauth asks only whether an account is open.
        """
        if user.is_suspended:
            raise PermissionDenied
        claims = super().get_claims(purpose, user, client, scopes, email=email, **more)
        if "profile" in scopes:
            claims.update(name=user.name, preferred_username=user.handle, trust_level=user.trust_level)
        return claims


def authorize(request: HttpRequest) -> HttpResponse:
    """allauth's view. A form may lead to ourselves only, so the way back to the other site is a page of its own."""
    viewer = viewer_of(request)
    if viewer is not None:
        can_keep(viewer).require()
    answer: HttpResponse = authorization(request)
    onward = answer.get("Location", "")
    if not urlsplit(onward).netloc or urlsplit(onward).netloc == request.get_host():
        return answer
    response = render(
        request, "community/members/going.html", {"onward": onward, "name": urlsplit(onward).netloc}
    )
    response["Refresh"] = f"0; url={onward}"
    response["Referrer-Policy"] = "no-referrer"
    return response


authorize.access = Access(Who.GUEST, ("GET", "POST"))  # type: ignore[attr-defined]
