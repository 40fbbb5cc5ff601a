"""Tokens of forms are Django's: it takes them, and no two are alike."""

import pytest
from django.http import HttpResponse
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CsrfViewMiddleware, _unmask_cipher_token
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from community.form_tokens import mask_secret, new_token

secrets = st.text(CSRF_ALLOWED_CHARS, min_size=32, max_size=32)


@given(secrets)
def test_django_reads_the_secret_behind_the_mask(secret: str) -> None:
    assert _unmask_cipher_token(mask_secret(secret)) == secret


def test_masks_differ_and_use_every_letter() -> None:
    tokens = {mask_secret("a" * 32) for _turn in range(200)}
    assert len(tokens) == 200
    assert set("".join(token[:32] for token in tokens)) == set(CSRF_ALLOWED_CHARS)


def _posted(token: str, cookie: str) -> HttpResponse | None:
    request = RequestFactory(enforce_csrf_checks=True).post("/", {"csrfmiddlewaretoken": token})
    request.COOKIES["csrf"] = cookie
    guard = CsrfViewMiddleware(lambda _request: HttpResponse())
    guard.process_request(request)
    return guard.process_view(request, lambda _request: HttpResponse(), (), {})


def test_a_page_without_a_cookie_gets_one_with_its_token() -> None:
    request = RequestFactory().get("/")
    token = new_token(request)
    assert request.META["CSRF_COOKIE_NEEDS_UPDATE"] is True
    assert _unmask_cipher_token(token) == request.META["CSRF_COOKIE"]


@pytest.mark.django_db
def test_the_guard_takes_a_token_of_its_cookie_and_no_other() -> None:
    assert _posted(mask_secret("b" * 32), "b" * 32) is None
    refused = _posted(mask_secret("c" * 32), "b" * 32)
    assert refused is not None
    assert refused.status_code == 403
