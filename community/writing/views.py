"""The browser's way in: adding a picture, loading one, previewing a text, keeping a draft."""

from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow, viewer_of
from community.errors import DomainError, NotFound
from community.writing import actions
from community.writing.images import refusal
from community.writing.models import Audience, Kind, Upload
from community.writing.queries import get_draft, get_upload_for, may_load

YEAR = 31_536_000
HOUR = 3_600


@allow(Who.MEMBER, "POST")
def add(request: HttpRequest) -> HttpResponse:
    """Add a picture. A script gets the Markdown for it; a form with `next` gets it appended to its draft."""
    if "next" in request.POST:
        return _add_to_draft(request)
    try:
        upload = actions.add_image(actor=actor_of(request), file=_file(request), kind=_kind(request))
    except DomainError as error:
        return JsonResponse({"code": error.code, "detail": error.message}, status=error.status)
    largest = upload.url_for(upload.largest)
    return JsonResponse({"key": upload.key, "url": largest, "markdown": upload.markdown}, status=201)


def _add_to_draft(request: HttpRequest) -> HttpResponse:
    """Without script: keep what was typed, add the picture to it, and go back to the form, which shows the draft."""
    actor, key = actor_of(request), request.POST.get("draft_key", "")
    title, body = request.POST.get("title", ""), request.POST.get("body", "")
    actions.save_draft(actor=actor, key=key, title=title, body=body, data=_data(actor, key))
    upload = actions.add_image(actor=actor, file=_file(request), kind=_kind(request))
    body = f"{body.rstrip()}\n\n{upload.markdown}\n".lstrip()
    actions.save_draft(actor=actor, key=key, title=title, body=body, data=_data(actor, key))
    return HttpResponseRedirect(_local(request.POST["next"]), status=303)


def _file(request: HttpRequest) -> UploadedFile:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        raise refusal("image_kind_unknown")
    return file


def _kind(request: HttpRequest) -> str:
    return request.POST.get("kind") or Kind.IMAGE


def _data(actor: Any, key: str) -> dict[str, Any]:
    draft = get_draft(actor, key)
    return dict(draft.data) if draft else {}


def _local(address: str) -> str:
    """Return an address of this site, or the front page instead of anything else."""
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else "/"


@allow(Who.GUEST, "GET")
def show(request: HttpRequest, key: str, size: str) -> HttpResponse:
    """Send one size of a picture: to everyone, or to whoever may see what it belongs to at this moment."""
    upload = get_upload_for(viewer_of(request), key)
    if size not in upload.variants:
        raise NotFound()
    tag = f'"{upload.key}-{size}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse | FileResponse = HttpResponse(status=304)
    else:
        response = _file_response(upload, size)
    response["ETag"] = tag
    _dress(response, _how_long(upload))
    return response  # type: ignore[return-value]


def _file_response(upload: Upload, size: str) -> FileResponse:
    try:
        return FileResponse(default_storage.open(upload.path_for(size)), content_type="image/webp")
    except FileNotFoundError as error:
        raise NotFound() from error


def _how_long(upload: Upload) -> str:
    """Say who may keep a copy: portraits never change; what everybody may see today may be closed tomorrow."""
    if upload.audience == Audience.PUBLIC:
        return f"public, max-age={YEAR}, immutable"
    return f"public, max-age={HOUR}" if may_load(None, upload) else "private, no-cache"


def _dress(response: HttpResponse | FileResponse, keep: str) -> None:
    """Whatever these bytes are, a browser must take them for a picture and for nothing that could act."""
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-site"
    response["Cache-Control"] = keep
    if keep.startswith("private"):
        patch_vary_headers(response, ["Cookie"])  # type: ignore[arg-type]


@allow(Who.MEMBER, "POST")
def preview(request: HttpRequest) -> HttpResponse:
    """Render a text as it will look. The field is `body` unless `?field=` names another."""
    text = request.POST.get(request.GET.get("field", "body"), "")
    html = actions.preview_text(actor=actor_of(request), body=text)
    nothing = format_html('<p class="quiet">{}</p>', _("Nothing to show yet."))
    return HttpResponse(html or nothing)


@allow(Who.MEMBER, "POST")
def save_draft(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed. Rung by the composer's script; says nothing when all is well."""
    key, title, body = (request.POST.get(name, "") for name in ("key", "title", "body"))
    actions.save_draft(actor=actor_of(request), key=key, title=title, body=body)
    return HttpResponse(status=204)


@allow(Who.MEMBER, "POST")
def discard_draft(request: HttpRequest) -> HttpResponse:
    """Forget a draft and go back."""
    actions.discard_draft(actor=actor_of(request), key=request.POST.get("key", ""))
    return HttpResponseRedirect(_local(request.POST.get("next", "/")), status=303)
