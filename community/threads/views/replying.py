"""Replying: in the box under a thread, or on a page of its own with room for a poll."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow
from community.errors import Held, Invalid, NotFound, RateLimited
from community.members.models import Member
from community.threads import actions, queries
from community.threads.forms import LongReplyForm, ReplyForm, add_refusal
from community.threads.models import Post, Thread
from community.threads.permissions import can_ask_poll, can_reply
from community.threads.poll_forms import NAMES
from community.threads.queries.rows import thread_path
from community.threads.standing import standing_of
from community.threads.views.posts import REFUSALS, place_of
from community.threads.views.show import drawing_for, show_context
from community.typed import manner_of, trap_fields
from community.web import SeeOther, done, is_fragment, say
from community.writing.actions import discard_draft, preview_text, save_draft
from community.writing.queries import get_draft


@allow(Who.MEMBER, "GET", "POST")
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Post a reply, or write one on a page of its own. What was typed comes back when it cannot be posted."""
    actor = actor_of(request)
    thread = queries.get_thread_for(actor, pk)
    if request.method == "GET":
        if not can_reply(actor, thread):
            # Where the thread says why.
            return SeeOther(f"{thread_path(pk, thread.title)}#reply-area")
        return _show(request, actor, thread, LongReplyForm(initial=_initial(request, actor, pk)))
    wish = request.POST.get("do", "")
    if wish == "more":
        return _go_on(request, actor, pk)
    if wish == "preview":
        return _preview(request, actor, thread)
    return _post(request, actor, thread)


@allow(Who.MEMBER, "GET")
def tools(request: HttpRequest, pk: int) -> HttpResponse:
    """Send what helps with writing; without htmx, lead to the page that has it all."""
    actor = actor_of(request)
    queries.get_thread_for(actor, pk)
    if not is_fragment(request):
        return SeeOther(f"/t/{pk}/-/reply/")
    return render(request, "community/threads/_reply_tools.html", {"asks": bool(can_ask_poll(actor))})


def _post(request: HttpRequest, actor: Member, thread: Thread) -> HttpResponse:
    pk = thread.pk
    is_long = "poll_question" in request.POST
    form = LongReplyForm(request.POST) if is_long else ReplyForm(request.POST)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            post = actions.reply_to_thread(
                actor=actor,
                thread=thread,
                body=typed["body"],
                reply_to=_answered(actor, typed["reply_to"]),
                poll=form.spec() if isinstance(form, LongReplyForm) else None,
                manner=manner_of(request.POST, who=actor.pk),
            )
        except REFUSALS as refusal:
            add_refusal(form, refusal)
            if refusal.code == "reply_to_elsewhere":
                # Sent again, it answers the thread.
                form.data = request.POST.copy()
                form.data["reply_to"] = ""
        except Held:
            discard_draft(actor=actor, key=f"reply:{pk}")
            raise
        else:
            discard_draft(actor=actor, key=f"reply:{pk}")
            return _reply_shown(request, actor, post, typed["seen"])
    if isinstance(form, LongReplyForm):
        return _show(request, actor, thread, form, status=422)
    return _reply_again(request, actor, pk, form)


def _go_on(request: HttpRequest, actor: Member, pk: int) -> HttpResponse:
    """Take what is typed along to the page of its own."""
    save_draft(actor=actor, key=f"reply:{pk}", title="", body=request.POST.get("body", ""))
    answered = request.POST.get("reply_to", "")
    query = f"?reply_to={answered}" if answered.isdecimal() else ""
    return done(request, f"/t/{pk}/-/reply/{query}")


def _preview(request: HttpRequest, actor: Member, thread: Thread) -> HttpResponse:
    """Without script: the page of its own, with the preview on it."""
    form = LongReplyForm(initial={name: request.POST.get(name, "") for name in ("body", "reply_to", *NAMES)})
    try:
        look = preview_text(actor=actor, body=request.POST.get("body", ""))
    except RateLimited as refusal:
        return _show(request, actor, thread, form, note=refusal.message, status=429)
    return _show(request, actor, thread, form, preview=look)


def _initial(request: HttpRequest, actor: Member, pk: int) -> dict[str, Any]:
    draft = get_draft(actor, f"reply:{pk}")
    return {"body": draft.body if draft else "", "reply_to": request.GET.get("reply_to", "")}


def _show(
    request: HttpRequest,
    actor: Member,
    thread: Thread,
    form: LongReplyForm,
    *,
    preview: str = "",
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    if not can_ask_poll(actor):
        form.drop_poll()
    form.traps = trap_fields(actor, request.POST, asks=form.asks_sum)
    context = {"form": form, "thread": thread, "preview": preview, "note": note, "poll_note": ""}
    return render(request, "community/threads/reply.html", context, status=status)


def _answered(actor: Member, pk: int | None) -> Post | None:
    """Return the post that is answered. One that went meanwhile must not take the reply along."""
    if pk is None:
        return None
    try:
        return queries.get_post_for(actor, pk)
    except NotFound as gone:
        sentence = _("The post you answer is no longer shown. You can reply to the thread.")
        raise Invalid("reply_to_elsewhere", sentence) from gone


def _reply_shown(request: HttpRequest, actor: Member, post: Post, seen: int | None) -> HttpResponse:
    sentence = _("Your reply is posted.")
    if seen is None or not is_fragment(request):
        return done(request, place_of(post), sentence)
    head = queries.thread_head(actor, post.thread_id)
    rows = queries.posts_after(actor, head, seen)
    if not any(row.pk == post.pk for row in rows):
        return done(request, place_of(post), sentence)
    can = standing_of(actor, head)
    form = ReplyForm()
    form.traps = trap_fields(actor)
    context: dict[str, Any] = {
        "rows": rows,
        "thread": head,
        "can": can,
        "draw": drawing_for(request, head, can),
        "seen": rows[-1].position,
        "form": form,
        "fresh": post.pk,
    }
    return say(render(request, "community/threads/_replied.html", context), sentence)


def _reply_again(request: HttpRequest, actor: Member, pk: int, form: ReplyForm) -> HttpResponse:
    form.traps = trap_fields(actor, request.POST, asks=form.asks_sum)
    if is_fragment(request):
        head = queries.thread_head(actor, pk)
        context = {"thread": head, "can": standing_of(actor, head), "form": form, "reply_to": None}
        context["seen"] = form["seen"].value() or 0
        return render(request, "community/threads/_reply.html", context, status=422)
    head = queries.thread_head(actor, pk)
    page = queries.thread_page(actor, pk, after=queries.page_start(max(head.last_position, 1)))
    return render(
        request, "community/threads/show.html", show_context(request, actor, page, form), status=422
    )
