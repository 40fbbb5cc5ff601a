"""This community as the one that says to other sites who somebody is. Loaded only where `IDENTITY_PROVIDER` is on."""

from typing import Any
from urllib.parse import urlsplit

from allauth.idp.oidc import views
from allauth.idp.oidc.adapter import DefaultOIDCAdapter
from allauth.idp.oidc.models import Client, Token
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt

from community.access import Access, Who, viewer_of
from community.members.permissions import can_keep

_CODE_SECONDS = 60


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
    _check_way_back(request)
    _ask_who_was_never_asked(request)
    answer: HttpResponse = views.authorization(request)
    onward = answer.get("Location", "")
    if not urlsplit(onward).netloc or urlsplit(onward).netloc == request.get_host():
        return answer
    response = render(
        request, "community/members/going.html", {"onward": onward, "name": urlsplit(onward).netloc}
    )
    response["Refresh"] = f"0; url={onward}"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _check_way_back(request: HttpRequest) -> None:
    """People go back to an address that was written down, letter by letter; allauth lets a site add a question to it."""
    client = Client.objects.filter(pk=request.GET.get("client_id", "")).first()
    back = request.GET.get("redirect_uri")
    if client is not None and back is not None and back not in client.get_redirect_uris():
        raise PermissionDenied


def _ask_who_was_never_asked(request: HttpRequest) -> None:
    """A site may leave out the question only when people said yes to that very site; allauth takes a yes to any."""
    client = Client.objects.filter(pk=request.GET.get("client_id", "")).first()
    if client is None or client.skip_consent or "none" not in request.GET.get("prompt", "").split():
        return
    viewer = viewer_of(request)
    if viewer is not None and not Token.objects.valid().filter(user=viewer, client=client).exists():
        asked = request.GET.copy()
        del asked["prompt"]
        request.GET = asked  # type: ignore[assignment]
        # What allauth reads it from.
        request.META["QUERY_STRING"] = asked.urlencode()


@csrf_exempt
def token(request: HttpRequest) -> HttpResponse:
    """allauth's view, which looks a code up before it forgets it: of two who come with one code at once, here only one is heard."""
    code = request.POST.get("code", "")
    if code and request.POST.get("grant_type") == "authorization_code":
        mark = salted_hmac("identity.code", code).hexdigest()
        if not cache.add(f"identity.code:{mark}", True, timeout=2 * _CODE_SECONDS):
            return JsonResponse({"error": "invalid_grant"}, status=400)
    answer: HttpResponse = views.token(request)
    return answer


token.access = Access(Who.GUEST, ("POST",))  # type: ignore[attr-defined]
authorize.access = Access(Who.GUEST, ("GET", "POST"))  # type: ignore[attr-defined]
