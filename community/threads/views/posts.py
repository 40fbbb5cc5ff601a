"""One post: where it is, changing it, taking it away and bringing it back."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from community.access import Who, actor_of, allow, viewer_of
from community.errors import Conflict, Invalid, RateLimited, Refused
from community.members.models import Member
from community.panels import panels_for
from community.threads import actions, limits, permissions, queries
from community.threads.forms import EditForm, add_refusal
from community.threads.models import Post, Thread
from community.threads.poll_forms import poll_as_written
from community.threads.queries.rows import thread_path
from community.threads.quoting import quote_of
from community.threads.standing import standing_of
from community.threads.views.show import drawing_for
from community.web import SeeOther, done, is_fragment, say

# What leaves the text on the page with the reason beside it, so that nothing typed is lost.
REFUSALS = (Invalid, Conflict, RateLimited, Refused)


def place_of(post: Post, thread: Thread | None = None) -> str:
    """Return the address of the page a post is on, down to the post."""
    thread = thread or post.thread
    start = queries.page_start(post.position)
    return f"{thread_path(thread.pk, thread.title)}{f'?after={start}' if start else ''}#post-{post.pk}"


@allow(Who.GUEST, "GET")
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to a post on its page."""
    return SeeOther(place_of(queries.get_post_for(viewer_of(request), pk)))


@allow(Who.MEMBER, "GET")
def quote(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a post as a quote for the reply box; without script, lead to the reply form with the quote in it."""
    post = queries.get_post_for(actor_of(request), pk)
    if is_fragment(request):
        return HttpResponse(quote_of(post), content_type="text/plain; charset=utf-8")
    start = queries.page_start(post.position)
    query = f"after={start}&" if start else ""
    path = thread_path(post.thread_id, post.thread.title)
    return SeeOther(f"{path}?{query}reply_to={post.pk}&quote={post.pk}#reply")


@allow(Who.MEMBER, "GET")
def menu(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything the member may do with a post: fetched when its menu opens; a page without script."""
    actor = actor_of(request)
    post = queries.get_own_post(actor, pk)
    row = queries.post_row(actor, pk) if post.state == "visible" else None
    context = {
        "post": post,
        "row": row,
        "can_reply": permissions.can_reply(actor, post.thread),
        "can_edit": permissions.can_edit_post(actor, post),
        "can_share": permissions.can_share_editing(actor, post),
        "can_delete": permissions.can_delete_post(actor, post),
        "can_restore": permissions.can_restore_post(actor, post),
        "can_accept": permissions.can_accept(actor, post),
        "can_thank": permissions.can_react(actor, post, "thanks"),
        "can_judge": permissions.can_moderate_thread(actor, post.thread),
        "can_purge": permissions.can_purge(actor),
        "is_accepted": post.thread.accepted_post_id == post.pk,
        "entries": panels_for("post_menu", request, post),
        "place": place_of(post),
    }
    part = "_menu.html" if is_fragment(request) else "menu.html"
    return render(request, f"community/threads/{part}", context)


@allow(Who.MEMBER, "GET", "POST")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the text of a post; of the first one also title and topics."""
    actor = actor_of(request)
    post = queries.get_post_for(actor, pk)
    permissions.can_edit_post(actor, post).require()
    is_first = post.position == 1 and bool(permissions.can_retitle(actor, post))
    form = EditForm(request.POST or None, is_first=is_first, initial=_as_written(post))
    _set_poll_fields(actor, post, form)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _save_poll(actor, post, form)
                actions.edit_post(actor=actor, post=post, **form.without_poll())
        except REFUSALS as refusal:
            add_refusal(form, refusal)
            if refusal.code == "edited_meanwhile":
                return _edited_meanwhile(request, form, queries.get_post_for(actor, pk))
        else:
            return done(request, place_of(queries.get_post_for(actor, pk)), _("Your changes are saved."))
    return _show_edit(request, form, post, 422 if form.errors else 200)


def _show_edit(
    request: HttpRequest, form: EditForm, post: Post, status: int, clash: list[queries.Piece] | None = None
) -> HttpResponse:
    is_own = post.author_id == actor_of(request).pk
    context = {"form": form, "post": post, "place": place_of(post), "is_own": is_own, "clash": clash}
    context["poll_note"] = form.poll_note
    context["silent_minutes"] = limits.SILENT_EDIT()
    return render(request, "community/threads/edit.html", context, status=status)


def _edited_meanwhile(request: HttpRequest, form: EditForm, post: Post) -> HttpResponse:
    """Show the text as it is now beside the one that was typed. Saved again, the typed one takes its place."""
    typed = form.cleaned_data
    theirs, mine = post.body_md, typed["body"].replace("\r\n", "\n")
    if "title" in typed:
        theirs, mine = f"{post.thread.title}\n\n{theirs}", f"{typed['title']}\n\n{mine}"
    form.data = request.POST.copy()
    form.data["expected_edit_count"] = str(post.edit_count)
    return _show_edit(request, form, post, 409, queries.compare(theirs, mine))


def _as_written(post: Post) -> dict[str, Any]:
    return {
        "title": post.thread.title,
        "body": post.body_md,
        "tags": post.thread.tags,
        "expected_edit_count": post.edit_count,
        **(poll_as_written(queries.get_poll_row(post.pk)) if post.has_poll else {}),
    }


def _set_poll_fields(actor: Member, post: Post, form: EditForm) -> None:
    """Leave the fields of a poll to those who may decide about it; what people rely on stays as it is."""
    if not permissions.can_manage_poll(actor, post) or not (post.has_poll or permissions.can_ask_poll(actor)):
        form.drop_poll()
    elif post.has_poll:
        verdict = permissions.can_rewrite_poll(actor, post, queries.get_poll_row(post.pk))
        form.poll_note = verdict.reason
        if not verdict:
            form.keep_poll(but=("poll_closes",))


def _save_poll(actor: Member, post: Post, form: EditForm) -> None:
    spec = form.spec()
    if spec is not None:
        actions.put_poll(actor=actor, post=post, spec=spec)
    elif post.has_poll and "poll_question" in form.fields:
        actions.remove_poll(actor=actor, post=post)


@allow(Who.MEMBER, "POST")
def wiki(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a post for editing by members, or close it to them when `on` is 0."""
    actor = actor_of(request)
    on = request.POST.get("on") != "0"
    post = actions.set_wiki(actor=actor, post=queries.get_post_for(actor, pk), wiki=on)
    sentence = _("Members can edit this now.") if on else _("Only its author and the team can edit this now.")
    return done(request, place_of(post), sentence)


@allow(Who.GUEST, "GET")
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how a post read before each of its edits, and what each changed."""
    post = queries.get_post_for(viewer_of(request), pk)
    context = {"post": post, "edits": queries.history_of(post), "place": place_of(post)}
    return render(request, "community/threads/history.html", context)


@allow(Who.MEMBER, "POST")
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own post away; it can be brought back for a while."""
    actor = actor_of(request)
    post = queries.get_own_post(actor, pk)
    actions.delete_post(actor=actor, post=post)
    if is_fragment(request) and post.position > 1:
        context = {"post": post, "restore_hours": limits.RESTORE()}
        return say(render(request, "community/threads/_deleted.html", context), _("Deleted."))
    return done(request, f"/p/{post.pk}/deleted/")


@allow(Who.MEMBER, "GET")
def deleted(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a post is gone, and offer to bring it back."""
    actor = actor_of(request)
    post = queries.get_own_post(actor, pk)
    can_restore = permissions.can_restore_post(actor, post)
    context = {"post": post, "can_restore": can_restore, "restore_hours": limits.RESTORE()}
    return render(request, "community/threads/deleted.html", context)


@allow(Who.MEMBER, "POST")
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring one's own deleted post back."""
    actor = actor_of(request)
    post = queries.get_own_post(actor, pk)
    actions.restore_post(actor=actor, post=post)
    if is_fragment(request) and post.position > 1:
        return _one_post(request, actor, pk, _("It is back."))
    return done(request, place_of(post), _("It is back."))


def _one_post(request: HttpRequest, actor: Member, pk: int, sentence: str) -> HttpResponse:
    post = queries.get_post_for(actor, pk)
    head = queries.thread_head(actor, post.thread_id)
    context = {
        "row": queries.post_row(actor, pk),
        "draw": drawing_for(request, head, standing_of(actor, head)),
    }
    return say(render(request, "community/threads/_one_post.html", context), sentence)
