"""What a provider of OpenID Connect says, believed only when it is signed, fresh, meant for us and about one and the same person.

allauth leaves the signature out where the word comes straight from the provider, which the standard allows. Here it is always
checked, so that whoever stands between us and a provider can name nobody. Imported when the first member goes that way.
"""

import re
from collections.abc import Mapping
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.jwtkit import verify_jti
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter

# Signed by a key that only the provider has: neither unsigned nor by a secret that others share.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
_TENANT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CLOCKS_APART = 60


class CarefulAdapter(OpenIDConnectOAuth2Adapter):
    """allauth's part that comes back from a provider, with everything checked."""

    def complete_login(self, request: Any, app: Any, token: Any, **kwargs: Any) -> Any:
        """Return who came. Raises `OAuth2Error`, which is answered with a page."""
        word = kwargs["response"].get("id_token")
        if not isinstance(word, str):
            raise OAuth2Error("it sends no id_token")
        said = self._decode_id_token(app, word)
        told = self._fetch_user_info(token.token)
        if not isinstance(told, dict) or not told.get("sub") or str(told["sub"]) != str(said["sub"]):
            raise OAuth2Error("it speaks of two people")
        told["email_verified"] = is_true(told.get("email_verified"))
        return self.get_provider().sociallogin_from_response(request, {"userinfo": told, "id_token": said})

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        try:
            said = self._read(app.client_id, id_token)
            _check_party(said, app.client_id)
        except (jwt.PyJWTError, LookupError, TypeError, ValueError, AttributeError) as error:
            raise OAuth2Error("its id_token is not in order") from error
        verify_jti(said)
        return said

    def _read(self, client_id: str, id_token: str) -> dict[str, Any]:
        header = jwt.get_unverified_header(id_token)
        if header.get("alg") not in _ALGORITHMS:
            raise jwt.InvalidAlgorithmError("it is not signed by a key of its own")
        failed: Exception = jwt.InvalidKeyError("no key of it fits")
        for key in self._keys(header.get("kid")):
            try:
                return dict(
                    jwt.decode(
                        id_token,
                        key=jwt.PyJWK.from_dict(key, algorithm=header["alg"]),
                        algorithms=list(_ALGORITHMS),
                        issuer=self._issuer(id_token),
                        audience=client_id,
                        leeway=_CLOCKS_APART,
                        options={"require": ["exp", "iat", "iss", "aud", "sub"]},
                    )
                )
            except jwt.PyJWTError as error:
                failed = error
        raise failed

    def _keys(self, name: str | None) -> list[dict[str, Any]]:
        with get_adapter().get_requests_session() as line:
            answer = line.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = answer.json()["keys"]
        return [key for key in keys if key.get("use", "sig") == "sig" and name in (None, key.get("kid"))]

    def _issuer(self, id_token: str) -> str:
        """Microsoft describes all its tenants at once and leaves a gap for the one that speaks."""
        issuer = str(self.openid_config["issuer"])
        if "{tenantid}" not in issuer:
            return issuer
        tenant = str(jwt.decode(id_token, options={"verify_signature": False}).get("tid", ""))
        return issuer.replace("{tenantid}", tenant if _TENANT.fullmatch(tenant) else "nobody")


class NamedProvider(OpenIDConnectProvider):
    """allauth's object, known by its key: two providers may have given us the same client ID."""

    oauth2_adapter_class = CarefulAdapter

    def serialize(self) -> dict[str, Any]:
        """Return what a session keeps of it while somebody joins."""
        return {**super().serialize(), "id": self.sub_id}


def _check_party(said: Mapping[str, Any], client_id: str) -> None:
    """A word for several is one for us only when it was made for us."""
    several = isinstance(said["aud"], list) and len(said["aud"]) > 1
    if said.get("azp", client_id if not several else None) != client_id:
        raise ValueError("it was made for somebody else")


def is_true(value: Any) -> bool:
    """Return whether a provider says yes. Some say it in letters, and then `false` is not nothing."""
    return value is True or (isinstance(value, str) and value.strip().lower() == "true")
