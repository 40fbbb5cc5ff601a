"""Beginning a thread: the composer, what it asks for while one types, and drafts."""

from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.errors import Conflict, DomainError, Held, Invalid, RateLimited, Refused
from community.members.models import Member
from community.members.permissions import can_take_part
from community.panels import panels_for
from community.spaces.asking.answers import PREFIX
from community.spaces.asking.queries import fields_of, template_of
from community.spaces.models import GATHERED, FieldKind, Kind, Space, SpaceField
from community.spaces.permissions import spaces_to_begin_in
from community.spaces.queries import list_spaces
from community.spaces.tag_rules import TopicRules, asked_for, topic_rules
from community.threads import limits, queries
from community.threads.actions import start_thread
from community.threads.forms import SpaceField as ChoosesSpace
from community.threads.forms import ThreadForm, add_refusal
from community.threads.permissions import can_ask_poll
from community.threads.poll_forms import NAMES
from community.threads.queries.rows import thread_path
from community.typed import manner_of, trap_fields
from community.web import done, is_fragment
from community.writing.actions import add_image, discard_draft, preview_text, save_draft
from community.writing.queries import drafts_of, get_draft

KEY = "new-thread"
LONGEST_LOOKED_AT = 300
# What a draft holds is bounded in bytes as JSON, where other letters than English take six.
LONGEST_POLL, LONGEST_POLL_ELSEWHERE = 2_400, 900


@allow(Who.MEMBER, "GET", "POST")
def new(request: HttpRequest) -> HttpResponse:
    """Begin a thread. Every button of the form works without script, and none loses what was typed."""
    actor = actor_of(request)
    spaces = spaces_to_begin_in(actor, list_spaces(actor))
    if request.method == "GET":
        initial = _initial(request, actor, spaces)
        form = ThreadForm(spaces=spaces, initial=initial, asked=_asked(spaces, initial["space"]))
        return _show(request, actor, form)
    wish = request.POST.get("do", "")
    if wish == "draft":
        _keep(actor, request)
        return done(request, "/drafts/", _("Your draft is kept."))
    if wish == "picture":
        return _with_picture(request, actor, spaces)
    if wish == "preview":
        return _preview(request, actor, spaces)
    if wish in ("space", "template"):
        return _look_again(request, actor, spaces, with_template=wish == "template")
    return _post(request, actor, spaces)


def _post(request: HttpRequest, actor: Member, spaces: list[Space]) -> HttpResponse:
    form = ThreadForm(request.POST, spaces=spaces, asked=_asked(spaces, request.POST.get("space")))
    if form.is_valid():
        try:
            manner = manner_of(request.POST, who=actor.pk)
            thread = start_thread(actor=actor, **form.thread(), poll=form.spec(), manner=manner)
        except (Invalid, Conflict, RateLimited, Refused) as refusal:
            add_refusal(form, refusal)
        except Held:
            discard_draft(actor=actor, key=KEY)
            raise
        else:
            discard_draft(actor=actor, key=KEY)
            return done(request, thread_path(thread.pk, thread.title), _posted(thread.kind))
    return _show(request, actor, form, status=422)


def _asked(spaces: list[Space], slug: str | None) -> list[SpaceField]:
    """Return what the chosen space asks: no statement where it asks nothing."""
    return next((fields_of(space) for space in spaces if space.slug == slug and space.asks), [])


def _look_again(
    request: HttpRequest, actor: Member, spaces: list[Space], *, with_template: bool
) -> HttpResponse:
    """Show what the chosen space asks, and put its template into the text where wanted."""
    typed = _typed(request)
    chosen = next((space for space in spaces if space.slug == typed["space"]), None)
    if chosen is not None and chosen.kind in GATHERED:
        typed["kind"] = chosen.kind
    if with_template and chosen is not None and (template := template_of(chosen)) not in typed["body"]:
        typed["body"] = f"{typed['body'].rstrip()}\n\n{template}\n".lstrip()
    return _show(request, actor, _form_again(request, spaces, typed))


def _form_again(request: HttpRequest, spaces: list[Space], typed: dict[str, Any]) -> ThreadForm:
    """Return the form with what was typed, answers to what the space asks too."""
    asked = _asked(spaces, typed["space"])
    for field in asked:
        name = PREFIX + field.key
        several = field.kind == FieldKind.CHOICES
        typed[name] = request.POST.getlist(name) if several else request.POST.get(name, "")
    return ThreadForm(spaces=spaces, initial=typed, asked=asked)


def _posted(kind: str) -> str:
    if kind == Kind.QUESTION:
        return _("Your question is posted. We will tell you when someone answers.")
    return _("Your post is there. We will tell you about replies.")


def _preview(request: HttpRequest, actor: Member, spaces: list[Space]) -> HttpResponse:
    form = _form_again(request, spaces, typed := _typed(request))
    try:
        return _show(request, actor, form, preview=preview_text(actor=actor, body=typed["body"]))
    except RateLimited as refusal:
        return _show(request, actor, form, note=refusal.message, status=429)


def _with_picture(request: HttpRequest, actor: Member, spaces: list[Space]) -> HttpResponse:
    typed = _typed(request)
    problem: DomainError | None = None
    file = request.FILES.get("file")
    if isinstance(file, UploadedFile):
        try:
            upload = add_image(actor=actor, file=file)
            typed["body"] = f"{str(typed['body']).rstrip()}\n\n{upload.markdown}\n".lstrip()
        except DomainError as error:
            problem = error
    form = _form_again(request, spaces, typed)
    return _show(request, actor, form, note=problem.message if problem else "")


def _initial(request: HttpRequest, actor: Member, spaces: list[Space]) -> dict[str, Any]:
    """Return the draft, with what the address asks for on top."""
    draft = get_draft(actor, KEY)
    initial: dict[str, Any] = {"kind": Kind.QUESTION.value}
    if draft is not None:
        initial |= {"title": draft.title, "body": draft.body, **draft.data, "draft": draft}
    for name in ("kind", "space", "title"):
        if request.GET.get(name):
            initial[name] = request.GET[name]
    if initial["kind"] not in Kind.values:
        initial["kind"] = Kind.QUESTION.value
    if initial.get("space") not in {space.slug for space in spaces}:
        fitting = [space for space in spaces if space.kind == initial["kind"]] or spaces
        initial["space"] = fitting[0].slug if fitting else None
    there = next((space.kind for space in spaces if space.slug == initial["space"]), "")
    if there in GATHERED or initial["kind"] in GATHERED:
        # What is gathered is begun only where it is gathered, and nothing else is begun there.
        initial["kind"] = there or Kind.QUESTION.value
    asking = next((space for space in spaces if space.slug == initial["space"] and space.asks), None)
    if asking is not None and not str(initial.get("body", "")).strip():
        initial["body"] = template_of(asking)
    return initial


def _typed(request: HttpRequest) -> dict[str, Any]:
    names = ("kind", "title", "body", "space", "tags", *NAMES)
    return {name: request.POST.get(name, "") for name in names}


def _show(
    request: HttpRequest,
    actor: Member,
    form: ThreadForm,
    *,
    preview: str = "",
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    title = str(form["title"].value() or "")
    if not can_ask_poll(actor):
        form.drop_poll()
    form.traps = trap_fields(actor, request.POST, asks=form.asks_sum)
    offered = list(cast("ChoosesSpace", form.fields["space"]).offered.values())
    context = {
        "form": form,
        "has_places": bool(offered),
        "found": queries.threads_like(actor, title[:LONGEST_LOOKED_AT]) if title.strip() else [],
        "preview": preview,
        "draft": form.initial.get("draft"),
        "poll_note": "",
        "topics": _topics(actor, form),
        "asking": asked_for(actor, offered),
        "note": note,
        "asked": form.asked,
        "asks": any(space.asks and space.slug == form["space"].value() for space in offered),
        "may_ask": any(space.asks for space in offered),
        "verdict": can_take_part(actor),
        "panels": panels_for("compose", request),
        "kinds": panels_for("compose_kind", request),
    }
    return render(request, "community/threads/compose.html", context, status=status)


def _topics(actor: Member, form: ThreadForm) -> TopicRules | None:
    """What holds for topics in the space that is chosen now."""
    offered = cast("ChoosesSpace", form.fields["space"]).offered
    space = offered.get(str(form["space"].value() or ""))
    return topic_rules(actor, space) if space is not None else None


@allow(Who.MEMBER, "GET")
def topics(request: HttpRequest) -> HttpResponse:
    """Send what holds for topics in a space, as soon as it is chosen."""
    actor = actor_of(request)
    limits.SUGGEST.spend(actor)
    wanted = request.GET.get("space", "")
    space = next((space for space in list_spaces(actor) if space.slug == wanted), None)
    rules = topic_rules(actor, space) if space is not None else None
    return render(request, "community/threads/_topics.html", {"topics": rules})


@allow(Who.MEMBER, "GET")
def similar(request: HttpRequest) -> HttpResponse:
    """Send the threads that read like the title being typed."""
    actor = actor_of(request)
    limits.SIMILAR.spend(actor)
    found = queries.threads_like(actor, request.GET.get("title", "")[:LONGEST_LOOKED_AT])
    return render(request, "community/threads/_similar.html", {"found": found})


@allow(Who.MEMBER, "GET")
def suggest(request: HttpRequest) -> HttpResponse:
    """Send who or what could be meant by a sign and the letters typed after it."""
    actor = actor_of(request)
    limits.SUGGEST.spend(actor)
    found = queries.named_like(actor, request.GET.get("sign", ""), request.GET.get("q", ""))
    return render(request, "community/threads/_suggest.html", {"found": found})


@allow(Who.MEMBER, "POST")
def keep_draft(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed; rung by the page after a pause."""
    kept = _keep(actor_of(request), request)
    if not is_fragment(request):
        return done(request, "/drafts/")
    at = formats.time_format(timezone.localtime(), "TIME_FORMAT")
    sentence = _("Draft saved on this account, %(time)s") % {"time": at} if kept else ""
    return render(request, "community/threads/_saved.html", {"sentence": sentence})


def _keep(actor: Member, request: HttpRequest) -> bool:
    typed = _typed(request)
    data = {name: typed[name][:250] for name in ("kind", "space", "tags")}
    data |= {name: _bounded(typed[name]) for name in NAMES if typed[name]}
    draft = save_draft(actor=actor, key=KEY, title=typed["title"][:300], body=typed["body"], data=data)
    return draft is not None


def _bounded(text: str) -> str:
    return text[: LONGEST_POLL if text.isascii() else LONGEST_POLL_ELSEWHERE]


@allow(Who.MEMBER, "GET")
def drafts(request: HttpRequest) -> HttpResponse:
    """Show what the member has not sent yet."""
    rows = [(draft, _place(draft.key)) for draft in drafts_of(actor_of(request))]
    return render(request, "community/threads/drafts.html", {"drafts": [row for row in rows if row[1]]})


def _place(key: str) -> str:
    """Return where a draft goes on; nothing for places of other features."""
    if key == KEY:
        return "/new/"
    kind, _colon, pk = key.partition(":")
    return f"/t/{pk}/#reply" if kind == "reply" and pk.isdigit() else ""
