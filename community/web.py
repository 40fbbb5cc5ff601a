"""How views answer, with and without htmx, so that every form works both ways."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from markupsafe import Markup

from community.errors import DomainError
from community.form_tokens import new_token

View = Callable[..., HttpResponse]


class SeeOther(HttpResponseRedirect):
    """After a form was taken: go and see the result, by GET."""

    status_code = 303


def is_fragment(request: HttpRequest) -> bool:
    """Return whether htmx asks for a part of a page."""
    return "HTTP_HX_REQUEST" in request.META


def say(response: HttpResponse, sentence: str) -> HttpResponse:
    """Let the page's live region say a sentence when this fragment arrives."""
    response["HX-Trigger"] = json.dumps({"say": sentence})
    return response


def done(request: HttpRequest, url: str, sentence: str = "") -> HttpResponse:
    """Answer a form that was taken: on to `url`, where the sentence waits at the top."""
    if sentence:
        messages.success(request, sentence)
    if is_fragment(request):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return SeeOther(url)


def put_beside(form: Form, error: DomainError) -> None:
    """Put the sentences of a refusal beside the fields they speak of. One that speaks of none is raised again."""
    if not error.fields:
        raise error
    for name, sentence in error.fields.items():
        form.add_error(name if name in form.fields else None, sentence)


def form_token(request: HttpRequest) -> str:
    """Return the one token for all forms of a page."""
    token: str | None = getattr(request, "form_token", None)
    if token is None:
        token = request.form_token = new_token(request)  # type: ignore[attr-defined]
    return token


def token_field(request: HttpRequest) -> Markup:
    """Return the hidden field that a form must carry."""
    # Letters and digits only, so there is nothing to escape.
    return Markup(f'<input type="hidden" name="csrfmiddlewaretoken" value="{form_token(request)}">')  # noqa: S704


def if_ours(request: HttpRequest, url: str) -> str:
    """Return an address that somebody brought along, when it is on this site; else nothing."""
    return url if url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()) else ""


def back_or(request: HttpRequest, url: str) -> str:
    """Return where the form says it came from, when that is on this site; else `url`."""
    return if_ours(request, request.POST.get("next", "")) or url


def guest_cacheable(view: View) -> View:
    """Mark a page as the same for every guest: no form, no token, no nonce, nothing of a session in it."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.guest_cacheable = True  # type: ignore[attr-defined]
        return response

    return marked
